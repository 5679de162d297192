/* rwlock.c -- read-write locks: number of readers, or -1 for a writer; who must wait sleeps on a generation number.
 * Readers go first, so that a thread may take a read lock it already has. */
#include "thread.h"

#include <errno.h>
#include <string.h>

/* MARK tells our own contents from a static initialiser, whose 2 may stand anywhere in 32-bit. */
enum { RW_GUARD = 2, RW_COUNT = 3, RW_WAITERS = 4, RW_GENERATION = 5, RW_SHARED = 6, RW_MARK = 7, RW_OWNER = 8, MARK = 0x52574c4b };

static void initialise(int *w, int shared)
{
    w[RW_COUNT] = w[RW_WAITERS] = w[RW_GENERATION] = 0;
    w[RW_SHARED] = shared;
    __atomic_store_n(&w[RW_MARK], MARK, __ATOMIC_RELEASE);
}

int pthread_rwlock_init(pthread_rwlock_t *l, const pthread_rwlockattr_t *attr)
{
    const struct simple_attributes *a = attr ? (const struct simple_attributes *)*attr : NULL;
    memset(l, 0, sizeof *l);
    initialise(words(l), a && a->pshared == PTHREAD_PROCESS_SHARED ? FUTEX_SHARED : 0);
    return 0;
}

/* First use of a statically initialised lock. */
static int *ready(pthread_rwlock_t *l)
{
    static int first_use;
    int *w = words(l);
    if (__atomic_load_n(&w[RW_MARK], __ATOMIC_ACQUIRE) != MARK) {
        lock(&first_use);
        if (w[RW_MARK] != MARK)
            initialise(w, 0);
        unlock(&first_use);
    }
    return w;
}

int pthread_rwlock_destroy(pthread_rwlock_t *l)
{
    int *w = ready(l);
    if (__atomic_load_n(&w[RW_COUNT], __ATOMIC_RELAXED))
        return EBUSY;
    w[RW_MARK] = 0;
    return 0;
}

/* One more reader, or the writer; 0 when it may not be now. */
static int enter(int *w, int writer)
{
    int count = __atomic_load_n(&w[RW_COUNT], __ATOMIC_RELAXED);
    while (writer ? count == 0 : count >= 0)
        if (__atomic_compare_exchange_n(&w[RW_COUNT], &count, writer ? -1 : count + 1, 0, __ATOMIC_ACQUIRE,
                                        __ATOMIC_RELAXED)) {
            if (writer)
                __atomic_store_n(&w[RW_OWNER], thread_self()->tid, __ATOMIC_RELAXED);
            return 1;
        }
    return 0;
}

static int is_mine(const int *w) /* held by this thread for writing */
{
    return __atomic_load_n(&w[RW_COUNT], __ATOMIC_RELAXED) < 0 &&
           __atomic_load_n(&w[RW_OWNER], __ATOMIC_RELAXED) == thread_self()->tid;
}

static int enter_waiting(pthread_rwlock_t *l, int writer, const struct timespec *until)
{
    int *w = ready(l), error = 0;
    if (enter(w, writer))
        return 0;
    if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000))
        return EINVAL;
    if (is_mine(w))
        return EDEADLK;
    __atomic_fetch_add(&w[RW_WAITERS], 1, __ATOMIC_SEQ_CST);
    for (;;) {
        int generation = __atomic_load_n(&w[RW_GENERATION], __ATOMIC_SEQ_CST);
        if (enter(w, writer) || error == ETIMEDOUT)
            break;
        error = futex_wait(&w[RW_GENERATION], generation, until, w[RW_SHARED] | (until ? FUTEX_REALTIME : 0));
    }
    __atomic_fetch_sub(&w[RW_WAITERS], 1, __ATOMIC_SEQ_CST);
    return error == ETIMEDOUT ? error : 0;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *l) { return enter_waiting(l, 0, NULL); }

int pthread_rwlock_wrlock(pthread_rwlock_t *l) { return enter_waiting(l, 1, NULL); }

int pthread_rwlock_timedrdlock(pthread_rwlock_t *l, const struct timespec *until) { return enter_waiting(l, 0, until); }

int pthread_rwlock_timedwrlock(pthread_rwlock_t *l, const struct timespec *until) { return enter_waiting(l, 1, until); }

int pthread_rwlock_tryrdlock(pthread_rwlock_t *l) { return enter(ready(l), 0) ? 0 : EBUSY; }

int pthread_rwlock_trywrlock(pthread_rwlock_t *l) { return enter(ready(l), 1) ? 0 : EBUSY; }

int pthread_rwlock_unlock(pthread_rwlock_t *l)
{
    int *w = words(l), count = __atomic_load_n(&w[RW_COUNT], __ATOMIC_RELAXED);
    if (__atomic_load_n(&w[RW_MARK], __ATOMIC_ACQUIRE) != MARK)
        return EINVAL;
    do
        if (count == 0)
            return EPERM;
    while (!__atomic_compare_exchange_n(&w[RW_COUNT], &count, count < 0 ? 0 : count - 1, 0, __ATOMIC_SEQ_CST,
                                        __ATOMIC_RELAXED));
    if (count > 1)
        return 0;
    __atomic_fetch_add(&w[RW_GENERATION], 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&w[RW_WAITERS], __ATOMIC_SEQ_CST))
        __vwpar_futex_wake(&w[RW_GENERATION], 0x7fffffff, w[RW_SHARED]);
    return 0;
}
