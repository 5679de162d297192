/* private_fd.c -- the runner's own descriptors, kept out of the guest's sight. */
#include "runtime/private_fd.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <unistd.h>

/* The range is fixed at the first use: a limit the guest lowers later does not move it. */
int private_fd_base(void)
{
    static int base;
    struct rlimit limit;

    if (base)
        return base;
    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur <= 2 * PRIVATE_FDS)
        base = INT_MAX;
    else if (limit.rlim_cur > 65536)    /* OPEN_MAX of AIX [aix-abi 4.13]; a sparse table costs the host memory */
        base = 65536;
    else
        base = (int)limit.rlim_cur - PRIVATE_FDS;
    return base;
}

static int own_stderr = STDERR_FILENO;

/* Before anything is opened. */
__attribute__((constructor)) static void look_for_stderr(void)
{
    if (fcntl(STDERR_FILENO, F_GETFD) < 0)
        own_stderr = -1;
}

int private_stderr(void) { return own_stderr; }

void private_fd_leave(int first, int last)
{
    if (first <= own_stderr && own_stderr <= last)
        own_stderr = private_fd(dup(own_stderr));
}

int private_fd(int fd)
{
    if (fd < 0 || is_private_fd(fd))
        return fd;
    int high = fcntl(fd, F_DUPFD_CLOEXEC, private_fd_base());
    if (high < 0)
        return fd;
    close(fd);
    return high;
}
