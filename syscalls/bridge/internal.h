/* internal.h -- what the parts of the bridge share. */
#ifndef SYSCALLS_BRIDGE_INTERNAL_H
#define SYSCALLS_BRIDGE_INTERNAL_H

#include <ffi.h>
#include <stdbool.h>
#include <stdint.h>
#include "syscalls/bridge/bridge.h"

enum { BRIDGE_ARGUMENTS = 8 };

/* Memory that a call may touch: host pointer, or a fault noted in `call` and NULL. Address 0 is NULL without one. */
struct bridge_call {
    struct thread *t;
    bool faulted;
};
void *bridge_range(struct bridge_call *call, gva ea, uint64_t length);
/* The same, and its pages (of the first megabyte) are tried: what faults does so before the host's function has begun. */
void *bridge_memory(struct bridge_call *call, gva ea, uint64_t length, bool write);
gva bridge_guest_address(const void *host);             /* of a pointer into the window; 0 for NULL */

/* --- structures (structures.c) */

struct bridge_structure;
struct bridge_shadow;                                   /* the host's structure behind one of the guest */
enum shadow_use { SHADOW_NEW, SHADOW_USE, SHADOW_END };

const struct bridge_structure *bridge_structure(const char *name);

/* Sets *taken to the shadow of the guest's structure at ea, marked as in use, and then fills it, which may fault; NULL when there is
 * none, or with a fault noted. */
void bridge_shadow_take(struct bridge_call *call, const struct bridge_structure *s, gva ea, enum shadow_use use,
                        struct bridge_shadow **taken);
void *bridge_shadow_object(struct bridge_shadow *shadow);

/* Values back to the guest; a new one is kept if the call `succeeded`, one at its end is forgotten then. */
void bridge_shadow_give(struct bridge_call *call, struct bridge_shadow *shadow, bool succeeded);

/* The call was left by a fault: not in use any more, otherwise as it was. A new one is forgotten. */
void bridge_shadow_leave(struct bridge_shadow *shadow);

/* --- functions of the guest (callback.c) */

struct bridge_callback;
struct bridge_callback *bridge_callback_make(struct thread *t, gva descriptor, const char *signature);    /* result, arguments, "." */
void *bridge_callback_code(struct bridge_callback *c);
void bridge_callback_free(struct bridge_callback *c);

#endif
