/* open.c -- opening files; the plain open is the kernel's own.
 */
#include <fcntl.h>
#include <stdarg.h>
#include "../include/kernel.h"

int open64(const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    return open(path, flags | O_LARGEFILE, mode);
}

int creat64(const char *path, mode_t mode)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_LARGEFILE, mode);
}

int openat(int fd, const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    return __vwpar_openat(fd, path, flags, mode);
}

int openat64(int fd, const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = va_arg(args, mode_t);
    va_end(args);
    return __vwpar_openat(fd, path, flags | O_LARGEFILE, mode);
}
