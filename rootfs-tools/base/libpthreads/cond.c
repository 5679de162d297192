/* cond.c -- condition variables: a sequence number that each signal advances; a waiter sleeps until it changes. */
#include "thread.h"

#include <errno.h>
#include <string.h>

/* Values that no static initialiser has: where the 32-bit one's 2 stands is not public. */
enum {
    C_SEQUENCE = 0,
    C_WAITERS = 1,
    C_CLOCK = 5,
    C_SHARED = 6,
    CLOCK_IS_MONOTONIC = 0x4d4f4e4f,
    IS_SHARED = 0x53484152
};

int pthread_cond_init(pthread_cond_t *c, const pthread_condattr_t *attr)
{
    const struct simple_attributes *a = attr ? (const struct simple_attributes *)*attr : NULL;
    memset(c, 0, sizeof *c);
    if (a && a->clock == CLOCK_MONOTONIC)
        words(c)[C_CLOCK] = CLOCK_IS_MONOTONIC;
    if (a && a->pshared == PTHREAD_PROCESS_SHARED)
        words(c)[C_SHARED] = IS_SHARED;
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *c)
{
    (void)c;
    return 0;
}

static int flags_of(const int *w) { return w[C_SHARED] == IS_SHARED ? FUTEX_SHARED : 0; }

static void wake(pthread_cond_t *c, int count)
{
    int *w = words(c);
    __atomic_fetch_add(&w[C_SEQUENCE], 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&w[C_WAITERS], __ATOMIC_SEQ_CST))
        __vwpar_futex_wake(&w[C_SEQUENCE], count, flags_of(w));
}

int pthread_cond_signal(pthread_cond_t *c)
{
    wake(c, 1);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t *c)
{
    wake(c, 0x7fffffff);
    return 0;
}

static int wait_until(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until)
{
    int *w = words(c), error = 0;
    int clock = !until ? 0 : w[C_CLOCK] == CLOCK_IS_MONOTONIC ? FUTEX_MONOTONIC : FUTEX_REALTIME;
    pthread_testcancel();
    __atomic_fetch_add(&w[C_WAITERS], 1, __ATOMIC_SEQ_CST);
    int sequence = __atomic_load_n(&w[C_SEQUENCE], __ATOMIC_SEQ_CST);
    int locked = pthread_mutex_unlock(m);
    if (!locked) {
        error = futex_wait_cancellable(&w[C_SEQUENCE], sequence, until, flags_of(w) | clock);
        pthread_mutex_lock(m);
    }
    __atomic_fetch_sub(&w[C_WAITERS], 1, __ATOMIC_SEQ_CST);
    pthread_testcancel();
    return locked ? locked : error == ETIMEDOUT ? ETIMEDOUT : 0;
}

int pthread_cond_wait(pthread_cond_t *c, pthread_mutex_t *m) { return wait_until(c, m, NULL); }

int pthread_cond_timedwait(pthread_cond_t *c, pthread_mutex_t *m, const struct timespec *until)
{
    return until->tv_nsec < 0 || until->tv_nsec >= 1000000000 ? EINVAL : wait_until(c, m, until);
}
