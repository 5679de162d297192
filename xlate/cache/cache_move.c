/* cache_move.c -- a segment's units at another address. */
#include "xlate/cache/cache_move.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_write.h"

struct room {                           /* for what records point to */
    struct cache_record *records;
    struct cache_record_link *links;
    struct cache_range *ranges;
    uint8_t *code;
    size_t count, link_count, range_count, code_size;
};

static gva moved_address(gva address, gva by, bool is64) { return is64 ? address + by : (uint32_t)(address + by); }

static bool allocate(struct room *r, const struct cache_header *h)
{
    r->records = calloc(h->unit_count + 1ull, sizeof *r->records);
    r->links = calloc(h->link_count + 1ull, sizeof *r->links);
    r->ranges = calloc(h->range_count + 1ull, sizeof *r->ranges);
    r->code = malloc(h->code_size + 1);
    return r->records && r->links && r->ranges && r->code;
}

static void release(struct room *r)
{
    free(r->records);
    free(r->links);
    free(r->ranges);
    free(r->code);
}

static void move_field(uint8_t *field, uint32_t size, gva by)
{
    uint64_t value = 0;

    memcpy(&value, field, size);
    value += by;
    memcpy(field, &value, size);
}

/* Units of one segment do not overlap: there is room for what they have. */
static bool has_room(const struct room *r, const struct cache_header *h, const struct cache_unit *u)
{
    return u->link_count <= h->link_count - r->link_count && u->range_count <= h->range_count - r->range_count &&
           u->code_size <= h->code_size - r->code_size;
}

static void add(struct room *r, const struct cache_segment *s, const struct cache_unit *u, gva by)
{
    bool is64 = u->flags & CACHE_UNIT_64;
    struct cache_record *record = &r->records[r->count++];
    struct cache_record_link *links = r->links + r->link_count;
    struct cache_range *ranges = r->ranges + r->range_count;
    uint8_t *code = r->code + r->code_size;

    cache_record_of(record, s, u, links);
    for (size_t i = 0; i < u->link_count; i++)
        links[i].target = moved_address(links[i].target, by, is64);
    for (size_t i = 0; i < u->range_count; i++)
        ranges[i] = (struct cache_range){ moved_address(record->ranges[i].lo, by, is64), moved_address(record->ranges[i].hi, by, is64) };
    memcpy(code, record->code, u->code_size);
    for (size_t i = 0; i < u->move_count; i++)
        move_field(code + record->moves[i].offset, record->moves[i].size, by);
    record->entry = moved_address(u->entry, by, is64);
    record->ranges = ranges;
    record->code = code;
    r->link_count += u->link_count;
    r->range_count += u->range_count;
    r->code_size += u->code_size;
}

static void add_all(struct room *r, struct cache_segment *s, gva by, cache_wanted wanted, const void *context)
{
    for (size_t i = 0; i < s->header->unit_count; i++) {
        if (!cache_block_sound(s, i / CACHE_BLOCK))
            continue;
        const struct cache_unit *u = &s->units[i];
        gva entry = moved_address(u->entry, by, u->flags & CACHE_UNIT_64);
        if (!(u->flags & CACHE_UNIT_FIXED) && wanted(s, u, entry, context) && cache_unit_sound(s, i) && has_room(r, s->header, u))
            add(r, s, u, by);
    }
}

/* As map_file() of cache_map.c has it; never writable and executable at once. */
static struct cache_segment *map_image(const uint8_t *image, const char *name, struct error *err)
{
    const struct cache_header *h = (const struct cache_header *)image;
    size_t size = h->file_size + cache_slot_bytes(h);
    uint8_t *base = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (base == MAP_FAILED) {
        error_set(err, errno, "%s: no memory to move it: %s", name, strerror(errno));
        return NULL;
    }
    memcpy(base, image, h->file_size);
    if (mprotect(base, h->code_offset, PROT_READ) || mprotect(base + h->code_offset, h->code_size, PROT_READ | PROT_EXEC)) {
        error_set(err, errno, "%s: cannot be moved: %s", name, strerror(errno));
        munmap(base, size);
        return NULL;
    }
    return cache_adopt(base, size, name, err);
}

struct cache_segment *cache_moved(struct cache_segment *s, gva by, cache_wanted wanted, const void *context, struct error *err)
{
    struct room r = { .count = 0 };
    struct cache_segment *moved = NULL;

    if (allocate(&r, s->header)) {
        add_all(&r, s, by, wanted, context);
        free_ptr uint8_t *image = cache_build(r.records, r.count, err);
        moved = image ? map_image(image, s->name, err) : NULL;
    } else {
        error_set(err, ENOMEM, "%s: out of memory", s->name);
    }
    release(&r);
    return moved;
}
