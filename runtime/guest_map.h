/* guest_map.h -- what is mapped where in the guest: mmap, munmap, mprotect and free-space search.
 *
 * Protection is the host's, except that PROT_EXEC never reaches it: guest code is data to us. All functions return 0 or a
 * negative host errno; addresses and lengths are rounded to pages as mmap(2) does. Thread-safe.
 */
#ifndef RUNTIME_GUEST_MAP_H
#define RUNTIME_GUEST_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "runtime/cpu.h"

enum guest_area {           /* where an address is looked for when the caller names none [aix-abi 2.1, 2.3] */
    AREA_MMAP,              /* mmap, shmat: 0x30000000.. / 0x0A00_0100_0000_0000.. */
    AREA_LIB_TEXT,          /* 0xD0000000.. / 0x0900_2000_0000_0000.. */
    AREA_LIB_DATA,          /* 0xF0000000.. / 0x0900_2800_0000_0000.. */
    AREA_LOAD,              /* privately loaded modules: at the break / 0x0800_1800_0000_0000.. */
};

enum {
    GUEST_FIXED = 1,        /* replace what is there */
    GUEST_NOREPLACE = 2,    /* exactly there, -EEXIST if something is mapped */
    GUEST_SHARED = 4,
    GUEST_SEGMENT = 8,      /* align to 256 MB (32-bit shmat) */
    GUEST_FILLED = 16,      /* all pages are wanted at once: one call instead of a fault each */
};

/* prot: host PROT_* bits. fd -1: anonymous zeros. hint 0: search in `area`. */
int guest_mmap(gva hint, uint64_t len, int prot, int flags, int fd, off_t offset, enum guest_area area, gva *out);
int guest_munmap(gva ea, uint64_t len);
int guest_mprotect(gva ea, uint64_t len, int prot);
bool guest_is_mapped(gva ea, uint64_t len);         /* every page of it */

/* Where the area's search runs: [lo, hi). The loader's brk region must not be handed out in large models. */
void guest_map_set_area(enum guest_area area, gva lo, gva hi);

/* The guest address of an offset in the window: 64-bit regions differ in the bits the window drops. The offset itself when nothing
 * is mapped there. */
gva guest_ea_of_offset(uint64_t offset);

/* The protection of the page at ea (PROT_* incl. PROT_EXEC as the guest asked), -1 when unmapped; *lo and *hi, when given, get the
 * bounds of the mapping. */
int guest_prot(gva ea, gva *lo, gva *hi);

/* Called after executable memory appeared or before it goes away or changes: the translator's side registers here. */
struct guest_code_hooks {
    void (*added)(gva lo, gva hi);
    void (*removed)(gva lo, gva hi);
};
void guest_map_set_hooks(const struct guest_code_hooks *hooks);

/* fork() must not split a change in two: taken before, released after in the parent, made new in the child. */
void guest_map_lock(void);
void guest_map_unlock(void);
void guest_map_after_fork(void);

/* A line per mapping, as in /proc/PID/maps, for crash reports. */
void guest_map_print(int fd);

#endif
