/* sys_timer.c -- POSIX timers, and the clock that gettimer and settimer know [aix-abi 3.5, 4.2, 4.6; IBM's manual].
 *
 * A timer's number is the host kernel's: it knows itself which of them exist. Delivery by a thread (SIGEV_THREAD) is the
 * work of a library, which asks the kernel for a signal.
 */
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "runtime/host.h"
#include "runtime/signal.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/clock.h"
#include "syscalls/handlers.h"
#include "syscalls/sigevent.h"

enum { AIX_TIMER_ABSTIME = 999 };

int64_t sys__timer_create(struct thread *t, int64_t clock_id, gva event_ea, gva id_ea)
{
    struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM };
    clockid_t clock;
    int id;
    if (clock_to_host(clock_id, &clock) < 0)
        return -EINVAL;
    int rc = event_ea ? sigevent_copyin(&event, event_ea) : 0;
    if (rc < 0)
        return rc;
    if (syscall(SYS_timer_create, clock, event_ea ? &event : NULL, &id) < 0)
        return -errno;
    if (copyout_long(id_ea, (uint64_t)id) == 0)
        return 0;
    syscall(SYS_timer_delete, id);
    return -EFAULT;
}

int64_t sys__timer_delete(struct thread *t, int64_t id) { return host_result(syscall(SYS_timer_delete, (int)id)); }

int64_t sys__timer_getoverrun(struct thread *t, int64_t id)
{
    return host_result(syscall(SYS_timer_getoverrun, (int)id));
}

int64_t sys__timer_gettime(struct thread *t, int64_t id, gva out)
{
    struct itimerspec now;
    return syscall(SYS_timer_gettime, (int)id, &now) < 0 ? -errno : ABI_CALL(itimerspec_copyout, out, &now);
}

int64_t sys__timer_settime(struct thread *t, int64_t id, int flags, gva in, gva out)
{
    struct itimerspec to, old;
    int rc = ABI_CALL(itimerspec_copyin, &to, in);
    if (rc < 0)
        return rc;
    int how = flags == AIX_TIMER_ABSTIME ? TIMER_ABSTIME : 0;
    if (syscall(SYS_timer_settime, (int)id, how, &to, &old) < 0)
        return -errno;
    return out ? ABI_CALL(itimerspec_copyout, out, &old) : 0;
}

int64_t sys__clock_getcpuclockid(struct thread *t, int pid, gva out)
{
    clockid_t host;
    be64 id;
    if (pid < 0 || clock_getcpuclockid(pid, &host) != 0)
        return -ESRCH;
    be_put(&id, pid == 0 || pid == getpid() ? AIX_CLOCK_PROCESS_CPUTIME : clock_of_process(pid));
    return copyout(out, &id, sizeof id);
}

/* --- gettimer, settimer, restimer: TIMEOFDAY is CLOCK_REALTIME's number ------------------------------------------- */

int64_t sys_appgettimer(struct thread *t, int type, gva out)
{
    struct timespec now;
    if (type != AIX_CLOCK_REALTIME)
        return -EINVAL;
    clock_gettime(CLOCK_REALTIME, &now);
    return ABI_CALL(timespec_copyout, out, &now);
}

int64_t sys_appsettimer(struct thread *t, int type, gva in)
{
    struct timespec to;
    if (type != AIX_CLOCK_REALTIME)
        return -EINVAL;
    int rc = ABI_CALL(timespec_copyin, &to, in);
    return rc < 0 ? rc : host_result(clock_settime(CLOCK_REALTIME, &to));
}

int64_t sys_apprestimer(struct thread *t, int type, gva resolution, gva maximum)
{
    static const struct timespec most = { INT32_MAX, 999999999 };
    struct timespec step;
    if (type != AIX_CLOCK_REALTIME)
        return -EINVAL;
    clock_getres(CLOCK_REALTIME, &step);
    int rc = ABI_CALL(timespec_copyout, resolution, &step);
    return rc < 0 ? rc : ABI_CALL(timespec_copyout, maximum, &most);
}

int64_t sys_adjtime(struct thread *t, gva in, gva out)
{
    struct timeval delta, old;
    int rc = in ? ABI_CALL(timeval_copyin, &delta, in) : 0;
    if (rc < 0)
        return rc;
    if (adjtime(in ? &delta : NULL, &old) < 0)
        return -errno;
    return out ? ABI_CALL(timeval_copyout, out, &old) : 0;
}
