/* memory_stream.c -- streams over memory: open_memstream, which grows, and fmemopen, which does not [POSIX.1-2008].
 *
 * Text is there after fflush or fclose, with a null behind it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

struct memory {
    char *text;
    size_t size, length, at;            /* room; end of the text; position */
    int owned, append;                  /* fmemopen made the room itself; every write goes to the end */
    char **text_out;                    /* of open_memstream */
    size_t *size_out;
};

static off64_t seek_within(struct memory *m, off64_t offset, int whence, off64_t most)
{
    off64_t from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off64_t)m->at : (off64_t)m->length;
    if (whence < SEEK_SET || whence > SEEK_END || from + offset < 0 || from + offset > most) {
        errno = EINVAL;
        return -1;
    }
    m->at = (size_t)(from + offset);
    return from + offset;
}

static ssize_t read_fixed(void *state, void *to, size_t n)
{
    struct memory *m = state;
    size_t left = m->at < m->length ? m->length - m->at : 0;
    n = n < left ? n : left;
    memcpy(to, m->text + m->at, n);
    m->at += n;
    return (ssize_t)n;
}

static ssize_t write_fixed(void *state, const void *from, size_t n)
{
    struct memory *m = state;
    if (m->append)
        m->at = m->length;
    if (m->at >= m->size) {
        errno = ENOSPC;
        return -1;
    }
    n = n < m->size - m->at ? n : m->size - m->at;
    memcpy(m->text + m->at, from, n);
    m->at += n;
    if (m->at > m->length) {
        m->length = m->at;
        if (m->length < m->size)
            m->text[m->length] = '\0';
    }
    return (ssize_t)n;
}

static off64_t seek_fixed(void *state, off64_t offset, int whence)
{
    struct memory *m = state;
    return seek_within(m, offset, whence, (off64_t)m->size);
}

static int close_fixed(void *state)
{
    struct memory *m = state;
    if (m->owned)
        free(m->text);
    free(m);
    return 0;
}

static void publish(struct memory *m)
{
    *m->text_out = m->text;
    *m->size_out = m->length < m->at ? m->length : m->at;
}

static int grow(struct memory *m, size_t size)
{
    size_t room = m->size;
    while (room < size)
        room *= 2;
    char *text = realloc(m->text, room);
    if (!text)
        return -1;
    memset(text + m->size, 0, room - m->size);
    m->text = text;
    m->size = room;
    return 0;
}

static ssize_t write_growing(void *state, const void *from, size_t n)
{
    struct memory *m = state;
    if (m->at + n + 1 > m->size && grow(m, m->at + n + 1))
        return -1;
    memcpy(m->text + m->at, from, n);
    m->at += n;
    if (m->at > m->length)
        m->text[m->length = m->at] = '\0';
    publish(m);
    return (ssize_t)n;
}

static off64_t seek_growing(void *state, off64_t offset, int whence)
{
    struct memory *m = state;
    off64_t at = seek_within(m, offset, whence, (off64_t)((size_t)-1 >> 2));
    if (at >= 0)
        publish(m);
    return at;
}

static int close_growing(void *state)
{
    publish(state);
    free(state);
    return 0;
}

static ssize_t read_growing(void *state, void *to, size_t n)
{
    errno = EBADF;
    return -1;
}

static const struct stream_device fixed = { read_fixed, write_fixed, seek_fixed, close_fixed };
static const struct stream_device growing = { read_growing, write_growing, seek_growing, close_growing };

static struct memory *new_memory(char *text, size_t size)
{
    struct memory *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->owned = !text;
    m->text = text ? text : calloc(1, size);
    m->size = size;
    if (!m->text)
        return free(m), NULL;
    return m;
}

static FILE *discard(struct memory *m, int owned)
{
    if (owned)
        free(m->text);
    free(m);
    return NULL;
}

FILE *fmemopen(void *restrict text, size_t size, const char *restrict mode)
{
    struct memory *m;
    if (size == 0) {
        errno = EINVAL;
        return NULL;
    }
    if (!(m = new_memory(text, size)))
        return NULL;
    m->append = mode[0] == 'a';
    m->length = mode[0] == 'r' ? size : mode[0] == 'a' ? strnlen(m->text, size) : 0;
    m->at = m->append ? m->length : 0;
    if (mode[0] == 'w')
        m->text[0] = '\0';
    FILE *f = __stream_on_device(&fixed, m, mode);
    return f ? f : discard(m, m->owned);
}

FILE *open_memstream(char **text, size_t *size)
{
    struct memory *m = new_memory(NULL, 128);
    if (!m)
        return NULL;
    m->text_out = text;
    m->size_out = size;
    publish(m);
    FILE *f = __stream_on_device(&growing, m, "w");
    return f ? f : discard(m, 1);
}
