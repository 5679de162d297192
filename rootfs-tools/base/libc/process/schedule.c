/* schedule.c -- scheduling of processes [POSIX sched.h; IBM's manual].
 *
 * Policy and priority are recorded, not enforced: the host schedules. The fixed-priority policies are the superuser's, as there.
 * Of another process only its existence is known.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>
#include "../include/kernel.h"

enum { TIMESLICE_NS = 10000000 };       /* one tick, AIX's default */

static struct sched_param own = {.sched_priority = SCHED_PRIORITY_MIN, .sched_policy = SCHED_OTHER};

static int fail(int error)
{
    errno = error;
    return -1;
}

static int is_policy(int policy) { return policy >= SCHED_OTHER && policy <= SCHED_RR; }

int sched_yield(void) { yield(); return 0; }
int sched_get_priority_max(int policy) { return is_policy(policy) ? SCHED_PRIORITY_MAX : fail(EINVAL); }
int sched_get_priority_min(int policy) { return is_policy(policy) ? SCHED_PRIORITY_MIN : fail(EINVAL); }

/* 1: this process; 0: another one; -1 with EINVAL, ESRCH, EPERM. */
static int is_own(pid_t pid)
{
    if (pid < 0)
        return fail(EINVAL);
    if (pid == 0 || pid == getpid())
        return 1;
    return kill(pid, 0);
}

int sched_getscheduler(pid_t pid)
{
    int mine = is_own(pid);

    return mine < 0 ? -1 : mine ? own.sched_policy : SCHED_OTHER;
}

int sched_getparam(pid_t pid, struct sched_param *param)
{
    static const struct sched_param other = {.sched_priority = SCHED_PRIORITY_MIN, .sched_policy = SCHED_OTHER};
    int mine = param ? is_own(pid) : fail(EINVAL);

    if (mine < 0)
        return -1;
    *param = mine ? own : other;
    return 0;
}

int sched_setscheduler(pid_t pid, int policy, const struct sched_param *param)
{
    int mine, before;

    if (!is_policy(policy) || !param || param->sched_priority < SCHED_PRIORITY_MIN || param->sched_priority > SCHED_PRIORITY_MAX)
        return fail(EINVAL);
    if ((mine = is_own(pid)) < 0)
        return -1;
    if ((policy != SCHED_OTHER || !mine) && geteuid() != 0)
        return fail(EPERM);
    before = mine ? own.sched_policy : SCHED_OTHER;
    if (mine) {
        own = *param;
        own.sched_policy = policy;
    }
    return before;
}

int sched_setparam(pid_t pid, const struct sched_param *param)
{
    int policy = sched_getscheduler(pid);

    return policy < 0 || sched_setscheduler(pid, policy, param) < 0 ? -1 : 0;
}

int sched_rr_get_interval(pid_t pid, struct timespec *interval)
{
    if (!interval)
        return fail(EINVAL);
    if (is_own(pid) < 0)
        return -1;
    *interval = (struct timespec){0, TIMESLICE_NS};
    return 0;
}
