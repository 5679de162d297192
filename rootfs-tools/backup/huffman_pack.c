/* huffman_pack.c -- see huffman_pack.h.
 *
 * The end has the weight 0, so that it lies on the deepest level, where its leaf is the last and needs no symbol in the
 * table.
 */
#include "rootfs-tools/backup/huffman_pack.h"

#include <string.h>
#include "runtime/host.h"

struct node { uint64_t weight; unsigned height; int parent; };

struct tree {
    struct node nodes[2 * HUFFMAN_SYMBOLS];
    int symbol[HUFFMAN_SYMBOLS];        /* of the leaves, which come first */
    int leaves, used;
};

/* The lightest node without a parent; of equals the lowest. */
static int lightest(const struct tree *t)
{
    int best = -1;
    for (int i = 0; i < t->used; i++) {
        const struct node *n = &t->nodes[i], *b = best < 0 ? NULL : &t->nodes[best];
        if (n->parent < 0 && (!b || n->weight < b->weight || (n->weight == b->weight && n->height < b->height)))
            best = i;
    }
    return best;
}

static void add_node(struct tree *t, uint64_t weight, unsigned height)
{
    t->nodes[t->used++] = (struct node){ weight, height, -1 };
}

static void build_tree(struct tree *t, const uint64_t counts[256])
{
    t->leaves = t->used = 0;
    for (int s = 0; s < HUFFMAN_SYMBOLS; s++)
        if (s == HUFFMAN_END_SYMBOL || counts[s] > 0) {
            t->symbol[t->leaves++] = s;
            add_node(t, s == HUFFMAN_END_SYMBOL ? 0 : counts[s], 0);
        }
    for (int joins = t->leaves - 1; joins > 0; joins--) {
        int a = lightest(t);
        t->nodes[a].parent = t->used;
        int b = lightest(t);
        t->nodes[b].parent = t->used;
        unsigned height = t->nodes[a].height > t->nodes[b].height ? t->nodes[a].height : t->nodes[b].height;
        add_node(t, t->nodes[a].weight + t->nodes[b].weight, height + 1);
    }
}

/* Lengths of all codes; the number of levels, 0 when there are too many. */
static unsigned measure(struct huffman_code *c, const struct tree *t)
{
    unsigned levels = 0;
    for (int i = 0; i < t->leaves; i++) {
        unsigned length = 0;
        for (int at = t->nodes[i].parent; at >= 0; at = t->nodes[at].parent)
            length++;
        if (length > HUFFMAN_LEVELS)
            return 0;
        c->length[t->symbol[i]] = (uint8_t)length;
        levels = length > levels ? length : levels;
    }
    return levels;
}

/* The table's counts and symbols, and the codes that follow from them: inner nodes first on each level, then the
 * leaves. */
static void assign(struct huffman_code *c, unsigned levels)
{
    uint32_t internal[HUFFMAN_LEVELS] = { 0 }, leaves[HUFFMAN_LEVELS] = { 0 };
    for (int s = 0; s < HUFFMAN_SYMBOLS; s++)
        if (c->length[s])
            leaves[c->length[s] - 1]++;
    for (unsigned i = levels - 1; i > 0; i--)
        internal[i - 1] = (internal[i] + leaves[i]) / 2;
    c->table[c->table_size++] = (uint8_t)levels;
    for (unsigned i = 0; i < levels; i++)
        c->table[c->table_size++] = (uint8_t)(leaves[i] - (i == levels - 1 ? 2 : 0));
    for (unsigned i = 0; i < levels; i++)
        for (int s = 0; s < HUFFMAN_SYMBOLS; s++)
            if (c->length[s] == i + 1) {
                c->code[s] = internal[i]++;
                if (s != HUFFMAN_END_SYMBOL)
                    c->table[c->table_size++] = (uint8_t)s;
            }
}

int huffman_plan(struct huffman_code *c, const uint64_t counts[256])
{
    struct tree t;
    memset(c, 0, sizeof *c);
    build_tree(&t, counts);
    unsigned levels = t.leaves > 1 ? measure(c, &t) : 0;
    if (levels == 0)
        return -1;
    assign(c, levels);
    uint64_t bits = c->length[HUFFMAN_END_SYMBOL];
    for (int s = 0; s < HUFFMAN_END_SYMBOL; s++)
        bits += counts[s] * c->length[s];
    c->packed_size = c->table_size + (bits + 7) / 8;
    return 0;
}

static size_t put_code(struct huffman_code *c, int symbol, uint8_t *out)
{
    size_t n = 0;
    c->bits = c->bits << c->length[symbol] | c->code[symbol];
    c->count += c->length[symbol];
    while (c->count >= 8)
        out[n++] = (uint8_t)(c->bits >> (c->count -= 8));
    return n;
}

ssize_t huffman_encode(struct huffman_code *c, const uint8_t *in, size_t n, uint8_t *out)
{
    size_t made = 0;
    for (size_t i = 0; i < n; i++) {
        if (unlikely(c->length[in[i]] == 0))
            return -1;
        made += put_code(c, in[i], out + made);
    }
    return (ssize_t)made;
}

size_t huffman_finish(struct huffman_code *c, uint8_t *out)
{
    size_t n = put_code(c, HUFFMAN_END_SYMBOL, out);
    if (c->count > 0)
        out[n++] = (uint8_t)(c->bits << (8 - c->count));
    c->count = 0;
    return n;
}
