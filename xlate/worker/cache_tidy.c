/* cache_tidy.c -- which segments to merge, which units to keep. */
#include "xlate/worker/cache_tidy.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "xlate/cache/cache_key.h"

enum { MERGED_MAX = 512 << 20 };        /* bytes of file: a merge is built in memory */

static int by_size(const void *a, const void *b)
{
    const struct cache_segment *x = *(struct cache_segment *const *)a, *y = *(struct cache_segment *const *)b;

    if (x->header->file_size != y->header->file_size)
        return x->header->file_size < y->header->file_size ? -1 : 1;
    return strcmp(x->name, y->name);
}

size_t tidy_choose(struct cache_segment **segments, size_t count)
{
    uint64_t total = 0;

    if (count)
        qsort(segments, count, sizeof *segments, by_size);
    for (size_t i = 0; i < count; i++)
        total += segments[i]->header->file_size;
    while (count > 1) {
        uint64_t largest = segments[count - 1]->header->file_size;
        if (largest <= total - largest && total <= MERGED_MAX)
            return count;
        total -= largest;
        count--;
    }
    return 0;
}

void tidy_replace(struct tidy_replaced *r, int dir, const char *name, uint64_t now_ms)
{
    char replaced[CACHE_NAME_LEN];

    cache_replaced_name(replaced, name);
    if (renameat(dir, name, dir, replaced))
        return;
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 32;
        void *grown = realloc(r->files, room * sizeof *r->files);
        if (!grown)
            return;
        r->files = grown;
        r->room = room;
    }
    strcpy(r->files[r->count].name, replaced);
    r->files[r->count++].since = now_ms;
}

void tidy_remove(struct tidy_replaced *r, int dir, uint64_t now_ms, uint64_t age_ms)
{
    for (size_t i = r->count; i-- > 0;) {
        if (now_ms - r->files[i].since < age_ms)
            continue;
        unlinkat(dir, r->files[i].name, 0);
        r->files[i] = r->files[--r->count];
    }
}

static bool is_left(const char *name)
{
    char prefix[CACHE_NAME_LEN];
    size_t length = strlen(name);

    cache_file_name(prefix, sizeof prefix, "-");
    if (length <= 4 || strncmp(name, prefix, strlen(prefix)))
        return false;
    return !strcmp(name + length - 4, ".old") || !strcmp(name + length - 4, ".tmp");
}

void tidy_remove_left(int dir)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);

    for (struct dirent *e; d && (e = readdir(d));)
        if (is_left(e->d_name))
            unlinkat(dir, e->d_name, 0);
    if (d)
        closedir(d);
    else if (fd >= 0)
        close(fd);
}

/* --- the limit of the size ------------------------------------------------------------------------------------------------ */

static unsigned age_of(const struct tidy_limit *l, uint64_t key)
{
    uint16_t day = l->use ? cache_use_day(l->use, key) : l->today;

    return day > l->today ? 0 : (unsigned)(l->today - day);     /* the clock was set back */
}

/* About what the unit takes in a file. */
static uint64_t weight(const struct cache_unit *u)
{
    return sizeof *u + u->code_size + u->range_count * sizeof(struct cache_range) + u->link_count * sizeof(struct cache_link) +
           u->pc_count * sizeof(struct cache_pc);
}

static void add_weights(uint64_t *by_age, struct cache_segment *s, const struct tidy_limit *l)
{
    for (size_t i = 0; i < s->header->unit_count; i++)
        if (cache_block_sound(s, i / CACHE_BLOCK))
            by_age[age_of(l, s->units[i].key)] += weight(&s->units[i]);
}

struct tidy_limit tidy_limit(struct cache_segment *const *segments, size_t count, const struct cache_use *use, uint64_t bytes)
{
    struct tidy_limit l = { .use = use, .today = cache_use_today(), .oldest = 0 };
    uint64_t *by_age = calloc(UINT16_MAX + 1, sizeof *by_age), sum = 0;

    for (size_t i = 0; by_age && i < count; i++)
        add_weights(by_age, segments[i], &l);
    while (by_age && l.oldest <= UINT16_MAX && sum + by_age[l.oldest] <= bytes)
        sum += by_age[l.oldest++];
    free(by_age);
    return l;
}

bool tidy_wanted(const struct cache_unit *unit, const void *limit)
{
    const struct tidy_limit *l = limit;

    return age_of(l, unit->key) < l->oldest;
}
