/* cache_use.c -- the file of days and counts; see cache_use.h. */
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
static void write_at(const struct cache_use *u, size_t offset, const void *data, size_t size)
{
    if (pwrite(u->fd, data, size, (off_t)offset) < 0 && errno == EINTR)
        return;
}

static bool sized(int fd, bool write)
{
    struct stat st;

    if (fstat(fd, &st) || !S_ISREG(st.st_mode) || (st.st_uid != 0 && st.st_uid != geteuid()))
        return false;
    return st.st_size == sizeof(struct cache_use_file) || (write && ftruncate(fd, sizeof(struct cache_use_file)) == 0);
}

bool cache_use_open(struct cache_use *u, int dir, bool write)
{
    char name[CACHE_NAME_LEN];

    cache_file_name(name, sizeof name, ".use");
    u->fd = openat(dir, name, (write ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (u->fd < 0)
        return false;
    void *at = sized(u->fd, write) ? mmap(NULL, sizeof *u->file, PROT_READ, MAP_SHARED, u->fd, 0) : MAP_FAILED;
    if (at == MAP_FAILED) {
        close(u->fd);
        return false;
    }
    u->file = at;
    return true;
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
        write_at(u, offsetof(struct cache_use_file, days) + key % CACHE_USE_SLOTS * sizeof day, &day, sizeof day);
}

struct cache_counts cache_use_counts(const struct cache_use *u) { return u->file->counts; }

void cache_use_count(const struct cache_use *u, const struct cache_counts *more)
{
    struct cache_counts sum = u->file->counts;

    sum.processes += more->processes;
    sum.found += more->found;
    sum.requested += more->requested;
    write_at(u, offsetof(struct cache_use_file, counts), &sum, sizeof sum);
}
