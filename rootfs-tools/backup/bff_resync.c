/* bff_resync.c -- see bff_resync.h.
 *
 * A header with a wrong checksum may still tell how long its member is: when a good header stands there, one member is
 * lost and no more. Otherwise every eighth byte is tried. An end record found that way may belong to an installp
 * package that is a member of this image; it ends the image only when not much follows, since behind the true one there
 * is only padding.
 */
#include "rootfs-tools/backup/bff_resync.h"

#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/bff_acl.h"
#include "rootfs-tools/backup/bff_link.h"
#include "runtime/cleanup.h"

enum { END_PADDING_MAX = 2 * BFF_CLUSTER };

/* A header that is one but for its checksum, or cut off. */
static size_t nearly_header(const uint8_t *p, size_t n)
{
    size_t length = n >= BFF_WORD ? (size_t)p[P_LENGTH] * BFF_WORD : 0;
    uint16_t magic = length ? le16_at(p + P_MAGIC) : 0;
    bool fits = (magic == BFF_PLAIN || magic == BFF_PACKED) && length > BFF_NAME_OFFSET && length + BFF_SAC_SIZE <= n;
    return fits && p[P_TYPE] == BFF_NAME_X ? length : 0;
}

/* Where the member with the damaged header ends by its own account, when a record really stands there. 0: nowhere. */
static uint64_t end_by_header(struct bff_reader *r, struct bff_member *m)
{
    const uint8_t *p;
    size_t n = source_peek(r->source, BFF_HEADER_MAX + BFF_SAC_SIZE, &p), length = nearly_header(p, n);
    uint64_t at = r->source->position;
    if (length == 0 || bff_parse_member(m, p, length, at))
        return 0;
    size_t sac = bff_sac_size(p + length, n - length);
    if (sac == 0)
        return 0;
    uint64_t end = at + length + sac + (S_ISREG(m->mode) ? bff_round(m->dsize) : 0);
    return bff_record_at(r->source, end) == 1 ? end : 0;
}

bool bff_end_is_last(struct image_source *s)
{
    const uint8_t *p;
    if (s->size)
        return s->size - s->position <= END_PADDING_MAX;
    return source_peek(s, END_PADDING_MAX + 1, &p) <= END_PADDING_MAX;
}

static bool stands_on_record(struct image_source *s)
{
    const uint8_t *p;
    if (source_peek(s, BFF_WORD, &p) < BFF_WORD ||
        (le16_at(p + P_MAGIC) != BFF_PLAIN && le16_at(p + P_MAGIC) != BFF_PACKED))
        return false;
    size_t n = source_peek(s, BFF_HEADER_MAX, &p);
    if (bff_header_at(p, n) == 0)
        return false;
    return p[P_TYPE] == BFF_NAME_X || (p[P_TYPE] == BFF_END && bff_end_is_last(s));
}

/* Headers stand on multiples of 8, and so does the source. */
static bool scan(struct image_source *s)
{
    const uint8_t *p;
    while (source_peek(s, BFF_WORD, &p) == BFF_WORD) {
        source_take(s, BFF_WORD);
        if (stands_on_record(s))
            return true;
    }
    source_take(s, source_peek(s, BFF_WORD, &p));
    return false;
}

static void tell_lost(struct bff_reader *r, uint64_t from, bool found)
{
    const char *after = r->members ? r->member.name : "the volume header";
    uint64_t lost = r->source->position - from;
    if (found)
        bff_tell(r, from, "%" PRIu64 " bytes behind %s are no record: skipped, going on at %" PRIu64, lost, after,
                 r->source->position);
    else
        bff_tell(r, from, "what follows %s is no record, and there is none behind it", after);
}

int bff_resync(struct bff_reader *r)
{
    struct error none;
    uint64_t from = r->source->position;
    free_ptr struct bff_member *m = malloc(sizeof *m);
    uint64_t end = m ? end_by_header(r, m) : 0;
    if (end) {
        bff_tell(r, from, "%s: the checksum of its header is wrong: lost", m->name);
        return source_skip(r->source, end - from, &none) == 0;
    }
    bool found = scan(r->source);
    r->uncertain = true;
    tell_lost(r, from, found);
    return found;
}
