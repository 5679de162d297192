/* unit_inline.h -- which calls of a unit are followed into the callee.
 *
 * A followed call costs no host call, no flush and no reload; all the guest can see (memory, LR, r1) stays as it was, for
 * nothing but control flow is known: that behind `bl` LR holds the address behind it, and that `blr` goes where LR points. A
 * callee that returns elsewhere leaves the unit with that address, as any return does.
 *
 * The same guest code may stand in a unit several times; each time is an instance. Instance 0 is the function around the entry.
 */
#ifndef XLATE_WORKER_UNIT_INLINE_H
#define XLATE_WORKER_UNIT_INLINE_H

#include "xlate/worker/unit_code.h"

enum {
    MAX_INSTANCES = 48,
    INLINE_DEPTH = 4,           /* recursion is unrolled so far */
    INLINE_BUDGET = 300,        /* instructions of all followed calls of a unit */
    INLINE_LEAF = 64,           /* largest function followed that calls none */
    INLINE_OTHER = 40,          /* ... that calls */
    INLINE_GLUE = 8,            /* ... that goes on by bctr: import glue, without branches */
};

struct unit_instance {
    unsigned caller;            /* instance */
    unsigned depth;
    gva entry, back;            /* back: the address behind the call, in the caller */
    gva lo, hi;                 /* of the function around entry */
    bool writes_lr;             /* some instruction of it does: where it returns to must be looked at */
};

/* The function at entry, inside its bounds [lo, hi), has so many instructions; 0: it is not to be followed. */
unsigned inline_size(const struct unit_request *request, gva entry, gva lo, gva hi);

#endif
