/* sys_time.c -- clocks, sleeping, interval timers [aix-abi 3.5, 4.2]. */
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "runtime/host.h"
#include "runtime/signal.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/clock.h"
#include "syscalls/handlers.h"

int clock_to_host(int64_t id, clockid_t *clock)
{
    static const clockid_t clocks[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID,
                                       CLOCK_THREAD_CPUTIME_ID};
    int pid = (int)(id >> 32);
    if (pid > 0 && id == clock_of_process(pid))
        return clock_getcpuclockid(pid, clock) == 0 ? 0 : -EINVAL;
    if (id < AIX_CLOCK_REALTIME || id > AIX_CLOCK_THREAD_CPUTIME)
        return -EINVAL;
    *clock = clocks[id - AIX_CLOCK_REALTIME];
    return 0;
}

int64_t sys__clock_gettime(struct thread *t, int64_t id, gva out)
{
    struct timespec now;
    clockid_t clock;
    if (clock_to_host(id, &clock) < 0)
        return -EINVAL;
    if (clock_gettime(clock, &now) < 0)
        return -errno;                  /* the process has ended */
    return ABI_CALL(timespec_copyout, out, &now);
}

int64_t sys__clock_getres(struct thread *t, int64_t id, gva out)
{
    struct timespec resolution;
    clockid_t clock;
    if (clock_to_host(id, &clock) < 0)
        return -EINVAL;
    clock_getres(clock, &resolution);
    return out ? ABI_CALL(timespec_copyout, out, &resolution) : 0;
}

int64_t sys__clock_settime(struct thread *t, int64_t id, gva in)
{
    struct timespec to;
    clockid_t clock;
    if (clock_to_host(id, &clock) < 0)
        return -EINVAL;
    int rc = ABI_CALL(timespec_copyin, &to, in);
    return rc < 0 ? rc : host_result(clock_settime(clock, &to));
}

enum { NANOSECONDS = 1000000000 };

static struct timespec time_sum(struct timespec a, struct timespec b)
{
    struct timespec sum = { a.tv_sec + b.tv_sec, a.tv_nsec + b.tv_nsec };
    if (sum.tv_nsec >= NANOSECONDS)
        sum = (struct timespec){ sum.tv_sec + 1, sum.tv_nsec - NANOSECONDS };
    return sum;
}

/* From now until `end`; nothing when that is over. */
static struct timespec time_left(struct timespec end)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct timespec left = { end.tv_sec - now.tv_sec, end.tv_nsec - now.tv_nsec };
    if (left.tv_nsec < 0)
        left = (struct timespec){ left.tv_sec - 1, left.tv_nsec + NANOSECONDS };
    return left.tv_sec < 0 ? (struct timespec){ 0 } : left;
}

/* While translated code waits to be left, which this thread does behind the call, no blocking call is begun: short sleeps, between
 * which signals are looked for. True when the time is over. */
static bool sleep_a_step(struct timespec end)
{
    enum { STEP = 5000000 };
    struct timespec left = time_left(end);
    if (left.tv_sec || left.tv_nsec > STEP)
        left = (struct timespec){ 0, STEP };
    nanosleep(&left, NULL);
    left = time_left(end);
    return !left.tv_sec && !left.tv_nsec;
}

/* Never restarted: the remaining time is the caller's to use. A signal without a handler does not end it: being stopped and
 * continued is not a wake-up. */
int64_t sys__nsleep(struct thread *t, gva request, gva remainder)
{
    struct timespec want, now, left;
    int rc = ABI_CALL(timespec_copyin, &want, request);
    if (rc < 0)
        return rc;
    if (want.tv_sec < 0 || want.tv_nsec < 0 || want.tv_nsec >= NANOSECONDS)
        return -EINVAL;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct timespec end = time_sum(now, want);
    for (;;) {
        int64_t result =
            never_restart(safe_syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, (long)&end, 0, 0, 0));
        if (result != -EINTR)
            return result;
        if (signal_interrupts(t))
            break;
        if (t->cpu.poll & POLL_CODE) {
            if (sleep_a_step(end))
                return 0;
            continue;
        }
        if (signal_deliver(t))                  /* it came just now: as if before the call, which is made again */
            return NO_RESULT;
    }
    left = time_left(end);
    rc = remainder ? ABI_CALL(timespec_copyout, remainder, &left) : 0;
    return rc < 0 ? rc : -EINTR;
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

/* As incinterval, but the first expiration is at a time of day. One that is over is due at once. */
int64_t sys_absinterval(struct thread *t, int id, gva in, gva out)
{
    struct itimerspec spec, old;
    struct itimerval was;
    struct timespec now;
    if (!is_timer(id))
        return -EINVAL;
    int rc = ABI_CALL(itimerspec_copyin, &spec, in);
    if (rc < 0)
        return rc;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t left = (spec.it_value.tv_sec - now.tv_sec) * 1000000000 + spec.it_value.tv_nsec - now.tv_nsec;
    bool off = spec.it_value.tv_sec == 0 && spec.it_value.tv_nsec == 0;
    left = off ? 0 : left > 1000 ? left : 1000;
    spec.it_value = (struct timespec){ left / 1000000000, left % 1000000000 };
    struct itimerval to = { to_timeval(spec.it_interval), to_timeval(spec.it_value) };
    if (setitimer((__itimer_which_t)id, &to, &was) < 0)
        return -errno;
    to_itimerspec(&old, &was);
    return out ? ABI_CALL(itimerspec_copyout, out, &old) : 0;
}

/* A timer given back is stopped. */
int64_t sys_reltimerid(struct thread *t, int id)
{
    static const struct itimerval off;
    return is_timer(id) ? host_result(setitimer((__itimer_which_t)id, &off, NULL)) : -EINVAL;
}

/* The resolution and the largest value of a timer, each as an itimerstruc_t [IBM's manual: resabs]. */
int64_t sys_appresabs(struct thread *t, int id, gva resolution, gva maximum)
{
    static const struct itimerspec one_us = { { 0, 1000 }, { 0, 1000 } };
    static const struct itimerspec most = { { INT32_MAX, 999999999 }, { INT32_MAX, 999999999 } };
    if (!is_timer(id))
        return -EINVAL;
    int rc = ABI_CALL(itimerspec_copyout, resolution, &one_us);
    return rc < 0 ? rc : ABI_CALL(itimerspec_copyout, maximum, &most);
}

int64_t sys_appresinc(struct thread *t, int id, gva resolution, gva maximum)
{
    return sys_appresabs(t, id, resolution, maximum);
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
