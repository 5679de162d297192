/* extract_data.c -- see extract_data.h. */
#include "rootfs-tools/backup/extract_data.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 4096, SPARSE_FROM = 65536 };     /* smaller files are not worth a hole */

static bool all_zero(const uint8_t *p, size_t n)
{
    return n == 0 || (p[0] == 0 && memcmp(p, p + 1, n - 1) == 0);
}

static int write_all(int fd, const uint8_t *p, size_t n, uint64_t at)
{
    while (n > 0) {
        ssize_t done = pwrite(fd, p, n, (off_t)at);
        if (done < 0 && errno != EINTR)
            return -1;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
            at += (uint64_t)done;
        }
    }
    return 0;
}

/* How many bytes from p on, block of the file by block, are alike: all zero, or none of the blocks all zero. Zeros need
 * no writing: the file is new. */
static size_t run_length(const uint8_t *p, size_t n, uint64_t at, bool *zero)
{
    size_t done = 0;
    while (done < n) {
        size_t block = BLOCK - (size_t)((at + done) % BLOCK);
        if (block > n - done)
            block = n - done;
        bool z = all_zero(p + done, block);
        if (done == 0)
            *zero = z;
        else if (z != *zero)
            break;
        done += block;
    }
    return done;
}

/* *hole: the last bytes were not written. */
static int write_sparse(int fd, const uint8_t *p, size_t n, uint64_t at, bool *hole)
{
    for (size_t done = 0; done < n;) {
        size_t run = run_length(p + done, n - done, at + done, hole);
        if (!*hole && write_all(fd, p + done, run, at + done))
            return -1;
        done += run;
    }
    return 0;
}

int64_t extract_data(struct bff_reader *r, int fd, struct error *err)
{
    const uint8_t *p;
    uint64_t at = 0;
    ssize_t n;
    bool sparse = r->bytes_due >= SPARSE_FROM, hole = false;
    while ((n = bff_data(r, &p, err)) > 0) {
        if (sparse ? write_sparse(fd, p, (size_t)n, at, &hole) : write_all(fd, p, (size_t)n, at))
            return error_set(err, errno, "%s: %s", r->member.name, strerror(errno));
        at += (uint64_t)n;
    }
    if (hole && ftruncate(fd, (off_t)at))
        return error_set(err, errno, "%s: %s", r->member.name, strerror(errno));
    return n < 0 ? -1 : (int64_t)at;
}
