/* cache_map.c -- open, check, map and search segments of the code cache.
 *
 * Nothing in a file is believed before it is checked (cache_check.c). A file whose header fails is refused as a whole, a damaged
 * part alone.
 */
#include "xlate/cache/cache_map.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_key.h"

/* Who could write here could make us run anything. */
static int check_owner(const struct stat *st, const char *what, struct error *err)
{
    if (st->st_uid != 0 && st->st_uid != geteuid())
        return error_set(err, EPERM, "%s: belongs to user %u: not used as code cache", what, st->st_uid);
    if (st->st_mode & (S_IWGRP | S_IWOTH))
        return error_set(err, EPERM, "%s: writable by others than its owner: not used as code cache", what);
    return 0;
}

int cache_open_directory(const char *path, struct error *err)
{
    struct stat st;
    int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (dir < 0)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    if (fstat(dir, &st)) {
        error_set(err, errno, "%s: %s", path, strerror(errno));
        close(dir);
        return -1;
    }
    if (check_owner(&st, path, err)) {
        close(dir);
        return -1;
    }
    return dir;
}

static bool is_segment_name(const char *name)
{
    char prefix[CACHE_NAME_LEN];
    size_t len = strlen(name);

    cache_file_name(prefix, sizeof prefix, "-");
    return len < CACHE_NAME_LEN && len > 4 && !strncmp(name, prefix, strlen(prefix)) && !strcmp(name + len - 4, ".seg");
}

static bool add_name(char (**names)[CACHE_NAME_LEN], long *count, const char *name)
{
    char (*grown)[CACHE_NAME_LEN] = realloc(*names, (size_t)(*count + 1) * sizeof **names);

    if (!grown)
        return false;
    *names = grown;
    strcpy(grown[(*count)++], name);
    return true;
}

/* The kernel's own entries: readdir() opens the directory again, and each process lists it when it starts. */
long cache_list(int dir, char (**names)[CACHE_NAME_LEN], struct error *err)
{
    _Alignas(struct dirent64) char buffer[4096];
    ssize_t size;
    long count = 0;

    *names = NULL;
    if (lseek(dir, 0, SEEK_SET) < 0)
        return error_set(err, errno, "code cache: %s", strerror(errno));
    while ((size = getdents64(dir, buffer, sizeof buffer)) > 0) {
        for (ssize_t at = 0; at < size;) {
            const struct dirent64 *e = (const struct dirent64 *)(buffer + at);
            at += e->d_reclen;
            if (is_segment_name(e->d_name) && !add_name(names, &count, e->d_name))
                return count;
        }
    }
    return size < 0 ? error_set(err, errno, "code cache: %s", strerror(errno)) : count;
}

uint64_t cache_slot_bytes(const struct cache_header *h)
{
    return ((uint64_t)h->slot_count * sizeof(code_fn) + CACHE_PAGE - 1) & ~(uint64_t)(CACHE_PAGE - 1);
}

/* The file system is mounted noexec: code is copied into memory of our own, which then is as little writable. */
static int copy_code(int fd, const struct cache_header *h, uint8_t *base)
{
    uint8_t *code = base + h->code_offset;

    if (mmap(code, h->code_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        return -1;
    for (uint64_t done = 0; done < h->code_size;) {
        ssize_t n = pread(fd, code + done, h->code_size - done, (off_t)(h->code_offset + done));
        if (n <= 0)
            return -1;
        done += (uint64_t)n;
    }
    return mprotect(code, h->code_size, PROT_READ | PROT_EXEC);
}

static int make_executable(int fd, const struct cache_header *h, uint8_t *base)
{
    if (!h->code_size || mprotect(base + h->code_offset, h->code_size, PROT_READ | PROT_EXEC) == 0)
        return 0;
    return errno == EACCES || errno == EPERM ? copy_code(fd, h, base) : -1;
}

/* One stretch of addresses: the file, its code executable, then the slots. */
static uint8_t *map_file(int fd, const struct cache_header *h, bool run, uint64_t size)
{
    uint8_t *base = mmap(NULL, size, PROT_READ | (run ? PROT_WRITE : 0), MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (base == MAP_FAILED)
        return NULL;
    if (mmap(base, h->file_size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) == MAP_FAILED ||
        (run && make_executable(fd, h, base))) {
        int saved = errno;
        munmap(base, size);
        errno = saved;
        return NULL;
    }
    return base;
}

static void set_parts(struct cache_segment *s, uint8_t *base, bool run)
{
    struct cache_layout at = cache_layout(s->header = (const struct cache_header *)base);

    s->blocks = (const struct cache_block *)(base + at.blocks);
    s->units = (const struct cache_unit *)(base + at.units);
    s->ranges = (const struct cache_range *)(base + at.ranges);
    s->targets = (const gva *)(base + at.targets);
    s->links = (const struct cache_link *)(base + at.links);
    s->moves = (const struct cache_move *)(base + at.moves);
    s->pcs = (const struct cache_pc *)(base + at.pcs);
    s->code = base + s->header->code_offset;
    s->slots = run ? (code_fn *)(base + s->header->file_size) : NULL;
}

void cache_replaced_name(char out[CACHE_NAME_LEN], const char *name)
{
    snprintf(out, CACHE_NAME_LEN, "%.*s.old", (int)strcspn(name, "."), name);
}

static int open_file(int dir, const char *name)
{
    char replaced[CACHE_NAME_LEN];
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (fd >= 0 || errno != ENOENT)
        return fd;
    cache_replaced_name(replaced, name);
    return openat(dir, replaced, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

static int start_checks(struct cache_segment *s, struct error *err)
{
    s->checked = calloc((size_t)s->header->unit_count + s->header->block_count + 1, 1);
    return s->checked ? cache_check_blocks(s, err) : error_set(err, ENOMEM, "%s: out of memory", s->name);
}

struct cache_segment *cache_adopt(uint8_t *base, size_t mapped, const char *name, struct error *err)
{
    struct cache_segment *s = calloc(1, sizeof *s);

    if (!s) {
        munmap(base, mapped);
        error_set(err, ENOMEM, "%s: out of memory", name);
        return NULL;
    }
    snprintf(s->name, sizeof s->name, "%s", name);
    s->mapped = mapped;
    s->moved = true;
    set_parts(s, base, true);
    if (start_checks(s, err) == 0)
        return s;
    cache_close(s);
    return NULL;
}

static int open_into(struct cache_segment *s, int dir, bool run, struct error *err)
{
    struct cache_header h;
    struct stat st;
    close_fd int fd = open_file(dir, s->name);

    if (fd < 0 || fstat(fd, &st))
        return error_set(err, errno, "%s: %s", s->name, strerror(errno));
    if (check_owner(&st, s->name, err))
        return -1;
    if (pread(fd, &h, sizeof h, 0) != sizeof h)
        return error_set(err, 0, "%s: shorter than a header", s->name);
    if (cache_check_header(&h, (uint64_t)st.st_size, s->name, err))
        return -1;
    s->inode = st.st_ino;
    s->mapped = h.file_size + (run ? cache_slot_bytes(&h) : 0);
    uint8_t *base = map_file(fd, &h, run, s->mapped);
    if (!base)
        return error_set(err, errno, "%s: cannot be mapped: %s", s->name, strerror(errno));
    set_parts(s, base, run);
    return start_checks(s, err);
}

struct cache_segment *cache_open(int dir, const char *name, bool run, struct error *err)
{
    struct cache_segment *s = calloc(1, sizeof *s);

    if (!s || strlen(name) >= sizeof s->name) {
        error_set(err, 0, "%s: not a segment of the code cache", name);
        free(s);
        return NULL;
    }
    strcpy(s->name, name);
    if (open_into(s, dir, run, err)) {
        cache_close(s);
        return NULL;
    }
    return s;
}

void cache_close(struct cache_segment *s)
{
    if (!s)
        return;
    if (s->header)
        munmap((void *)s->header, s->mapped);
    free(s->checked);
    free(s);
}

bool cache_current(const struct cache_segment *s, int dir)
{
    struct stat st;

    return fstatat(dir, s->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_ino == s->inode;
}
