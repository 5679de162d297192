/* mutex.c -- mutexes: 0 free, 1 held, 2 held and waited for. A mutex that only has AIX's static initialiser is a normal
 * one. */
#include "thread.h"

#include <errno.h>

enum { M_STATE = 0, M_OWNER = 1, M_DEPTH = 2, M_INITIALISED = 3, M_TYPE = 4, M_SHARED = 5, M_CEILING = 6, SPINS = 40 };

int pthread_mutex_init(pthread_mutex_t *m, const pthread_mutexattr_t *attr)
{
    int *w = words(m);
    const struct simple_attributes *a = attr ? (const struct simple_attributes *)*attr : NULL;
    *m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    w[M_TYPE] = a ? a->type : PTHREAD_MUTEX_NORMAL;
    w[M_CEILING] = a ? a->ceiling : SCHED_PRIORITY_MAX;
    w[M_SHARED] = a && a->pshared == PTHREAD_PROCESS_SHARED;
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *m)
{
    if (__atomic_load_n(&words(m)[M_STATE], __ATOMIC_RELAXED))
        return EBUSY;
    words(m)[M_TYPE] = 0;
    return 0;
}

static int flags_of(const int *w) { return w[M_SHARED] == 1 ? FUTEX_SHARED : 0; }

static int take(int *w)
{
    int expected = 0;
    return __atomic_compare_exchange_n(&w[M_STATE], &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

static int take_slowly(int *w, const struct timespec *until)
{
    for (int i = 0; i < SPINS; i++)
        if (__atomic_load_n(&w[M_STATE], __ATOMIC_RELAXED) == 0 && take(w))
            return 0;
    while (__atomic_exchange_n(&w[M_STATE], 2, __ATOMIC_ACQUIRE) != 0)
        if (futex_wait(&w[M_STATE], 2, until, flags_of(w) | (until ? FUTEX_REALTIME : 0)) == ETIMEDOUT)
            return ETIMEDOUT;
    return 0;
}

/* What the owner gets who locks again: a deeper hold, or an error, or (-1) the wait that a normal mutex means. */
static int relock(int *w, int only_try)
{
    if (w[M_TYPE] == PTHREAD_MUTEX_RECURSIVE) {
        w[M_DEPTH]++;
        return 0;
    }
    return only_try ? EBUSY : w[M_TYPE] == PTHREAD_MUTEX_ERRORCHECK ? EDEADLK : -1;
}

static int tracks_owner(const int *w)
{
    return w[M_TYPE] == PTHREAD_MUTEX_RECURSIVE || w[M_TYPE] == PTHREAD_MUTEX_ERRORCHECK;
}

/* Never 0. A shared mutex's owner is known in every process; a private one's stays the same in the child of fork(). */
static int owner_id(const int *w) { return w[M_SHARED] == 1 ? thread_self()->tid : (int)pthread_self(); }

static int lock_until(pthread_mutex_t *m, const struct timespec *until)
{
    int *w = words(m), error = 0, self = 0;
    if (tracks_owner(w)) {
        self = owner_id(w);
        if (w[M_OWNER] == self && (error = relock(w, 0)) >= 0)
            return error;
    }
    error = take(w) ? 0 : take_slowly(w, until);
    if (!error && self)
        w[M_OWNER] = self;
    return error;
}

int pthread_mutex_lock(pthread_mutex_t *m) { return lock_until(m, NULL); }

int pthread_mutex_timedlock(pthread_mutex_t *m, const struct timespec *until)
{
    return until->tv_nsec < 0 || until->tv_nsec >= 1000000000 ? EINVAL : lock_until(m, until);
}

int pthread_mutex_trylock(pthread_mutex_t *m)
{
    int *w = words(m), self = 0;
    if (tracks_owner(w)) {
        self = owner_id(w);
        if (w[M_OWNER] == self)
            return relock(w, 1);
    }
    if (!take(w))
        return EBUSY;
    if (self)
        w[M_OWNER] = self;
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *m)
{
    int *w = words(m);
    if (tracks_owner(w)) {
        if (w[M_OWNER] != owner_id(w))
            return EPERM;
        if (w[M_DEPTH]) {
            w[M_DEPTH]--;
            return 0;
        }
        w[M_OWNER] = 0;
    }
    int flags = flags_of(w);
    if (__atomic_exchange_n(&w[M_STATE], 0, __ATOMIC_RELEASE) == 2)
        __vwpar_futex_wake(&w[M_STATE], 1, flags);
    return 0;
}

/* ---- the ceiling of PTHREAD_PRIO_PROTECT: recorded; the host schedules */

int pthread_mutex_getprioceiling(const pthread_mutex_t *m, int *ceiling)
{
    if (!words(m)[M_CEILING])
        return EINVAL;
    *ceiling = words(m)[M_CEILING];
    return 0;
}

int pthread_mutex_setprioceiling(pthread_mutex_t *m, int ceiling, int *old)
{
    if (!words(m)[M_CEILING] || ceiling < SCHED_PRIORITY_MIN || ceiling > SCHED_PRIORITY_MAX)
        return EINVAL;
    int error = pthread_mutex_lock(m);
    if (error)
        return error;
    if (old)
        *old = words(m)[M_CEILING];
    words(m)[M_CEILING] = ceiling;
    return pthread_mutex_unlock(m);
}
