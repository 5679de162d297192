/* cache_check.c -- is a segment, a block of its index, a unit of it what was written?
 *
 * Each hash covers all that is believed after it was compared; beyond that, numbers are checked against the bounds they have to
 * keep: a file may be sound and senseless, written by a translator with an error.
 */
#include <stddef.h>
#include <string.h>
#include <xxhash.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"

enum { UNCHECKED, SOUND, DAMAGED };

struct cache_layout cache_layout(const struct cache_header *h)
{
    struct cache_layout at = { .blocks = h->header_size };

    at.units = at.blocks + (uint64_t)h->block_count * sizeof(struct cache_block);
    at.ranges = at.units + (uint64_t)h->unit_count * sizeof(struct cache_unit);
    at.targets = at.ranges + (uint64_t)h->range_count * sizeof(struct cache_range);
    at.links = at.targets + (uint64_t)h->slot_count * sizeof(gva);
    at.moves = at.links + (uint64_t)h->link_count * sizeof(struct cache_link);
    at.pcs = at.moves + (uint64_t)h->move_count * sizeof(struct cache_move);
    at.end = at.pcs + (uint64_t)h->pc_count * sizeof(struct cache_pc);
    return at;
}

uint64_t cache_header_hash(const struct cache_header *h)
{
    return XXH3_64bits(h, offsetof(struct cache_header, header_hash));
}

uint64_t cache_index_hash(const struct cache_block *blocks, size_t count)
{
    return XXH3_64bits(blocks, count * sizeof *blocks);
}

static void hash_part(XXH3_state_t *state, const void *data, size_t count, size_t each)
{
    if (count)
        XXH3_64bits_update(state, data, count * each);
}

static bool part_inside(uint64_t first, uint64_t count, uint64_t all)
{
    return count <= all && first <= all - count;
}

uint64_t cache_block_hash(const struct cache_unit *units, size_t count, const struct cache_range *ranges, size_t range_count)
{
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    hash_part(&state, units, count, sizeof *units);
    for (size_t i = 0; i < count; i++)
        if (part_inside(units[i].range_first, units[i].range_count, range_count))
            hash_part(&state, ranges + units[i].range_first, units[i].range_count, sizeof *ranges);
    return XXH3_64bits_digest(&state);
}

uint64_t cache_payload_hash(const struct cache_segment *s, const struct cache_unit *u)
{
    const struct cache_link *links = s->links + u->link_first;
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    hash_part(&state, links, u->link_count, sizeof *links);
    for (size_t i = 0; i < u->link_count; i++)
        hash_part(&state, &s->targets[links[i].slot], 1, sizeof *s->targets);
    hash_part(&state, s->moves + u->move_first, u->move_count, sizeof *s->moves);
    hash_part(&state, s->pcs + u->pc_first, u->pc_count, sizeof *s->pcs);
    hash_part(&state, s->code + u->code_offset, u->code_size, 1);
    return XXH3_64bits_digest(&state);
}

int cache_check_header(const struct cache_header *h, uint64_t file_size, const char *name, struct error *err)
{
    if (memcmp(h->magic, CACHE_MAGIC, sizeof h->magic))
        return error_set(err, 0, "%s: not a segment of the code cache", name);
    if (h->version != CACHE_VERSION || h->header_size != sizeof *h)
        return error_set(err, 0, "%s: format version %u, not %u", name, h->version, CACHE_VERSION);
    if (h->header_hash != cache_header_hash(h))
        return error_set(err, 0, "%s: header is damaged", name);
    if (!cache_hash_equal(h->fingerprint, cache_fingerprint()))
        return error_set(err, 0, "%s: made by another translator", name);
    if (h->file_size != file_size)
        return error_set(err, 0, "%s: %llu bytes, not %llu", name, (unsigned long long)file_size, (unsigned long long)h->file_size);
    if (h->reserved || h->code_offset % CACHE_PAGE || h->code_size % CACHE_PAGE || h->code_size > CACHE_CODE_MAX ||
        h->code_offset > file_size || h->code_size != file_size - h->code_offset || cache_layout(h).end > h->code_offset ||
        h->block_count != (h->unit_count + (uint64_t)CACHE_BLOCK - 1) / CACHE_BLOCK)
        return error_set(err, 0, "%s: inconsistent sizes", name);
    return 0;
}

int cache_check_blocks(const struct cache_segment *s, struct error *err)
{
    const struct cache_header *h = s->header;

    if (h->index_hash != cache_index_hash(s->blocks, h->block_count))
        return error_set(err, 0, "%s: index is damaged", s->name);
    for (size_t i = 1; i < h->block_count; i++)
        if (s->blocks[i].key < s->blocks[i - 1].key || s->blocks[i].code_offset < s->blocks[i - 1].code_offset)
            return error_set(err, 0, "%s: block %zu is inconsistent", s->name, i);
    return 0;
}

static size_t block_end(const struct cache_header *h, size_t block)
{
    size_t end = (block + 1) * CACHE_BLOCK;

    return end < h->unit_count ? end : h->unit_count;
}

/* Entries in order, and inside the tables. */
static bool consistent(const struct cache_segment *s, size_t block)
{
    const struct cache_header *h = s->header;
    uint64_t key = s->blocks[block].key, code = s->blocks[block].code_offset;

    for (size_t i = block * CACHE_BLOCK; i < block_end(h, block); i++) {
        const struct cache_unit *u = &s->units[i];
        if (u->key < key || u->code_offset < code || !part_inside(u->code_offset, u->code_size, h->code_size) ||
            !part_inside(u->range_first, u->range_count, h->range_count) ||
            !part_inside(u->link_first, u->link_count, h->link_count) || !part_inside(u->move_first, u->move_count, h->move_count) ||
            !part_inside(u->pc_first, u->pc_count, h->pc_count))
            return false;
        key = u->key;
        code = (uint64_t)u->code_offset + u->code_size;
    }
    return true;
}

bool cache_block_sound(struct cache_segment *s, size_t block)
{
    uint8_t *checked = &s->checked[s->header->unit_count + block];
    size_t first = block * CACHE_BLOCK;

    if (*checked == UNCHECKED) {
        bool right = s->blocks[block].hash == cache_block_hash(s->units + first, block_end(s->header, block) - first, s->ranges,
                                                               s->header->range_count);
        *checked = right && consistent(s, block) ? SOUND : DAMAGED;
    }
    return *checked == SOUND;
}

static bool links_inside(const struct cache_segment *s, const struct cache_unit *u)
{
    for (size_t i = 0; i < u->link_count; i++)
        if (s->links[u->link_first + i].slot >= s->header->slot_count)
            return false;
    return true;
}

static bool moves_inside(const struct cache_segment *s, const struct cache_unit *u)
{
    for (size_t i = 0; i < u->move_count; i++) {
        const struct cache_move *m = &s->moves[u->move_first + i];
        if ((m->size != 4 && m->size != 8) || (uint64_t)m->offset + m->size > u->code_size)
            return false;
    }
    return true;
}

static bool payload_sound(const struct cache_segment *s, const struct cache_unit *u)
{
    return links_inside(s, u) && moves_inside(s, u) && u->payload_hash == cache_payload_hash(s, u);
}

bool cache_unit_sound(struct cache_segment *s, size_t unit)
{
    if (s->checked[unit] == UNCHECKED)
        s->checked[unit] = cache_block_sound(s, unit / CACHE_BLOCK) && payload_sound(s, &s->units[unit]) ? SOUND : DAMAGED;
    return s->checked[unit] == SOUND;
}
