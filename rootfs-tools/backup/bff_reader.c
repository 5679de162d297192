/* bff_reader.c -- see bff_reader.h. */
#include "rootfs-tools/backup/bff_reader.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/bff_acl.h"
#include "rootfs-tools/backup/bff_link.h"
#include "rootfs-tools/backup/bff_resync.h"

enum { UNPACK_STEP = 65536 };

void bff_tell(struct bff_reader *r, uint64_t where, const char *format, ...)
{
    char text[BFF_NAME_MAX + 200];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    r->damages++;
    if (r->damage.tell)
        r->damage.tell(r->damage.context, where, text);
}

bool bff_is_nfs4_acl(const struct bff_member *m)
{
    static const char mark[] = "\177\177";
    const char *slash = strrchr(m->name, '/');
    return S_ISREG(m->mode) && strcmp(slash ? slash + 1 : m->name, mark) == 0;
}

/* Volume headers. */

static void take_label(char *to, const uint8_t *from)
{
    memcpy(to, from, 16);
    to[16] = '\0';
}

static void parse_volume(struct bff_volume *v, const uint8_t *p)
{
    v->number = le16_at(p + V_NUMBER);
    v->date = le32_at(p + V_DATE);
    v->dump_date = le32_at(p + V_DUMP_DATE);
    v->level = le16_at(p + V_LEVEL);
    take_label(v->disk, p + V_DISK);
    take_label(v->filesystem, p + V_FILESYSTEM);
    take_label(v->user, p + V_USER);
}

static int no_image(const struct image_source *s, const uint8_t *p, size_t n, struct error *err)
{
    uint16_t magic = n >= BFF_WORD ? le16_at(p + P_MAGIC) : 0;
    if (magic == BFF_BY_INODE)
        return error_set(err, ENOTSUP, "%s: a backup by i-node; only backups by name can be read", s->name);
    if (magic == BFF_VOLUME_X && p[0] == BFF_VOLUME_SIZE / BFF_WORD)
        return error_set(err, ENOTSUP, "%s: a volume header of the kind 0x09006fea, which nobody has described",
                         s->name);
    return error_set(err, EINVAL, "%s: not a backup image (no volume header)", s->name);
}

int bff_open(struct bff_reader *r, struct image_source *source, struct bff_damage_sink damage, struct error *err)
{
    const uint8_t *p;
    size_t n = source_peek(source, BFF_VOLUME_SIZE, &p);
    if (source_check(source, err))
        return -1;
    if (n < BFF_VOLUME_SIZE || p[P_LENGTH] != BFF_VOLUME_SIZE / BFF_WORD || p[P_TYPE] != BFF_VOLUME ||
        le16_at(p + P_MAGIC) != BFF_PLAIN)
        return no_image(source, p, n, err);
    *r = (struct bff_reader){ .source = source, .damage = damage, .huffman = malloc(sizeof *r->huffman),
                              .unpacked = malloc(UNPACK_STEP), .sac = malloc(BFF_SAC_MAX) };
    if (!r->huffman || !r->unpacked || !r->sac) {
        bff_close(r);
        return error_set(err, ENOMEM, "%s: out of memory", source->name);
    }
    parse_volume(&r->volume, p);
    if (bff_header_at(p, n) == 0)
        bff_tell(r, source->position, "the checksum of the volume header is wrong");
    source_take(source, BFF_VOLUME_SIZE);
    return 0;
}

void bff_close(struct bff_reader *r)
{
    free(r->huffman);
    free(r->unpacked);
    free(r->sac);
    *r = (struct bff_reader){ 0 };
}

static void next_volume(struct bff_reader *r, const uint8_t *p)
{
    unsigned expected = r->volume.number + 1;
    parse_volume(&r->volume, p);
    if (r->volume.number != expected)
        bff_tell(r, r->source->position, "volume %u follows where volume %u is due", r->volume.number, expected);
}

/* Members. */

static int parse_name(struct bff_member *m, const uint8_t *p, size_t length)
{
    const uint8_t *end = memchr(p + BFF_NAME_OFFSET, '\0', length - BFF_NAME_OFFSET);
    if (!end || end == p + BFF_NAME_OFFSET)
        return -1;
    memcpy(m->name, p + BFF_NAME_OFFSET, (size_t)(end - p) - BFF_NAME_OFFSET + 1);
    return 0;
}

int bff_parse_member(struct bff_member *m, const uint8_t *p, size_t length, uint64_t offset)
{
    *m = (struct bff_member){
        .offset = offset, .packed = le16_at(p + P_MAGIC) == BFF_PACKED,
        .nlink = le16_at(p + N_NLINK), .ino = le32_at(p + N_INO), .mode = le32_at(p + N_MODE),
        .uid = le32_at(p + N_UID), .gid = le32_at(p + N_GID), .size = le32_at(p + N_SIZE),
        .atime = le32_at(p + N_ATIME), .mtime = le32_at(p + N_MTIME), .ctime = le32_at(p + N_CTIME),
        .dev_major = le32_at(p + N_DEV_MAJOR), .dev_minor = le32_at(p + N_DEV_MINOR),
        .rdev_major = le32_at(p + N_RDEV_MAJOR), .rdev_minor = le32_at(p + N_RDEV_MINOR), .dsize = le32_at(p + N_DSIZE),
    };
    return parse_name(m, p, length);
}

/* Does a record stand behind the member if its ACL block has this size? 0: none does; 1, or -1 for too far away to
 * tell. */
static int block_fits(struct bff_reader *r, size_t size)
{
    const struct bff_member *m = &r->member;
    uint64_t end = r->source->position + size, data = S_ISREG(m->mode) ? bff_round(m->dsize) : 0;
    int fits = bff_record_at(r->source, end + data);
    return fits == 0 && m->nlink > 1 ? bff_record_at(r->source, end) : fits;
}

/* The size of the ACL block here. No checksum covers it: an unusual one has to lead to a record, or the usual one is
 * tried. 0: neither. */
static size_t block_size(struct bff_reader *r)
{
    const uint8_t *p;
    const struct bff_member *m = &r->member;
    size_t n = source_peek(r->source, BFF_SAC_SIZE, &p), size = bff_sac_size(p, n);
    if (size == BFF_SAC_USUAL || (size > 0 && block_fits(r, size) != 0))
        return size;
    if (block_fits(r, BFF_SAC_USUAL) == 1) {
        bff_tell(r, m->offset, "%s: its ACL is damaged", m->name);
        return BFF_SAC_USUAL;
    }
    return m->mode & BFF_MODE_EXTENDED_ACL ? size : 0;
}

/* The ACL block behind the header; its ACL is kept. -1: no such block stands here. */
static int take_sac(struct bff_reader *r)
{
    const uint8_t *p;
    size_t size = block_size(r);
    if (size == 0 || source_peek(r->source, size, &p) < size)
        return -1;
    memcpy(r->sac, p, size);
    source_take(r->source, size);
    uint64_t acl = (uint64_t)le32_at(r->sac) * BFF_WORD;
    r->member.acl = r->sac + BFF_SAC_SIZE;
    r->member.acl_size = acl <= size - BFF_SAC_SIZE ? (size_t)acl : 0;
    return 0;
}

/* How many bytes follow, packed and unpacked. Directories tell a size but have no data [backup-format 5]. */
static void expect_data(struct bff_reader *r)
{
    struct bff_member *m = &r->member;
    bool stored = S_ISREG(m->mode) && m->dsize > 0;
    if (stored && m->nlink > 1 && bff_record_at(r->source, r->source->position) == 1)
        stored = false;
    m->has_data = stored;
    r->data_left = stored ? m->dsize : 0;
    r->padding = bff_round(r->data_left) - r->data_left;
    r->bytes_due = !stored ? 0 : m->packed ? m->size : m->dsize;
    r->huffman->levels = 0;
    if (stored && !m->packed && m->dsize != m->size)
        bff_tell(r, m->offset, "%s: stores %u of %u bytes", m->name, m->dsize, m->size);
}

static int take_member(struct bff_reader *r, const uint8_t *p, size_t length)
{
    struct bff_member *m = &r->member;
    size_t link_length;
    uint64_t offset = r->source->position;
    int named = bff_parse_member(m, p, length, offset);
    source_take(r->source, length);
    if (named < 0) {
        bff_tell(r, offset, "a member without a name: lost");
        return -1;
    }
    if (S_ISLNK(m->mode)) {
        if (bff_link_target(r->source, m, &link_length)) {
            bff_tell(r, offset, "%s: the target of the symbolic link cannot be read: lost", m->name);
            return -1;
        }
        source_take(r->source, link_length);
        return 0;
    }
    if (take_sac(r)) {
        bff_tell(r, offset, "%s: the ACL behind its header cannot be read: lost", m->name);
        return -1;
    }
    expect_data(r);
    return 0;
}

static int leave_member(struct bff_reader *r, struct error *err)
{
    uint64_t left = r->data_left + r->padding;
    r->data_left = r->padding = r->bytes_due = 0;
    return left ? source_skip(r->source, left, err) : 0;
}

/* The stream is over before its end record. */
static int ended_early(struct bff_reader *r, struct error *err)
{
    if (source_check(r->source, err))
        return -1;
    if (!r->ended)
        bff_tell(r, r->source->position, "the image ends without an end record");
    r->ended = true;
    return 0;
}

int bff_next(struct bff_reader *r, struct error *err)
{
    struct error why;
    if (r->ended)
        return 0;
    if (leave_member(r, &why)) {
        if (source_check(r->source, err) == 0)
            bff_tell(r, r->source->position, "the image ends in the middle of %s", r->member.name);
        r->ended = true;
        return r->source->failed ? -1 : 0;
    }
    for (;;) {
        const uint8_t *p;
        size_t n = source_peek(r->source, BFF_HEADER_MAX, &p);
        if (n == 0)
            return ended_early(r, err);
        size_t length = bff_header_at(p, n);
        if (length == 0) {
            if (bff_resync(r) == 0)
                return ended_early(r, err);
            continue;
        }
        switch (p[P_TYPE]) {
        case BFF_NAME_X:
            if (take_member(r, p, length) == 0)
                return r->members++, 1;
            break;
        case BFF_END:
            if (!r->uncertain || bff_end_is_last(r->source)) {
                r->ended = true;
                return 0;
            }
            source_take(r->source, length);
            break;
        case BFF_VOLUME:
            next_volume(r, p);
            source_take(r->source, length);
            break;
        default:
            bff_tell(r, r->source->position, "a record of the unknown type %u: skipped", p[P_TYPE]);
            source_take(r->source, length);
        }
    }
}

/* Data. */

static int damaged(const struct bff_reader *r, const char *what, struct error *err)
{
    return error_set(err, EBADMSG, "%s: %s", r->member.name, what);
}

static int begin_unpacking(struct bff_reader *r, struct error *err)
{
    const uint8_t *p;
    size_t limit = r->data_left < HUFFMAN_TABLE_MAX ? (size_t)r->data_left : HUFFMAN_TABLE_MAX;
    size_t n = source_peek(r->source, limit, &p), table = huffman_begin(r->huffman, p, n);
    if (table == 0)
        return damaged(r, "the table of its packed data is not one", err);
    source_take(r->source, table);
    r->data_left -= table;
    return 0;
}

/* One step of decoding into `room` bytes. */
static ssize_t unpack_step(struct bff_reader *r, size_t room, enum huffman_status *status, struct error *err)
{
    const uint8_t *p;
    size_t n = r->data_left ? source_available(r->source, &p) : 0, used, made;
    if (r->data_left && n == 0)
        return damaged(r, "the image ends in its packed data", err);
    if (n > r->data_left)
        n = (size_t)r->data_left;
    *status = huffman_decode(r->huffman, n ? p : r->unpacked, n, &used, r->unpacked, room, &made);
    source_take(r->source, used);
    r->data_left -= used;
    return (ssize_t)made;
}

static ssize_t unpack(struct bff_reader *r, const uint8_t **data, struct error *err)
{
    enum huffman_status status = HUFFMAN_MORE;
    if (r->huffman->levels == 0 && begin_unpacking(r, err))
        return -1;
    size_t room = r->bytes_due < UNPACK_STEP ? (size_t)r->bytes_due : UNPACK_STEP;
    for (;;) {
        uint64_t before = r->data_left;
        ssize_t made = unpack_step(r, room, &status, err);
        if (made < 0)
            return -1;
        *data = r->unpacked;
        r->bytes_due -= (uint64_t)made;
        if (made > 0)
            return made;
        if (status == HUFFMAN_END)
            break;
        if (r->data_left == before)     /* no room, or nothing left to decode */
            return damaged(r, "its packed data do not end where they should", err);
    }
    return r->bytes_due ? damaged(r, "its packed data end too early", err) : 0;
}

ssize_t bff_data(struct bff_reader *r, const uint8_t **data, struct error *err)
{
    if (!r->member.has_data)
        return 0;
    if (r->member.packed) {
        ssize_t n = unpack(r, data, err);
        r->member.has_data = n > 0;
        return n;
    }
    if (r->bytes_due == 0)
        return 0;
    size_t n = source_available(r->source, data);
    if (n == 0)
        return source_check(r->source, err) ? -1 : damaged(r, "the image ends in its data", err);
    if (n > r->bytes_due)
        n = (size_t)r->bytes_due;
    source_take(r->source, n);
    r->bytes_due -= n;
    r->data_left -= n;
    return (ssize_t)n;
}
