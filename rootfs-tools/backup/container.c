/* container.c -- see container.h. */
#include "rootfs-tools/backup/container.h"

#include <errno.h>
#include <string.h>
#include "rootfs-tools/backup/bff_reader.h"

enum { TAPE_BLOCK = 512, ISO_MAGIC_AT = 0x8001 };

static bool is_volume_prefix(const uint8_t *p)
{
    return p[P_LENGTH] == BFF_VOLUME_SIZE / BFF_WORD && p[P_TYPE] == BFF_VOLUME && le16_at(p + P_MAGIC) == BFF_PLAIN;
}

static bool is_iso(struct image_source *s)
{
    uint8_t magic[5];
    return source_look(s, ISO_MAGIC_AT, magic, sizeof magic) == sizeof magic &&
           memcmp(magic, "CD001", sizeof magic) == 0;
}

/* The next volume header with a right checksum at or behind the position, on the tape's block boundaries. */
static bool find_volume(struct image_source *s)
{
    struct error none;
    const uint8_t *p;
    uint64_t step = (TAPE_BLOCK - s->position % TAPE_BLOCK) % TAPE_BLOCK;
    for (;; step = TAPE_BLOCK) {
        if (source_skip(s, step, &none))
            return false;
        size_t n = source_peek(s, BFF_VOLUME_SIZE, &p);
        if (n < BFF_VOLUME_SIZE)
            return false;
        if (is_volume_prefix(p) && bff_header_at(p, n))
            return true;
    }
}

/* To the end of the backup the source stands on, member by member: volume headers in its data are none
 * of the tape's. */
static int walk_backup(struct image_source *s, struct error *err)
{
    struct bff_reader r;
    int rc;
    if (bff_open(&r, s, (struct bff_damage_sink){ 0 }, err))
        return -1;
    while ((rc = bff_next(&r, err)) > 0)
        ;
    bff_close(&r);
    return rc;
}

/* Files of a tape one behind the other: the position of the last backup among them. 1: found; 0: there is none. */
static int find_last_backup(struct image_source *s, uint64_t *at, struct error *err)
{
    int found = 0;
    while (find_volume(s)) {
        *at = s->position;
        found = 1;
        if (walk_backup(s, err))
            return -1;
    }
    return source_check(s, err) ? -1 : found;
}

static int open_raw_tape(struct image_source *s, const char *name, struct error *err)
{
    uint64_t at = 0;
    int found = find_last_backup(s, &at, err);
    source_close(s);
    if (found < 0 || source_open(s, name, err))
        return -1;
    return found ? source_skip(s, at, err) : 0;
}

int image_open(struct image_source *s, const char *name, enum image_container *container, struct error *err)
{
    const uint8_t *p;
    enum image_container ignored;
    container = container ? container : &ignored;
    *container = IMAGE_PLAIN;
    if (source_open(s, name, err))
        return -1;
    size_t n = source_peek(s, BFF_WORD, &p);
    if (n < BFF_WORD || (p[P_LENGTH] == BFF_VOLUME_SIZE / BFF_WORD && p[P_MAGIC + 1] == BFF_PLAIN >> 8))
        return 0;
    bool iso = is_iso(s), simh = !iso && simh_tape_is(s);
    if ((iso || simh) && !s->back.seek) {
        source_close(s);
        return error_set(err, ESPIPE, "%s: %s can be read from a file only", name, iso ? "an ISO" : "a tape image");
    }
    *container = iso ? IMAGE_ISO : simh ? IMAGE_SIMH_TAPE : IMAGE_TAPE;
    if (!iso && !simh)
        return s->back.seek ? open_raw_tape(s, name, err) : 0;
    source_close(s);
    return iso ? iso_open(s, name, err) : simh_tape_open(s, name, err);
}
