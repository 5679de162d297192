/* exec.c -- the exec family over execve. A file without a known magic is a shell script for execlp and execvp [aix-abi 2.5].
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char default_path[] = "/usr/bin:/etc:/usr/sbin:/usr/ucb:/bin";
static const char shell[] = "/usr/bin/sh";

int execv(const char *path, char *const argv[])
{
    return execve(path, argv, environ);
}

static int run_script(const char *path, char *const argv[])
{
    size_t n = 0;

    while (argv[n])
        n++;
    char **args = alloca((n + 3) * sizeof *args);
    args[0] = "sh";
    args[1] = (char *)path;
    memcpy(args + 2, argv + (n > 0), (n + 1 - (n > 0)) * sizeof *args);
    return execve(shell, args, environ);
}

static int try(const char *path, char *const argv[])
{
    execve(path, argv, environ);
    return errno == ENOEXEC ? run_script(path, argv) : -1;
}

int execvp(const char *file, char *const argv[])
{
    char path[PATH_MAX + NAME_MAX + 2];
    const char *at = getenv("PATH");
    size_t length = strlen(file);
    int denied = 0;

    if (strchr(file, '/'))
        return try(file, argv);
    if (!length || length > NAME_MAX) {
        errno = length ? ENAMETOOLONG : ENOENT;
        return -1;
    }
    for (at = at ? at : default_path;; at++) {
        size_t n = strcspn(at, ":");
        if (n < PATH_MAX) {
            memcpy(path, at, n);
            if (n)
                path[n++] = '/';
            strcpy(path + n, file);
            try(path, argv);
            if (errno != ENOENT && errno != ENOTDIR && errno != EACCES)
                return -1;
            denied |= errno == EACCES;
        }
        at += strcspn(at, ":");
        if (!*at)
            break;
    }
    errno = denied ? EACCES : ENOENT;
    return -1;
}

/* The arguments of a list, first included, as an array on the caller's stack. */
#define COLLECT(argv, first, args)                                  \
    size_t n_ = 1;                                                  \
    va_list args, count_;                                           \
    va_start(args, first);                                          \
    va_copy(count_, args);                                          \
    if (first)                                                      \
        while (va_arg(count_, char *))                              \
            n_++;                                                   \
    va_end(count_);                                                 \
    char **argv = alloca((n_ + 1) * sizeof *argv);                  \
    argv[0] = (char *)first;                                        \
    for (size_t i_ = 1; first && i_ <= n_; i_++)                    \
        argv[i_] = va_arg(args, char *)

int execl(const char *path, const char *first, ...)
{
    COLLECT(argv, first, args);
    va_end(args);
    return execve(path, argv, environ);
}

int execle(const char *path, const char *first, ...)
{
    COLLECT(argv, first, args);
    char *const *env = va_arg(args, char *const *);
    va_end(args);
    return execve(path, argv, env);
}

int execlp(const char *file, const char *first, ...)
{
    COLLECT(argv, first, args);
    va_end(args);
    return execvp(file, argv);
}
