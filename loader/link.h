/* link.h -- bring newly added modules to life: their libraries, mappings, bindings and relocations.
 */
#ifndef LOADER_LINK_H
#define LOADER_LINK_H

#include "loader/module.h"
#include "runtime/error.h"

/* Link the modules from `first` to the end of the list and what they need. large_base: see map_module(). When it fails,
 * all of them are gone again; everything missing is in one text. */
int link_modules(struct module *first, gva large_base, const char *extra_path, struct error *err);

#endif
