/* cancel.c -- cancellation and clean-up handlers.
 *
 * Cancellation is deferred: acted on in pthread_testcancel() and in the waits of this library. The asynchronous type is
 * remembered but acted on in the same places.
 */
#include "thread.h"

#include <errno.h>

int futex_wait_cancellable(int *word, int expected, const struct timespec *timeout, int flags)
{
    struct tcb *self = thread_self();
    int error = 0;
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
            __vwpar_futex_wake(word, 0x7fffffff, 0);
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
    int disabled = t ? t->cancel_disabled : 1;
    if (t)
        __atomic_store_n(&t->cancel_pending, 1, __ATOMIC_SEQ_CST);
    unlock(&threads_lock);
    if (!t)
        return ESRCH;
    if (!disabled && t != thread_self())
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
    self->cancel_disabled = state == PTHREAD_CANCEL_DISABLE;
    return 0;
}

int pthread_setcanceltype(int type, int *old)
{
    struct tcb *self = thread_self();
    if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS)
        return EINVAL;
    if (old)
        *old = self->cancel_asynchronous ? PTHREAD_CANCEL_ASYNCHRONOUS : PTHREAD_CANCEL_DEFERRED;
    self->cancel_asynchronous = type == PTHREAD_CANCEL_ASYNCHRONOUS;
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
