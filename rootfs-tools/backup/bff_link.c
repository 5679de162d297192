/* bff_link.c -- see bff_link.h. */
#include "rootfs-tools/backup/bff_link.h"

#include <string.h>
#include "rootfs-tools/backup/bff_acl.h"

int bff_record_at(struct image_source *s, uint64_t at)
{
    uint8_t header[BFF_HEADER_MAX];
    ssize_t n = source_look(s, at, header, sizeof header);
    if (n < 0)
        return -1;
    return bff_header_at(header, (size_t)n) > 0 && (header[P_TYPE] == BFF_NAME_X || header[P_TYPE] == BFF_END);
}

/* One way to store a target: where it begins and where the next record does; false when the bytes cannot be read that
 * way. */
struct layout { size_t target, end; };

static bool target_only(const uint8_t *p, size_t n, uint32_t size, struct layout *l)
{
    *l = (struct layout){ 0, bff_round(size) };
    return l->end <= n;
}

static bool block_then_target(const uint8_t *p, size_t n, uint32_t size, struct layout *l)
{
    size_t sac = bff_sac_size(p, n);
    *l = (struct layout){ sac, sac + bff_round(size) };
    return sac > 0 && l->end <= n;
}

static bool target_then_block(const uint8_t *p, size_t n, uint32_t size, struct layout *l)
{
    size_t text = bff_round((uint64_t)size + 1);
    size_t sac = text < n ? bff_sac_size(p + text, n - text) : 0;
    *l = (struct layout){ 0, text + sac };
    return sac > 0 && l->end <= n && p[size] == '\0';
}

static bool (*const layouts[])(const uint8_t *, size_t, uint32_t, struct layout *) = {
    block_then_target, target_only, target_then_block,
};

int bff_link_target(struct image_source *s, struct bff_member *m, size_t *length)
{
    const uint8_t *p;
    struct layout l, plausible = { 0, 0 };
    if (m->size == 0 || m->size > BFF_TARGET_MAX)
        return -1;
    for (size_t i = 0; i < ARRAY_LEN(layouts); i++) {
        size_t n = source_peek(s, BFF_SAC_MAX + BFF_TARGET_MAX + BFF_WORD, &p);
        if (!layouts[i](p, n, m->size, &l) || memchr(p + l.target, '\0', m->size))
            continue;
        bool follows = bff_record_at(s, s->position + l.end) == 1;
        if (!follows && plausible.end)
            continue;
        plausible = l;
        if (follows)
            break;
    }
    if (plausible.end == 0)
        return -1;
    source_peek(s, plausible.end, &p);
    memcpy(m->target, p + plausible.target, m->size);
    m->target[m->size] = '\0';
    *length = plausible.end;
    return 0;
}
