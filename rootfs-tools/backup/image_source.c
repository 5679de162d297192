/* image_source.c -- see image_source.h. */
#include "rootfs-tools/backup/image_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Backend: a descriptor. */

static int fd_of(void *context) { return (int)(intptr_t)context; }

static ssize_t fd_read(void *context, void *to, size_t n) { return read(fd_of(context), to, n); }

static ssize_t fd_read_at(void *context, void *to, size_t n, uint64_t at)
{
    return pread(fd_of(context), to, n, (off_t)at);
}

static int fd_seek(void *context, uint64_t to) { return lseek(fd_of(context), (off_t)to, SEEK_SET) < 0 ? -1 : 0; }

static void fd_close(void *context)
{
    if (fd_of(context) > STDERR_FILENO)
        close(fd_of(context));
}

/* Backend: memory. */

struct memory { const uint8_t *data; size_t n, at; };

static ssize_t memory_read_at(void *context, void *to, size_t n, uint64_t at)
{
    struct memory *m = context;
    if (at >= m->n)
        return 0;
    size_t left = m->n - (size_t)at;
    if (n > left)
        n = left;
    memcpy(to, m->data + at, n);
    return (ssize_t)n;
}

static ssize_t memory_read(void *context, void *to, size_t n)
{
    struct memory *m = context;
    ssize_t got = memory_read_at(m, to, n, m->at);
    m->at += (size_t)got;
    return got;
}

static int memory_seek(void *context, uint64_t to)
{
    struct memory *m = context;
    m->at = to < m->n ? (size_t)to : m->n;
    return 0;
}

int source_open_backend(struct image_source *s, const char *name, struct source_backend back, uint64_t size,
                        struct error *err)
{
    *s = (struct image_source){ .back = back, .size = size, .name = strdup(name), .buffer = malloc(SOURCE_BUFFER) };
    if (s->name && s->buffer)
        return 0;
    source_close(s);
    return error_set(err, ENOMEM, "%s: out of memory", name);
}

int source_open_memory(struct image_source *s, const void *data, size_t n, struct error *err)
{
    struct memory *m = malloc(sizeof *m);
    if (!m)
        return error_set(err, ENOMEM, "out of memory");
    *m = (struct memory){ data, n, 0 };
    struct source_backend back = { memory_read, memory_read_at, memory_seek, free, m };
    return source_open_backend(s, "memory", back, n, err);
}

int source_open(struct image_source *s, const char *name, struct error *err)
{
    int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st))
        return error_set(err, errno, "%s: %s", name, strerror(errno));
    struct source_backend back = { fd_read, NULL, NULL, fd_close, (void *)(intptr_t)fd };
    if (S_ISDIR(st.st_mode)) {
        fd_close(back.context);
        return error_set(err, EISDIR, "%s: is a directory", name);
    }
    bool seekable = S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
    if (seekable) {
        back.read_at = fd_read_at;
        back.seek = fd_seek;
        posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return source_open_backend(s, fd == STDIN_FILENO ? "standard input" : name, back,
                               seekable ? (uint64_t)st.st_size : 0, err);
}

void source_close(struct image_source *s)
{
    if (s->back.close)
        s->back.close(s->back.context);
    free(s->buffer);
    free(s->name);
    *s = (struct image_source){ 0 };
}

/* One more read behind what the buffer holds. */
static void fill(struct image_source *s)
{
    ssize_t n;
    do
        n = s->back.read(s->back.context, s->buffer + s->end, SOURCE_BUFFER - s->end);
    while (n < 0 && errno == EINTR);
    if (n <= 0) {
        s->at_end = true;
        s->failed = n < 0 ? errno : 0;
    } else {
        s->end += (size_t)n;
    }
}

size_t source_peek(struct image_source *s, size_t n, const uint8_t **data)
{
    if (s->end - s->start < n && s->start + n > SOURCE_BUFFER) {
        memmove(s->buffer, s->buffer + s->start, s->end - s->start);
        s->end -= s->start;
        s->start = 0;
    }
    while (s->end - s->start < n && !s->at_end)
        fill(s);
    *data = s->buffer + s->start;
    size_t there = s->end - s->start;
    return there < n ? there : n;
}

size_t source_available(struct image_source *s, const uint8_t **data)
{
    if (s->start == s->end)
        s->start = s->end = 0;
    source_peek(s, 1, data);
    return s->end - s->start;
}

void source_take(struct image_source *s, size_t n)
{
    s->start += n;
    s->position += n;
}

static int cut_short(const struct image_source *s, struct error *err)
{
    if (s->failed)
        return error_set(err, s->failed, "%s: %s", s->name, strerror(s->failed));
    return error_set(err, ENODATA, "%s: the image ends in the middle of a member", s->name);
}

/* Past the buffer by seeking. Only to places that exist: behind the end nothing would tell that bytes are missing. */
static bool seek_past(struct image_source *s, uint64_t n)
{
    uint64_t to = s->position + n;
    if (!s->back.seek || n < SOURCE_BUFFER || to > s->size || s->back.seek(s->back.context, to))
        return false;
    s->position = to;
    s->start = s->end = 0;
    return true;
}

int source_skip(struct image_source *s, uint64_t n, struct error *err)
{
    while (n > 0) {
        const uint8_t *data;
        size_t there = s->end - s->start;
        if (there == 0 && seek_past(s, n))
            return 0;
        if (there == 0 && (there = source_available(s, &data)) == 0)
            return cut_short(s, err);
        size_t step = there < n ? there : (size_t)n;
        source_take(s, step);
        n -= step;
    }
    return 0;
}

ssize_t source_look(struct image_source *s, uint64_t at, uint8_t *to, size_t n)
{
    const uint8_t *data;
    if (at < s->position)
        return -1;
    uint64_t ahead = at - s->position;
    if (ahead + n <= SOURCE_BUFFER) {
        size_t there = source_peek(s, (size_t)ahead + n, &data);
        if (there <= ahead)
            return 0;
        there -= (size_t)ahead;
        memcpy(to, data + ahead, there < n ? there : n);
        return (ssize_t)(there < n ? there : n);
    }
    if (s->back.read_at)
        return s->back.read_at(s->back.context, to, n, at);
    return source_peek(s, SOURCE_BUFFER, &data) < SOURCE_BUFFER ? 0 : -1;       /* a full buffer tells no more */
}

int source_check(const struct image_source *s, struct error *err)
{
    return s->failed ? error_set(err, s->failed, "%s: %s", s->name, strerror(s->failed)) : 0;
}
