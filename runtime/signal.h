/* signal.h -- guest signals: dispositions, masks, pending sets, choosing and delivering.
 *
 * Host handlers only note a signal and set cpu->poll; the dispatcher delivers at a safepoint by building an AIX signal frame
 * (signal_frame.c). Synchronous faults come through signal_fault().
 */
#ifndef RUNTIME_GUEST_SIGNAL_H
#define RUNTIME_GUEST_SIGNAL_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/thread.h"

struct guest_sigaction {
    gva handler;                /* descriptor address; 0 SIG_DFL, 1 SIG_IGN */
    guest_sigset mask;
    uint32_t flags;             /* AIX SA_ bits */
};

/* Install host handlers. `fault_pc` maps a host pc inside translated code to the guest pc (false: not ours). */
int signal_init(bool (*fault_pc)(const void *host_pc, struct cpu *cpu));

int signal_action(int signo, const struct guest_sigaction *act, struct guest_sigaction *old);   /* -EINVAL */
void signal_set_mask(struct thread *t, guest_sigset mask);      /* SIGKILL and SIGSTOP stay open */
guest_sigset signal_pending(struct thread *t);                  /* blocked and waiting: thread's and process's */

/* Queue for a thread (t) or for the process (t NULL). Async-signal-safe. */
void signal_send(struct thread *t, const struct guest_siginfo *info);

/* A synchronous trap of the current thread at cpu->pc (SIGILL, SIGTRAP, SIGFPE, SIGSEGV ...): blocked or ignored means death, as
 * on AIX. Queues it; the next signal_deliver() takes it first. */
void signal_fault(struct cpu *cpu, int signo, int code, gva addr);

/* Deliver what is deliverable: changes cpu (pc, r1, r3..r5, LR ...) to run handlers, or ends the process. Clears poll.
 * Returns true when a handler was entered. */
bool signal_deliver(struct thread *t);
bool signal_deliverable(struct thread *t);      /* something unblocked is pending (blocking calls answer EINTR then) */

/* The guest left a handler: restore everything from the frame whose context is at `context`; -EFAULT. */
int signal_return(struct cpu *cpu, gva context);

/* True when a handler is installed for a synchronous signal: faults must then show exact registers. */
bool signal_wants_precise(void);
extern void (*signal_precise_changed)(void);    /* called when that becomes true */

#endif
