/* limits.c -- resource limits, usage and priorities.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <ulimit.h>
#include <unistd.h>
#include "../include/kernel.h"

int getrlimit(int resource, struct rlimit *limit) { return appgetrlimit(resource, limit); }
int setrlimit(int resource, const struct rlimit *limit) { return appsetrlimit(resource, limit); }
int getrusage(int who, struct rusage *usage) { return appgetrusage(who, usage); }
int getpriority(int which, id_t who) { return _getpriority(which, who); }
int setpriority(int which, id_t who, int priority) { return _setpriority(which, who, priority); }
int nice(int increment)
{
    errno = 0;
    int now = _getpriority(PRIO_PROCESS, 0);
    if (now == -1 && errno)
        return -1;
    if (_setpriority(PRIO_PROCESS, 0, now + increment) < 0)
        return -1;
    return _getpriority(PRIO_PROCESS, 0);
}

long ulimit(int command, ...)
{
    struct rlimit limit;
    int resource = command == GET_DATALIM ? RLIMIT_DATA : RLIMIT_FSIZE;
    long unit = command == GET_DATALIM ? 1 : 512;

    if (command < GET_FSIZE || command > GET_DATALIM) {
        errno = EINVAL;
        return -1;
    }
    if (appgetrlimit(resource, &limit) < 0)
        return -1;
    if (command == SET_FSIZE) {
        va_list args;
        va_start(args, command);
        limit.rlim_cur = limit.rlim_max = (rlim_t)va_arg(args, long) * 512;
        va_end(args);
        if (appsetrlimit(resource, &limit) < 0)
            return -1;
    }
    return limit.rlim_cur >= RLIM_INFINITY ? LONG_MAX : (long)(limit.rlim_cur / unit);
}
