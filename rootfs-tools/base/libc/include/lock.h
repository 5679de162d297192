/* lock.h -- libc's own locks: an int that is 0 free, 1 held, 2 held and waited for; free of cost while there is one thread.
 */
#ifndef LIBC_LOCK_H
#define LIBC_LOCK_H

/* Set by libpthreads when the second thread is about to start; never cleared. */
extern int *(*__vwpar_errno_hook)(void);

#define LIBC_THREADED (__vwpar_errno_hook != 0)

int __vwpar_futex_wait(int *word, int expected, const void *timeout, int flags);
int __vwpar_futex_wake(int *word, int count, int flags);

static inline void libc_lock(int *lock)
{
    if (!LIBC_THREADED)
        return;
    int expected = 0;
    if (__atomic_compare_exchange_n(lock, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;
    while (__atomic_exchange_n(lock, 2, __ATOMIC_ACQUIRE) != 0)
        __vwpar_futex_wait(lock, 2, 0, 0);
}

static inline void libc_unlock(int *lock)
{
    if (!LIBC_THREADED)
        return;
    if (__atomic_exchange_n(lock, 0, __ATOMIC_RELEASE) == 2)
        __vwpar_futex_wake(lock, 1, 0);
}

#endif
