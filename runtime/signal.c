/* signal.c -- guest signals: dispositions, masks, pending sets, choosing and delivering.
 *
 * Dispositions and both kinds of pending set (a thread's, the process's) are kept under the lock of the thread list, which host
 * handlers may take (thread.c). Of a signal that is pending already no second one is kept, but of the real-time ones
 * (signal_queue.h).
 */
#include "runtime/signal.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/process.h"
#include "runtime/signal_frame.h"
#include "runtime/signal_host.h"
#include "runtime/signal_number.h"
#include "runtime/signal_queue.h"

#define SYNCHRONOUS (SIGNAL_BIT(AIX_SIGILL) | SIGNAL_BIT(AIX_SIGTRAP) | SIGNAL_BIT(AIX_SIGFPE) | SIGNAL_BIT(AIX_SIGBUS) | \
                     SIGNAL_BIT(AIX_SIGSEGV))
#define STOPPING (SIGNAL_BIT(17) | SIGNAL_BIT(18) | SIGNAL_BIT(21) | SIGNAL_BIT(22))
/* SIGWAITING is the thread library's own: it reaches whom pthread_cancel() means, whatever a program blocks. */
#define FIXED (SIGNAL_BIT(AIX_SIGKILL) | SIGNAL_BIT(AIX_SIGSTOP))
#define UNBLOCKABLE (FIXED | SIGNAL_BIT(AIX_SIGWAITING))

static struct guest_sigaction actions[AIX_SIGMAX + 1];
static volatile guest_sigset process_pending;
static struct guest_siginfo process_info[AIX_SIGMAX + 1];
static guest_sigset handled;            /* signals with a handler */

void (*signal_precise_changed)(void);
void (*signal_report_fatal)(struct thread *t, const struct guest_siginfo *info, bool fault);

int signal_init(bool (*fault_pc)(const void *host_pc, struct cpu *cpu))
{
    guest_sigset ignored, blocked;

    int rc = signal_frame_init();
    if (rc)
        return rc;
    signal_host_init(fault_pc, &ignored, &blocked);
    for (int signo = 1; signo <= AIX_SIGMAX; signo++)
        if (ignored & SIGNAL_BIT(signo))
            actions[signo].handler = AIX_SIG_IGN;
    current->mask = blocked & ~UNBLOCKABLE;
    return 0;
}

/* --- dispositions -------------------------------------------------------------------------------------------------- */

static bool is_ignored(int signo)
{
    return actions[signo].handler == AIX_SIG_IGN || (actions[signo].handler == AIX_SIG_DFL && signal_default(signo) == DEFAULT_IGNORE);
}

bool signal_wants_precise(void) { return handled & SYNCHRONOUS; }

/* What is ignored from now on is no longer pending. */
static void drop_ignored(int signo)
{
    if (!is_ignored(signo))
        return;
    signal_queue_drop(signo);
    process_pending &= ~SIGNAL_BIT(signo);
    for (struct thread *t = thread_list; t; t = t->next)
        t->pending &= ~SIGNAL_BIT(signo);
}

/* 64-bit programs may have handlers for signals 64 to 255, which nothing sends: they are kept and told [aix-abi 4.6; Go installs one
 * for each and takes a refusal as fatal]. */
static int unsent_action(int signo, const struct guest_sigaction *act, struct guest_sigaction *old)
{
    static struct guest_sigaction kept[AIX_SIGMAX_64 + 1];
    sigset_t saved;

    thread_list_lock(&saved);
    if (old)
        *old = kept[signo];
    if (act)
        kept[signo] = *act;
    thread_list_unlock(&saved);
    return 0;
}

int signal_action(int signo, const struct guest_sigaction *act, struct guest_sigaction *old)
{
    sigset_t saved;

    if (guest.is64 && signo > AIX_SIGMAX && signo <= AIX_SIGMAX_64)
        return unsent_action(signo, act, old);
    if (signo < 1 || signo > AIX_SIGMAX || (act && SIGNAL_BIT(signo) & FIXED))
        return -EINVAL;
    bool was_precise = signal_wants_precise();
    thread_list_lock(&saved);
    if (old)
        *old = actions[signo];
    if (act) {
        actions[signo] = *act;
        actions[signo].mask &= ~UNBLOCKABLE;
        handled = act->handler > AIX_SIG_IGN ? handled | SIGNAL_BIT(signo) : handled & ~SIGNAL_BIT(signo);
        signal_host_disposition(signo, act);
        drop_ignored(signo);
    }
    thread_list_unlock(&saved);
    if (!was_precise && signal_wants_precise() && signal_precise_changed)
        signal_precise_changed();
    return 0;
}

/* --- pending ------------------------------------------------------------------------------------------------------- */

static void wake(struct thread *t)
{
    cpu_poll_set(&t->cpu, POLL_SIGNAL);
    if (t != current)
        signal_host_kick(t);
}

static bool wants(const struct thread *t, guest_sigset bit) { return t->waiting & bit || !(t->mask & bit); }

/* A thread for each process-wide signal of `set`: the caller when it can, else the first that has it open or waits for it. */
static void wake_for_process(guest_sigset set)
{
    for (int signo = 1; set; signo++, set >>= 1) {
        if (!(set & 1))
            continue;
        struct thread *t = current && !current->exiting && wants(current, SIGNAL_BIT(signo)) ? current : thread_list;
        while (t && !wants(t, SIGNAL_BIT(signo)))
            t = t->next;
        if (t)
            wake(t);
    }
}

static bool nobody_blocks(int signo)
{
    for (struct thread *t = thread_list; t; t = t->next)
        if (t->mask & SIGNAL_BIT(signo))
            return false;
    return true;
}

/* A stop signal takes back a continue, and the other way round. */
static void cancel_opposite(int signo)
{
    guest_sigset gone = signo == AIX_SIGCONT ? STOPPING : STOPPING & SIGNAL_BIT(signo) ? SIGNAL_BIT(AIX_SIGCONT) : 0;

    process_pending &= ~gone;
    for (struct thread *t = thread_list; gone && t; t = t->next)
        t->pending &= ~gone;
}

static void send_locked(struct thread *t, const struct guest_siginfo *info)
{
    guest_sigset bit = SIGNAL_BIT(info->signo);

    cancel_opposite(info->signo);
    if (is_ignored(info->signo) && (t ? !(t->mask & bit) : nobody_blocks(info->signo)))
        return;
    if (t) {
        if (t->pending & bit)
            signal_queue_put(t, info);
        else
            t->info[info->signo] = *info;
        t->pending |= bit;
        if (wants(t, bit))
            wake(t);
    } else {
        if (process_pending & bit)
            signal_queue_put(NULL, info);
        else
            process_info[info->signo] = *info;
        process_pending |= bit;
        wake_for_process(bit);
    }
}

void signal_send(struct thread *t, const struct guest_siginfo *info)
{
    sigset_t saved;

    if (info->signo < 1 || info->signo > AIX_SIGMAX)
        return;
    thread_list_lock(&saved);
    send_locked(t, info);
    thread_list_unlock(&saved);
}

int signal_send_queued(const struct guest_siginfo *info)
{
    enum { FIRST = 1 };                 /* in the pending set */
    sigset_t saved;

    thread_list_lock(&saved);
    bool room = signal_queue_length() + FIRST < AIX_SIGQUEUE_MAX || !(process_pending & SIGNAL_BIT(info->signo));
    if (room)
        send_locked(NULL, info);
    thread_list_unlock(&saved);
    return room ? 0 : -EAGAIN;
}

int signal_send_to(int tid, const struct guest_siginfo *info)
{
    sigset_t saved;

    thread_list_lock(&saved);
    struct thread *t = thread_list;
    while (t && t->tid != tid)
        t = t->next;
    if (t && info->signo > 0 && info->signo <= AIX_SIGMAX)
        send_locked(t, info);
    thread_list_unlock(&saved);
    return t ? 0 : -ESRCH;
}

void signal_fault(struct cpu *cpu, int signo, int code, gva addr)
{
    struct thread *t = (struct thread *)cpu;

    t->fault = (struct guest_siginfo){ .signo = signo, .code = code, .addr = addr };
    cpu_poll_set(cpu, POLL_SIGNAL);
}

guest_sigset signal_pending(struct thread *t) { return (t->pending | process_pending) & t->mask; }

bool signal_deliverable(struct thread *t)
{
    return t->fault.signo || (t->pending | process_pending) & ~t->mask;
}

void signal_set_mask(struct thread *t, guest_sigset mask)
{
    sigset_t saved;

    mask &= ~UNBLOCKABLE;
    if (mask == t->mask)        /* longjmp, as a rule: two host system calls saved; only the thread itself changes its mask */
        return;
    thread_list_lock(&saved);
    guest_sigset closed = mask & ~t->mask;
    t->mask = mask;
    if (signal_deliverable(t))
        cpu_poll_set(&t->cpu, POLL_SIGNAL);
    wake_for_process(process_pending & closed);
    thread_list_unlock(&saved);
}

void signal_thread_gone(void)
{
    sigset_t saved;

    thread_list_lock(&saved);
    signal_queue_drop_thread(current);
    wake_for_process(process_pending);
    thread_list_unlock(&saved);
}

static int take_locked(struct thread *t, guest_sigset set, struct guest_siginfo *info)
{
    guest_sigset own = t->pending & set, shared = process_pending & set;

    if (!(own | shared))
        return 0;
    int signo = __builtin_ctzll(own ? own : shared) + 1;
    struct guest_siginfo *first = own ? &t->info[signo] : &process_info[signo];
    *info = *first;
    if (signal_queue_take(own ? t : NULL, signo, first))
        return signo;
    if (own)
        t->pending &= ~SIGNAL_BIT(signo);
    else
        process_pending &= ~SIGNAL_BIT(signo);
    return signo;
}

int signal_take(struct thread *t, guest_sigset set, struct guest_siginfo *info)
{
    sigset_t saved;

    thread_list_lock(&saved);
    int signo = take_locked(t, set, info);
    thread_list_unlock(&saved);
    return signo;
}

/* --- delivery ------------------------------------------------------------------------------------------------------ */

static void die(int signo) __attribute__((noreturn));
static void die(int signo)
{
    int host = signal_to_host(signo);

    process_die(host ? host : SIGTERM);
}

static void die_reported(struct thread *t, const struct guest_siginfo *info, bool fault) __attribute__((noreturn));
static void die_reported(struct thread *t, const struct guest_siginfo *info, bool fault)
{
    if (signal_report_fatal)
        signal_report_fatal(t, info, fault);
    die(info->signo);
}

static void default_action(struct thread *t, const struct guest_siginfo *info, const struct guest_sigaction *act)
{
    switch (signal_default(info->signo)) {
    case DEFAULT_TERM:
        die(info->signo);
    case DEFAULT_CORE:
        die_reported(t, info, false);
    case DEFAULT_STOP:
        signal_host_stop(info->signo, act);
        break;
    case DEFAULT_IGNORE:
    case DEFAULT_CONTINUE:
        break;
    }
}

static struct guest_sigaction fetch_action(int signo)
{
    sigset_t saved;

    thread_list_lock(&saved);
    struct guest_sigaction act = actions[signo];
    if (act.handler > AIX_SIG_IGN && act.flags & AIX_SA_RESETHAND) {
        actions[signo].handler = AIX_SIG_DFL;
        handled &= ~SIGNAL_BIT(signo);
        signal_host_disposition(signo, &actions[signo]);
    }
    thread_list_unlock(&saved);
    return act;
}

static void enter_handler(struct thread *t, const struct guest_sigaction *act, const struct guest_siginfo *info)
{
    guest_sigset back = t->restore_mask ? t->saved_mask : t->mask;
    bool alt_before = signal_on_alt_stack(t);

    if (signal_frame_push(t, act, info, back)) {
        struct guest_siginfo segv = { .signo = AIX_SIGSEGV, .code = AIX_SEGV_MAPERR, .addr = t->cpu.gpr[1] };
        die_reported(t, &segv, true);
    }
    t->restore_mask = false;
    if (!alt_before && signal_on_alt_stack(t))
        t->alt_flags |= AIX_SS_ONSTACK;
    signal_set_mask(t, t->mask | act->mask | (act->flags & AIX_SA_NODEFER ? 0 : SIGNAL_BIT(info->signo)));
}

/* One signal: true when a handler was entered. */
static bool deliver_one(struct thread *t, const struct guest_siginfo *info, bool fault)
{
    bool blocked = fault && t->mask & SIGNAL_BIT(info->signo);
    struct guest_sigaction act = fetch_action(info->signo);

    if (fault && (blocked || act.handler <= AIX_SIG_IGN))
        die_reported(t, info, true);
    if (act.handler == AIX_SIG_DFL)
        default_action(t, info, &act);
    if (act.handler <= AIX_SIG_IGN)
        return false;
    enter_handler(t, &act, info);
    return true;
}

bool signal_deliver(struct thread *t)
{
    struct guest_siginfo info;
    bool entered = false;

    cpu_poll_clear(&t->cpu, POLL_SIGNAL);
    if (t->fault.signo) {
        info = t->fault;
        t->fault.signo = 0;
        entered = deliver_one(t, &info, true);
    }
    while (signal_take(t, ~t->mask, &info))
        entered |= deliver_one(t, &info, false);
    return entered;
}

bool signal_interrupts(struct thread *t) { return (t->pending | process_pending) & ~t->mask & handled; }

/* Stopping and being ignored do not end a call; several handlers are entered at once, so each has a say. */
bool signal_restarts(struct thread *t)
{
    sigset_t saved;
    bool restarts = true;

    thread_list_lock(&saved);
    guest_sigset set = (t->pending | process_pending) & ~t->mask & handled;
    for (int signo = 1; set; signo++, set >>= 1)
        if (set & 1)
            restarts &= !!(actions[signo].flags & AIX_SA_RESTART);
    thread_list_unlock(&saved);
    return restarts;
}

int signal_return(struct cpu *cpu, gva context)
{
    struct thread *t = (struct thread *)cpu;
    guest_sigset mask;

    int rc = signal_frame_pop(cpu, context, &mask);
    if (rc)
        return rc;
    if (!signal_on_alt_stack(t))
        t->alt_flags &= ~(uint32_t)AIX_SS_ONSTACK;
    signal_set_mask(t, mask);
    return 0;
}

uint64_t signal_return_from(struct cpu *cpu)
{
    gva context = cpu->gpr[1] + (cpu->is64 ? FRAME_LINK64 : FRAME_LINK32);

    if (signal_return(cpu, context))
        signal_fault(cpu, AIX_SIGSEGV, AIX_SEGV_MAPERR, context);
    return cpu->pc;
}

/* --- fork and exec --------------------------------------------------------------------------------------------------- */

/* A child has no pending signals [POSIX fork]. */
void signal_after_fork(void)
{
    signal_queue_drop(0);
    process_pending = 0;
    current->pending = 0;
    current->fault.signo = 0;
}

/* What is pending stays pending across exec: it goes back to the host, where the mask holds it. */
void signal_before_exec(void)
{
    guest_sigset waiting = signal_pending(current);

    signal_host_mask(current->mask);
    for (int signo = 1; signo <= AIX_SIGMAX; signo++)
        if (waiting & SIGNAL_BIT(signo) && signal_to_host(signo))
            kill(getpid(), signal_to_host(signo));
}

void signal_exec_failed(void) { signal_host_open(); }
