/* scanf.c -- the scanf family over the scanner; strings are scanned as streams without a descriptor. */
#include <stdarg.h>
#include <string.h>
#include "stream.h"

void __stream_from_memory(FILE *f, struct stream_more *more, const char *s, size_t n)
{
    memset(f, 0, sizeof *f);
    memset(more, 0, sizeof *more);
    more->mode = MODE_STRING;
    f->__ext = more;
    f->_flag = _IOREAD;
    f->_file = -1;
    f->_base = f->_ptr = (unsigned char *)s;
    f->_bufendp = f->_base + n;
    f->_cnt = (int)n;
}

int vfscanf(FILE *restrict f, const char *restrict format, va_list args)
{
    __stream_lock(f);
    int n = __scan(f, format, args);
    __stream_unlock(f);
    return n;
}

int vsscanf(const char *restrict s, const char *restrict format, va_list args)
{
    FILE f;
    struct stream_more more;
    __stream_from_memory(&f, &more, s, strlen(s));
    return __scan(&f, format, args);
}

int vscanf(const char *restrict format, va_list args) { return vfscanf(stdin, format, args); }

#define FORWARD(call)                                                                   \
    va_list args;                                                                       \
    va_start(args, format);                                                             \
    int n = call;                                                                       \
    va_end(args);                                                                       \
    return n

int scanf(const char *restrict format, ...) { FORWARD(vfscanf(stdin, format, args)); }
int fscanf(FILE *restrict f, const char *restrict format, ...) { FORWARD(vfscanf(f, format, args)); }
int sscanf(const char *restrict s, const char *restrict format, ...) { FORWARD(vsscanf(s, format, args)); }
