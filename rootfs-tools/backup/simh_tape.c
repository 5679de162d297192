/* simh_tape.c -- tape images of the SIMH kind: every record between two copies of its length, a length of 0 for a tape
 * mark [SIMH magtape format: 32-bit little-endian lengths, data padded to even, 0xFFFFFFFF at the end]; see
 * container.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/backup/bff_format.h"
#include "rootfs-tools/backup/container.h"

enum { RECORD_MAX = 16 << 20 };

struct tape {
    int fd;
    uint64_t at;        /* of the next record, or of the data left of the current one */
    uint32_t left;      /* bytes of the current record not read yet */
    uint32_t trailer;   /* what stands behind it: padding and its length again */
};

bool simh_tape_is(struct image_source *s)
{
    uint8_t word[4];
    if (source_look(s, 0, word, 4) != 4)
        return false;
    uint32_t n = le32_at(word);
    return n > 0 && n <= RECORD_MAX && source_look(s, 4 + (uint64_t)n + (n & 1), word, 4) == 4 && le32_at(word) == n;
}

/* The length of the record at `at`; 0 for a tape mark, -1 at the end of the tape or where it is not one. */
static int64_t record_length(int fd, uint64_t at)
{
    uint8_t word[4];
    if (pread(fd, word, 4, (off_t)at) != 4)
        return -1;
    uint32_t n = le32_at(word);
    return n <= RECORD_MAX ? (int64_t)n : -1;
}

static uint64_t after_record(uint64_t at, int64_t n) { return at + 8 + (uint64_t)n + (uint64_t)(n & 1); }

/* Where the last file begins that is a backup; 0 when none is. */
static bool find_backup(int fd, uint64_t *found)
{
    bool any = false, first = true;
    int64_t n;
    for (uint64_t at = 0; (n = record_length(fd, at)) >= 0; at = n ? after_record(at, n) : at + 4) {
        uint8_t head[BFF_VOLUME_SIZE];
        if (first && n >= BFF_VOLUME_SIZE && pread(fd, head, sizeof head, (off_t)at + 4) == sizeof head &&
            head[P_TYPE] == BFF_VOLUME && bff_header_at(head, sizeof head)) {
            *found = at;
            any = true;
        }
        first = n == 0;
    }
    return any;
}

static ssize_t tape_read(void *context, void *to, size_t n)
{
    struct tape *t = context;
    if (t->left == 0) {
        int64_t length = record_length(t->fd, t->at + t->trailer);
        if (length <= 0)
            return 0;
        t->at += t->trailer + 4;
        t->left = (uint32_t)length;
        t->trailer = 4 + (uint32_t)(length & 1);
    }
    ssize_t got = pread(t->fd, to, n < t->left ? n : t->left, (off_t)t->at);
    if (got > 0) {
        t->at += (uint64_t)got;
        t->left -= (uint32_t)got;
    }
    return got;
}

static void tape_close(void *context)
{
    struct tape *t = context;
    close(t->fd);
    free(t);
}

int simh_tape_open(struct image_source *s, const char *name, struct error *err)
{
    uint64_t at;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", name, strerror(errno));
    struct tape *t = find_backup(fd, &at) ? calloc(1, sizeof *t) : NULL;
    if (!t) {
        close(fd);
        return error_set(err, ENOENT, "%s: a tape image, but none of its files is a backup", name);
    }
    *t = (struct tape){ .fd = fd, .at = at };
    struct source_backend back = { tape_read, NULL, NULL, tape_close, t };
    return source_open_backend(s, name, back, 0, err);
}
