/* signal.h -- guest signals: dispositions, masks, pending sets, choosing and delivering.
 *
 * Host handlers only note a signal and set cpu->poll; the dispatcher delivers at a safepoint by building an AIX signal frame
 * (signal_frame.c). Synchronous faults come through signal_fault().
 */
#ifndef RUNTIME_GUEST_SIGNAL_H
#define RUNTIME_GUEST_SIGNAL_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>
#include "runtime/thread.h"

/* The runner's page in the guest's low memory: the trampoline that handlers return to [aix-abi 6.2]. signal_init() maps it;
 * aixrun.c has SIGNAL_RETURN_PC answered by signal_return_from(). */
enum { SIGNAL_PAGE = 0x5000, SIGNAL_RETURN_PC = 0x5040 };

enum {                          /* sa_flags [aix-abi 4.6] */
    AIX_SA_ONSTACK = 1, AIX_SA_RESETHAND = 2, AIX_SA_NOCLDSTOP = 4, AIX_SA_RESTART = 8, AIX_SA_SIGINFO = 0x100,
    AIX_SA_NODEFER = 0x200, AIX_SA_NOCLDWAIT = 0x400,
};
enum { AIX_SS_ONSTACK = 1, AIX_SS_DISABLE = 2 };
enum { AIX_SIG_DFL = 0, AIX_SIG_IGN = 1 };
enum { AIX_SIGILL = 4, AIX_SIGTRAP = 5, AIX_SIGFPE = 8, AIX_SIGKILL = 9, AIX_SIGBUS = 10, AIX_SIGSEGV = 11,
       AIX_SIGSYS = 12, AIX_SIGSTOP = 17,
       AIX_SIGCONT = 19, AIX_SIGCHLD = 20, AIX_SIGWAITING = 39, AIX_SIGMAX = 63, AIX_SIGMAX_64 = 255 };
enum {                          /* si_code of synchronous faults [aix-abi 4.6] */
    AIX_SI_USER = 0, AIX_SI_QUEUE = 71,
    AIX_BUS_ADRALN = 1, AIX_BUS_ADRERR = 2, AIX_BUS_OBJERR = 3, AIX_FPE_INTDIV = 20, AIX_FPE_FLTINV = 26,
    AIX_ILL_ILLOPC = 30, AIX_ILL_PRVOPC = 34, AIX_SEGV_MAPERR = 50, AIX_SEGV_ACCERR = 51, AIX_TRAP_BRKPT = 60,
};

#define SIGNAL_BIT(n) (UINT64_C(1) << ((n) - 1))

/* Numbers (signal_number.def): 0 when the other side has no such signal. */
int signal_from_host(int host_signo);
int signal_to_host(int signo);
const char *signal_name(int signo);             /* "SIGSEGV", "SIG41" */

struct guest_sigaction {
    gva handler;                /* descriptor address; 0 SIG_DFL, 1 SIG_IGN */
    guest_sigset mask;
    uint32_t flags;             /* AIX SA_ bits */
};

/* Install host handlers. `fault_pc` maps a host pc inside translated code to the guest pc (false: not ours). */
int signal_init(bool (*fault_pc)(const void *host_pc, struct cpu *cpu));

int signal_action(int signo, const struct guest_sigaction *act, struct guest_sigaction *old);   /* -EINVAL */
void signal_set_mask(struct thread *t, guest_sigset mask);      /* KILL, STOP, WAITING stay open */
guest_sigset signal_pending(struct thread *t);                  /* blocked and waiting: thread's and process's */

/* Queue for a thread (t) or for the process (t NULL). Async-signal-safe. */
void signal_send(struct thread *t, const struct guest_siginfo *info);

/* To the process, unless AIX_SIGQUEUE_MAX of them wait already: 0 or -EAGAIN. */
int signal_send_queued(const struct guest_siginfo *info);

/* To the thread of that id, which may end meanwhile: 0 or -ESRCH. Signal 0 only looks. */
int signal_send_to(int tid, const struct guest_siginfo *info);

/* A synchronous trap of the current thread at cpu->pc (SIGILL, SIGTRAP, SIGFPE, SIGSEGV ...): blocked or ignored means death, as
 * on AIX. Queues it; the next signal_deliver() takes it first. */
void signal_fault(struct cpu *cpu, int signo, int code, gva addr);

/* Deliver what is deliverable: changes cpu (pc, r1, r3..r5, LR ...) to run handlers, or ends the process. Clears POLL_SIGNAL.
 * Returns true when a handler was entered. */
bool signal_deliver(struct thread *t);
bool signal_deliverable(struct thread *t);      /* something unblocked is pending (blocking calls answer EINTR then) */

/* A handler is about to run: sleeps end then, but not for a signal that is ignored or stops and continues the process. */
bool signal_interrupts(struct thread *t);

/* Would an interrupted call be made again? True unless the signal delivered next runs a handler without SA_RESTART. */
bool signal_restarts(struct thread *t);

/* Takes a pending signal of `set` without delivering it (sigwait): its number, or 0. While thread->waiting names blocked signals,
 * they wake the thread (set its poll, interrupt its call) as open ones do. */
int signal_take(struct thread *t, guest_sigset set, struct guest_siginfo *info);

/* Before execve: the host's mask and dispositions become what the guest has, so that the new program inherits them; back when
 * it failed. */
void signal_before_exec(void);
void signal_exec_failed(void);

void signal_thread_gone(void);                  /* a thread left the list: its share of the process's signals is others' */
void signal_after_fork(void);                   /* in the child, by fork.c */

/* Entry at SIGNAL_RETURN_PC: finds the context from r1; returns the guest pc to go on at. */
uint64_t signal_return_from(struct cpu *cpu);

/* Set by aixrun.c: FPSCR in the cpu made current before it is saved, and put into force after it was loaded. */
extern void (*signal_fpscr_save)(struct cpu *cpu);
extern void (*signal_fpscr_load)(struct cpu *cpu);

/* Set by fatal_report.c: a signal that nobody handles is about to end the process as AIX would end it with a core; `fault`: it is
 * synchronous. */
extern void (*signal_report_fatal)(struct thread *t, const struct guest_siginfo *info, bool fault);

/* Set by fatal_report.c on demand: a fault came to the host's `context`, which is given up now. */
extern void (*signal_note_host)(const ucontext_t *context);

/* The guest left a handler: restore everything from the frame whose context is at `context`; -EFAULT. */
int signal_return(struct cpu *cpu, gva context);

/* True when a handler is installed for a synchronous signal: faults must then show exact registers. */
bool signal_wants_precise(void);
extern void (*signal_precise_changed)(void);    /* called when that becomes true */

#endif
