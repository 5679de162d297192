/* strerror.c -- texts of error numbers [POSIX names, aix-abi 4.3 numbers]; a number without a text is named by itself. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[] = {
    [0] = "Error 0", [EPERM] = "Operation not permitted", [ENOENT] = "No such file or directory", [ESRCH] = "No such process",
    [EINTR] = "Interrupted system call", [EIO] = "I/O error", [EBADF] = "Bad file number", [EAGAIN] = "Resource temporarily unavailable",
    [ENOMEM] = "Not enough space", [EACCES] = "Permission denied", [EFAULT] = "Bad address", [EEXIST] = "File exists",
    [ENOTDIR] = "Not a directory", [EISDIR] = "Is a directory", [EINVAL] = "Invalid argument", [EMFILE] = "Too many open files",
    [ENOSPC] = "No space left on device", [EPIPE] = "Broken pipe", [EDOM] = "Argument out of domain", [ERANGE] = "Result too large",
    [ENOSYS] = "Function not implemented",
};

int strerror_r(int number, char *to, size_t size)
{
    const char *text = number >= 0 && number < (int)(sizeof texts / sizeof *texts) ? texts[number] : NULL;
    if (text)
        snprintf(to, size, "%s", text);
    else
        snprintf(to, size, "Error %d", number);
    return 0;
}

char *strerror(int number)
{
    static char text[64];
    strerror_r(number, text, sizeof text);
    return text;
}
