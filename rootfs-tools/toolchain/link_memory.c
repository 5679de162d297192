/* link_memory.c -- the linker's memory, messages and file reading.
 *
 * One link per process, over in well under a second: nothing is freed.
 */
#include "rootfs-tools/toolchain/link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *link_alloc(size_t n)
{
    void *p = calloc(1, n ? n : 1);
    if (!p) {
        fputs("xcoff_link: out of memory\n", stderr);
        exit(3);
    }
    return p;
}

char *link_strndup(const char *s, size_t n)
{
    char *copy = link_alloc(n + 1);
    memcpy(copy, s, n);
    return copy;
}

void *link_grow(void *array, unsigned n, unsigned *cap, size_t item)
{
    if (n < *cap)
        return array;
    unsigned bigger = *cap ? *cap * 2 : 16;
    void *p = realloc(array, bigger * item);
    if (!p) {
        fputs("xcoff_link: out of memory\n", stderr);
        exit(3);
    }
    *cap = bigger;
    return p;
}

char *link_format(const char *format, ...)
{
    va_list ap;
    char *text = NULL;
    va_start(ap, format);
    int n = vasprintf(&text, format, ap);
    va_end(ap);
    return n < 0 ? link_alloc(1) : text;
}

void link_error(struct link *l, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    fputs("xcoff_link: error: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    l->errors++;
}

void link_warning(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    fputs("xcoff_link: warning: ", stderr);
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
}

const uint8_t *link_read_file(struct link *l, const char *path, size_t *len)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0) {
        link_error(l, "%s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    uint8_t *bytes = link_alloc((size_t)st.st_size + 1);
    size_t have = 0;
    ssize_t n = 0;
    while (have < (size_t)st.st_size && (n = read(fd, bytes + have, (size_t)st.st_size - have)) > 0)
        have += (size_t)n;
    if (n < 0)
        link_error(l, "%s: %s", path, strerror(errno));
    close(fd);
    *len = have;
    return bytes;
}
