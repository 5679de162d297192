/* io.c -- reading, writing, positions and control of descriptors.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>
#include "../include/cancel.h"
#include "../include/kernel.h"

ssize_t read(int fd, void *buffer, size_t n) { return CANCELLABLE(kread(fd, buffer, n)); }
ssize_t write(int fd, const void *buffer, size_t n) { return CANCELLABLE(kwrite(fd, buffer, n)); }
ssize_t readv(int fd, const struct iovec *vector, int count) { return CANCELLABLE(kreadv(fd, vector, count, 0)); }
ssize_t writev(int fd, const struct iovec *vector, int count) { return CANCELLABLE(kwritev(fd, vector, count, 0)); }
ssize_t pread(int fd, void *buffer, size_t n, off_t offset) { return pread64(fd, buffer, n, offset); }
ssize_t pwrite(int fd, const void *buffer, size_t n, off_t offset) { return pwrite64(fd, buffer, n, offset); }
ssize_t pread64(int fd, void *buffer, size_t n, off64_t offset) { return CANCELLABLE(kpread(fd, buffer, n, offset)); }
ssize_t pwrite64(int fd, const void *buffer, size_t n, off64_t offset) { return CANCELLABLE(kpwrite(fd, buffer, n, offset)); }

off64_t lseek64(int fd, off64_t offset, int whence)
{
    off64_t result;

    return klseek(fd, offset, whence, &result) < 0 ? -1 : result;
}

int fcntl(int fd, int command, ...)
{
    va_list args;

    va_start(args, command);
    long argument = va_arg(args, long);
    va_end(args);
    if (command == F_SETLKW || command == F_SETLKW64)
        return CANCELLABLE(kfcntl(fd, command, argument));
    return kfcntl(fd, command, argument);
}

int ioctl(int fd, int command, ...)
{
    va_list args;

    va_start(args, command);
    void *argument = va_arg(args, void *);
    va_end(args);
    return kioctl(fd, command, argument, NULL);
}

int dup(int fd)
{
    return kfcntl(fd, F_DUPFD, 0);
}

int dup2(int fd, int wanted)
{
    return kfcntl(fd, F_DUP2FD, wanted);
}

int ftruncate64(int fd, off64_t size) { return kftruncate(fd, size); }
int truncate64(const char *path, off64_t size) { return ktruncate(path, size); }
int fsync_range(int fd, int how, off_t offset, off_t length) { return kfsync_range(fd, how, offset, length); }
int fsync_range64(int fd, int how, off64_t offset, off64_t length) { return kfsync_range(fd, how, offset, length); }
int fdatasync(int fd) { return CANCELLABLE(kfsync_range(fd, O_DSYNC, 0, 0)); }
int lockf(int fd, int function, off_t size) { return lockf64(fd, function, size); }
int lockf64(int fd, int function, off64_t size) { return CANCELLABLE(klockf(fd, function, size)); }
