/* cache_append.c -- the translator's side of the code cache.
 *
 * One translator of a build writes a cache at a time: it holds a lock on a file beside the segments. Segments are mapped for
 * reading, to answer from what is there. What becomes of many of them, and of too much, is cache_tidy.h's to say.
 */
#include "xlate/worker/cache_append.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_use.h"
#include "xlate/cache/cache_write.h"
#include "xlate/worker/cache_tidy.h"

enum { MERGE_ABOVE = 8, SIZE_CHECK_MS = 10000 };

struct waiting {
    struct unit_code code;
    struct cache_record record;
};

struct cache {
    int dir, lock;
    struct cache_segment **segments;
    size_t segment_count;
    struct waiting *waiting;
    size_t waiting_count, waiting_room;
    struct tidy_replaced replaced;
    uint64_t most_bytes, size_checked;
    bool used;                          /* `use` is open */
    struct cache_use use;
};

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

_Static_assert(sizeof(struct unit_range) == sizeof(struct cache_range), "one form for ranges");
_Static_assert(sizeof(struct unit_link) == sizeof(struct cache_record_link), "one form for links");
_Static_assert(sizeof(struct unit_pc) == sizeof(struct cache_pc), "one form for the table of pcs");

static int take_lock(struct cache *c, const char *path, struct error *err)
{
    char name[CACHE_NAME_LEN];

    cache_file_name(name, sizeof name, ".lock");
    c->lock = openat(c->dir, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (c->lock < 0)
        return error_set(err, errno, "%s/%s: %s", path, name, strerror(errno));
    if (flock(c->lock, LOCK_EX | LOCK_NB))
        return error_set(err, EBUSY, "%s: another translator serves this cache", path);
    cache_own(c);
    return 0;
}

void cache_own(const struct cache *c)
{
    if (ftruncate(c->lock, 0) == 0)
        lseek(c->lock, 0, SEEK_SET);
    dprintf(c->lock, "%d\n", (int)getpid());
}

static int add_segment(struct cache *c, const char *name, struct error *err)
{
    struct cache_segment *s = cache_open(c->dir, name, false, err);
    struct cache_segment **grown = s ? realloc(c->segments, (c->segment_count + 1) * sizeof *grown) : NULL;

    if (!grown) {
        cache_close(s);
        return -1;
    }
    c->segments = grown;
    c->segments[c->segment_count++] = s;
    return 0;
}

/* A file that is no good is of no use to anybody: runners refuse it too. */
static int open_all(struct cache *c, bool clean, struct error *err)
{
    char (*names)[CACHE_NAME_LEN];
    struct error why;
    long count = cache_list(c->dir, &names, err);

    for (long i = 0; i < count; i++) {
        if (add_segment(c, names[i], &why)) {
            fprintf(stderr, clean ? "xlated: %s: removed\n" : "%s\n", why.text);
            if (clean)
                unlinkat(c->dir, names[i], 0);
        }
    }
    free(names);
    return count < 0 ? -1 : 0;
}

static void close_all(struct cache *c)
{
    while (c->segment_count)
        cache_close(c->segments[--c->segment_count]);
}

/* The first `count` segments give way to one with those of their units that are wanted. */
static int replace(struct cache *c, size_t count, cache_keep keep, const void *context, struct error *err)
{
    char name[CACHE_NAME_LEN];

    if (cache_merge(c->dir, c->segments, count, keep, context, name, err))
        return -1;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(c->segments[i]->name, name))
            tidy_replace(&c->replaced, c->dir, c->segments[i]->name, now_ms());
        cache_close(c->segments[i]);
    }
    c->segment_count -= count;
    memmove(c->segments, c->segments + count, c->segment_count * sizeof *c->segments);
    if (add_segment(c, name, err))
        return -1;
    if (!c->segments[c->segment_count - 1]->header->unit_count) {
        cache_close(c->segments[--c->segment_count]);
        unlinkat(c->dir, name, 0);
    }
    return 0;
}

int cache_keep_only(struct cache *c, cache_keep keep, const void *context, struct error *err)
{
    return c->segment_count ? replace(c, c->segment_count, keep, context, err) : 0;
}

static uint64_t own_bytes(const struct cache *c)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < c->segment_count; i++)
        sum += c->segments[i]->header->file_size;
    return sum;
}

int cache_trim(struct cache *c, uint64_t bytes, struct error *err)
{
    uint64_t own = own_bytes(c);

    tidy_trim_builds(c->dir, own < bytes ? bytes - own : 0);
    if (own <= bytes)
        return 0;
    struct tidy_limit limit = tidy_limit(c->segments, c->segment_count, c->used ? &c->use : NULL, bytes);
    return replace(c, c->segment_count, tidy_wanted, &limit, err);
}

/* To three quarters, so that it is not to be done again at once. */
static void keep_to_size(struct cache *c)
{
    struct error err;
    uint64_t now = now_ms();

    if (!c->most_bytes || now - c->size_checked < SIZE_CHECK_MS)
        return;
    c->size_checked = now;
    if (own_bytes(c) + tidy_other_builds(c->dir).bytes > c->most_bytes && cache_trim(c, c->most_bytes / 4 * 3, &err))
        fprintf(stderr, "xlated: %s\n", err.text);
}

void cache_tend(struct cache *c)
{
    struct error err;
    size_t count = c->segment_count > MERGE_ABOVE ? tidy_choose(c->segments, c->segment_count) : 0;

    if (count && replace(c, count, NULL, NULL, &err))
        fprintf(stderr, "xlated: %s\n", err.text);
    keep_to_size(c);
    tidy_remove(&c->replaced, c->dir, now_ms(), CACHE_NAME_GOOD_MS);
}

void cache_clean(struct cache *c)
{
    tidy_remove(&c->replaced, c->dir, now_ms(), 0);
}

static struct cache *new_cache(const char *path, struct error *err)
{
    struct cache *c = calloc(1, sizeof *c);

    if (!c) {
        error_set(err, ENOMEM, "%s: out of memory", path);
        return NULL;
    }
    c->lock = -1;
    c->dir = cache_open_directory(path, err);
    if (c->dir < 0) {
        cache_detach(c);
        return NULL;
    }
    return c;
}

struct cache *cache_view(const char *path, struct error *err)
{
    struct cache *c = new_cache(path, err);

    if (c && open_all(c, false, err)) {
        cache_detach(c);
        return NULL;
    }
    return c;
}

struct cache *cache_attach(const char *path, uint64_t most_bytes, struct error *err)
{
    mkdir(path, 0755);
    struct cache *c = new_cache(path, err);

    if (!c)
        return NULL;
    c->most_bytes = most_bytes;
    if (take_lock(c, path, err) || open_all(c, true, err)) {
        cache_detach(c);
        return NULL;
    }
    tidy_remove_left(c->dir);
    c->used = cache_use_open(&c->use, c->dir, true);
    return c;
}

static void drop_waiting(struct cache *c)
{
    while (c->waiting_count)
        unit_code_free(&c->waiting[--c->waiting_count].code);
}

void cache_detach(struct cache *c)
{
    if (!c)
        return;
    close_all(c);
    drop_waiting(c);
    free(c->segments);
    free(c->waiting);
    free(c->replaced.files);
    if (c->used)
        cache_use_close(&c->use);
    if (c->lock >= 0)
        close(c->lock);
    if (c->dir >= 0)
        close(c->dir);
    free(c);
}

int cache_directory(const struct cache *c) { return c->dir; }
unsigned cache_segments(const struct cache *c) { return (unsigned)c->segment_count; }
struct cache_segment *cache_segment(const struct cache *c, unsigned index) { return c->segments[index]; }
size_t cache_waiting(const struct cache *c) { return c->waiting_count; }

static uint64_t key_of(const struct unit_request *q)
{
    size_t offset = (size_t)(q->entry - q->code_base);

    return cache_lookup_key(q->is64, q->precise, q->code + offset, q->code_size - offset);
}

/* Were the unit's ranges inside what was sent, and the same bytes? */
static bool same_content(const struct unit_request *q, const struct cache_segment *s, const struct cache_unit *u)
{
    const struct cache_range *ranges = s->ranges + u->range_first;

    for (size_t i = 0; i < u->range_count; i++)
        if (ranges[i].lo >= ranges[i].hi || ranges[i].lo < q->code_base || ranges[i].hi > q->code_base + q->code_size)
            return false;
    return cache_hash_equal(u->content, cache_content_hash(q->entry, q->code + (q->entry - q->code_base), ranges, u->range_count));
}

const char *cache_contains(struct cache *c, const struct unit_request *request)
{
    uint64_t key = key_of(request);

    for (size_t i = c->segment_count; i-- > 0;) {
        struct cache_segment *s = c->segments[i];
        size_t first, count = cache_find(s, key, &first);
        for (size_t k = first; k < first + count; k++)
            if (s->units[k].entry == request->entry && same_content(request, s, &s->units[k]) && cache_unit_sound(s, k))
                return s->name;
    }
    return NULL;
}

void cache_append(struct cache *c, const struct unit_request *request, struct unit_code *code)
{
    const struct cache_range *ranges = (const struct cache_range *)code->ranges;

    if (c->waiting_count == c->waiting_room) {
        size_t room = c->waiting_room ? 2 * c->waiting_room : 64;
        struct waiting *grown = realloc(c->waiting, room * sizeof *grown);
        if (!grown) {
            unit_code_free(code);
            return;
        }
        c->waiting = grown;
        c->waiting_room = room;
    }
    c->waiting[c->waiting_count++] = (struct waiting){ .code = *code, .record = {
        .key = key_of(request), .entry = request->entry,
        .content = cache_content_hash(request->entry, request->code + (request->entry - request->code_base), ranges, code->range_count),
        .flags = (request->is64 ? CACHE_UNIT_64 : 0) | (request->precise ? CACHE_UNIT_PRECISE : 0) |
                 (code->fixed ? CACHE_UNIT_FIXED : 0),
        .insn_count = code->insn_count, .code = code->text, .code_size = code->size,
        .ranges = ranges, .range_count = code->range_count,
        .links = (const struct cache_record_link *)code->links, .link_count = code->link_count,
        .moves = (const struct cache_move *)code->moves, .move_count = code->move_count,
        .pcs = (const struct cache_pc *)code->pcs, .pc_count = code->pc_count } };
}

/* New is as good as used. */
static void mark_used(const struct cache *c, const struct cache_record *records, size_t count)
{
    uint16_t today = cache_use_today();

    for (size_t i = 0; c->used && i < count; i++)
        cache_use_mark(&c->use, records[i].key, today);
}

int cache_flush(struct cache *c, char name[CACHE_NAME_LEN], struct error *err)
{
    struct cache_record *records = calloc(c->waiting_count + 1, sizeof *records);
    int result = records ? 0 : error_set(err, ENOMEM, "code cache: out of memory");

    for (size_t i = 0; records && i < c->waiting_count; i++)
        records[i] = c->waiting[i].record;
    if (records)
        result = cache_write(c->dir, records, c->waiting_count, name, err);
    if (!result)
        mark_used(c, records, c->waiting_count);
    free(records);
    drop_waiting(c);
    return result ? result : add_segment(c, name, err);
}
