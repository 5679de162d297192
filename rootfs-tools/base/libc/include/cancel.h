/* cancel.h -- cancellation points [POSIX 2.9.5]: what a blocking call of the kernel stands in.
 *
 * libpthreads sets the hook with the second thread. Between the two calls pthread_cancel() ends the thread at once, wherever
 * it is, so nothing may be held there: stdio, whose buffers are locked, calls the kernel itself.
 */
#ifndef LIBC_CANCEL_H
#define LIBC_CANCEL_H

/* 1: a wait begins; acts on a cancellation that is pending. 0: it is over. Returns what was the state before. */
extern int (*__vwpar_cancel_hook)(int waits);

static inline int cancel_point(int waits)
{
    return __vwpar_cancel_hook ? __vwpar_cancel_hook(waits) : 0;
}

#define CANCELLABLE(call)                       \
    ({                                          \
        int before_ = cancel_point(1);          \
        __typeof__(call) result_ = (call);      \
        cancel_point(before_);                  \
        result_;                                \
    })

#endif
