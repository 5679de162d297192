/* cache_map.c -- open, check, map and search segments of the code cache.
 *
 * Nothing in a file is believed before it is checked: sizes and the header's hash before anything is mapped, the index and its
 * hash before it is searched, a unit's payload before it runs. A file that fails is refused as a whole, a damaged unit alone.
 */
#include "xlate/cache/cache_map.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include "runtime/cleanup.h"
#include "xlate/cache/cache_key.h"

enum { UNCHECKED, SOUND, DAMAGED };

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

long cache_list(int dir, char (**names)[CACHE_NAME_LEN], struct error *err)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    long count = 0;

    *names = NULL;
    if (!d) {
        error_set(err, errno, "code cache: %s", strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    for (struct dirent *e; (e = readdir(d));) {
        if (!is_segment_name(e->d_name))
            continue;
        char (*grown)[CACHE_NAME_LEN] = realloc(*names, (size_t)(count + 1) * sizeof **names);
        if (!grown)
            break;
        *names = grown;
        strcpy(grown[count++], e->d_name);
    }
    closedir(d);
    return count;
}

struct cache_layout cache_layout(const struct cache_header *h)
{
    struct cache_layout at = { .units = h->header_size };

    at.ranges = at.units + (uint64_t)h->unit_count * sizeof(struct cache_unit);
    at.targets = at.ranges + (uint64_t)h->range_count * sizeof(struct cache_range);
    at.links = at.targets + (uint64_t)h->slot_count * sizeof(gva);
    at.pcs = at.links + (uint64_t)h->link_count * sizeof(struct cache_link);
    at.end = at.pcs + (uint64_t)h->pc_count * sizeof(struct cache_pc);
    return at;
}

uint64_t cache_header_hash(const struct cache_header *h)
{
    return XXH3_64bits(h, offsetof(struct cache_header, header_hash));
}

static void hash_part(XXH3_state_t *state, const void *data, size_t count, size_t each)
{
    if (count)
        XXH3_64bits_update(state, data, count * each);
}

uint64_t cache_index_hash(const struct cache_unit *units, size_t unit_count, const struct cache_range *ranges, size_t range_count,
                          const gva *targets, size_t slot_count)
{
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    hash_part(&state, units, unit_count, sizeof *units);
    hash_part(&state, ranges, range_count, sizeof *ranges);
    hash_part(&state, targets, slot_count, sizeof *targets);
    return XXH3_64bits_digest(&state);
}

uint64_t cache_payload_hash(const struct cache_link *links, size_t link_count, const struct cache_pc *pcs, size_t pc_count,
                            const uint8_t *code, size_t size)
{
    XXH3_state_t state;

    XXH3_64bits_reset(&state);
    hash_part(&state, links, link_count, sizeof *links);
    hash_part(&state, pcs, pc_count, sizeof *pcs);
    hash_part(&state, code, size, 1);
    return XXH3_64bits_digest(&state);
}

static int check_header(const struct cache_header *h, uint64_t file_size, const char *name, struct error *err)
{
    if (memcmp(h->magic, CACHE_MAGIC, sizeof h->magic))
        return error_set(err, 0, "%s: not a segment of the code cache", name);
    if (h->version != CACHE_VERSION || h->header_size != sizeof *h)
        return error_set(err, 0, "%s: format version %u, not %u", name, h->version, CACHE_VERSION);
    if (h->header_hash != cache_header_hash(h))
        return error_set(err, 0, "%s: header is damaged", name);
    if (!cache_hash_equal(h->fingerprint, cache_fingerprint()))
        return error_set(err, 0, "%s: made by another translator", name);
    if (h->file_size != file_size)
        return error_set(err, 0, "%s: %llu bytes, not %llu", name, (unsigned long long)file_size, (unsigned long long)h->file_size);
    if (h->code_offset % CACHE_PAGE || h->code_size % CACHE_PAGE || h->code_size > CACHE_CODE_MAX ||
        h->code_offset > file_size || h->code_size != file_size - h->code_offset || cache_layout(h).end > h->code_offset)
        return error_set(err, 0, "%s: inconsistent sizes", name);
    return 0;
}

static bool part_inside(uint64_t first, uint64_t count, uint64_t all)
{
    return count <= all && first <= all - count;
}

static int check_index(const struct cache_segment *s, struct error *err)
{
    const struct cache_header *h = s->header;
    uint64_t key = 0, code = 0;

    if (h->index_hash != cache_index_hash(s->units, h->unit_count, s->ranges, h->range_count, s->targets, h->slot_count))
        return error_set(err, 0, "%s: index is damaged", s->name);
    for (size_t i = 0; i < h->unit_count; i++) {
        const struct cache_unit *u = &s->units[i];
        if (u->key < key || u->code_offset < code || !part_inside(u->code_offset, u->code_size, h->code_size) ||
            !part_inside(u->range_first, u->range_count, h->range_count) ||
            !part_inside(u->link_first, u->link_count, h->link_count) || !part_inside(u->pc_first, u->pc_count, h->pc_count))
            return error_set(err, 0, "%s: unit %zu is inconsistent", s->name, i);
        key = u->key;
        code = (uint64_t)u->code_offset + u->code_size;
    }
    return 0;
}

static uint64_t slot_bytes(const struct cache_header *h)
{
    return ((uint64_t)h->slot_count * sizeof(code_fn) + CACHE_PAGE - 1) & ~(uint64_t)(CACHE_PAGE - 1);
}

/* One stretch of addresses: the file, its code executable, then the slots. */
static uint8_t *map_file(int fd, const struct cache_header *h, bool run, uint64_t size)
{
    uint8_t *base = mmap(NULL, size, PROT_READ | (run ? PROT_WRITE : 0), MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    if (base == MAP_FAILED)
        return NULL;
    if (mmap(base, h->file_size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) == MAP_FAILED ||
        (run && h->code_size && mprotect(base + h->code_offset, h->code_size, PROT_READ | PROT_EXEC))) {
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

    s->units = (const struct cache_unit *)(base + at.units);
    s->ranges = (const struct cache_range *)(base + at.ranges);
    s->targets = (const gva *)(base + at.targets);
    s->links = (const struct cache_link *)(base + at.links);
    s->pcs = (const struct cache_pc *)(base + at.pcs);
    s->code = base + s->header->code_offset;
    s->slots = run ? (code_fn *)(base + s->header->file_size) : NULL;
}

static int open_into(struct cache_segment *s, int dir, bool run, struct error *err)
{
    struct cache_header h;
    struct stat st;
    close_fd int fd = openat(dir, s->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

    if (fd < 0 || fstat(fd, &st))
        return error_set(err, errno, "%s: %s", s->name, strerror(errno));
    if (check_owner(&st, s->name, err))
        return -1;
    if (pread(fd, &h, sizeof h, 0) != sizeof h)
        return error_set(err, 0, "%s: shorter than a header", s->name);
    if (check_header(&h, (uint64_t)st.st_size, s->name, err))
        return -1;
    s->inode = st.st_ino;
    s->mapped = h.file_size + (run ? slot_bytes(&h) : 0);
    uint8_t *base = map_file(fd, &h, run, s->mapped);
    if (!base)
        return error_set(err, errno, "%s: cannot be mapped: %s", s->name, strerror(errno));
    set_parts(s, base, run);
    s->checked = calloc(h.unit_count + 1, 1);
    if (!s->checked)
        return error_set(err, ENOMEM, "%s: out of memory", s->name);
    return check_index(s, err);
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

size_t cache_find(const struct cache_segment *s, uint64_t key, size_t *first)
{
    size_t lo = 0, hi = s->header->unit_count, count = 0;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->units[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    *first = lo;
    while (lo + count < s->header->unit_count && s->units[lo + count].key == key)
        count++;
    return count;
}

bool cache_unit_sound(struct cache_segment *s, size_t unit)
{
    const struct cache_unit *u = &s->units[unit];

    if (s->checked[unit] == UNCHECKED) {
        uint64_t hash = cache_payload_hash(s->links + u->link_first, u->link_count, s->pcs + u->pc_first, u->pc_count,
                                           s->code + u->code_offset, u->code_size);
        s->checked[unit] = hash == u->payload_hash ? SOUND : DAMAGED;
    }
    return s->checked[unit] == SOUND;
}

code_fn *cache_slot(const struct cache_segment *s, gva target)
{
    size_t lo = 0, hi = s->header->slot_count;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (s->targets[mid] == target)
            return &s->slots[mid];
        if (s->targets[mid] < target)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

/* The last entry whose host offset is not above; pcs are sorted. */
static const struct cache_pc *pc_at(const struct cache_pc *pcs, size_t count, uint32_t host)
{
    const struct cache_pc *found = NULL;

    for (size_t lo = 0, hi = count; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        if (pcs[mid].host <= host) {
            found = &pcs[mid];
            lo = mid + 1;
        } else {
            hi = mid;
        }
    }
    return found;
}

bool cache_guest_pc(const struct cache_segment *s, const void *host, gva *pc)
{
    const uint8_t *at = host;
    size_t lo = 0, hi = s->header->unit_count;

    if (at < s->code || at >= s->code + s->header->code_size)
        return false;
    uint32_t offset = (uint32_t)(at - s->code);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        const struct cache_unit *u = &s->units[mid];
        if (offset < u->code_offset) {
            hi = mid;
        } else if (offset >= u->code_offset + u->code_size) {
            lo = mid + 1;
        } else {
            const struct cache_pc *p = pc_at(s->pcs + u->pc_first, u->pc_count, offset - u->code_offset);
            *pc = u->entry + (uint64_t)(int64_t)(p ? (int32_t)p->guest : 0);
            return true;
        }
    }
    return false;
}
