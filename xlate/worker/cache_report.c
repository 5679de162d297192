/* cache_report.c -- `wpar cache stats` and `verify`. */
#include "xlate/worker/cache_report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "xlate/cache/cache_key.h"
#include "xlate/worker/cache_tidy.h"

struct sums { uint64_t units, guest, host; };   /* bytes */

/* Where AIX puts what, by the upper bits of an address [aix-abi 2.1]. */
static const struct area { const char *name; bool is64; gva lo, hi; } areas[] = {
    { "32-bit programs",  false, 0,                     0xd0000000 },
    { "32-bit libraries", false, 0xd0000000,            0x100000000 },
    { "64-bit programs",  true,  0,                     0x0800000000000000 },
    { "64-bit libraries", true,  0x0800000000000000,    UINT64_MAX },
};
enum { AREAS = sizeof areas / sizeof *areas };

static unsigned area_of(const struct cache_unit *u)
{
    unsigned i = 0;

    while (i + 1 < AREAS && (areas[i].is64 != !!(u->flags & CACHE_UNIT_64) || u->entry < areas[i].lo || u->entry >= areas[i].hi))
        i++;
    return i;
}

static void add_unit(struct sums *s, const struct cache_segment *segment, const struct cache_unit *u)
{
    s->units++;
    s->host += u->code_size;
    for (size_t i = 0; i < u->range_count; i++)
        s->guest += segment->ranges[u->range_first + i].hi - segment->ranges[u->range_first + i].lo;
}

static void print_sums(const char *name, const struct sums *s, FILE *out)
{
    if (s->units)
        fprintf(out, "%s: %" PRIu64 " units, %" PRIu64 " guest bytes, %" PRIu64 " host bytes, %.1f host bytes per guest byte\n", name,
                s->units, s->guest, s->host, (double)s->host / (double)(s->guest ? s->guest : 1));
}

static void print_use(int dir, FILE *out)
{
    struct cache_use use;

    if (!cache_use_open(&use, dir, false))
        return;
    struct cache_counts n = cache_use_counts(&use);
    uint64_t wanted = n.found + n.requested;
    fprintf(out, "processes: %" PRIu64 "\nunits found: %" PRIu64 "\nunits asked for: %" PRIu64 "\nhit rate: %.1f%%\n", n.processes,
            n.found, n.requested, wanted ? 100.0 * (double)n.found / (double)wanted : 0.0);
    cache_use_close(&use);
}

void report_stats(struct cache *c, FILE *out)
{
    struct sums by_area[AREAS] = { { .units = 0 } }, precise = { .units = 0 }, all = { .units = 0 };
    uint64_t bytes = 0;

    for (unsigned i = 0; i < cache_segments(c); i++) {
        struct cache_segment *s = cache_segment(c, i);
        bytes += s->header->file_size;
        for (size_t k = 0; k < s->header->unit_count; k++) {
            if (!cache_block_sound(s, k / CACHE_BLOCK))
                continue;
            add_unit(&by_area[area_of(&s->units[k])], s, &s->units[k]);
            add_unit(&all, s, &s->units[k]);
            if (s->units[k].flags & CACHE_UNIT_PRECISE)
                add_unit(&precise, s, &s->units[k]);
        }
    }
    struct tidy_builds others = tidy_other_builds(cache_directory(c));
    fprintf(out, "segments: %u\nbytes: %" PRIu64 "\nbytes of other builds: %" PRIu64 " (%u builds)\n", cache_segments(c), bytes,
            others.bytes, others.builds);
    print_sums("all", &all, out);
    for (unsigned i = 0; i < AREAS; i++)
        print_sums(areas[i].name, &by_area[i], out);
    print_sums("with exact registers at faults", &precise, out);
    print_use(cache_directory(c), out);
}

void report_check(struct cache *c, struct report_checked *sum, FILE *out)
{
    for (unsigned i = 0; i < cache_segments(c); i++) {
        struct cache_segment *s = cache_segment(c, i);
        for (size_t k = 0; k < s->header->unit_count; k++) {
            sum->units++;
            if (cache_unit_sound(s, k))
                continue;
            sum->damaged++;
            if (cache_block_sound(s, k / CACHE_BLOCK))
                fprintf(out, "%s: unit at %#" PRIx64 " is damaged\n", s->name, s->units[k].entry);
            else if (k % CACHE_BLOCK == 0)
                fprintf(out, "%s: index of units %zu and following is damaged\n", s->name, k);
        }
    }
}

/* The unit's code without the distances to slots, which depend on the segment. */
static uint8_t *bare_code(const struct cache_segment *s, const struct cache_unit *u)
{
    uint8_t *code = malloc(u->code_size + 1);

    if (!code)
        return NULL;
    memcpy(code, s->code + u->code_offset, u->code_size);
    for (size_t i = 0; i < u->link_count; i++)
        if (s->links[u->link_first + i].offset + 4ull <= u->code_size)
            memset(code + s->links[u->link_first + i].offset, 0, 4);
    return code;
}

static bool same_links(const struct cache_segment *s, const struct cache_unit *u, const struct cache_segment *t, const struct cache_unit *v)
{
    if (u->link_count != v->link_count)
        return false;
    for (size_t i = 0; i < u->link_count; i++) {
        const struct cache_link *a = &s->links[u->link_first + i], *b = &t->links[v->link_first + i];
        if (a->offset != b->offset || s->targets[a->slot] != t->targets[b->slot])
            return false;
    }
    return true;
}

static bool same_unit(const struct cache_segment *s, const struct cache_unit *u, const struct cache_segment *t, const struct cache_unit *v)
{
    if (u->entry != v->entry || u->flags != v->flags || u->insn_count != v->insn_count || u->code_size != v->code_size ||
        u->pc_count != v->pc_count || u->move_count != v->move_count || !same_links(s, u, t, v) ||
        memcmp(s->pcs + u->pc_first, t->pcs + v->pc_first, u->pc_count * sizeof *s->pcs) ||
        memcmp(s->moves + u->move_first, t->moves + v->move_first, u->move_count * sizeof *s->moves))
        return false;
    uint8_t *a = bare_code(s, u), *b = bare_code(t, v);
    bool same = a && b && !memcmp(a, b, u->code_size);
    free(a);
    free(b);
    return same;
}

static bool same_bytes(const struct cache_unit *a, const struct cache_unit *b)
{
    return a->entry == b->entry && cache_hash_equal(a->content, b->content);
}

/* The unit of the other cache with that key and content, NULL when it has none. */
static const struct cache_unit *counterpart(struct cache *c, const struct cache_unit *u, struct cache_segment **segment)
{
    for (unsigned i = 0; i < cache_segments(c); i++) {
        size_t first, count = cache_find(*segment = cache_segment(c, i), u->key, &first);
        for (size_t k = first; k < first + count; k++)
            if (same_bytes(&(*segment)->units[k], u) && cache_unit_sound(*segment, k))
                return &(*segment)->units[k];
    }
    return NULL;
}

void report_compare(struct cache *c, struct cache *again, struct report_checked *sum, FILE *out)
{
    for (unsigned i = 0; i < cache_segments(c); i++) {
        struct cache_segment *s = cache_segment(c, i), *t;
        for (size_t k = 0; k < s->header->unit_count; k++) {
            const struct cache_unit *u = &s->units[k], *v = cache_unit_sound(s, k) ? counterpart(again, u, &t) : NULL;
            if (!v)
                continue;
            sum->compared++;
            if (same_unit(s, u, t, v))
                continue;
            sum->different++;
            fprintf(out, "%s: unit at %#" PRIx64 " is not what is translated now\n", s->name, u->entry);
        }
    }
}
