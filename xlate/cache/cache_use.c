/* cache_use.c -- the file of days and counts, and that of hot units; see cache_use.h. */
#include "xlate/cache/cache_use.h"

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

/* Days and counts are not mapped: on a full tmpfs even reading a hole through a mapping ends in a signal. What cannot be written is a
 * day, a count or a hint: its loss makes nothing wrong, so a full or read-only disk is no error here. */
static void write_at(int fd, size_t offset, const void *data, size_t size)
{
    (void)!pwrite(fd, data, size, (off_t)offset);
}

static uint16_t read_at(int fd, size_t offset)
{
    uint16_t value = 0;

    return pread(fd, &value, sizeof value, (off_t)offset) == sizeof value ? value : 0;
}

static bool has_size(int fd, off_t size, bool write)
{
    struct stat st;

    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (st.st_uid != 0 && st.st_uid != geteuid()))
        return false;
    return st.st_size == size || (write && ftruncate(fd, size) == 0);
}

/* A file of that size; -1 when there is none. */
static int open_table(int dir, const char *name, size_t size, bool write)
{
    int fd = openat(dir, name, (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW, 0644);

    if (fd < 0 || has_size(fd, (off_t)size, write))
        return fd;
    close(fd);
    return -1;
}

bool cache_use_open(struct cache_use *u, int dir, bool write)
{
    char name[CACHE_NAME_LEN];

    cache_file_name(name, sizeof name, ".use");
    u->fd = open_table(dir, name, sizeof(struct cache_use_file), write);
    return u->fd >= 0;
}

void cache_use_close(struct cache_use *u) { close(u->fd); }

uint16_t cache_use_today(void)
{
    return (uint16_t)(time(NULL) / 86400);
}

static size_t place_of_day(uint64_t key)
{
    return offsetof(struct cache_use_file, days) + key % CACHE_USE_SLOTS * sizeof(uint16_t);
}

uint16_t cache_use_day(const struct cache_use *u, uint64_t key) { return read_at(u->fd, place_of_day(key)); }

void cache_use_mark(const struct cache_use *u, uint64_t key, uint16_t day)
{
    if (cache_use_day(u, key) != day)
        write_at(u->fd, place_of_day(key), &day, sizeof day);
}

struct cache_counts cache_use_counts(const struct cache_use *u)
{
    struct cache_counts counts;

    return pread(u->fd, &counts, sizeof counts, 0) == sizeof counts ? counts : (struct cache_counts){ .processes = 0 };
}

void cache_use_count(const struct cache_use *u, const struct cache_counts *more)
{
    struct cache_counts sum = cache_use_counts(u);

    sum.processes += more->processes;
    sum.found += more->found;
    sum.requested += more->requested;
    write_at(u->fd, offsetof(struct cache_use_file, counts), &sum, sizeof sum);
}

bool cache_hot_open(struct cache_hot *h, int dir, bool write)
{
    h->fd = open_table(dir, CACHE_HOT_NAME, CACHE_HOT_SLOTS * sizeof(uint16_t), write);
    return h->fd >= 0;
}

void cache_hot_close(struct cache_hot *h) { close(h->fd); }

const uint16_t *cache_hot_map(int dir)
{
    struct cache_hot h;

    if (!cache_hot_open(&h, dir, false))
        return NULL;
    void *table = mmap(NULL, CACHE_HOT_SLOTS * sizeof(uint16_t), PROT_READ, MAP_SHARED, h.fd, 0);
    cache_hot_close(&h);
    return table == MAP_FAILED ? NULL : table;
}

uint16_t cache_hot_tag(uint64_t key) { return (uint16_t)(key >> 48 | 1); }
uint64_t cache_hot_place(uint64_t key) { return key % CACHE_HOT_SLOTS; }
static size_t place_of_tag(uint64_t key) { return cache_hot_place(key) * sizeof(uint16_t); }

bool cache_hot_has(const struct cache_hot *h, uint64_t key)
{
    return read_at(h->fd, place_of_tag(key)) == cache_hot_tag(key);
}

void cache_hot_add(const struct cache_hot *h, uint64_t key)
{
    uint16_t tag = cache_hot_tag(key);

    if (!cache_hot_has(h, key))
        write_at(h->fd, place_of_tag(key), &tag, sizeof tag);
}
