/* clock.c -- clocks, sleeping and interval timers.
 */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

enum { MICROSECONDS = 1000000, NANOSECONDS = 1000000000 };

int clock_gettime(clockid_t clock, struct timespec *time) { return _clock_gettime(clock, time); }
int clock_getres(clockid_t clock, struct timespec *resolution) { return _clock_getres(clock, resolution); }
int clock_settime(clockid_t clock, const struct timespec *time) { return _clock_settime(clock, time); }
/* The error is the result, not in errno [POSIX]. */
int clock_getcpuclockid(pid_t pid, clockid_t *clock)
{
    int before = errno, error = _clock_getcpuclockid(pid, clock) == 0 ? 0 : errno;

    errno = before;
    return error;
}

int nanosleep(const struct timespec *request, struct timespec *left) { return CANCELLABLE(_nsleep(request, left)); }
int setitimer(int which, struct itimerval *restrict value, struct itimerval *restrict old) { return __vwpar_setitimer(which, value, old); }
int getitimer(int which, struct itimerval *value) { return __vwpar_getitimer(which, value); }

time_t time(time_t *where)
{
    struct timespec now;

    if (_clock_gettime(CLOCK_REALTIME, &now) < 0)
        return -1;
    if (where)
        *where = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone)
{
    struct timespec now;

    if (_clock_gettime(CLOCK_REALTIME, &now) < 0)
        return -1;
    if (tv) {
        tv->tv_sec = now.tv_sec;
        tv->tv_usec = now.tv_nsec / 1000;
    }
    if (zone) {
        struct timezone *z = zone;
        z->tz_minuteswest = z->tz_dsttime = 0;
    }
    return 0;
}

int settimeofday(struct timeval *tv, struct timezone *zone)
{
    struct timespec wanted = { tv->tv_sec, tv->tv_usec * 1000L };

    return _clock_settime(CLOCK_REALTIME, &wanted);
}

int gettimer(timer_t which, struct timespec *now)
{
    return _clock_gettime(which, now);
}

clock_t clock(void)
{
    struct timespec used;

    if (_clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0)
        return -1;
    return (clock_t)((long long)used.tv_sec * CLOCKS_PER_SEC + used.tv_nsec / 1000);
}

unsigned int sleep(unsigned int seconds)
{
    struct timespec request = { seconds, 0 }, left = { 0, 0 };

    if (nanosleep(&request, &left) == 0)
        return 0;
    return left.tv_sec + (left.tv_nsec > 0);
}

int usleep(useconds_t us)
{
    struct timespec request = { us / MICROSECONDS, us % MICROSECONDS * 1000L };

    return nanosleep(&request, NULL);
}

/* What is still to wait until the given time, in `left`; false when it has passed. */
static int time_left(clockid_t clock, const struct timespec *until, struct timespec *left)
{
    struct timespec now;

    if (_clock_gettime(clock, &now) < 0)
        return 0;
    left->tv_sec = until->tv_sec - now.tv_sec;
    left->tv_nsec = until->tv_nsec - now.tv_nsec;
    if (left->tv_nsec < 0) {
        left->tv_nsec += NANOSECONDS;
        left->tv_sec--;
    }
    return left->tv_sec >= 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *left)
{
    struct timespec relative;

    if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC)
        return clock == CLOCK_PROCESS_CPUTIME_ID || clock == CLOCK_THREAD_CPUTIME_ID ? ENOTSUP : EINVAL;
    if (request->tv_nsec < 0 || request->tv_nsec >= NANOSECONDS)
        return EINVAL;
    if (flags != TIMER_ABSTIME)
        return nanosleep(request, left) == 0 ? 0 : errno;
    while (time_left(clock, request, &relative))
        if (nanosleep(&relative, NULL) < 0)
            return errno;
    return 0;
}

unsigned int alarm(unsigned int seconds)
{
    struct itimerval value = { .it_value = { seconds, 0 } }, old = { .it_value = { 0, 0 } };

    __vwpar_setitimer(ITIMER_REAL, &value, &old);
    return old.it_value.tv_sec + (old.it_value.tv_usec > 0);
}

static struct timeval from_microseconds(unsigned int us)
{
    return (struct timeval){ us / MICROSECONDS, us % MICROSECONDS };
}

unsigned int ualarm(unsigned int us, unsigned int interval)
{
    struct itimerval value = { from_microseconds(interval), from_microseconds(us) }, old = { .it_value = { 0, 0 } };

    __vwpar_setitimer(ITIMER_REAL, &value, &old);
    return old.it_value.tv_sec * MICROSECONDS + old.it_value.tv_usec;
}
