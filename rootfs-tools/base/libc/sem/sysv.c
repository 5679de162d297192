/* sysv.c -- System V operations whose kernel names differ, and memory semaphores.
 */
#include <errno.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include "../include/cancel.h"
#include "../include/kernel.h"
#include "../include/lock.h"

int semop(int id, struct sembuf *operations, size_t count) { return __semop(id, operations, count); }
int msgsnd(int id, const void *message, size_t size, int flags) { return CANCELLABLE(__msgsnd(id, message, size, flags)); }
ssize_t msgrcv(int id, void *message, size_t size, long type, int flags)
{
    return CANCELLABLE(__msgrcv(id, message, size, type, flags));
}


/* The id in the top byte, the device in the next one, the i-node below: the classic form. */
key_t ftok(const char *path, int id)
{
    struct stat st;

    if (stat(path, &st) < 0)
        return -1;
    return (key_t)((unsigned)(id & 0xff) << 24 | (unsigned)(st.st_dev & 0xff) << 16 | (unsigned)(st.st_ino & 0xffff));
}

msemaphore *msem_init(msemaphore *sem, int initial)
{
    if (initial != MSEM_UNLOCKED && initial != MSEM_LOCKED) {
        errno = EINVAL;
        return NULL;
    }
    sem->msem_wanted = 0;
    sem->msem_state = initial;
    return sem;
}

int msem_lock(msemaphore *sem, int condition)
{
    int expected = MSEM_UNLOCKED;

    while (!__atomic_compare_exchange_n(&sem->msem_state, &expected, MSEM_LOCKED, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) {
        if (condition == MSEM_IF_NOWAIT) {
            errno = EAGAIN;
            return -1;
        }
        __atomic_fetch_add(&sem->msem_wanted, 1, __ATOMIC_SEQ_CST);
        int result = __vwpar_futex_wait(&sem->msem_state, MSEM_LOCKED, NULL, FUTEX_SHARED);
        __atomic_fetch_sub(&sem->msem_wanted, 1, __ATOMIC_SEQ_CST);
        if (result < 0 && errno == EINTR)
            return -1;
        expected = MSEM_UNLOCKED;
    }
    return 0;
}

/* MSEM_IF_WAITERS would leave it locked when nobody waits: its value is not known, any condition unlocks. */
int msem_unlock(msemaphore *sem, int condition)
{
    __atomic_store_n(&sem->msem_state, MSEM_UNLOCKED, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&sem->msem_wanted, __ATOMIC_SEQ_CST))
        __vwpar_futex_wake(&sem->msem_state, 1, FUTEX_SHARED);
    return 0;
}

int msem_remove(msemaphore *sem)
{
    return 0;
}
