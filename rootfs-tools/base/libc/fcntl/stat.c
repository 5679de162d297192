/* stat.c -- file status in its forms: the command of statx selects the layout and whether links are followed [aix-abi 3.5, 4.1].
 */
#include <sys/stat.h>
#include <sys/time.h>
#include <fcntl.h>
#include <utime.h>
#include <unistd.h>
#include "../include/kernel.h"

int stat(const char *restrict path, struct stat *restrict st) { return statx(path, st, sizeof *st, STX_NORMAL); }
int lstat(const char *restrict path, struct stat *restrict st) { return statx(path, st, sizeof *st, STX_LINK); }
int fstat(int fd, struct stat *st) { return fstatx(fd, st, sizeof *st, STX_NORMAL); }

int fstatat(int fd, const char *restrict path, struct stat *restrict st, int flags)
{
    return __vwpar_statxat(fd, path, st, sizeof *st, STX_NORMAL, flags);
}

#ifdef __64BIT__
#undef stat64
#undef lstat64
#undef fstat64
#undef fstatat64
int stat64(const char *restrict path, struct stat *restrict st) { return stat(path, st); }
int lstat64(const char *restrict path, struct stat *restrict st) { return lstat(path, st); }
int fstat64(int fd, struct stat *st) { return fstat(fd, st); }
int fstatat64(int fd, const char *restrict path, struct stat *restrict st, int flags) { return fstatat(fd, path, st, flags); }
#else
int stat64(const char *restrict path, struct stat64 *restrict st) { return statx(path, st, sizeof *st, STX_64); }
int lstat64(const char *restrict path, struct stat64 *restrict st) { return statx(path, st, sizeof *st, STX_64 | STX_LINK); }
int fstat64(int fd, struct stat64 *st) { return fstatx(fd, st, sizeof *st, STX_64); }

int fstatat64(int fd, const char *restrict path, struct stat64 *restrict st, int flags)
{
    return __vwpar_statxat(fd, path, st, sizeof *st, STX_64, flags);
}
#endif

int stat64x(const char *restrict path, struct stat64x *restrict st) { return statx(path, st, sizeof *st, STX_64X); }
int lstat64x(const char *restrict path, struct stat64x *restrict st) { return statx(path, st, sizeof *st, STX_64X | STX_LINK); }
int fstat64x(int fd, struct stat64x *st) { return fstatx(fd, st, sizeof *st, STX_64X); }

int unlinkat(int fd, const char *path, int flags) { return __vwpar_unlinkat(fd, path, flags); }
int mkdirat(int fd, const char *path, mode_t mode) { return __vwpar_mkdirat(fd, path, mode); }
int faccessat(int fd, const char *path, int mode, int flags) { return __vwpar_faccessat(fd, path, mode, flags); }

ssize_t readlinkat(int fd, const char *restrict path, char *restrict buffer, size_t size)
{
    return __vwpar_readlinkat(fd, path, buffer, size);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
    return __vwpar_renameat(from_fd, from, to_fd, to);
}

int utimensat(int fd, const char *path, const struct timespec times[2], int flags)
{
    return __vwpar_utimensat(fd, path, times, flags);
}

int mkfifo(const char *path, mode_t mode)
{
    return mknod(path, S_IFIFO | (mode & 07777), 0);
}

int utime(const char *path, const struct utimbuf *times)
{
    struct timeval values[2] = { { 0, 0 }, { 0, 0 } };

    if (!times)
        return utimes(path, NULL);
    values[0].tv_sec = times->actime;
    values[1].tv_sec = times->modtime;
    return utimes(path, values);
}
