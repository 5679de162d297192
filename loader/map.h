/* map.h -- place a module's bytes in the guest.
 */
#ifndef LOADER_MAP_H
#define LOADER_MAP_H

#include "loader/module.h"
#include "runtime/error.h"

/* Map text and data with bss; sets the module's mappings, deltas and data bounds. `data_base` non-zero: where the
 * segment holding the program's data begins in the large data model, instead of its linked segment. Nothing stays
 * mapped on failure. */
int map_module(struct module *m, gva data_base, struct error *err);

/* Text that was writable for relocations becomes read-only. */
int map_seal_text(struct module *m, struct error *err);

void unmap_module(struct module *m);

#endif
