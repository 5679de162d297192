/* extended.c -- calls with an extension argument for device drivers, and advice about files and memory [IBM's manual: readx; POSIX.1-2001].
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include "../include/kernel.h"

ssize_t readx(int fd, char *buffer, unsigned n, long extension) { return kread(fd, buffer, n); }
ssize_t writex(int fd, char *buffer, unsigned n, long extension) { return kwrite(fd, buffer, n); }
ssize_t readvx(int fd, struct iovec *vector, int count, long extension) { return kreadv(fd, vector, count, (int)extension); }
ssize_t writevx(int fd, struct iovec *vector, int count, long extension) { return kwritev(fd, vector, count, (int)extension); }
int ioctlx(int fd, int command, void *argument, void *extension) { return kioctl(fd, command, argument, extension); }

/* Advice may be left alone; what is no advice is refused. */
int posix_fadvise(int fd, off_t offset, off_t length, int advice)
{
    if (advice < POSIX_FADV_NORMAL || advice > POSIX_FADV_NOREUSE || length < 0)
        return EINVAL;
    return kfcntl(fd, F_GETFL, 0) < 0 ? EBADF : 0;
}

int posix_madvise(void *address, size_t length, int advice)
{
    if (advice < POSIX_MADV_NORMAL || advice > POSIX_MADV_DONTNEED)
        return EINVAL;
    return advice == POSIX_MADV_DONTNEED || madvise(address, length, advice) == 0 ? 0 : errno;
}

/* A byte written to every block that has none: the last one, then those before it. */
int posix_fallocate(int fd, off_t offset, off_t length)
{
    struct stat st;
    if (offset < 0 || length <= 0)
        return EINVAL;
    if (fstat(fd, &st) < 0)
        return errno;
    if (!S_ISREG(st.st_mode))
        return S_ISFIFO(st.st_mode) ? ESPIPE : ENODEV;
    off64_t end = (off64_t)offset + length;
    if (end > st.st_size && kftruncate(fd, end) < 0)
        return errno;
    for (off64_t at = offset < st.st_size ? st.st_size : offset; at < end; at += st.st_blksize > 0 ? st.st_blksize : 4096)
        if (kpwrite(fd, "", 1, at) != 1)
            return errno;
    return 0;
}

int sockatmark(int fd)
{
    int at = 0;
    return ioctl(fd, SIOCATMARK, &at) < 0 ? -1 : at != 0;
}
