/* sys_thread.c -- threads and what they sleep on, for the builtin libpthreads [aix-abi 5]. */
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/host.h"
#include "runtime/signal.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"

int64_t sys__thread_self(struct thread *t) { return t->tid; }

int64_t sys_thread_terminate(struct thread *t) { thread_exit(); }

int64_t sys___vwpar_thread_create(struct thread *t, gva start, gva arg, gva sp, gva tp, gva errnop, gva exit_word)
{
    return thread_create(start, arg, sp, tp, errnop, exit_word);
}

int64_t sys___vwpar_thread_setup(struct thread *t, gva tp, gva errnop)
{
    if (tp)
        t->cpu.gpr[13] = tp;
    if (errnop)
        t->errnop = errnop;
    return 0;
}

/* --- futexes ------------------------------------------------------------------------------------------------------ */

enum { WAIT_REALTIME = 1, WAIT_MONOTONIC = 2, WAIT_SHARED = 4 };

static uint32_t *futex_word(gva ea)
{
    return ea % 4 == 0 ? guest_range(ea, 4) : NULL;
}

/* The word is big-endian in guest memory; the host compares bits. A relative time is made absolute, so that all waits
 * are of one kind. EAGAIN: the word has another value; EINTR: a handler is to run that has not SA_RESTART,
 * or the time is relative. */
int64_t sys___vwpar_futex_wait(struct thread *t, gva ea, int expected, gva timeout_ea, uint32_t flags)
{
    uint32_t *word = futex_word(ea);
    struct timespec at, now;
    int op = FUTEX_WAIT_BITSET | (flags & WAIT_SHARED ? 0 : FUTEX_PRIVATE_FLAG);

    if (!word || flags & ~7u || (flags & 3) == 3)
        return word ? -EINVAL : -EFAULT;
    if (timeout_ea && ABI_CALL(timespec_copyin, &at, timeout_ea) < 0)
        return -EFAULT;
    if (timeout_ea && flags & WAIT_REALTIME)
        op |= FUTEX_CLOCK_REALTIME;
    if (timeout_ea && !(flags & (WAIT_REALTIME | WAIT_MONOTONIC))) {
        if (at.tv_sec < 0 || at.tv_nsec < 0 || at.tv_nsec >= 1000000000)
            return -EINVAL;
        clock_gettime(CLOCK_MONOTONIC, &now);
        at.tv_sec += now.tv_sec + (at.tv_nsec + now.tv_nsec) / 1000000000;
        at.tv_nsec = (at.tv_nsec + now.tv_nsec) % 1000000000;
    }
    if (timeout_ea && at.tv_sec < 0)            /* before the epoch: over; the host would call it invalid */
        at = (struct timespec){ 0 };
    bool relative = timeout_ea && !(flags & (WAIT_REALTIME | WAIT_MONOTONIC));
    for (;;) {
        int64_t result = never_restart(safe_syscall(SYS_futex, (long)word, op, (long)__builtin_bswap32((uint32_t)expected),
                                                    timeout_ea ? (long)&at : 0, 0, FUTEX_BITSET_MATCH_ANY));
        if (result != -EINTR || signal_interrupts(t) || t->cpu.poll & POLL_CODE)
            return relative ? result : restartable(result);
        if (signal_deliver(t))                  /* it came just now: as if before the call, which is made again */
            return NO_RESULT;
    }
}

int64_t sys___vwpar_futex_wake(struct thread *t, gva ea, int count, uint32_t flags)
{
    uint32_t *word = futex_word(ea);
    if (!word)
        return -EFAULT;
    return host_result(
        syscall(SYS_futex, word, FUTEX_WAKE | (flags & WAIT_SHARED ? 0 : FUTEX_PRIVATE_FLAG), count, NULL, NULL, 0));
}
