/* barrier.c -- barriers and spin locks. */
#include "thread.h"

#include <errno.h>
#include <string.h>

enum { B_NEEDED = 0, B_ARRIVED = 1, B_GENERATION = 2, B_SHARED = 3, SPINS = 100 };

int pthread_barrier_init(pthread_barrier_t *b, const pthread_barrierattr_t *attr, unsigned int count)
{
    const struct simple_attributes *a = attr ? (const struct simple_attributes *)*attr : NULL;
    if (count == 0)
        return EINVAL;
    memset(b, 0, sizeof *b);
    words(b)[B_NEEDED] = (int)count;
    words(b)[B_SHARED] = a && a->pshared == PTHREAD_PROCESS_SHARED ? FUTEX_SHARED : 0;
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *b)
{
    return __atomic_load_n(&words(b)[B_ARRIVED], __ATOMIC_SEQ_CST) ? EBUSY : 0;
}

int pthread_barrier_wait(pthread_barrier_t *b)
{
    int *w = words(b), shared = w[B_SHARED];
    int generation = __atomic_load_n(&w[B_GENERATION], __ATOMIC_SEQ_CST);
    if (__atomic_add_fetch(&w[B_ARRIVED], 1, __ATOMIC_SEQ_CST) == w[B_NEEDED]) {
        __atomic_store_n(&w[B_ARRIVED], 0, __ATOMIC_SEQ_CST);
        __atomic_fetch_add(&w[B_GENERATION], 1, __ATOMIC_SEQ_CST);
        __vwpar_futex_wake(&w[B_GENERATION], 0x7fffffff, shared);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    while (__atomic_load_n(&w[B_GENERATION], __ATOMIC_SEQ_CST) == generation)
        futex_wait(&w[B_GENERATION], generation, NULL, shared);
    return 0;
}

int pthread_spin_init(pthread_spinlock_t *s, int pshared)
{
    (void)pshared;
    memset(s, 0, sizeof *s);
    return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *s) { return __atomic_load_n(words(s), __ATOMIC_RELAXED) ? EBUSY : 0; }

int pthread_spin_trylock(pthread_spinlock_t *s)
{
    int expected = 0;
    return __atomic_compare_exchange_n(words(s), &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED) ? 0 : EBUSY;
}

int pthread_spin_lock(pthread_spinlock_t *s)
{
    while (pthread_spin_trylock(s))
        for (int i = 0; __atomic_load_n(words(s), __ATOMIC_RELAXED); i++)
            if (i >= SPINS) {
                pthread_yield();
                break;
            }
    return 0;
}

int pthread_spin_unlock(pthread_spinlock_t *s)
{
    __atomic_store_n(words(s), 0, __ATOMIC_RELEASE);
    return 0;
}
