/* bff_writer.c -- see bff_writer.h. */
#include "rootfs-tools/backup/bff_writer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/backup/bff_acl.h"

enum { BUFFER = 1 << 20 };

static int flush(struct bff_writer *w, struct error *err)
{
    for (size_t done = 0; done < w->used; ) {
        ssize_t n = write(w->fd, w->buffer + done, w->used - done);
        if (n < 0 && errno != EINTR)
            return error_set(err, errno, "%s: %s", w->name, strerror(errno));
        done += n > 0 ? (size_t)n : 0;
    }
    w->used = 0;
    return 0;
}

static int put(struct bff_writer *w, const void *data, size_t n, struct error *err)
{
    const uint8_t *p = data;
    w->written += n;
    while (n > 0) {
        if (w->used == BUFFER && flush(w, err))
            return -1;
        size_t step = BUFFER - w->used < n ? BUFFER - w->used : n;
        memcpy(w->buffer + w->used, p, step);
        w->used += step;
        p += step;
        n -= step;
    }
    return 0;
}

static int put_zeros(struct bff_writer *w, size_t n, struct error *err)
{
    static const uint8_t zeros[BFF_WORD];
    for (; n > sizeof zeros; n -= sizeof zeros)
        if (put(w, zeros, sizeof zeros, err))
            return -1;
    return put(w, zeros, n, err);
}

/* Length, type, magic and, over everything else, the checksum. */
static int put_header(struct bff_writer *w, uint8_t *p, size_t length, enum bff_record_type type, enum bff_magic magic,
                      struct error *err)
{
    p[P_LENGTH] = (uint8_t)(length / BFF_WORD);
    p[P_TYPE] = (uint8_t)type;
    le16_put(p + P_MAGIC, (uint16_t)magic);
    le16_put(p + P_CHECKSUM, bff_checksum(p, length));
    return put(w, p, length, err);
}

static void put_label(uint8_t *to, const char *text)
{
    memcpy(to, text, strnlen(text, 15));
}

int bff_write_begin(struct bff_writer *w, int fd, const char *name, uint32_t date, const char *user, struct error *err)
{
    uint8_t p[BFF_VOLUME_SIZE] = { 0 };
    *w = (struct bff_writer){ .fd = fd, .name = name, .buffer = malloc(BUFFER) };
    if (!w->buffer)
        return error_set(err, ENOMEM, "%s: out of memory", name);
    le16_put(p + V_NUMBER, 1);
    le32_put(p + V_DATE, date);
    le32_put(p + V_DUMP_DATE, date);
    le32_put(p + V_WORDS, BFF_WORDS_UNLIMITED);
    put_label(p + V_DISK, "by name");
    put_label(p + V_FILESYSTEM, "by name");
    put_label(p + V_USER, user);
    le16_put(p + V_LEVEL, 100);
    return put_header(w, p, sizeof p, BFF_VOLUME, BFF_PLAIN, err);
}

static void fill_header(uint8_t *p, const struct bff_member *m)
{
    const struct { size_t at; uint32_t value; } fields[] = {
        { N_INO, m->ino },             { N_MODE, m->mode },           { N_UID, m->uid },
        { N_GID, m->gid },             { N_SIZE, m->size },           { N_ATIME, m->atime },
        { N_MTIME, m->mtime },         { N_CTIME, m->ctime },         { N_DEV_MAJOR, m->dev_major },
        { N_DEV_MINOR, m->dev_minor }, { N_RDEV_MAJOR, m->rdev_major }, { N_RDEV_MINOR, m->rdev_minor },
        { N_DSIZE, m->dsize },
    };
    le16_put(p + N_NLINK, m->nlink);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        le32_put(p + fields[i].at, fields[i].value);
    memcpy(p + BFF_NAME_OFFSET, m->name, strlen(m->name) + 1);
}

/* ACL and PCL: what the mode says, and the extended entries of m->acl. */
static int put_sac(struct bff_writer *w, const struct bff_member *m, struct error *err)
{
    enum { PCL = 16 };
    size_t length = m->acl_size > ACL_BASE_SIZE ? m->acl_size : ACL_BASE_SIZE, room = bff_round(length);
    uint8_t p[BFF_SAC_SIZE + ACL_BASE_SIZE] = { 0 }, pcl[PCL] = { 0 };
    le32_put(p, (uint32_t)(room / BFF_WORD));
    le32_put(p + 4, PCL / BFF_WORD);
    le32_put(p + 8, (uint32_t)length);
    le32_put(p + 12, m->mode & BFF_MODE_EXTENDED_ACL);
    le16_put(p + 18, (uint16_t)(m->mode >> 6 & 7));
    le16_put(p + 20, (uint16_t)(m->mode >> 3 & 7));
    le16_put(p + 22, (uint16_t)(m->mode & 7));
    le32_put(pcl, PCL);
    le32_put(pcl + 4, m->mode);
    if (put(w, p, sizeof p, err) || (m->acl_size && put(w, m->acl + ACL_BASE_SIZE, length - ACL_BASE_SIZE, err)) ||
        put_zeros(w, room - length, err))
        return -1;
    return put(w, pcl, sizeof pcl, err);
}

int bff_write_member(struct bff_writer *w, const struct bff_member *m, struct error *err)
{
    uint8_t p[BFF_HEADER_MAX] = { 0 };
    if (strlen(m->name) > BFF_NAME_MAX)
        return error_set(err, ENAMETOOLONG, "%s: the name is longer than %d bytes", m->name, BFF_NAME_MAX);
    fill_header(p, m);
    size_t length = BFF_NAME_OFFSET + bff_round(strlen(m->name) + 1);
    if (put_header(w, p, length, BFF_NAME_X, m->packed ? BFF_PACKED : BFF_PLAIN, err))
        return -1;
    w->data_due = w->data_size = S_ISREG(m->mode) ? m->dsize : 0;
    if (!S_ISLNK(m->mode))
        return put_sac(w, m, err);
    return put(w, m->target, m->size, err) ? -1 : put_zeros(w, bff_round(m->size) - m->size, err);
}

int bff_write_data(struct bff_writer *w, const void *data, size_t n, struct error *err)
{
    if (n > w->data_due)
        return error_set(err, EINVAL, "%s: more data than the header of the member tells", w->name);
    w->data_due -= n;
    if (put(w, data, n, err))
        return -1;
    return w->data_due ? 0 : put_zeros(w, bff_round(w->data_size) - w->data_size, err);
}

int bff_write_end(struct bff_writer *w, struct error *err)
{
    uint8_t p[BFF_END_SIZE] = { 0 };
    if (put_header(w, p, sizeof p, BFF_END, BFF_PLAIN, err))
        return -1;
    size_t over = (size_t)(w->written % BFF_CLUSTER);
    return put_zeros(w, over ? BFF_CLUSTER - over : 0, err) ? -1 : flush(w, err);
}

void bff_write_free(struct bff_writer *w)
{
    free(w->buffer);
    *w = (struct bff_writer){ .fd = -1 };
}
