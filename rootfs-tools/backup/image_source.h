/* image_source.h -- the bytes of an image, read once from front to back through one buffer: a file, a pipe, memory, a
 * file in an ISO.
 *
 * A source that can seek also looks ahead anywhere, and skips without reading.
 */
#ifndef ROOTFS_TOOLS_BACKUP_IMAGE_SOURCE_H
#define ROOTFS_TOOLS_BACKUP_IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "runtime/error.h"

enum { SOURCE_BUFFER = 1 << 20 };

/* Where bytes come from. read: as read(2), errno on -1. */
struct source_backend {
    ssize_t (*read)(void *context, void *to, size_t n);
    ssize_t (*read_at)(void *context, void *to, size_t n, uint64_t at);     /* as pread(2); NULL when it cannot seek */
    int (*seek)(void *context, uint64_t to);                                /* NULL when it cannot seek */
    void (*close)(void *context);
    void *context;
};

struct image_source {
    struct source_backend back;
    char *name;                 /* for messages */
    uint8_t *buffer;
    size_t start, end;          /* unread bytes in the buffer */
    uint64_t position;          /* of buffer[start] in the stream */
    uint64_t size;              /* of the stream; 0 when unknown */
    bool at_end;
    int failed;                 /* errno of a read that failed: reported once what was read before is used up */
};

/* `name` is "-" for standard input. Only bytes; what kind of image they are tells container.h. */
int source_open(struct image_source *s, const char *name, struct error *err);
int source_open_memory(struct image_source *s, const void *data, size_t n, struct error *err);
int source_open_backend(struct image_source *s, const char *name, struct source_backend back, uint64_t size,
                        struct error *err);
void source_close(struct image_source *s);

/* Up to `n` (at most SOURCE_BUFFER) bytes from the position on, without consuming them; fewer only at the end. */
size_t source_peek(struct image_source *s, size_t n, const uint8_t **data);

/* Whatever is in the buffer, at least 1 byte; 0 at the end. */
size_t source_available(struct image_source *s, const uint8_t **data);

void source_take(struct image_source *s, size_t n); /* consume bytes that were peeked at */

/* Consume n bytes unseen. -1: the stream ends before, or cannot be read. */
int source_skip(struct image_source *s, uint64_t n, struct error *err);

/* Bytes at a later position, when the buffer holds them or the source can seek: their number; -1 when
 * it cannot tell. */
ssize_t source_look(struct image_source *s, uint64_t at, uint8_t *to, size_t n);

/* After a short peek: 0 at the true end, -1 when reading failed. */
int source_check(const struct image_source *s, struct error *err);

#endif
