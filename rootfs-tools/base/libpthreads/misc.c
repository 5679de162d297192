/* misc.c -- signals to and masks of threads, scheduling, fork handlers. */
#include "thread.h"

#include <errno.h>
#include <stdlib.h>

int pthread_getrusage_np(pthread_t id, void *usage, int mode);
int pthread_getunique_np(pthread_t *id, int *number);
int pthread_continue_np(pthread_t id);
int pthread_suspend_np(pthread_t id);

/* ---- signals */

int pthread_kill(pthread_t id, int signo)
{
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    int error = ESRCH;
    if (!t && id == 1)
        t = &first_thread;
    if (t && t->exit_word)
        error = thread_kill(t->tid, signo) == 0 ? 0 : EINVAL;
    unlock(&threads_lock);
    return error;
}

int pthread_sigmask(int how, const sigset_t *set, sigset_t *old)
{
    return sigprocmask(how, set, old) == 0 ? 0 : errno; /* the kernel's mask is the thread's */
}

int sigthreadmask(int how, const sigset_t *set, sigset_t *old) { return pthread_sigmask(how, set, old); }

/* ---- scheduling: recorded; the host schedules */

static int concurrency;

int pthread_getconcurrency(void) { return concurrency; }

int pthread_setconcurrency(int level)
{
    if (level < 0)
        return EINVAL;
    concurrency = level;
    return 0;
}

int pthread_getschedparam(pthread_t id, int *policy, struct sched_param *param)
{
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    if (t) {
        *policy = t->policy;
        *param = t->param;
    }
    unlock(&threads_lock);
    return t ? 0 : ESRCH;
}

int pthread_setschedparam(pthread_t id, int policy, const struct sched_param *param)
{
    if (policy != SCHED_OTHER && policy != SCHED_FIFO && policy != SCHED_RR)
        return EINVAL;
    if (param->sched_priority < SCHED_PRIORITY_MIN || param->sched_priority > SCHED_PRIORITY_MAX)
        return EINVAL;
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    if (t) {
        t->policy = policy;
        t->param = *param;
    }
    unlock(&threads_lock);
    return t ? 0 : ESRCH;
}

int pthread_setschedprio(pthread_t id, int priority)
{
    if (priority < SCHED_PRIORITY_MIN || priority > SCHED_PRIORITY_MAX)
        return EINVAL;
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    if (t)
        t->param.sched_priority = priority;
    unlock(&threads_lock);
    return t ? 0 : ESRCH;
}

/* Another thread's clock has no number. */
int pthread_getcpuclockid(pthread_t id, clockid_t *clock)
{
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    unlock(&threads_lock);
    if (!t)
        return ESRCH;
    if (t != thread_self())
        return ENOTSUP;
    *clock = CLOCK_THREAD_CPUTIME_ID;
    return 0;
}

int pthread_yield(void) { return sched_yield(); }

int pthread_delay_np(struct timespec *interval) { return nanosleep(interval, NULL) == 0 ? 0 : EINVAL; }

/* ---- what AIX adds */

int pthread_getunique_np(pthread_t *id, int *number)
{
    *number = (int)*id;
    return 0;
}

int pthread_getrusage_np(pthread_t id, void *usage, int mode)
{
    (void)id, (void)usage, (void)mode;
    return ENOTSUP;
}

int pthread_suspend_np(pthread_t id)
{
    (void)id;
    return ENOTSUP;
}

int pthread_continue_np(pthread_t id)
{
    (void)id;
    return ENOTSUP;
}

/* ---- fork */

struct fork_handlers {
    void (*at[3])(void);
    struct fork_handlers *next, *previous;
};

static struct fork_handlers *first_handlers, *last_handlers;
static int handlers_lock;

/* Before the fork the latest registered comes first, afterwards the earliest. [POSIX pthread_atfork] */
void thread_around_fork(int stage)
{
    if (stage == 2)
        threads_only_self();
    for (struct fork_handlers *h = stage == 0 ? last_handlers : first_handlers; h;
         h = stage == 0 ? h->previous : h->next)
        if (h->at[stage])
            h->at[stage]();
}

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
    struct fork_handlers *h = malloc(sizeof *h);
    if (!h)
        return ENOMEM;
    *h = (struct fork_handlers){{prepare, parent, child}, NULL, NULL};
    lock(&handlers_lock);
    h->previous = last_handlers;
    if (last_handlers)
        last_handlers->next = h;
    else
        first_handlers = h;
    last_handlers = h;
    __vwpar_atfork_hook = thread_around_fork;
    unlock(&handlers_lock);
    return 0;
}
