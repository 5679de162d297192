/* bind.h -- imports: which module each comes from, and what address that gives.
 */
#ifndef LOADER_BIND_H
#define LOADER_BIND_H

#include <stdint.h>
#include "loader/module.h"
#include "runtime/error.h"

/* Everything that could not be found, collected so that it is reported at once. */
struct misses {
    unsigned count, dropped;    /* dropped: did not fit into the text */
    size_t used;
    char text[900];
};

/* Find and add the modules that `m` imports from. New ones go to the end of the list. -1 only when something other than
 * a miss went wrong. extra: a search path to try first, NULL: none. */
int bind_dependencies(struct module *m, const char *extra, struct misses *misses, struct error *err);

/* Give every loader symbol of m its symbol_add. All modules are mapped. */
void bind_symbols(struct module *m, struct misses *misses);

/* Bind what is still deferred, anywhere, over all modules in load order, and relocate it. */
int bind_deferred(struct error *err);

/* Address of the symbol `name` that m exports, following re-exports; false when it has none. */
bool bind_lookup(const struct module *m, const char *name, uint32_t length, gva *address);

#endif
