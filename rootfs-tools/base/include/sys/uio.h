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
ssize_t readx(int, char *, unsigned, long);
ssize_t writex(int, char *, unsigned, long);
ssize_t readvx(int, struct iovec *, int, long);
ssize_t writevx(int, struct iovec *, int, long);

#endif
