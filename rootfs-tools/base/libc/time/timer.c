/* timer.c -- POSIX timers, which are the kernel's. SIGEV_THREAD answers EINVAL: delivery is by signals. */
#include <signal.h>
#include <time.h>
#include "../include/kernel.h"

int timer_create(clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer)
{
    return _timer_create(clock, event, timer);
}

int timer_delete(timer_t timer) { return _timer_delete(timer); }
int timer_gettime(timer_t timer, struct itimerspec *now) { return _timer_gettime(timer, now); }
int timer_getoverrun(timer_t timer) { return _timer_getoverrun(timer); }

int timer_settime(timer_t timer, int flags, const struct itimerspec *restrict to, struct itimerspec *restrict old)
{
    return _timer_settime(timer, flags, to, old);
}
