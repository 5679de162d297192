/* guest_iov.h -- a guest's iovec array as the host's. */
#ifndef SYSCALLS_GUEST_IOV_H
#define SYSCALLS_GUEST_IOV_H

#include <sys/uio.h>
#include "runtime/cpu.h"

enum { AIX_UIO_MAXIOV = 1024 };

/* count entries at ea, as host addresses inside the window: 0, -EINVAL (count), -EFAULT. */
int guest_iov_copyin(struct iovec *to, gva ea, int count);

#endif
