/* printf.c -- the printf family over the formatter. */
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>
#include "kernel.h"
#include "stream.h"

int vfprintf(FILE *restrict f, const char *restrict format, va_list args)
{
    struct sink out = { .file = f };
    __stream_lock(f);
    /* An unbuffered stream still writes a line at a time: standard error of a program stays in one piece. */
    char local[BUFSIZ / 4];
    int unbuffered = (f->_flag & _IONBF) != 0;
    int n;
    if (unbuffered) {
        struct sink memory = { .to = local, .end = local + sizeof local };
        va_list again;
        va_copy(again, args);
        n = __format(&memory, format, again);
        va_end(again);
        if (n >= 0 && n <= (int)sizeof local)
            n = __stream_write(f, local, (size_t)n) == (size_t)n ? n : -1;
        else if (n >= 0)
            n = __format(&out, format, args);
    } else
        n = __format(&out, format, args);
    __stream_unlock(f);
    return n;
}

int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list args)
{
    if (size > INT_MAX)
        size = INT_MAX;
    struct sink out = { .to = to, .end = size ? to + size - 1 : to };
    int n = __format(&out, format, args);
    if (size)
        *out.to = '\0';
    return n;
}

int vsprintf(char *restrict to, const char *restrict format, va_list args)
{
    struct sink out = { .to = to, .end = (char *)-1 };
    int n = __format(&out, format, args);
    *out.to = '\0';
    return n;
}

/* Measured first, then written into memory of that size. */
int vasprintf(char **restrict to, const char *restrict format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    *to = n < 0 ? NULL : malloc((size_t)n + 1);
    return *to ? vsprintf(*to, format, args) : -1;
}

int vdprintf(int fd, const char *restrict format, va_list args)
{
    char *text;
    int n = vasprintf(&text, format, args), done = 0;
    while (done < n) {
        ssize_t part = kwrite(fd, text + done, (size_t)(n - done));
        if (part < 0) {
            n = -1;
            break;
        }
        done += (int)part;
    }
    free(text);
    return n;
}

int vprintf(const char *restrict format, va_list args) { return vfprintf(stdout, format, args); }

#define FORWARD(call)                                                                   \
    va_list args;                                                                       \
    va_start(args, format);                                                             \
    int n = call;                                                                       \
    va_end(args);                                                                       \
    return n

int printf(const char *restrict format, ...) { FORWARD(vfprintf(stdout, format, args)); }
int fprintf(FILE *restrict f, const char *restrict format, ...) { FORWARD(vfprintf(f, format, args)); }
int sprintf(char *restrict to, const char *restrict format, ...) { FORWARD(vsprintf(to, format, args)); }
int snprintf(char *restrict to, size_t size, const char *restrict format, ...) { FORWARD(vsnprintf(to, size, format, args)); }
int asprintf(char **restrict to, const char *restrict format, ...) { FORWARD(vasprintf(to, format, args)); }
int dprintf(int fd, const char *restrict format, ...) { FORWARD(vdprintf(fd, format, args)); }
