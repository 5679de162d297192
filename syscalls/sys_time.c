/* sys_time.c -- clocks, sleeping, interval timers [aix-abi 3.5, 4.2]. */
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"

/* CLOCK_REALTIME 9, MONOTONIC 10, PROCESS_CPUTIME_ID 11, THREAD_CPUTIME_ID 12. */
static int host_clock(int64_t id, clockid_t *clock)
{
    static const clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                       CLOCK_THREAD_CPUTIME_ID};
    if (id < 9 || id > 12)
        return -EINVAL;
    *clock = clocks[id - 9];
    return 0;
}

int64_t sys__clock_gettime(struct thread *t, int64_t id, gva out)
{
    struct timespec now;
    clockid_t clock;
    if (host_clock(id, &clock) < 0)
        return -EINVAL;
    clock_gettime(clock, &now);
    return ABI_CALL(timespec_copyout, out, &now);
}

int64_t sys__clock_getres(struct thread *t, int64_t id, gva out)
{
    struct timespec resolution;
    clockid_t clock;
    if (host_clock(id, &clock) < 0)
        return -EINVAL;
    clock_getres(clock, &resolution);
    return out ? ABI_CALL(timespec_copyout, out, &resolution) : 0;
}

int64_t sys__clock_settime(struct thread *t, int64_t id, gva in)
{
    struct timespec to;
    clockid_t clock;
    if (host_clock(id, &clock) < 0)
        return -EINVAL;
    int rc = ABI_CALL(timespec_copyin, &to, in);
    return rc < 0 ? rc : host_result(clock_settime(clock, &to));
}

/* Never restarted: the remaining time is the caller's to use. */
int64_t sys__nsleep(struct thread *t, gva request, gva remainder)
{
    struct timespec want, left = { 0 };
    int rc = ABI_CALL(timespec_copyin, &want, request);
    if (rc < 0)
        return rc;
    left = want;                        /* when the call is not even made */
    int64_t result =
        never_restart(safe_syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, (long)&want, (long)&left, 0, 0));
    if (result == -EINTR && remainder) {
        rc = ABI_CALL(timespec_copyout, remainder, &left);
        if (rc < 0)
            return rc;
    }
    return result;
}

/* --- interval timers ---------------------------------------------------------------------------------------------- */

/* ITIMER_REAL 0, VIRTUAL 1, PROF 2 are the host's numbers too; each sends its signal (ALRM, VTALRM, PROF). */
static bool is_timer(int which) { return which >= ITIMER_REAL && which <= ITIMER_PROF; }

int64_t sys___vwpar_setitimer(struct thread *t, int which, gva in, gva out)
{
    struct itimerval to, old;
    if (!is_timer(which))
        return -EINVAL;
    int rc = in ? ABI_CALL(itimerval_copyin, &to, in) : 0;
    if (rc == 0 && (in ? setitimer((__itimer_which_t)which, &to, &old) : getitimer((__itimer_which_t)which, &old)) < 0)
        rc = -errno;
    return rc < 0 || !out ? rc : ABI_CALL(itimerval_copyout, out, &old);
}

int64_t sys___vwpar_getitimer(struct thread *t, int which, gva out)
{
    struct itimerval now;
    if (!is_timer(which))
        return -EINVAL;
    return getitimer((__itimer_which_t)which, &now) < 0 ? -errno : ABI_CALL(itimerval_copyout, out, &now);
}

/* gettimerid(type, DELIVERY_SIGNALS): AIX's own interface to the same timers; the id is the type. */
int64_t sys_gettimerid(struct thread *t, int type, int notify)
{
    enum { DELIVERY_SIGNALS = 0 };
    return is_timer(type) && notify == DELIVERY_SIGNALS ? type : -EINVAL;
}

static void to_itimerspec(struct itimerspec *to, const struct itimerval *from)
{
    to->it_interval = (struct timespec){ from->it_interval.tv_sec, from->it_interval.tv_usec * 1000 };
    to->it_value = (struct timespec){ from->it_value.tv_sec, from->it_value.tv_usec * 1000 };
}

/* Nanoseconds round up, so that a timer of a few of them is not switched off. */
static struct timeval to_timeval(struct timespec ts)
{
    struct timeval tv = { ts.tv_sec, (ts.tv_nsec + 999) / 1000 };
    if (tv.tv_usec == 1000000)
        tv = (struct timeval){ ts.tv_sec + 1, 0 };
    return tv;
}

int64_t sys_incinterval(struct thread *t, int id, gva in, gva out)
{
    struct itimerspec spec;
    struct itimerval old;
    if (!is_timer(id))
        return -EINVAL;
    int rc = ABI_CALL(itimerspec_copyin, &spec, in);
    if (rc < 0)
        return rc;
    struct itimerval to = { to_timeval(spec.it_interval), to_timeval(spec.it_value) };
    if (setitimer((__itimer_which_t)id, &to, &old) < 0)
        return -errno;
    to_itimerspec(&spec, &old);
    return out ? ABI_CALL(itimerspec_copyout, out, &spec) : 0;
}

int64_t sys_getinterval(struct thread *t, int id, gva out)
{
    struct itimerspec spec;
    struct itimerval now;
    if (!is_timer(id))
        return -EINVAL;
    if (getitimer((__itimer_which_t)id, &now) < 0)
        return -errno;
    to_itimerspec(&spec, &now);
    return ABI_CALL(itimerspec_copyout, out, &spec);
}
