/* create_data.c -- see create_data.h. */
#include "rootfs-tools/backup/create_data.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { STEP = 1 << 17, PACK_BELOW = 0x7fffffff };

static const char changed[] = "changed while it was read; the rest is zeros in the image";

static ssize_t read_at(int fd, uint8_t *to, size_t n, uint64_t at)
{
    ssize_t got;
    do
        got = pread(fd, to, n, (off_t)at);
    while (got < 0 && errno == EINTR);
    return got;
}

int create_plan_packing(int fd, struct bff_member *m, struct huffman_code *code)
{
    static uint8_t buffer[STEP];
    uint64_t counts[256] = { 0 };
    ssize_t n = 0;
    if (m->size == 0 || m->size >= PACK_BELOW)
        return 0;
    for (uint64_t at = 0; at < m->size; at += (uint64_t)n) {
        n = read_at(fd, buffer, m->size - at < STEP ? (size_t)(m->size - at) : STEP, at);
        if (n <= 0)
            return 0;
        for (ssize_t i = 0; i < n; i++)
            counts[buffer[i]]++;
    }
    if (huffman_plan(code, counts) || bff_round(code->packed_size) >= bff_round(m->size))
        return 0;
    m->packed = true;
    m->dsize = (uint32_t)code->packed_size;
    return 1;
}

static int fill(struct bff_writer *w, struct error *err)
{
    static const uint8_t zeros[4096];
    while (w->data_due > 0)
        if (bff_write_data(w, zeros, w->data_due < sizeof zeros ? (size_t)w->data_due : sizeof zeros, err))
            return -1;
    return 0;
}

/* One step of the file; 1 when the file is not what it was. */
static int put_step(struct bff_writer *w, struct huffman_code *code, const uint8_t *in, size_t n, struct error *err)
{
    static uint8_t packed[3 * STEP + 4];
    if (!code)
        return bff_write_data(w, in, n, err);
    ssize_t made = huffman_encode(code, in, n, packed);
    if (made < 0 || (uint64_t)made > w->data_due)
        return 1;
    return bff_write_data(w, packed, (size_t)made, err);
}

static int put_end(struct bff_writer *w, struct huffman_code *code, const char **why, struct error *err)
{
    uint8_t last[8];
    size_t n = huffman_finish(code, last);
    if (n == w->data_due)
        return bff_write_data(w, last, n, err);
    *why = changed;
    return fill(w, err);
}

int create_data(struct bff_writer *w, int fd, struct huffman_code *code, uint32_t size, const char **why,
                struct error *err)
{
    static uint8_t buffer[STEP];
    if (code && bff_write_data(w, code->table, code->table_size, err))
        return -1;
    ssize_t n = 0;
    for (uint64_t at = 0; at < size; at += (uint64_t)n) {
        n = read_at(fd, buffer, size - at < STEP ? (size_t)(size - at) : STEP, at);
        int rc = n > 0 ? put_step(w, code, buffer, (size_t)n, err) : 1;
        if (rc < 0)
            return -1;
        if (rc > 0) {
            *why = n < 0 ? strerror(errno) : changed;
            return fill(w, err);
        }
    }
    return code ? put_end(w, code, why, err) : 0;
}
