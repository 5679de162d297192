/* aio.c -- asynchronous input and output: the kernel carries requests out, and counts one word up at the end of each.
 *
 * Who waits for requests looks at their error members and sleeps until that word has changed.
 */
#include <aio.h>
#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include "../include/kernel.h"
#include "../include/lock.h"

enum { FSYNC = 3, FDATASYNC = 4 };      /* operations beside LIO_READ and LIO_WRITE */

static int generation;

static int submit(struct aiocb *cb, int operation)
{
    struct aiocb *const list[1] = { cb };

    return __vwpar_aio_submit(list, 1, operation, &generation, NULL);
}

int aio_read(struct aiocb *cb)
{
    return submit(cb, LIO_READ);
}

int aio_write(struct aiocb *cb)
{
    return submit(cb, LIO_WRITE);
}

int aio_fsync(int how, struct aiocb *cb)
{
    if (how != O_SYNC && how != O_DSYNC) {
        errno = EINVAL;
        return -1;
    }
    return submit(cb, how == O_SYNC ? FSYNC : FDATASYNC);
}

int aio_error(const struct aiocb *cb)
{
    return __atomic_load_n(&cb->aio_errno, __ATOMIC_ACQUIRE);
}

ssize_t aio_return(struct aiocb *cb)
{
    if (aio_error(cb) == EINPROGRESS) {
        errno = EINVAL;
        return -1;
    }
    return cb->aio_return;
}

int aio_cancel(int fd, struct aiocb *cb)
{
    if (cb && cb->aio_fildes != fd) {
        errno = EINVAL;
        return -1;
    }
    return __vwpar_aio_cancel(fd, cb);
}

/* How many of the list have not ended. */
static int left(const struct aiocb *const list[], int count, int *all)
{
    int n = 0;

    *all = 0;
    for (int i = 0; i < count; i++)
        if (list[i]) {
            ++*all;
            n += aio_error(list[i]) == EINPROGRESS;
        }
    return n;
}

/* Until all have ended, or with `any` one of them: 0, or -1 with EINTR or ETIMEDOUT. */
static int wait_for(const struct aiocb *const list[], int count, int any, const struct timespec *deadline)
{
    int all, seen;

    for (;;) {
        seen = __atomic_load_n(&generation, __ATOMIC_ACQUIRE);
        int n = left(list, count, &all);
        if (n == 0 || (any && n < all))
            return 0;
        if (__vwpar_futex_wait(&generation, seen, deadline, deadline ? FUTEX_ABSOLUTE_MONOTONIC : 0) < 0 && errno != EAGAIN)
            return -1;
    }
}

int aio_suspend(const struct aiocb *const list[], int count, const struct timespec *timeout)
{
    struct timespec deadline;

    if (timeout) {
        clock_gettime(CLOCK_MONOTONIC, &deadline);
        deadline.tv_sec += timeout->tv_sec + (deadline.tv_nsec + timeout->tv_nsec) / 1000000000;
        deadline.tv_nsec = (deadline.tv_nsec + timeout->tv_nsec) % 1000000000;
    }
    if (wait_for(list, count, 1, timeout ? &deadline : NULL) == 0)
        return 0;
    if (errno == ETIMEDOUT)
        errno = EAGAIN;
    return -1;
}

int lio_listio(int mode, struct aiocb *restrict const list[restrict], int count, struct sigevent *restrict event)
{
    if (mode != LIO_WAIT && mode != LIO_NOWAIT) {
        errno = EINVAL;
        return -1;
    }
    int rc = __vwpar_aio_submit((struct aiocb *const *)list, count, 0, &generation, mode == LIO_NOWAIT ? event : NULL);
    if (mode == LIO_NOWAIT || (rc < 0 && errno != EIO))
        return rc;
    if (wait_for((const struct aiocb *const *)list, count, 0, NULL) < 0)
        return -1;
    for (int i = 0; i < count; i++)
        if (list[i] && list[i]->aio_lio_opcode != LIO_NOP && aio_error(list[i]))
            rc = -1;
    if (rc < 0)
        errno = EIO;
    return rc;
}
