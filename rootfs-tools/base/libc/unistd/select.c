/* select.c -- waiting for descriptors. The high half of the counts would number message queues [aix-abi 4.9].
 */
#include <sys/poll.h>
#include <sys/select.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    return CANCELLABLE(_poll(fds, (unsigned)count, timeout));
}

int select(int count, fd_set *reading, fd_set *writing, fd_set *exceptions, struct timeval *timeout)
{
    return CANCELLABLE(_select((unsigned)count, reading, writing, exceptions, timeout));
}

int __fd_select(int count, fd_set *reading, fd_set *writing, fd_set *exceptions, struct timeval *timeout)
{
    return select(count, reading, writing, exceptions, timeout);
}

int pselect(int count, fd_set *reading, fd_set *writing, fd_set *exceptions, const struct timespec *timeout, const sigset_t *mask)
{
    struct timeval tv, *limit = NULL;
    sigset_t old;

    if (timeout) {
        tv.tv_sec = timeout->tv_sec;
        tv.tv_usec = timeout->tv_nsec / 1000;
        limit = &tv;
    }
    if (mask)
        sigprocmask(SIG_SETMASK, mask, &old);
    int result = select(count, reading, writing, exceptions, limit);
    if (mask)
        sigprocmask(SIG_SETMASK, &old, NULL);
    return result;
}

int getdtablesize(void)
{
    struct rlimit limit;

    if (appgetrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur > FD_SETSIZE)
        return FD_SETSIZE;
    return (int)limit.rlim_cur;
}

int __fd_getdtablesize(void)
{
    return getdtablesize();
}
