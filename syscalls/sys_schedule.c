/* sys_schedule.c -- priorities, processors and posts between threads [IBM's manual: getpri, setpri, bindprocessor, plock,
 * thread_post, thread_wait, thread_setsched].
 *
 * AIX's priorities go from 0, the best, to 127; a process at nice value 20 has 60. The host's nice values are 20 less.
 */
#include <dirent.h>
#include <linux/futex.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "syscalls/handlers.h"

/* --- priorities --------------------------------------------------------------------------------------------------- */

enum { AIX_PRIORITY_OF_NICE_0 = 60, AIX_PRIORITY_MIN = 1, AIX_PRIORITY_MAX = 127 };

static int process_priority(int pid, int *priority)
{
    errno = 0;
    int nice = getpriority(PRIO_PROCESS, (id_t)pid);
    *priority = AIX_PRIORITY_OF_NICE_0 + nice;
    return errno ? -errno : 0;
}

int64_t sys__getpri(struct thread *t, int pid)
{
    int priority, rc = pid < 0 ? -ESRCH : process_priority(pid, &priority);
    return rc < 0 ? rc : priority;
}

/* The former priority. What the host cannot tell apart goes to its nearest nice value. */
int64_t sys__setpri(struct thread *t, int pid, int priority)
{
    int old, rc = pid < 0 ? -ESRCH : process_priority(pid, &old);
    if (rc < 0)
        return rc;
    if (priority <= AIX_PRIORITY_MIN || priority >= AIX_PRIORITY_MAX)
        return -EINVAL;
    if (geteuid() != 0)
        return -EPERM;
    int nice = priority - AIX_PRIORITY_OF_NICE_0;
    nice = nice < -20 ? -20 : nice > 19 ? 19 : nice;
    return setpriority(PRIO_PROCESS, (id_t)pid, nice) < 0 ? -errno : old;
}

int64_t sys_sched_get_priority_max(struct thread *t, int policy)
{
    enum { AIX_SCHED_LAST = 2 };        /* OTHER 0, FIFO 1, RR 2 */
    return policy < 0 || policy > AIX_SCHED_LAST ? -EINVAL : AIX_PRIORITY_MAX;
}

/* SCHED_OTHER, which is what every thread has; the fixed priorities of the others need privileges on the host. */
int64_t sys__thread_setsched(struct thread *t, int tid, int priority, int policy)
{
    if (tid != t->tid && !thread_find(tid))
        return -ESRCH;
    if (policy < 0 || policy > 2 || priority < 0 || priority > AIX_PRIORITY_MAX)
        return -EINVAL;
    return policy == 0 ? 0 : -EPERM;
}

/* --- processors --------------------------------------------------------------------------------------------------- */

enum { BINDPROCESS = 1, BINDTHREAD = 2, PROCESSOR_CLASS_ANY = -1 };

static int bind_thread(int tid, const cpu_set_t *set) { return sched_setaffinity(tid, sizeof *set, set) < 0 ? -errno : 0; }

static int bind_process(int pid, const cpu_set_t *set)
{
    char path[64] = "/proc/self/task";
    int rc = 0;
    if (pid && pid != getpid())
        snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *tasks = opendir(path);
    if (!tasks)
        return -ESRCH;
    for (const struct dirent *d; rc == 0 && (d = readdir(tasks));)
        if (d->d_name[0] != '.') {
            rc = bind_thread(atoi(d->d_name), set);
            if (rc == -ESRCH)           /* that one has ended meanwhile */
                rc = 0;
        }
    closedir(tasks);
    return rc;
}

int64_t sys_bindprocessor(struct thread *t, int what, int who, int processor)
{
    cpu_set_t set;
    long count = sysconf(_SC_NPROCESSORS_CONF);
    if ((what != BINDPROCESS && what != BINDTHREAD) || processor < PROCESSOR_CLASS_ANY || processor >= count)
        return -EINVAL;
    if (who < 0)
        return -ESRCH;
    CPU_ZERO(&set);
    for (int i = 0; i < count; i++)
        if (processor == PROCESSOR_CLASS_ANY || processor == i)
            CPU_SET(i, &set);
    return what == BINDPROCESS ? bind_process(who, &set) : bind_thread(who, &set);
}

/* Which of text and data are pinned: kept, but nothing is pinned. */
int64_t sys_plock(struct thread *t, int operation)
{
    enum { UNLOCK = 0, PROCLOCK = 1, TXTLOCK = 2, DATLOCK = 4 };
    static atomic_int locked;
    int now = atomic_load(&locked), what = operation == PROCLOCK ? TXTLOCK | DATLOCK : operation;
    if (geteuid() != 0)
        return -EPERM;
    if (operation != UNLOCK && operation != PROCLOCK && operation != TXTLOCK && operation != DATLOCK)
        return -EINVAL;
    if (operation == UNLOCK ? now == 0 : now & what)
        return -EINVAL;
    atomic_store(&locked, operation == UNLOCK ? 0 : now | what);
    return 0;
}

/* --- posts -------------------------------------------------------------------------------------------------------- */

int64_t sys_thread_post(struct thread *t, int tid)
{
    struct thread *to = thread_find(tid);
    if (!to)
        return -ESRCH;
    atomic_store(&to->posted, 1);
    syscall(SYS_futex, &to->posted, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
    return 0;
}

/* *error_id becomes the thread that is not there; those before it are posted. */
int64_t sys_thread_post_many(struct thread *t, int count, gva ids, gva error_id)
{
    enum { MANY = 512 };
    if (count < 0 || count > MANY)
        return -EINVAL;
    for (int i = 0; i < count; i++) {
        uint32_t id;
        if (copyin_u32(&id, ids + 4 * (gva)i) < 0)
            return -EFAULT;
        int64_t rc = sys_thread_post(t, (int)id);
        if (rc < 0)
            return error_id && copyout_u32(error_id, id) < 0 ? -EFAULT : rc;
    }
    return 0;
}

/* 0 for a post, THREAD_WAIT_TIMEDOUT after `timeout_ms`; -1 waits for ever, 0 only takes a post that is there. */
int64_t sys_thread_wait(struct thread *t, int timeout_ms)
{
    enum { THREAD_WAIT_TIMEDOUT = 1 };
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += timeout_ms / 1000;
    until.tv_nsec += timeout_ms % 1000 * 1000000L;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    while (!atomic_exchange(&t->posted, 0)) {
        if (timeout_ms == 0)
            return THREAD_WAIT_TIMEDOUT;
        int64_t rc = never_restart(safe_syscall(SYS_futex, (long)&t->posted, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, 0,
                                                timeout_ms < 0 ? 0 : (long)&until, 0, FUTEX_BITSET_MATCH_ANY));
        if (rc == -ETIMEDOUT)
            return THREAD_WAIT_TIMEDOUT;
        if (rc == -EINTR)
            return rc;
    }
    return 0;
}

int64_t sys__thread_wait(struct thread *t, int timeout_ms) { return sys_thread_wait(t, timeout_ms); }
