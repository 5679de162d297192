/* big_archive.c -- walk AIX archives [aix-abi 1.11].
 *
 * Numbers are decimal text (mode: octal) in fixed columns. Members form a chain from the first to the last; the member
 * table and the symbol tables are not on it and are not needed.
 */
#include "loader/big_archive.h"

#include <errno.h>
#include <string.h>

#include "loader/xcoff.h"
#include "loader/xcoff_read.h"

struct big_fixed { char magic[8], memoff[20], gstoff[20], gst64off[20], fstmoff[20], lstmoff[20], freeoff[20]; };
struct small_fixed { char magic[8], memoff[12], gstoff[12], fstmoff[12], lstmoff[12], freeoff[12]; };
struct big_member { char size[20], nxtmem[20], prvmem[20], date[12], uid[12], gid[12], mode[12], namlen[4]; };
struct small_member { char size[12], nxtmem[12], prvmem[12], date[12], uid[12], gid[12], mode[12], namlen[4]; };
_Static_assert(sizeof(struct big_fixed) == 128, "[aix-abi 1.11]");
_Static_assert(sizeof(struct small_fixed) == 68, "[aix-abi 1.11]");
_Static_assert(sizeof(struct big_member) == 112, "[aix-abi 1.11]");
_Static_assert(sizeof(struct small_member) == 88, "[aix-abi 1.11]");

static bool is_big(const uint8_t *data, uint64_t size) { return size >= 8 && memcmp(data, "<bigaf>\n", 8) == 0; }
static bool is_small(const uint8_t *data, uint64_t size) { return size >= 8 && memcmp(data, "<aiaff>\n", 8) == 0; }

bool archive_is(const uint8_t *data, uint64_t size) { return is_big(data, size) || is_small(data, size); }

/* Digits, then blanks or NULs to the end of the field. An empty field is 0. */
static bool number(const char *field, size_t width, unsigned base, uint64_t *out)
{
    uint64_t v = 0;
    size_t i = 0;
    while (i < width && field[i] == ' ')
        i++;
    for (; i < width && field[i] >= '0' && field[i] < (char)('0' + base); i++)
        if (__builtin_mul_overflow(v, base, &v) || __builtin_add_overflow(v, (uint64_t)(field[i] - '0'), &v))
            return false;
    for (; i < width; i++)
        if (field[i] != ' ' && field[i] != 0)
            return false;
    *out = v;
    return true;
}

#define NUMBER(field, out) number(field, sizeof(field), 10, out)

int archive_open(struct archive *ar, const uint8_t *data, uint64_t size, struct error *err)
{
    *ar = (struct archive){ .data = data, .size = size, .big = is_big(data, size) };
    bool good = false;
    if (ar->big && size >= sizeof(struct big_fixed)) {
        const struct big_fixed *h = (const void *)data;
        good = NUMBER(h->fstmoff, &ar->next) && NUMBER(h->lstmoff, &ar->last);
        ar->left = size / sizeof(struct big_member);
    } else if (is_small(data, size) && size >= sizeof(struct small_fixed)) {
        const struct small_fixed *h = (const void *)data;
        good = NUMBER(h->fstmoff, &ar->next) && NUMBER(h->lstmoff, &ar->last);
        ar->left = size / sizeof(struct small_member);
    }
    return good ? 0 : error_set(err, ENOEXEC, "malformed archive: fixed header");
}

#define READ_MEMBER(h, m, next_out, length_out)                                                                        \
    (NUMBER((h)->size, &(m)->size) && NUMBER((h)->nxtmem, next_out) && NUMBER((h)->date, &(m)->date) &&                \
     NUMBER((h)->uid, &(m)->uid) && NUMBER((h)->gid, &(m)->gid) &&                                                     \
     number((h)->mode, sizeof(h)->mode, 8, &(m)->mode) && NUMBER((h)->namlen, length_out))

int archive_next(struct archive *ar, struct archive_member *m, struct error *err)
{
    uint64_t at = ar->next, next = 0, namlen = 0;
    uint64_t header = ar->big ? sizeof(struct big_member) : sizeof(struct small_member);
    if (at == 0)
        return 0;
    if (ar->left-- == 0)
        return error_set(err, ENOEXEC, "malformed archive: the chain of members is circular");
    if (at > ar->size || header > ar->size - at)
        return error_set(err, ENOEXEC, "malformed archive: member header outside the file");
    const void *h = ar->data + at;
    bool good = ar->big ? READ_MEMBER((const struct big_member *)h, m, &next, &namlen)
                        : READ_MEMBER((const struct small_member *)h, m, &next, &namlen);
    if (!good)
        return error_set(err, ENOEXEC, "malformed archive: member header at %llu", (unsigned long long)at);
    uint64_t name_at = at + header, padded = (namlen + 1) & ~1ull;
    if (padded + 2 > ar->size - name_at || memcmp(ar->data + name_at + padded, "`\n", 2) != 0)
        return error_set(err, ENOEXEC, "malformed archive: name of the member at %llu", (unsigned long long)at);
    m->name = (const char *)ar->data + name_at;
    m->name_length = (uint32_t)namlen;
    m->offset = name_at + padded + 2;
    if (m->size > ar->size - m->offset)
        return error_set(err, ENOEXEC, "malformed archive: member %.*s is cut off", (int)namlen, m->name);
    ar->next = at == ar->last ? 0 : next;
    return 1;
}

static unsigned module_flags(const uint8_t *data, uint64_t size)
{
    int width = xcoff_width(data, size);
    if (width == 64 && size >= sizeof(struct xcoff_filehdr64))
        return be_get(((const struct xcoff_filehdr64 *)data)->f_flags);
    if (width == 32 && size >= sizeof(struct xcoff_filehdr32))
        return be_get(((const struct xcoff_filehdr32 *)data)->f_flags);
    return 0;
}

int archive_find(const uint8_t *data, uint64_t size, const char *name, bool is64, struct archive_member *member,
                 struct error *err)
{
    struct archive ar;
    struct archive_member m;
    size_t length = strlen(name);
    bool seen = false, seen_width = false;
    int r = archive_open(&ar, data, size, err);
    if (r < 0)
        return -1;
    while ((r = archive_next(&ar, &m, err)) > 0) {
        if (length != 0 && (m.name_length != length || memcmp(m.name, name, length) != 0))
            continue;
        seen = true;
        if (xcoff_width(data + m.offset, m.size) != (is64 ? 64 : 32))
            continue;
        seen_width = true;
        if (!(module_flags(data + m.offset, m.size) & XF_SHROBJ))
            continue;
        *member = m;
        return 0;
    }
    if (r < 0)
        return -1;
    if (seen_width)
        return error_set(err, ENOEXEC, "member %s is not a shared object", name);
    if (seen)
        return error_set(err, ENOENT, "member %s is not %d-bit", name, is64 ? 64 : 32);
    return error_set(err, ENOENT, length ? "no member %s" : "no shared object%s", name);
}
