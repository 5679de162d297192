/* mqueue.c -- message queues: the kernel's, with the variable arguments and the times of POSIX [mqueue.h]. */
#include <errno.h>
#include <limits.h>
#include <mqueue.h>
#include <stdarg.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

mqd_t mq_open(const char *name, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    struct mq_attr *attributes = flags & O_CREAT ? va_arg(args, struct mq_attr *) : NULL;
    va_end(args);
    return _mq_open(name, flags, mode, attributes);
}

int mq_notify(mqd_t queue, const struct sigevent *event) { return _mq_notify(queue, event); }

int mq_timedsend(mqd_t queue, const char *message, size_t size, unsigned priority, const struct timespec *until)
{
    if (priority >= MQ_PRIO_MAX) {
        errno = EINVAL;
        return -1;
    }
    return CANCELLABLE(__vwpar_mq_timedsend(queue, message, size, priority, until));
}

int mq_send(mqd_t queue, const char *message, size_t size, unsigned priority)
{
    return mq_timedsend(queue, message, size, priority, NULL);
}

ssize_t mq_timedreceive(mqd_t queue, char *restrict message, size_t size, unsigned *restrict priority,
                        const struct timespec *restrict until)
{
    return CANCELLABLE(__vwpar_mq_timedreceive(queue, message, size, priority, until));
}

ssize_t mq_receive(mqd_t queue, char *message, size_t size, unsigned *priority)
{
    return mq_timedreceive(queue, message, size, priority, NULL);
}
