/* relocate.h -- apply loader relocations.
 */
#ifndef LOADER_RELOCATE_H
#define LOADER_RELOCATE_H

#include "loader/module.h"
#include "runtime/error.h"

/* Apply all of a module's relocations, whose symbols are bound (m->symbol_add). */
int relocate_module(struct module *m, struct error *err);

/* A deferred symbol was bound later: apply the relocations against it. */
int relocate_symbol(struct module *m, uint32_t symbol, struct error *err);

/* Has the module a relocation at that linked address of its data? */
bool relocates_address(const struct module *m, uint64_t vaddr);

#endif
