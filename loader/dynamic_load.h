/* dynamic_load.h -- modules while the program runs: dlopen and load families, initialisation order, who is where.
 *
 * The kernel side of the __vwpar_dl* calls, load and loadquery. One lock covers all of it. Constants of the guest's
 * interface are AIX's [aix-abi 2.6].
 */
#ifndef LOADER_DYNAMIC_LOAD_H
#define LOADER_DYNAMIC_LOAD_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

enum {
    RTLD_AIX_NOW = 2,
    RTLD_AIX_LAZY = 4,
    RTLD_AIX_GLOBAL = 0x10000,
    RTLD_AIX_NOAUTODEFER = 0x20000,
    RTLD_AIX_MEMBER = 0x40000,
    RTLD_AIX_LOCAL = 0x80000,
};

/* Load a module: "FILE", or with RTLD_AIX_MEMBER "FILE(MEMBER)" (a member is also recognised without the flag); NULL is
 * the program. `caller` is an address inside the calling module: its search path is used. Returns a handle, 0 on
 * failure (dynload_error tells). Init functions of what was loaded are then due: see dynload_next_init(). */
gva dynload_open(const char *path, uint32_t mode, gva caller);

/* Address of an exported symbol (functions: of their descriptor), 0 when there is none. Handles -1 default, -2 the
 * calling module, -3 the modules after it; others search the module and what it depends on. A width's -1 is enough
 * (0xffffffff in 32-bit). */
gva dynload_symbol(gva handle, const char *name, gva caller);

/* Give a handle back: 0, or -1. A module nobody needs any more is unmapped at once, or, when it has fini functions to
 * run, after dynload_next_fini(true) has handed them out. */
int dynload_close(gva handle);

/* Text of this thread's last failure since it was asked for, or NULL. Valid until the next call of this thread. */
const char *dynload_error(void);

/* load(): the entry descriptor (or, without one, the data origin) of the module, 0 on failure with *error an errno.
 * `libpath` NULL: the usual search. unload() takes what load() returned. */
gva dynload_load(const char *path, uint32_t flags, const char *libpath, int *error);
int dynload_unload(gva entry);

/* Guest address of the __rtinit structure [aix-abi 1.7] of the next module whose init functions have not been run: a
 * module comes after the modules it depends on. It then counts as run. 0: none. */
gva dynload_next_init(void);

/* The other way round, for exit; with closed_only, only modules that dynload_close() left without users. */
gva dynload_next_fini(bool closed_only);

/* What __loadx() tells of a module. */
struct dynload_record {
    gva text, data;             /* where file offset 0 is mapped, where .data begins */
    uint64_t data_size;
    unsigned index;
    bool has_rtinit;
};

/* The same orders as lists, of modules with and without __rtinit: at most `max` records; their number. What they name counts as run. The
 * third: what giving back `entry` (of dynload_load) would leave without users. -1: there is no such module. */
int dynload_take_init(struct dynload_record *records, int max);
int dynload_take_fini(struct dynload_record *records, int max);
int dynload_take_unload(gva entry, struct dynload_record *records, int max);

/* Address of an exported symbol of the module whose .data begins at `data`, or of the first module that exports it (*data tells which);
 * 0: none. */
gva dynload_symbol_in(gva data, const char *name);
gva dynload_symbol_global(const char *name, gva *data);

/* loadquery(L_GETLIBPATH): the search path that was in force when the program was executed: LIBPATH's, or the program's own. */
const char *dynload_libpath(void);

/* loadquery(L_GETINFO): fill buffer with ld_info records, the program first. 0, -ENOMEM when it does not fit. */
int dynload_getinfo(uint8_t *buffer, uint64_t size);

/* The module whose text or data holds the address, for backtraces: "name(member)" and where its file offset 0 is mapped
 * (its text origin), NULL when it is none's. Takes no lock: good in a signal handler. */
const char *module_at(gva address, gva *origin);

/* After fork(), in the child. */
void dynload_after_fork(void);

#endif
