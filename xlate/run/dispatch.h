/* dispatch.h -- running guest code: look up a translation, enter it, else interpret; act on why it came back.
 *
 * Calls are calls: a guest `bl` in translated code is a host call of the target's translation, `blr` a host return of the guest pc
 * to go on at. A caller that gets another pc than it expects returns it upward, until a dispatcher takes it.
 */
#ifndef XLATE_RUN_DISPATCH_H
#define XLATE_RUN_DISPATCH_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

enum trap_kind { TRAP_ILLEGAL, TRAP_TRAP, TRAP_FP, TRAP_PRIVILEGED };

/* What the engine needs done by others; given once by aixrun.c. */
struct exit_handlers {
    uint64_t (*syscall)(struct cpu *cpu);                       /* number in gpr[2]; returns the pc to go on at */
    void (*trap)(struct cpu *cpu, enum trap_kind kind, uint32_t word);  /* at cpu->pc: queue the guest's signal */
    void (*safepoint)(struct cpu *cpu);                         /* poll was set: deliver signals (may change all of cpu) */
};

struct run_options {
    const char *cache_dir;      /* absolute, kept; NULL: no cache, no worker: interpreter only */
    const char *system_cache_dir;   /* read-only, behind the user's; NULL: none */
    const char *worker_socket;  /* NULL: beside the cache, started on demand */
    const char *worker_path;    /* the xlated program; NULL: never start one */
    bool interpret_only;
    unsigned hot_calls;         /* executions of an entry before it is requested */
    bool wait;                  /* tests: wait for the translator's answer instead of going on interpreting */
};

int  dispatch_init(bool is64, const struct exit_handlers *handlers, const struct run_options *options, struct error *err);
void dispatch_thread_init(struct cpu *cpu);     /* fills mem, flat, jumps, helpers, cold, stack_limit */
void dispatch_thread_fini(struct cpu *cpu);
void dispatch_run(struct cpu *cpu);             /* from cpu->pc until the thread's UNWIND_EXIT; uses thread->unwind */
void dispatch_nested(struct cpu *cpu, gva stop);/* from cpu->pc until it is at stop: host code calls the guest inside of dispatch_run() */
void dispatch_after_fork(void);                 /* in the child: own connection to the worker */

/* A host function stands for the guest code at pc (system-call stub, milicode). */
void dispatch_native(gva pc, code_fn code);

void dispatch_finish(void);                     /* at the end of the process */

/* The native entry of the system-call stub: exit_handlers' syscall. */
uint64_t dispatch_syscall(struct cpu *cpu);

/* Guest code of [lo, hi) appeared, or changed or goes away: the hooks of guest_map, and icbi. */
void dispatch_code_added(gva lo, gva hi);
void dispatch_code_removed(gva lo, gva hi);

/* For the fault handler: is host_pc inside translated code, and if so which guest pc? Sets cpu->pc. */
bool dispatch_fault_pc(const void *host_pc, struct cpu *cpu);

/* Translations made without exact registers at faults are retired: a handler for synchronous signals was installed. */
void dispatch_require_precise(void);

/* --stats: the lines of the summary, to fd. */
void dispatch_print_stats(int fd);

#endif
