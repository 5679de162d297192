/* cache_write.c -- write a segment of the code cache; merge several into one.
 *
 * A segment is built in memory, written under a temporary name, brought to disk and renamed: it is there complete or not at all.
 */
#include "xlate/cache/cache_write.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_key.h"

enum { CODE_ALIGN = 64 };

struct image {
    uint8_t *bytes;
    struct cache_header *header;
    struct cache_block *blocks;
    struct cache_unit *units;
    struct cache_range *ranges;
    gva *targets;
    struct cache_link *links;
    struct cache_move *moves;
    struct cache_pc *pcs;
    uint8_t *code;
};

static int by_key(const void *a, const void *b)
{
    const struct cache_record *x = *(const struct cache_record *const *)a, *y = *(const struct cache_record *const *)b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    if (x->content.high != y->content.high)
        return x->content.high < y->content.high ? -1 : 1;
    if (x->content.low != y->content.low)
        return x->content.low < y->content.low ? -1 : 1;
    return x < y ? -1 : x > y;
}

static int by_value(const void *a, const void *b)
{
    gva x = *(const gva *)a, y = *(const gva *)b;

    return x < y ? -1 : x > y;
}

static bool same_unit(const struct cache_record *a, const struct cache_record *b)
{
    return a->key == b->key && a->entry == b->entry && cache_hash_equal(a->content, b->content);
}

/* Sorted, without repetitions; returns how many are left. */
static size_t order_records(const struct cache_record **order, const struct cache_record *records, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        order[i] = &records[i];
    qsort(order, count, sizeof *order, by_key);
    for (size_t i = 0; i < count; i++)
        if (!kept || !same_unit(order[kept - 1], order[i]))
            order[kept++] = order[i];
    return kept;
}

static size_t collect_targets(gva *targets, const struct cache_record *const *order, size_t count)
{
    size_t all = 0, kept = 0;

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < order[i]->link_count; k++)
            targets[all++] = order[i]->links[k].target;
    qsort(targets, all, sizeof *targets, by_value);
    for (size_t i = 0; i < all; i++)
        if (!kept || targets[kept - 1] != targets[i])
            targets[kept++] = targets[i];
    return kept;
}

static uint64_t align_up(uint64_t n, uint64_t to) { return (n + to - 1) / to * to; }

static int count_parts(struct cache_header *h, const struct cache_record *const *order, size_t count, size_t targets, struct error *err)
{
    uint64_t code = 0, ranges = 0, links = 0, moves = 0, pcs = 0;

    for (size_t i = 0; i < count; i++) {
        code = align_up(code, CODE_ALIGN) + order[i]->code_size;
        ranges += order[i]->range_count;
        links += order[i]->link_count;
        moves += order[i]->move_count;
        pcs += order[i]->pc_count;
    }
    if (code > CACHE_CODE_MAX || count > UINT32_MAX || ranges > UINT32_MAX || links > UINT32_MAX || moves > UINT32_MAX || pcs > UINT32_MAX)
        return error_set(err, EFBIG, "code cache: %zu units are too much for one segment", count);
    memcpy(h->magic, CACHE_MAGIC, sizeof h->magic);
    h->version = CACHE_VERSION;
    h->header_size = sizeof *h;
    h->fingerprint = cache_fingerprint();
    h->unit_count = (uint32_t)count;
    h->block_count = (uint32_t)((count + CACHE_BLOCK - 1) / CACHE_BLOCK);
    h->range_count = (uint32_t)ranges;
    h->slot_count = (uint32_t)targets;
    h->link_count = (uint32_t)links;
    h->move_count = (uint32_t)moves;
    h->pc_count = (uint32_t)pcs;
    h->code_offset = align_up(cache_layout(h).end, CACHE_PAGE);
    h->code_size = align_up(code, CACHE_PAGE);
    h->file_size = h->code_offset + h->code_size;
    return 0;
}

static int make_image(struct image *m, const struct cache_header *h, struct error *err)
{
    struct cache_layout at = cache_layout(h);

    m->bytes = calloc(1, h->file_size);
    if (!m->bytes)
        return error_set(err, ENOMEM, "code cache: out of memory");
    m->header = (struct cache_header *)m->bytes;
    m->blocks = (struct cache_block *)(m->bytes + at.blocks);
    m->units = (struct cache_unit *)(m->bytes + at.units);
    m->ranges = (struct cache_range *)(m->bytes + at.ranges);
    m->targets = (gva *)(m->bytes + at.targets);
    m->links = (struct cache_link *)(m->bytes + at.links);
    m->moves = (struct cache_move *)(m->bytes + at.moves);
    m->pcs = (struct cache_pc *)(m->bytes + at.pcs);
    m->code = m->bytes + h->code_offset;
    *m->header = *h;
    memset(m->code, 0xcc, h->code_size);
    return 0;
}

static uint32_t slot_of(const struct image *m, gva target)
{
    return (uint32_t)((gva *)bsearch(&target, m->targets, m->header->slot_count, sizeof target, by_value) - m->targets);
}

/* Slots lie behind the code; a field counts from its own end. */
static void place_links(struct image *m, const struct cache_record *r, const struct cache_unit *u)
{
    for (size_t i = 0; i < r->link_count; i++) {
        uint32_t slot = slot_of(m, r->links[i].target);
        uint64_t field = (uint64_t)u->code_offset + r->links[i].offset;
        int32_t distance = (int32_t)(m->header->code_size + slot * sizeof(code_fn) - (field + 4));
        m->links[u->link_first + i] = (struct cache_link){ r->links[i].offset, slot };
        memcpy(m->code + field, &distance, sizeof distance);
    }
}

static void copy_part(void *to, const void *from, size_t size)
{
    if (size)
        memcpy(to, from, size);
}

static void place_unit(struct image *m, size_t index, const struct cache_record *r)
{
    struct cache_unit *u = &m->units[index];

    *u = (struct cache_unit){ .key = r->key, .entry = r->entry, .content = r->content, .flags = r->flags, .insn_count = r->insn_count,
                              .code_size = (uint32_t)r->code_size, .range_count = (uint32_t)r->range_count,
                              .link_count = (uint32_t)r->link_count, .move_count = (uint32_t)r->move_count,
                              .pc_count = (uint32_t)r->pc_count };
    if (index) {
        const struct cache_unit *before = u - 1;
        u->code_offset = (uint32_t)align_up(before->code_offset + before->code_size, CODE_ALIGN);
        u->range_first = before->range_first + before->range_count;
        u->link_first = before->link_first + before->link_count;
        u->move_first = before->move_first + before->move_count;
        u->pc_first = before->pc_first + before->pc_count;
    }
    copy_part(m->ranges + u->range_first, r->ranges, r->range_count * sizeof *r->ranges);
    copy_part(m->moves + u->move_first, r->moves, r->move_count * sizeof *r->moves);
    copy_part(m->pcs + u->pc_first, r->pcs, r->pc_count * sizeof *r->pcs);
    copy_part(m->code + u->code_offset, r->code, r->code_size);
    place_links(m, r, u);
    const struct cache_segment written = { .links = m->links, .targets = m->targets, .moves = m->moves, .pcs = m->pcs, .code = m->code };
    u->payload_hash = cache_payload_hash(&written, u);
}

static void place_blocks(struct image *m)
{
    const struct cache_header *h = m->header;

    for (size_t i = 0; i < h->block_count; i++) {
        const struct cache_unit *first = &m->units[i * CACHE_BLOCK];
        size_t left = h->unit_count - i * CACHE_BLOCK, count = left < CACHE_BLOCK ? left : CACHE_BLOCK;
        m->blocks[i] = (struct cache_block){ .key = first->key, .code_offset = first->code_offset,
                                             .hash = cache_block_hash(first, count, m->ranges, h->range_count) };
    }
}

static int check_records(const struct cache_record *records, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < records[i].link_count; k++)
            if (records[i].links[k].offset + 4ull > records[i].code_size)
                return error_set(err, EINVAL, "code cache: a link lies outside its unit");
    return 0;
}

static int build(struct image *m, const struct cache_record *records, size_t count, struct error *err)
{
    struct cache_header h = { .version = 0 };
    size_t link_count = 0;

    for (size_t i = 0; i < count; i++)
        link_count += records[i].link_count;
    free_ptr const struct cache_record **order = calloc(count + 1, sizeof *order);
    free_ptr gva *targets = calloc(link_count + 1, sizeof *targets);
    if (!order || !targets)
        return error_set(err, ENOMEM, "code cache: out of memory");
    if (check_records(records, count, err))
        return -1;
    count = order_records(order, records, count);
    size_t target_count = collect_targets(targets, order, count);
    if (count_parts(&h, order, count, target_count, err) || make_image(m, &h, err))
        return -1;
    memcpy(m->targets, targets, target_count * sizeof *targets);
    for (size_t i = 0; i < count; i++)
        place_unit(m, i, order[i]);
    place_blocks(m);
    m->header->index_hash = cache_index_hash(m->blocks, h.block_count);
    m->header->header_hash = cache_header_hash(m->header);
    return 0;
}

static int write_all(int fd, const uint8_t *bytes, uint64_t size)
{
    while (size) {
        ssize_t n = write(fd, bytes, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        bytes += n;
        size -= (uint64_t)n;
    }
    return 0;
}

static int publish(int dir, const uint8_t *bytes, char name[CACHE_NAME_LEN], struct error *err)
{
    char suffix[CACHE_NAME_LEN], temporary[64];
    uint64_t size = ((const struct cache_header *)bytes)->file_size, contents = XXH3_64bits(bytes, size);

    snprintf(suffix, sizeof suffix, "-%016" PRIx64 ".seg", contents);
    cache_file_name(name, CACHE_NAME_LEN, suffix);
    snprintf(temporary, sizeof temporary, "%s.%d.tmp", name, (int)getpid());
    close_fd int fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", temporary, strerror(errno));
    if (fchmod(fd, 0644) || write_all(fd, bytes, size) || fdatasync(fd) ||
        renameat(dir, temporary, dir, name)) {
        int code = errno;
        unlinkat(dir, temporary, 0);
        return error_set(err, code, "%s: %s", temporary, strerror(code));
    }
    fsync(dir);
    return 0;
}

uint8_t *cache_build(const struct cache_record *records, size_t count, struct error *err)
{
    struct image m = { .bytes = NULL };

    if (build(&m, records, count, err) == 0)
        return m.bytes;
    free(m.bytes);
    return NULL;
}

int cache_write(int dir, const struct cache_record *records, size_t count, char name[CACHE_NAME_LEN], struct error *err)
{
    free_ptr uint8_t *bytes = cache_build(records, count, err);

    return bytes ? publish(dir, bytes, name, err) : -1;
}

void cache_record_of(struct cache_record *r, const struct cache_segment *s, const struct cache_unit *u, struct cache_record_link *links)
{
    for (size_t i = 0; i < u->link_count; i++) {
        const struct cache_link *l = &s->links[u->link_first + i];
        links[i] = (struct cache_record_link){ l->offset, s->targets[l->slot] };
    }
    *r = (struct cache_record){ .key = u->key, .entry = u->entry, .content = u->content, .flags = u->flags, .insn_count = u->insn_count,
                                .code = s->code + u->code_offset, .code_size = u->code_size,
                                .ranges = s->ranges + u->range_first, .range_count = u->range_count,
                                .links = links, .link_count = u->link_count,
                                .moves = s->moves + u->move_first, .move_count = u->move_count,
                                .pcs = s->pcs + u->pc_first, .pc_count = u->pc_count };
}

int cache_merge(int dir, struct cache_segment *const *segments, size_t count, cache_keep keep, const void *context,
                char name[CACHE_NAME_LEN], struct error *err)
{
    size_t units = 0, links = 0, n = 0, l = 0;

    for (size_t i = 0; i < count; i++) {
        units += segments[i]->header->unit_count;
        links += segments[i]->header->link_count;
    }
    free_ptr struct cache_record *records = calloc(units + 1, sizeof *records);
    free_ptr struct cache_record_link *record_links = calloc(links + 1, sizeof *record_links);
    if (!records || !record_links)
        return error_set(err, ENOMEM, "code cache: out of memory");
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < segments[i]->header->unit_count; k++) {
            const struct cache_unit *u = &segments[i]->units[k];
            if (!cache_unit_sound(segments[i], k) || (keep && !keep(u, context)) || u->link_count > links - l)
                continue;
            cache_record_of(&records[n++], segments[i], u, record_links + l);
            l += u->link_count;
        }
    }
    return cache_write(dir, records, n, name, err);
}
