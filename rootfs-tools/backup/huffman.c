/* huffman.c -- see huffman.h.
 *
 * On level i (codes of i+1 bits) the values below internal[i] are inner nodes, those from there on are leaves in the
 * order of the stored symbols; the very last leaf of the last level is the end. Codes up to 12 bits are looked up in
 * one table, longer ones are walked on from there.
 */
#include "rootfs-tools/backup/huffman.h"

#include "runtime/host.h"

/* The levels' counts must make a full tree: no free node left, and none too many used. */
static bool tree_is_full(const struct huffman *h)
{
    uint64_t free_nodes = 1;
    for (unsigned i = 0; i < h->levels; i++) {
        free_nodes *= 2;
        if (h->leaves[i] > free_nodes)
            return false;
        free_nodes -= h->leaves[i];
        if ((free_nodes == 0) != (i == h->levels - 1))
            return false;
    }
    return true;
}

/* Quick entries: length << 8 | symbol. */
static void make_quick(struct huffman *h)
{
    for (size_t i = 0; i < ARRAY_LEN(h->quick); i++)
        h->quick[i] = 0;
    for (unsigned level = 0; level < h->levels && level < HUFFMAN_QUICK_BITS; level++) {
        uint32_t count = h->leaves[level] - (level == h->levels - 1);
        unsigned spare = HUFFMAN_QUICK_BITS - (level + 1);
        for (uint32_t k = 0; k < count; k++) {
            uint32_t from = (h->internal[level] + k) << spare;
            for (uint32_t i = 0; i < 1u << spare; i++)
                h->quick[from + i] = (uint16_t)((level + 1) << 8 | h->symbols[h->first[level] + k]);
        }
    }
}

size_t huffman_begin(struct huffman *h, const uint8_t *in, size_t n)
{
    if (n < 1 || in[0] < 1 || in[0] > HUFFMAN_LEVELS || n < 1u + in[0])
        return 0;
    h->levels = in[0];
    h->bits = 0;
    h->count = 0;
    uint32_t total = 0;
    for (unsigned i = 0; i < h->levels; i++) {
        h->leaves[i] = in[1 + i] + (i == h->levels - 1 ? 2u : 0u);
        h->first[i] = total;
        total += h->leaves[i];
    }
    total--;                                            /* the end has no stored symbol */
    if (!tree_is_full(h) || total > sizeof h->symbols || n < 1 + h->levels + total)
        return 0;
    for (uint32_t i = 0; i < total; i++)
        h->symbols[i] = in[1 + h->levels + i];
    h->internal[h->levels - 1] = 0;
    for (unsigned i = h->levels - 1; i > 0; i--)
        h->internal[i - 1] = (h->internal[i] + h->leaves[i]) / 2;
    make_quick(h);
    return 1 + h->levels + total;
}

/* As many whole bytes as fit into the bit buffer. */
static size_t refill(struct huffman *h, const uint8_t *in, size_t n)
{
    size_t used = 0;
    while (h->count <= 56 && used < n) {
        h->bits |= (uint64_t)in[used++] << (56 - h->count);
        h->count += 8;
    }
    return used;
}

enum walk { WALK_SYMBOL, WALK_END, WALK_STARVED };

/* The next code, bit by bit, not consumed yet. A full tree has a leaf on every path, so the walk ends. */
static enum walk walk(const struct huffman *h, uint8_t *symbol, unsigned *length)
{
    uint32_t code = 0;
    for (unsigned level = 0; level < h->levels && level < h->count; level++) {
        code = code << 1 | (uint32_t)(h->bits >> (63 - level) & 1);
        if (code < h->internal[level])
            continue;
        uint32_t k = code - h->internal[level];
        if (level == h->levels - 1 && k == h->leaves[level] - 1)
            return WALK_END;
        *symbol = h->symbols[h->first[level] + k];
        *length = level + 1;
        return WALK_SYMBOL;
    }
    return WALK_STARVED;
}

enum huffman_status huffman_decode(struct huffman *h, const uint8_t *in, size_t n, size_t *used,
                                   uint8_t *out, size_t room, size_t *made)
{
    *used = *made = 0;
    for (;;) {
        *used += refill(h, in + *used, n - *used);
        enum walk found = WALK_SYMBOL;
        do {
            uint16_t entry = h->quick[h->bits >> (64 - HUFFMAN_QUICK_BITS)];
            unsigned length = entry >> 8;
            uint8_t symbol = (uint8_t)entry;
            if (unlikely(length == 0 || length > h->count) && (found = walk(h, &symbol, &length)) != WALK_SYMBOL)
                break;
            if (unlikely(*made == room))
                return HUFFMAN_MORE;
            out[(*made)++] = symbol;
            h->bits <<= length;
            h->count -= length;
        } while (h->count >= HUFFMAN_QUICK_BITS);
        if (found == WALK_END)
            return HUFFMAN_END;
        if (found == WALK_STARVED && *used == n)
            return HUFFMAN_MORE;
    }
}
