/* memory_lock.c -- pinning memory [POSIX mlock, mlockall]: checked as there, but nothing is pinned. The superuser's, as on AIX.
 */
#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static int fail(int error)
{
    errno = error;
    return -1;
}

static int check_range(const void *address, size_t length)
{
    uintptr_t page = (uintptr_t)getpagesize(), first = (uintptr_t)address & -page;
    char state;

    if (geteuid() != 0)
        return fail(EPERM);
    for (uintptr_t at = first; at - first < length + ((uintptr_t)address - first); at += page)
        if (mincore((caddr_t)at, page, &state) < 0)
            return fail(ENOMEM);
    return 0;
}

int mlock(const void *address, size_t length) { return check_range(address, length); }
int munlock(const void *address, size_t length) { return check_range(address, length); }

int mlockall(int flags)
{
    if (flags == 0 || flags & ~(MCL_CURRENT | MCL_FUTURE))
        return fail(EINVAL);
    return geteuid() == 0 ? 0 : fail(EPERM);
}

int munlockall(void) { return geteuid() == 0 ? 0 : fail(EPERM); }
