/* guest_map.c -- what is mapped where in the guest.
 *
 * Mappings are kept in an array sorted by their offset in the window (guest address & guest.mask). Each remembers the dropped high
 * bits of its address, its tag: two 64-bit regions whose low 46 bits meet cannot be mapped at once, so a request that
 * would collide finds no place, or fails with -ENOMEM when it insists on the address. [aix-abi 2.1, 2.3]
 *
 * The whole window stays reserved: unmapping puts PROT_NONE back instead of giving the host a hole to fill.
 */
#include "runtime/guest_map.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/log.h"

enum { SEGMENT = 0x10000000 };

struct mapping {
    uint64_t lo, hi;            /* offsets in the window */
    uint64_t tag;               /* address bits above the window */
    int prot;                   /* as the guest asked */
    bool shared, anonymous;
};

struct range {
    gva lo, hi;
};

static struct mapping *maps;
static size_t map_count, map_room;
static pthread_mutex_t map_lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;   /* hooks may ask about mappings */
static struct guest_code_hooks hooks;

static struct range areas32[] = {
    [AREA_MMAP] = { 0x30000000, 0xd0000000 },
    [AREA_LIB_TEXT] = { 0xd0000000, 0xe0000000 },
    [AREA_LIB_DATA] = { 0xf0000000, 0xffff0000 },
    [AREA_LOAD] = { 0x30000000, 0xd0000000 },
};
static const struct range area32_more = { 0xe0000000, 0xf0000000 };     /* segment E, when 3..C are full */

static struct range areas64[] = {
    [AREA_MMAP] = { 0x0a00010000000000, 0x0a00180000000000 },
    [AREA_LIB_TEXT] = { 0x0900200000000000, 0x0900280000000000 },
    [AREA_LIB_DATA] = { 0x0900280000000000, 0x0900300000000000 },
    [AREA_LOAD] = { 0x0800180000000000, 0x08001f0000000000 },
};

void guest_map_lock(void) { pthread_mutex_lock(&map_lock); }
void guest_map_unlock(void) { pthread_mutex_unlock(&map_lock); }

void guest_map_after_fork(void)
{
    map_lock = (pthread_mutex_t)PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
}

void guest_map_set_hooks(const struct guest_code_hooks *h) { hooks = *h; }

void guest_map_set_area(enum guest_area area, gva lo, gva hi)
{
    struct range *r = guest.is64 ? areas64 : areas32;

    guest_map_lock();
    r[area] = (struct range){ lo, hi };
    guest_map_unlock();
}

static uint64_t page_up(uint64_t n) { return (n + GUEST_PAGE - 1) & ~(uint64_t)(GUEST_PAGE - 1); }

/* Index of the first mapping that ends above the offset. */
static size_t find_above(uint64_t offset)
{
    size_t lo = 0, hi = map_count;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (maps[mid].hi > offset)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

static bool is_free(uint64_t lo, uint64_t hi)
{
    size_t i = find_above(lo);

    return i == map_count || maps[i].lo >= hi;
}

/* Is something of another tag inside? */
static bool collides(uint64_t lo, uint64_t hi, uint64_t tag)
{
    for (size_t i = find_above(lo); i < map_count && maps[i].lo < hi; i++)
        if (maps[i].tag != tag)
            return true;
    return false;
}

static void insert_at(size_t i, struct mapping m)
{
    if (map_count == map_room) {
        map_room = map_room ? 2 * map_room : 256;
        maps = realloc(maps, map_room * sizeof *maps);
        if (!maps)
            BUG("out of memory for %zu mappings", map_room);
    }
    memmove(&maps[i + 1], &maps[i], (map_count - i) * sizeof *maps);
    maps[i] = m;
    map_count++;
}

static void split_at(uint64_t offset)
{
    size_t i = find_above(offset);

    if (i == map_count || maps[i].lo >= offset)
        return;
    struct mapping right = maps[i];
    right.lo = offset;
    maps[i].hi = offset;
    insert_at(i + 1, right);
}

/* The mappings inside [lo, hi) as whole entries: first index, and one past the last in *end. */
static size_t carve(uint64_t lo, uint64_t hi, size_t *end)
{
    split_at(lo);
    split_at(hi);
    size_t first = find_above(lo), i = first;
    while (i < map_count && maps[i].lo < hi)
        i++;
    *end = i;
    return first;
}

static void tell_removed(size_t first, size_t end)
{
    for (size_t i = first; i < end && hooks.removed; i++)
        if (maps[i].prot & PROT_EXEC)
            hooks.removed(maps[i].tag + maps[i].lo, maps[i].tag + maps[i].hi);
}

static void tell_added(uint64_t lo, uint64_t hi, uint64_t tag, int prot)
{
    if (hooks.added && prot & PROT_EXEC)
        hooks.added(tag + lo, tag + hi);
}

static void forget(uint64_t lo, uint64_t hi)
{
    size_t end, first = carve(lo, hi, &end);

    if (first == end)
        return;
    tell_removed(first, end);
    memmove(&maps[first], &maps[end], (map_count - end) * sizeof *maps);
    map_count -= end - first;
}

static bool can_join(const struct mapping *a, const struct mapping *b)
{
    return a->hi == b->lo && a->tag == b->tag && a->prot == b->prot && a->anonymous && b->anonymous && !a->shared && !b->shared;
}

static void remember(struct mapping m)
{
    size_t i = find_above(m.lo);

    if (i > 0 && can_join(&maps[i - 1], &m)) {
        maps[i - 1].hi = m.hi;
        if (i < map_count && can_join(&maps[i - 1], &maps[i])) {
            maps[i - 1].hi = maps[i].hi;
            memmove(&maps[i], &maps[i + 1], (map_count - i - 1) * sizeof *maps);
            map_count--;
        }
    } else if (i < map_count && can_join(&m, &maps[i])) {
        maps[i].lo = m.lo;
    } else {
        insert_at(i, m);
    }
}

/* Guest code is data to the host; execute permission implies that it can be read. */
static int host_prot(int prot)
{
    return (prot & (PROT_READ | PROT_WRITE)) | (prot & PROT_EXEC ? PROT_READ : 0);
}

static bool find_in(struct range r, uint64_t len, uint64_t align, gva *out)
{
    uint64_t tag = r.lo & ~guest.mask;
    uint64_t at = r.lo & guest.mask, end = ((r.hi - 1) & guest.mask) + 1;

    at = (at + align - 1) & ~(align - 1);
    for (size_t i = find_above(at); at < end && len <= end - at; i++) {
        if (i == map_count || maps[i].lo >= at + len) {
            *out = tag | at;
            return true;
        }
        at = (maps[i].hi + align - 1) & ~(align - 1);
    }
    return false;
}

static int find_place(gva hint, uint64_t len, int flags, enum guest_area area, gva *out)
{
    uint64_t align = flags & GUEST_SEGMENT ? SEGMENT : GUEST_PAGE;
    uint64_t offset = hint & guest.mask;

    if (hint && hint % align == 0 && offset < guest_window_end() && len <= guest_window_end() - offset && is_free(offset, offset + len)) {
        *out = hint;
        return 0;
    }
    if (find_in(guest.is64 ? areas64[area] : areas32[area], len, align, out))
        return 0;
    if (!guest.is64 && (area == AREA_MMAP || area == AREA_LOAD) && find_in(area32_more, len, align, out))
        return 0;
    return -ENOMEM;
}

static int check_place(gva ea, uint64_t len, int flags)
{
    uint64_t lo = ea & guest.mask;

    if (ea % GUEST_PAGE)
        return -EINVAL;
    if ((!guest.is64 && ea > guest.mask) || lo >= guest_window_end() || len > guest_window_end() - lo)
        return -ENOMEM;
    if (flags & GUEST_NOREPLACE)
        return is_free(lo, lo + len) ? 0 : -EEXIST;
    return collides(lo, lo + len, ea & ~guest.mask) ? -ENOMEM : 0;
}

static int map_host(uint64_t lo, uint64_t len, int prot, int flags, int fd, off_t offset)
{
    int host_flags = MAP_FIXED | (flags & GUEST_SHARED ? MAP_SHARED : MAP_PRIVATE | MAP_NORESERVE);

    if (fd < 0)
        host_flags |= MAP_ANONYMOUS;
    if (flags & GUEST_FILLED)
        host_flags |= MAP_POPULATE;
    return mmap(guest.base + lo, len, host_prot(prot), host_flags, fd, fd < 0 ? 0 : offset) == MAP_FAILED ? -errno : 0;
}

static int unmap_host(uint64_t lo, uint64_t hi)
{
    void *p = mmap(guest.base + lo, hi - lo, PROT_NONE, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? -errno : 0;
}

static int mmap_locked(gva hint, uint64_t len, int prot, int flags, int fd, off_t offset, enum guest_area area, gva *out)
{
    gva ea = hint;
    int rc = flags & (GUEST_FIXED | GUEST_NOREPLACE) ? check_place(hint, len, flags) : find_place(hint, len, flags, area, &ea);

    if (rc)
        return rc;
    uint64_t lo = ea & guest.mask, hi = lo + len, tag = ea & ~guest.mask;
    forget(lo, hi);
    rc = map_host(lo, len, prot, flags, fd, offset);
    if (rc) {
        unmap_host(lo, hi);
        return rc;
    }
    remember((struct mapping){ .lo = lo, .hi = hi, .tag = tag, .prot = prot, .shared = flags & GUEST_SHARED, .anonymous = fd < 0 });
    tell_added(lo, hi, tag, prot);
    *out = ea;
    return 0;
}

int guest_mmap(gva hint, uint64_t len, int prot, int flags, int fd, off_t offset, enum guest_area area, gva *out)
{
    if (len == 0 || len > guest.mask)
        return len ? -ENOMEM : -EINVAL;
    guest_map_lock();
    int rc = mmap_locked(hint, page_up(len), prot, flags, fd, offset, area, out);
    guest_map_unlock();
    return rc;
}

/* The range in the window, or an error: aligned, not empty, and nothing else's. */
static int check_range(gva ea, uint64_t len, uint64_t *lo, uint64_t *hi)
{
    if (ea % GUEST_PAGE || len == 0)
        return -EINVAL;
    *lo = ea & guest.mask;
    if (len > guest.mask + 1 - *lo || (!guest.is64 && ea > guest.mask))
        return -EINVAL;
    *hi = *lo + page_up(len);
    return collides(*lo, *hi, ea & ~guest.mask) ? -ENOMEM : 0;
}

int guest_munmap(gva ea, uint64_t len)
{
    uint64_t lo, hi;

    guest_map_lock();
    int rc = check_range(ea, len, &lo, &hi);
    if (!rc) {
        forget(lo, hi);
        rc = unmap_host(lo, hi);
    }
    guest_map_unlock();
    return rc == -ENOMEM ? -EINVAL : rc;
}

static bool all_mapped(uint64_t lo, uint64_t hi, uint64_t tag)
{
    for (size_t i = find_above(lo); lo < hi; i++) {
        if (i == map_count || maps[i].lo > lo || maps[i].tag != tag)
            return false;
        lo = maps[i].hi;
    }
    return true;
}

static int mprotect_locked(uint64_t lo, uint64_t hi, uint64_t tag, int prot)
{
    if (!all_mapped(lo, hi, tag))
        return -ENOMEM;
    if (mprotect(guest.base + lo, hi - lo, host_prot(prot)))
        return -errno;
    size_t end, first = carve(lo, hi, &end);
    for (size_t i = first; i < end; i++) {
        bool was = maps[i].prot & PROT_EXEC, is = prot & PROT_EXEC;
        if (was && !is)
            tell_removed(i, i + 1);
        maps[i].prot = prot;
        if (is && !was)
            tell_added(maps[i].lo, maps[i].hi, tag, prot);
    }
    return 0;
}

int guest_mprotect(gva ea, uint64_t len, int prot)
{
    uint64_t lo, hi;

    guest_map_lock();
    int rc = check_range(ea, len, &lo, &hi);
    if (!rc)
        rc = mprotect_locked(lo, hi, ea & ~guest.mask, prot);
    guest_map_unlock();
    return rc;
}

bool guest_is_mapped(gva ea, uint64_t len)
{
    uint64_t lo = ea & guest.mask;

    if (len > guest.mask + 1 - lo)
        return false;
    guest_map_lock();
    bool yes = all_mapped(lo, lo + len, ea & ~guest.mask);
    guest_map_unlock();
    return yes;
}

int guest_prot(gva ea, gva *lo, gva *hi)
{
    int prot = -1;

    guest_map_lock();
    size_t i = find_above(ea & guest.mask);
    if (i < map_count && maps[i].lo <= (ea & guest.mask) && maps[i].tag == (ea & ~guest.mask)) {
        prot = maps[i].prot;
        if (lo)
            *lo = maps[i].tag | maps[i].lo;
        if (hi)
            *hi = maps[i].tag + maps[i].hi;
    }
    guest_map_unlock();
    return prot;
}

gva guest_ea_of_offset(uint64_t offset)
{
    guest_map_lock();
    size_t i = find_above(offset);
    gva ea = i < map_count && maps[i].lo <= offset ? maps[i].tag | offset : offset;
    guest_map_unlock();
    return ea;
}

void guest_map_print(int fd)
{
    guest_map_lock();
    for (size_t i = 0; i < map_count; i++) {
        const struct mapping *m = &maps[i];
        dprintf(fd, "%016" PRIx64 "-%016" PRIx64 " %c%c%c%c %s\n", m->tag | m->lo, m->tag + m->hi,
                m->prot & PROT_READ ? 'r' : '-', m->prot & PROT_WRITE ? 'w' : '-', m->prot & PROT_EXEC ? 'x' : '-',
                m->shared ? 's' : 'p', m->anonymous ? "anonymous" : "file");
    }
    guest_map_unlock();
}
