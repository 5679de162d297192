/* cache_use.c -- the file of days and counts, and that of hot units; see cache_use.h. */
#include "xlate/cache/cache_use.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "xlate/cache/cache_key.h"

struct cache_use_file {
    struct cache_counts counts;
    uint8_t unused[CACHE_PAGE - sizeof(struct cache_counts)];
    uint16_t days[CACHE_USE_SLOTS];
};

/* Written through the descriptor and not through the mapping: a full disk is an error here and a signal there. */
static void write_at(int fd, size_t offset, const void *data, size_t size)
{
    if (pwrite(fd, data, size, (off_t)offset) < 0 && errno == EINTR)
        return;
}

static bool has_size(int fd, off_t size, bool write)
{
    struct stat st;

    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (st.st_uid != 0 && st.st_uid != geteuid()))
        return false;
    return st.st_size == size || (write && ftruncate(fd, size) == 0);
}

/* A file of that size, mapped; NULL when there is none. */
static const void *open_table(int dir, const char *name, size_t size, bool write, int *fd)
{
    *fd = openat(dir, name, (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (*fd < 0)
        return NULL;
    void *at = has_size(*fd, (off_t)size, write) ? mmap(NULL, size, PROT_READ, MAP_SHARED, *fd, 0) : MAP_FAILED;
    if (at != MAP_FAILED)
        return at;
    close(*fd);
    return NULL;
}

bool cache_use_open(struct cache_use *u, int dir, bool write)
{
    char name[CACHE_NAME_LEN];

    cache_file_name(name, sizeof name, ".use");
    u->file = open_table(dir, name, sizeof *u->file, write, &u->fd);
    return u->file;
}

void cache_use_close(struct cache_use *u)
{
    munmap((void *)u->file, sizeof *u->file);
    close(u->fd);
}

uint16_t cache_use_today(void)
{
    return (uint16_t)(time(NULL) / 86400);
}

uint16_t cache_use_day(const struct cache_use *u, uint64_t key)
{
    return u->file->days[key % CACHE_USE_SLOTS];
}

void cache_use_mark(const struct cache_use *u, uint64_t key, uint16_t day)
{
    if (cache_use_day(u, key) != day)
        write_at(u->fd, offsetof(struct cache_use_file, days) + key % CACHE_USE_SLOTS * sizeof day, &day, sizeof day);
}

struct cache_counts cache_use_counts(const struct cache_use *u) { return u->file->counts; }

void cache_use_count(const struct cache_use *u, const struct cache_counts *more)
{
    struct cache_counts sum = u->file->counts;

    sum.processes += more->processes;
    sum.found += more->found;
    sum.requested += more->requested;
    write_at(u->fd, offsetof(struct cache_use_file, counts), &sum, sizeof sum);
}

bool cache_hot_open(struct cache_hot *h, int dir, bool write)
{
    h->tags = open_table(dir, CACHE_HOT_NAME, CACHE_HOT_SLOTS * sizeof *h->tags, write, &h->fd);
    return h->tags;
}

void cache_hot_close(struct cache_hot *h)
{
    munmap((void *)h->tags, CACHE_HOT_SLOTS * sizeof *h->tags);
    close(h->fd);
}

static uint16_t tag_of(uint64_t key) { return (uint16_t)(key >> 48 | 1); }

bool cache_hot_has(const struct cache_hot *h, uint64_t key)
{
    return h->tags[key % CACHE_HOT_SLOTS] == tag_of(key);
}

void cache_hot_add(const struct cache_hot *h, uint64_t key)
{
    uint16_t tag = tag_of(key);

    if (!cache_hot_has(h, key))
        write_at(h->fd, key % CACHE_HOT_SLOTS * sizeof tag, &tag, sizeof tag);
}
