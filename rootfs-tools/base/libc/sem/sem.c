/* sem.c -- POSIX semaphores in one int, which is all a sem_t has [aix-abi 5.3].
 *
 *   bits 0..29  the count     bit 30  shared between processes     bit 31  somebody may sleep
 *
 * A waiter that finds count 0 sets the last bit and sleeps on the word. A post that sees the bit takes it away and wakes all:
 * those who find nothing left set it again. Waking one would lose a waiter when two posts come before the first one runs.
 */
#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include "../include/cancel.h"
#include "../include/kernel.h"
#include "../include/lock.h"

enum { COUNT = 0x3fffffff, SHARED = 0x40000000 };
#define SLEEPERS ((int)0x80000000)

int sem_init(sem_t *sem, int shared, unsigned int value)
{
    if (value > SEM_VALUE_MAX) {
        errno = EINVAL;
        return -1;
    }
    *sem = (int)value | (shared ? SHARED : 0);
    return 0;
}

int sem_destroy(sem_t *sem)
{
    return 0;
}

int sem_post(sem_t *sem)
{
    int old = __atomic_load_n(sem, __ATOMIC_RELAXED), new;

    do {
        if ((old & COUNT) >= SEM_VALUE_MAX) {
            errno = EOVERFLOW;
            return -1;
        }
        new = (old & ~SLEEPERS) + 1;
    } while (!__atomic_compare_exchange_n(sem, &old, new, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    if (old & SLEEPERS)
        __vwpar_futex_wake(sem, INT_MAX, old & SHARED ? FUTEX_SHARED : 0);
    return 0;
}

int sem_trywait(sem_t *sem)
{
    int old = __atomic_load_n(sem, __ATOMIC_RELAXED);

    do {
        if (!(old & COUNT)) {
            errno = EAGAIN;
            return -1;
        }
    } while (!__atomic_compare_exchange_n(sem, &old, old - 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));
    return 0;
}

/* One sleep until the word changes: 0 to try again, or -1. */
static int sleep_on(sem_t *sem, const struct timespec *until)
{
    int old = __atomic_load_n(sem, __ATOMIC_RELAXED), wanted = old | SLEEPERS;

    if (old & COUNT)
        return 0;
    if (old != wanted && !__atomic_compare_exchange_n(sem, &old, wanted, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return 0;
    int flags = (old & SHARED ? FUTEX_SHARED : 0) | (until ? FUTEX_ABSOLUTE_REALTIME : 0);
    if (CANCELLABLE(__vwpar_futex_wait(sem, wanted, until, flags)) < 0 && errno != EAGAIN)
        return -1;
    return 0;
}

int sem_wait(sem_t *sem)
{
    return sem_timedwait(sem, NULL);
}

int sem_timedwait(sem_t *restrict sem, const struct timespec *restrict until)
{
    int before = errno;

    while (sem_trywait(sem) < 0) {
        if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) {
            errno = EINVAL;
            return -1;
        }
        if (sleep_on(sem, until) < 0)
            return -1;
    }
    errno = before;
    return 0;
}

int sem_getvalue(sem_t *restrict sem, int *restrict value)
{
    *value = __atomic_load_n(sem, __ATOMIC_RELAXED) & COUNT;
    return 0;
}
