/* bridge.h -- functions of the host behind names that builtin libraries import from /unix (functions.def).
 */
#ifndef SYSCALLS_BRIDGE_H
#define SYSCALLS_BRIDGE_H

#include "runtime/thread.h"

struct bridge;

/* The function behind a name of /unix, NULL when it is none of ours. */
const struct bridge *bridge_find(const char *import_name);

/* Do it: arguments from the registers of t, the result to r3 or f1, pc at LR; or a fault is pending. */
void bridge_call(struct thread *t, const struct bridge *b);

/* The guest pc that functions return to which the host called; natively it returns itself (aixrun.c). */
enum { BRIDGE_RETURN_PC = 0x3780 };
uint64_t bridge_returned(struct cpu *cpu);

/* Runs guest code from cpu->pc until it is at `stop`; set by aixrun.c: the dispatcher. */
extern void (*bridge_run_guest)(struct cpu *cpu, gva stop);

#endif
