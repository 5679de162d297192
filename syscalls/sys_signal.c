/* sys_signal.c -- signals: dispositions, masks, waiting for them, sending them [aix-abi 4.6, 6.2]. */
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "runtime/signal.h"
#include "runtime/signal_frame.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/gate.h"
#include "syscalls/handlers.h"
#include "syscalls/siginfo.h"

/* --- dispositions and masks --------------------------------------------------------------------------------------- */

#define SIGACTION_COPY(width)                                                                       \
    static int sigaction##width##_copyin(struct guest_sigaction *h, gva ea)                         \
    {                                                                                               \
        struct aix##width##_sigaction g;                                                            \
        if (copyin(&g, ea, sizeof g) < 0)                                                           \
            return -EFAULT;                                                                         \
        h->handler = be_get(g.handler);                                                          \
        h->mask = aix##width##_sigset_get(&g.sa_mask);                                              \
        h->flags = be_get(g.sa_flags);                                                              \
        return 0;                                                                                   \
    }                                                                                               \
    static int sigaction##width##_copyout(gva ea, const struct guest_sigaction *h)                  \
    {                                                                                               \
        struct aix##width##_sigaction g = { 0 };                                                    \
        be_put(&g.handler, (int64_t)h->handler);                                                 \
        aix##width##_sigset_put(&g.sa_mask, h->mask);                                               \
        be_put(&g.sa_flags, h->flags);                                                              \
        return copyout(ea, &g, sizeof g);                                                           \
    }
SIGACTION_COPY(32)
SIGACTION_COPY(64)

int64_t sys__sigaction(struct thread *t, int signo, gva act_ea, gva old_ea)
{
    struct guest_sigaction act, old;
    int rc = 0;
    if (act_ea)
        rc = guest.is64 ? sigaction64_copyin(&act, act_ea) : sigaction32_copyin(&act, act_ea);
    if (rc == 0)
        rc = signal_action(signo, act_ea ? &act : NULL, &old);
    if (rc < 0 || !old_ea)
        return rc;
    return guest.is64 ? sigaction64_copyout(old_ea, &old) : sigaction32_copyout(old_ea, &old);
}

int64_t sys_sigprocmask(struct thread *t, int how, gva set_ea, gva old_ea)
{
    enum { AIX_SIG_BLOCK = 0, AIX_SIG_UNBLOCK = 1, AIX_SIG_SETMASK = 2 };
    guest_sigset set = 0, old = t->mask;
    if (set_ea) {
        int rc = ABI_CALL(sigset_copyin, &set, set_ea);
        if (rc < 0)
            return rc;
        switch (how) {
        case AIX_SIG_BLOCK:     set = old | set; break;
        case AIX_SIG_UNBLOCK:   set = old & ~set; break;
        case AIX_SIG_SETMASK:   break;
        default:                return -EINVAL;
        }
    }
    if (old_ea && ABI_CALL(sigset_copyout, old_ea, old) < 0)
        return -EFAULT;
    if (set_ea)
        signal_set_mask(t, set);
    return 0;
}

int64_t sys__sigpending(struct thread *t, gva out) { return ABI_CALL(sigset_copyout, out, signal_pending(t)); }

int64_t sys_sigaltstack(struct thread *t, gva in, gva out)
{
    enum { AIX_MINSIGSTKSZ = 1200 };
    struct aix32_altstack g32 = { 0 };
    struct aix64_altstack g64 = { 0 };
    gva sp = 0;
    uint64_t size = 0;
    uint32_t flags = 0;

    if (in) {
        int rc = guest.is64 ? copyin(&g64, in, sizeof g64) : copyin(&g32, in, sizeof g32);
        if (rc < 0)
            return rc;
        sp = guest.is64 ? be_get(g64.ss_sp) : be_get(g32.ss_sp);
        size = guest.is64 ? be_get(g64.ss_size) : be_get(g32.ss_size);
        flags = guest.is64 ? be_get(g64.ss_flags) : be_get(g32.ss_flags);
        if (t->alt_flags & AIX_SS_ONSTACK)
            return -EPERM;
        if (flags & ~(uint32_t)AIX_SS_DISABLE)
            return -EINVAL;
        if (!(flags & AIX_SS_DISABLE) && size < AIX_MINSIGSTKSZ)
            return -ENOMEM;
    }
    if (out) {
        uint32_t old_flags = t->alt_size ? t->alt_flags : t->alt_flags | AIX_SS_DISABLE;
        be_put(&g64.ss_sp, (int64_t)t->alt_sp), be_put(&g32.ss_sp, (int64_t)t->alt_sp);
        be_put(&g64.ss_size, (int64_t)t->alt_size), be_put(&g32.ss_size, (int64_t)t->alt_size);
        be_put(&g64.ss_flags, old_flags), be_put(&g32.ss_flags, old_flags);
        int rc = guest.is64 ? copyout(out, &g64, sizeof g64) : copyout(out, &g32, sizeof g32);
        if (rc < 0)
            return rc;
    }
    if (in) {
        t->alt_sp = flags & AIX_SS_DISABLE ? 0 : sp;
        t->alt_size = flags & AIX_SS_DISABLE ? 0 : size;
        t->alt_flags = flags;
    }
    return 0;
}

/* BSD's older form: the top of the stack, and whether it is in use. The size is not told: any frame fits. */
int64_t sys_sigstack(struct thread *t, gva in, gva out)
{
    unsigned width = guest.is64 ? 8 : 4;
    gva sp = 0;
    uint32_t on = 0;
    if (in && (copyin_long(&sp, in) < 0 || copyin_u32(&on, in + width) < 0))
        return -EFAULT;
    if (out && (copyout_long(out, t->alt_sp + t->alt_size) < 0 ||
                copyout_u32(out + width, t->alt_flags & AIX_SS_ONSTACK) < 0))
        return -EFAULT;
    if (in && t->alt_flags & AIX_SS_ONSTACK)
        return -EPERM;
    if (in) {
        enum { OLD_STACK = 16384 };
        t->alt_sp = sp ? sp - OLD_STACK : 0;
        t->alt_size = sp ? OLD_STACK : 0;
        t->alt_flags = on ? AIX_SS_ONSTACK : 0;
    }
    return 0;
}

/* A program left a handler by its own longjmp: the alternate stack is free again [aix-abi 6.2]. */
int64_t sys_sigcleanup(struct thread *t)
{
    t->alt_flags &= ~(uint32_t)AIX_SS_ONSTACK;
    return 0;
}

int64_t sys_sigreturn(struct thread *t, gva context)
{
    int rc = signal_return(&t->cpu, context);
    return rc < 0 ? rc : NO_RESULT;
}

/* --- waiting ------------------------------------------------------------------------------------------------------ */

/* Until a handler runs. The call's result is set first, so that the frame the handler returns through holds it. */
static int64_t wait_for_handler(struct thread *t)
{
    syscall_set_result(t, -EINTR);
    while (!signal_deliver(t))
        safe_syscall(SYS_pause, 0, 0, 0, 0, 0, 0);
    return NO_RESULT;
}

int64_t sys__pause(struct thread *t) { return wait_for_handler(t); }

int64_t sys__sigsuspend(struct thread *t, gva set_ea)
{
    guest_sigset set;
    int rc = ABI_CALL(sigset_copyin, &set, set_ea);
    if (rc < 0)
        return rc;
    t->saved_mask = t->mask;
    t->restore_mask = true;
    signal_set_mask(t, set);
    return wait_for_handler(t);
}

#define PUT_SIGINFO(g)                                                                                                \
    (be_put(&(g).signo, info->signo), be_put(&(g).err, info->err), be_put(&(g).code, info->code),                    \
     be_put(&(g).pid, info->pid), be_put(&(g).uid, info->uid), be_put(&(g).status, info->status),                    \
     be_put(&(g).addr, (int64_t)info->addr), be_put(&(g).value, (int64_t)info->value))

int siginfo_copyout(gva ea, const struct guest_siginfo *info)
{
    struct aix32_siginfo g32 = { 0 };
    struct aix64_siginfo g64 = { 0 };
    if (guest.is64) {
        PUT_SIGINFO(g64);
        return copyout(ea, &g64, sizeof g64);
    }
    PUT_SIGINFO(g32);
    return copyout(ea, &g32, sizeof g32);
}

/* Sleeps until something is pending for the thread or the time is over: 0, -EAGAIN at the deadline. */
static int sleep_until(const struct timespec *deadline)
{
    struct timespec now, left;
    if (deadline) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        int64_t ns = (deadline->tv_sec - now.tv_sec) * 1000000000LL + deadline->tv_nsec - now.tv_nsec;
        if (ns <= 0)
            return -EAGAIN;
        left = (struct timespec){ ns / 1000000000, ns % 1000000000 };
    }
    safe_syscall(SYS_ppoll, 0, 0, deadline ? (long)&left : 0, 0, 0, 0);
    return 0;
}

/* sigwait and its kin: signals of the set are taken, not delivered; others that have a handler interrupt. `waiting`
 * makes the ones of the set wake this thread although it blocks them. */
static int wait_in_set(struct thread *t, guest_sigset set, const struct timespec *deadline, struct guest_siginfo *info)
{
    int signo, rc = 0;
    t->waiting = set;
    for (;;) {
        t->cpu.poll = 0;
        signo = signal_take(t, set, info);
        if (signo || rc < 0)
            break;
        if (signal_deliverable(t))
            rc = -EINTR;
        else
            rc = sleep_until(deadline);
    }
    t->waiting = 0;
    if (signal_deliverable(t))
        t->cpu.poll = 1;
    return signo ? signo : rc;
}

int64_t sys___vwpar_sigtimedwait(struct thread *t, gva set_ea, gva info_ea, gva timeout_ea)
{
    guest_sigset set;
    struct guest_siginfo info;
    struct timespec now, timeout, deadline;
    int rc = ABI_CALL(sigset_copyin, &set, set_ea);
    if (rc == 0 && timeout_ea)
        rc = ABI_CALL(timespec_copyin, &timeout, timeout_ea);
    if (rc < 0)
        return rc;
    if (timeout_ea) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        deadline.tv_sec = now.tv_sec + timeout.tv_sec + (now.tv_nsec + timeout.tv_nsec) / 1000000000;
        deadline.tv_nsec = (now.tv_nsec + timeout.tv_nsec) % 1000000000;
    }
    int signo = wait_in_set(t, set, timeout_ea ? &deadline : NULL, &info);
    if (signo > 0 && info_ea && siginfo_copyout(info_ea, &info) < 0)
        return -EFAULT;
    return signo;
}

/* --- sending ------------------------------------------------------------------------------------------------------ */

static struct guest_siginfo from_me(int signo)
{
    return (struct guest_siginfo){ .signo = signo, .code = AIX_SI_USER, .pid = getpid(), .uid = (int32_t)getuid() };
}

/* Signals the host cannot carry reach only this process. */
int64_t sys_kill(struct thread *t, int pid, int signo)
{
    if (signo < 0 || signo > AIX_SIGMAX)
        return -EINVAL;
    if (pid == getpid() && signo && signo != AIX_SIGKILL && signo != AIX_SIGSTOP) {
        struct guest_siginfo info = from_me(signo);
        signal_send(NULL, &info);
        return 0;
    }
    int host = signo ? signal_to_host(signo) : 0;
    if (signo && !host)
        return -EINVAL;
    return host_result(kill(pid, host));
}

int64_t sys__sigqueue(struct thread *t, int pid, int signo, int64_t value)
{
    if (signo < 0 || signo > AIX_SIGMAX)
        return -EINVAL;
    int host = signo ? signal_to_host(signo) : 0;
    if (signo && !host)
        return -EINVAL;
    if (signo && pid == getpid()) {
        struct guest_siginfo info = from_me(signo);
        info.code = AIX_SI_QUEUE;
        info.value = (uint64_t)value;
        return signal_send_queued(&info);
    }
    union sigval v = { .sival_ptr = (void *)(uintptr_t)value };
    return host_result(sigqueue(pid, host, v));
}

int64_t sys_thread_kill(struct thread *t, int tid, int signo)
{
    if (signo < 0 || signo > AIX_SIGMAX)
        return -EINVAL;
    struct guest_siginfo info = from_me(signo);
    if (tid == -1) {                    /* every thread but the caller */
        sigset_t saved;
        thread_list_lock(&saved);
        int others = 0;
        int ids[1024];
        for (struct thread *o = thread_list; o && others < (int)ARRAY_LEN(ids); o = o->next)
            if (o != t)
                ids[others++] = o->tid;
        thread_list_unlock(&saved);
        for (int i = 0; i < others; i++)
            sys_thread_kill(t, ids[i], signo);
        return 0;
    }
    struct thread *to = thread_find(tid);
    if (!to)
        return -ESRCH;
    if (signo)
        signal_send(to, &info);
    return 0;
}
