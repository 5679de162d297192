/* sys/uio.h -- scattered reading and writing. */
#ifndef _H_UIO
#define _H_UIO

#include <sys/types.h>

struct iovec {
    void *iov_base;
    size_t iov_len;
};
#define UIO_MAXIOV 1024
ssize_t readv(int, const struct iovec *, int);
ssize_t writev(int, const struct iovec *, int);

#endif
