/* cache_search.c -- find units, slots and guest addresses in a mapped segment: binary searches over its sorted tables. */
#include "xlate/cache/cache_map.h"

/* Blocks and units begin with their keys, which are hashes: where one lies is nearly where its value says. */
struct keys { const void *base; size_t stride; };

static uint64_t key_at(const struct keys *k, size_t i)
{
    return *(const uint64_t *)((const char *)k->base + i * k->stride);
}

/* The first of [lo, hi) whose key is not below; `guess` is where it is looked for first, then in growing steps from there. */
static size_t not_below(const struct keys *k, size_t lo, size_t hi, size_t guess, uint64_t key)
{
    size_t step = 1;

    if (lo >= hi)
        return hi;
    guess = guess < lo ? lo : guess >= hi ? hi - 1 : guess;
    if (key_at(k, guess) < key) {
        for (lo = guess + 1; step <= hi - lo && key_at(k, lo + step - 1) < key; step *= 2)
            lo += step;
        hi = step <= hi - lo ? lo + step - 1 : hi;
    } else {
        for (hi = guess; step <= hi - lo && key_at(k, hi - step) >= key; step *= 2)
            hi -= step;
        lo = step <= hi - lo ? hi - step + 1 : lo;
    }
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (key_at(k, mid) < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static size_t block_of_key(const struct cache_segment *s, uint64_t key)
{
    struct keys k = { s->blocks, sizeof *s->blocks };
    size_t count = s->header->block_count;

    return not_below(&k, 0, count, (size_t)((unsigned __int128)key * count >> 64), key);
}

/* In a block whose first key is below. */
static size_t unit_of_key(const struct cache_segment *s, uint64_t key, size_t block)
{
    struct keys k = { s->units, sizeof *s->units };
    const struct cache_block *b = &s->blocks[block];
    size_t from = block * CACHE_BLOCK, to = from + CACHE_BLOCK;
    uint64_t width = block + 1 < s->header->block_count ? (b[1].key - b[0].key) / CACHE_BLOCK : UINT64_MAX;

    to = to < s->header->unit_count ? to : s->header->unit_count;
    return not_below(&k, from, to, from + (size_t)(width ? (key - b[0].key) / width : 0), key);
}

size_t cache_find(struct cache_segment *s, uint64_t key, size_t *first)
{
    size_t block = block_of_key(s, key), at = block * CACHE_BLOCK, end = s->header->unit_count, count = 0;

    /* The block before may end with units of this key. */
    if (block && cache_block_sound(s, block - 1))
        at = unit_of_key(s, key, block - 1);
    *first = at;
    for (; at < end && cache_block_sound(s, at / CACHE_BLOCK) && s->units[at].key == key; at++)
        count++;
    return count;
}

code_fn *cache_slot(const struct cache_segment *s, gva target)
{
    size_t lo = 0, hi = s->header->slot_count;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->targets[mid] == target)
            return &s->slots[mid];
        if (s->targets[mid] < target)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* The last entry whose host offset is not above; pcs are sorted. */
static const struct cache_pc *pc_at(const struct cache_pc *pcs, size_t count, uint32_t host)
{
    const struct cache_pc *found = NULL;

    for (size_t lo = 0, hi = count; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        if (pcs[mid].host <= host) {
            found = &pcs[mid];
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return found;
}

/* The last block that begins at or before the offset; 0 when none does. */
static size_t block_of_code(const struct cache_segment *s, uint32_t offset)
{
    size_t lo = 0, hi = s->header->block_count;

    while (hi - lo > 1) {
        size_t mid = (lo + hi) / 2;
        if (s->blocks[mid].code_offset <= offset)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

bool cache_guest_pc(struct cache_segment *s, const void *host, gva *pc)
{
    const uint8_t *at = host;

    if (at < s->code || at >= s->code + s->header->code_size || !s->header->block_count)
        return false;
    uint32_t offset = (uint32_t)(at - s->code);
    size_t block = block_of_code(s, offset), lo = block * CACHE_BLOCK, hi = lo + CACHE_BLOCK;
    if (!cache_block_sound(s, block))
        return false;
    for (hi = hi < s->header->unit_count ? hi : s->header->unit_count; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        const struct cache_unit *u = &s->units[mid];
        if (offset < u->code_offset) {
            hi = mid;
        } else if (offset >= u->code_offset + u->code_size) {
            lo = mid + 1;
        } else {
            const struct cache_pc *p = pc_at(s->pcs + u->pc_first, u->pc_count, offset - u->code_offset);
            *pc = u->entry + (uint64_t)(int64_t)(p ? (int32_t)p->guest : 0);
            return true;
        }
    }
    return false;
}
