/* code_entries.h -- where functions of a loaded module begin, as far as its file tells. */
#ifndef LOADER_CODE_ENTRIES_H
#define LOADER_CODE_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include "loader/module.h"

struct code_entries {
    gva *pcs;                   /* sorted, each once, all in the module's text; allocated */
    size_t count;
};

/* From descriptors and other relocated words in data, loader symbols, the symbol table, traceback tables and Go's table of functions,
 * where the module has them. A relocated word may point to constants in text: whoever uses entries finds out. -1 without memory. */
int code_entries_find(const struct module *m, struct code_entries *out, struct error *err);

/* The module was made by Go: its run-time system handles synchronous signals as soon as it is set up. */
bool code_entries_of_go(const struct module *m);

/* Of a module made by Go, the functions of that run-time system. */
int code_entries_of_go_runtime(const struct module *m, struct code_entries *out, struct error *err);

/* A function: [start, end), end 0 when it is not known; its name, `length` bytes that are not terminated, length 0: none. */
typedef void function_visitor(void *context, gva start, gva end, const char *name, size_t length);

/* Calls `visit` for every function that the module's tables name or delimit: symbols, traceback tables, Go's table. The same function
 * may come from several of them. Allocates nothing. */
void code_functions(const struct module *m, function_visitor *visit, void *context);

/* The module's .text in the guest: [*lo, *hi). */
void code_text(const struct module *m, gva *lo, gva *hi);

#endif
