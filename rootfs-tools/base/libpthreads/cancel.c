/* cancel.c -- cancellation and clean-up handlers.
 *
 * A request is a flag; where its thread is decides how it learns of it. The waits of this library look at the flag and are
 * woken through the word they sleep on. In a blocking call of libc (libc/include/cancel.h), and anywhere with the
 * asynchronous type, it gets a signal whose handler ends it. SIGWAITING is the thread library's on AIX, too, and the runner
 * lets nobody block it.
 */
#include "thread.h"

#include <errno.h>

enum { SIGCANCEL = SIGWAITING };

static int acts_now(const struct tcb *t)
{
    return !__atomic_load_n(&t->cancel_disabled, __ATOMIC_SEQ_CST) &&
           (__atomic_load_n(&t->in_call, __ATOMIC_SEQ_CST) || __atomic_load_n(&t->cancel_asynchronous, __ATOMIC_SEQ_CST));
}

static void on_cancel(int signo)
{
    struct tcb *self = thread_self();
    if (self->cancel_pending && acts_now(self) && !self->waits_on)
        pthread_exit(PTHREAD_CANCELED);
}

int thread_cancel_point(int waits)
{
    struct tcb *self = thread_self();
    int before = self->in_call;
    __atomic_store_n(&self->in_call, waits, __ATOMIC_SEQ_CST);
    if (waits)
        pthread_testcancel();
    return before;
}

int futex_wait_cancellable(int *word, int expected, const struct timespec *timeout, int flags)
{
    struct tcb *self = thread_self();
    int error = 0;
    self->waits_flags = flags & FUTEX_SHARED;
    __atomic_store_n(&self->waits_on, word, __ATOMIC_SEQ_CST);
    if (self->cancel_pending && !self->cancel_disabled)
        error = EINTR;
    else
        error = futex_wait(word, expected, timeout, flags);
    __atomic_store_n(&self->waits_on, NULL, __ATOMIC_SEQ_CST);
    return error;
}

void pthread_testcancel(void)
{
    struct tcb *self = thread_self();
    if (self->cancel_pending && !self->cancel_disabled)
        pthread_exit(PTHREAD_CANCELED);
}

/* The wake may come between the target's look at the flag and its sleep, so it is repeated until it has found the
 * target awake or gone. */
static void wake_for_cancel(pthread_t id)
{
    for (unsigned tries = 0; tries < 1000; tries++) {
        lock(&threads_lock);
        struct tcb *t = thread_find(id);
        int *word = t ? __atomic_load_n(&t->waits_on, __ATOMIC_SEQ_CST) : NULL;
        if (word)
            __vwpar_futex_wake(word, 0x7fffffff, t->waits_flags);
        unlock(&threads_lock);
        if (!word)
            return;
        pthread_yield();
    }
}

int pthread_cancel(pthread_t id)
{
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    struct tcb *self = thread_self();
    int enabled = 0;
    if (t) {
        __atomic_store_n(&t->cancel_pending, 1, __ATOMIC_SEQ_CST);
        enabled = !t->cancel_disabled;
        if (t != self && t->exit_word && acts_now(t)) {
            sigaction(SIGCANCEL, &(struct sigaction){.sa_handler = on_cancel, .sa_flags = SA_RESTART}, NULL);
            thread_kill(t->tid, SIGCANCEL);
        }
    }
    unlock(&threads_lock);
    if (!t)
        return ESRCH;
    if (t == self && acts_now(self))
        pthread_testcancel();
    if (t != self && enabled)
        wake_for_cancel(id);
    return 0;
}

int pthread_setcancelstate(int state, int *old)
{
    struct tcb *self = thread_self();
    if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE)
        return EINVAL;
    if (old)
        *old = self->cancel_disabled ? PTHREAD_CANCEL_DISABLE : PTHREAD_CANCEL_ENABLE;
    __atomic_store_n(&self->cancel_disabled, state == PTHREAD_CANCEL_DISABLE, __ATOMIC_SEQ_CST);
    if (self->cancel_asynchronous)
        pthread_testcancel();
    return 0;
}

int pthread_setcanceltype(int type, int *old)
{
    struct tcb *self = thread_self();
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = self->cancel_asynchronous ? PTHREAD_CANCEL_ASYNCHRONOUS : PTHREAD_CANCEL_DEFERRED;
    __atomic_store_n(&self->cancel_asynchronous, type == PTHREAD_CANCEL_ASYNCHRONOUS, __ATOMIC_SEQ_CST);
    if (self->cancel_asynchronous)
        pthread_testcancel();
    return 0;
}

void __pthread_cleanup_push(struct __cleanup_frame *frame)
{
    struct tcb *self = thread_self();
    frame->__next = self->cleanup;
    self->cleanup = frame;
}

void __pthread_cleanup_pop(struct __cleanup_frame *frame, int execute)
{
    thread_self()->cleanup = frame->__next;
    if (execute)
        frame->__routine(frame->__arg);
}
