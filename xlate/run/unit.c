/* unit.c -- translations in this process.
 *
 * A unit found in the cache under its key is used when the guest bytes it was made from are the bytes that are in memory now.
 * Publishing makes it visible in the table of its pc and in the slots of all segments that link to it; retiring takes both back. A
 * thread that runs retired code leaves it at its next safepoint; the code stays mapped.
 *
 * code_lock guards everything here but reading. It is never held while guest memory is read or while the guest's map is asked:
 * the map's hooks call us with its lock held.
 */
#include "xlate/run/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/cleanup.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "runtime/thread.h"
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_move.h"
#include "xlate/cache/cache_use.h"
#include "xlate/run/hot.h"
#include "xlate/run/lookup.h"
#include "xlate/run/request.h"
#include "xlate/run/stats.h"

enum { NATIVES_MAX = 64, MOVED_MAX = 64 };
enum { SEGMENTS_MAX = 16384, NAME_SLOTS = 4 * SEGMENTS_MAX, LOOP_TIMES = 16, INSIDE_TIMES = 32, WARM_TIMES = 1024,
       ASK_PROFILE = 8, NOTE_HOT = 4096 };

struct moved {                                  /* the units of a segment that lie in the mapping [lo, hi), `by` bytes higher */
    struct cache_segment *from;
    gva by, lo, hi;
    struct cache_segment *segment;
};

struct published {
    gva entry;
    struct cache_segment *segment;
    const struct cache_unit *unit;
};

struct native { gva pc; code_fn code; };

static pthread_mutex_t code_lock = PTHREAD_MUTEX_INITIALIZER;
static bool wide;                               /* 64-bit guest */
static unsigned hot_calls;
static bool wait_for_translation;
static const char *cache_path;                  /* of the user's cache; NULL: there is none */
static int cache_dir = -1;                      /* open once something is translated */
static _Atomic bool precise;
static struct cache_segment *segments[SEGMENTS_MAX];
static _Atomic size_t segment_count;
static uint16_t by_name[NAME_SLOTS];            /* open hash: index in segments[] + 1; of equal names the last mapped */
static struct moved moved[MOVED_MAX];
static size_t moved_count;
static bool any_code;                           /* something was published */
static struct native natives[NATIVES_MAX];      /* published when they are first called: most never are */
static unsigned native_count;
gva unit_natives_end;
static struct published *published;
static size_t published_count, published_room;
static uint64_t removals;                       /* how often code went away: a unit verified before is not published after */
static struct unit_stats stats;
static uint64_t asked, asked_by_count;          /* requests to the translator; not for what was known to be hot */

static void lock(void) { pthread_mutex_lock(&code_lock); }
static void unlock(void) { pthread_mutex_unlock(&code_lock); }

bool unit_precise(void) { return precise; }

static void set_slots(gva target, code_fn code)
{
    for (size_t i = 0; i < segment_count; i++) {
        code_fn *slot = cache_slot(segments[i], target);
        if (slot)
            __atomic_store_n(slot, code, __ATOMIC_RELEASE);
    }
}

static const struct cache_range *ranges_of(const struct published *p)
{
    return p->segment->ranges + p->unit->range_first;
}

static void count_pages(const struct published *p, int change)
{
    for (size_t i = 0; i < p->unit->range_count; i++)
        lookup_page_count(ranges_of(p)[i].lo, ranges_of(p)[i].hi, change);
}

static code_fn publish(struct cache_segment *s, const struct cache_unit *u)
{
    code_fn code = (code_fn)(uintptr_t)(s->code + u->code_offset);

    if (published_count == published_room) {
        size_t room = published_room ? 2 * published_room : 1024;
        struct published *grown = realloc(published, room * sizeof *published);
        if (!grown)
            return NULL;
        published = grown;
        published_room = room;
    }
    if (!lookup_set(u->entry, code))
        return NULL;
    any_code = true;
    published[published_count] = (struct published){ u->entry, s, u };
    count_pages(&published[published_count++], 1);
    set_slots(u->entry, code);
    return code;
}

static void retire(size_t index)
{
    struct published *p = &published[index];

    lookup_set(p->entry, NULL);
    set_slots(p->entry, NULL);
    lookup_jumps_forget(p->entry);
    count_pages(p, -1);
    lookup_forget_heat(p->entry, p->entry + 4);
    *p = published[--published_count];
}

/* Can these bytes be read, and are they the guest's code now? */
static bool readable(gva lo, gva hi)
{
    while (lo < hi) {
        gva end;
        int prot = guest_prot(lo, NULL, &end);
        if (prot < 0 || !(prot & (PROT_READ | PROT_EXEC)))
            return false;
        lo = end;
    }
    return true;
}

/* What is published already goes into the new segment's slots. Those of others stay untouched, and without memory. */
static void fill_slots(struct cache_segment *s)
{
    for (size_t i = 0; i < s->header->slot_count; i++) {
        code_fn code = lookup_code(s->targets[i]);
        if (code)
            s->slots[i] = code;
    }
}

/* Lock held. */
static void add_segment(struct cache_segment *s)
{
    if (any_code)
        fill_slots(s);
    segments[segment_count] = s;
    segment_count++;
}

static gva in_width(gva address) { return wide ? address : (uint32_t)address; }

/* Was the unit made from the bytes that lie around pc? */
static bool matches_memory(const struct cache_segment *s, const struct cache_unit *u, gva pc)
{
    const struct cache_range *ranges = s->ranges + u->range_first;

    for (size_t i = 0; i < u->range_count; i++) {
        gva lo = in_width(ranges[i].lo - u->entry + pc), size = ranges[i].hi - ranges[i].lo;
        if (ranges[i].lo >= ranges[i].hi || size > 1 << 20 || !readable(lo, lo + size))
            return false;
    }
    return cache_hash_equal(u->content, cache_content_hash(u->entry, g2h(pc), ranges, u->range_count));
}

static const struct cache_unit *find_in(struct cache_segment *s, gva pc, uint64_t key)
{
    size_t first, count = cache_find(s, key, &first);

    for (size_t k = first; k < first + count; k++) {
        if (s->units[k].entry != pc || !matches_memory(s, &s->units[k], pc))
            continue;
        if (cache_unit_sound(s, k))
            return &s->units[k];
        __atomic_fetch_add(&stats.damaged, 1, __ATOMIC_RELAXED);
        log_line(LOG_WARN, "cache", "%s: unit at %#llx is damaged, not used", s->name, (unsigned long long)pc);
    }
    return NULL;
}

/* The first sound unit for pc that was made from what is in memory. */
static const struct cache_unit *find_unit(gva pc, uint64_t key, struct cache_segment **segment)
{
    for (size_t i = segment_count; i-- > 0;) {
        const struct cache_unit *u = find_in(*segment = segments[i], pc, key);
        if (u)
            return u;
    }
    return NULL;
}

/* Bytes like those at pc, translated at another address: how much lower; 0 when there are none. */
static gva find_elsewhere(struct cache_segment *s, gva pc, uint64_t key)
{
    enum { TRIES = 8 };
    size_t first, count = cache_find(s, key, &first), tries = 0;

    for (size_t k = first; k < first + count && tries < TRIES; k++) {
        const struct cache_unit *u = &s->units[k];
        if (u->flags & CACHE_UNIT_FIXED || u->entry == pc)
            continue;
        if (matches_memory(s, u, pc) && cache_unit_sound(s, k))
            return in_width(pc - u->entry);
        tries++;
    }
    return 0;
}

/* Lock held. */
static struct cache_segment *find_moved(const struct moved *like)
{
    for (size_t i = 0; i < moved_count; i++)
        if (moved[i].from == like->from && moved[i].by == like->by && moved[i].lo == like->lo)
            return moved[i].segment;
    return NULL;
}

/* Does the unit, moved, lie in the mapping and have its bytes there? */
static bool is_there(const struct cache_segment *s, const struct cache_unit *u, gva entry, const void *context)
{
    const struct moved *m = context;

    return !(u->flags & CACHE_UNIT_64) == !wide && entry >= m->lo && entry < m->hi && matches_memory(s, u, entry);
}

/* It is worth it for a library, most of whose units are the same there. Of two programs that have some functions in common each has
 * its own: moved anew in each process, a few at each of many distances, they would cost more than they are worth. */
static bool is_worth_it(const struct moved *m)
{
    enum { SAMPLES = 64, SHARE = 4 };
    size_t count = m->from->header->unit_count, step = count / SAMPLES + 1, seen = 0, same = 0;

    for (size_t i = 0; i < count; i += step) {
        if (!cache_block_sound(m->from, i / CACHE_BLOCK))
            continue;
        const struct cache_unit *u = &m->from->units[i];
        gva entry = in_width(u->entry + m->by);
        if (u->flags & CACHE_UNIT_FIXED || entry < m->lo || entry >= m->hi)
            continue;
        seen++;
        same += is_there(m->from, u, entry, m);
    }
    return same * SHARE >= seen;
}

/* The segment with its units moved to the mapping: made once. Two threads may make it; one is kept. */
static bool make_moved(struct moved *m)
{
    struct error err;

    lock();
    bool known = find_moved(m), room = moved_count < MOVED_MAX && segment_count < SEGMENTS_MAX;
    unlock();
    if (known || !room || !is_worth_it(m))
        return false;
    m->segment = cache_moved(m->from, m->by, is_there, m, &err);
    if (!m->segment) {
        log_line(LOG_WARN, "cache", "%s", err.text);
        return false;
    }
    lock();
    if (find_moved(m) || moved_count == MOVED_MAX || segment_count == SEGMENTS_MAX) {
        cache_close(m->segment);
    } else {
        moved[moved_count++] = *m;
        add_segment(m->segment);
    }
    unlock();
    return true;
}

/* No unit for pc: is there one for the same bytes elsewhere, as of a library that lies at another address in this process? */
static const struct cache_unit *find_moved_unit(gva pc, uint64_t key, struct cache_segment **segment)
{
    for (size_t i = segment_count; i-- > 0;) {
        struct moved m = { .from = segments[i],
                           .by = segments[i]->moved ? 0 : find_elsewhere(segments[i], pc, key) };
        if (m.by && guest_prot(pc, &m.lo, &m.hi) >= 0 && make_moved(&m))
            return find_unit(pc, key, segment);
    }
    return NULL;
}

static bool unit_key(gva pc, uint64_t *key)
{
    gva lo, hi;
    int prot = guest_prot(pc, &lo, &hi);

    if (prot < 0 || !(prot & PROT_EXEC) || pc % 4)
        return false;
    *key = cache_lookup_key(wide, precise, g2h(pc), hi - pc);
    return true;
}

/* One try to find pc in the cache and publish it. False: other code went away meanwhile, what was verified may be stale. */
static bool try_cache(gva pc, code_fn *code)
{
    struct cache_segment *s;
    uint64_t key;

    lock();
    uint64_t seen = removals;
    unlock();
    const struct cache_unit *u = NULL;
    if (segment_count && unit_key(pc, &key) && !(u = find_unit(pc, key, &s)))
        u = find_moved_unit(pc, key, &s);
    lock();
    bool current = seen == removals;
    *code = lookup_code(pc);
    if (!*code && u && current) {
        *code = publish(s, u);
        stats.moved += s->moved;
    }
    unlock();
    return current || !u;
}

static code_fn take_from_cache(gva pc)
{
    uint64_t begun = stats_clock();
    code_fn code;

    for (int tries = 0; !try_cache(pc, &code) && tries < 100; tries++)
        ;
    __atomic_fetch_add(&stats.lookup_ns, stats_clock() - begun, __ATOMIC_RELAXED);
    return code;
}

static code_fn arrive_answered(gva pc, uint16_t *heat)
{
    code_fn code = take_from_cache(pc);

    /* Translated from other bytes than are there now, or no memory: the interpreter keeps it. */
    *heat = code ? HEAT_NEW : HEAT_HOPELESS;
    return code;
}

static code_fn take_unrequested(gva pc)
{
    code_fn code = take_from_cache(pc);

    if (code)
        __atomic_fetch_add(&stats.published, 1, __ATOMIC_RELAXED);
    return code;
}

/* A process that finds nearly all its hot code in the cache repeats what others did. What it misses was not hot then: it must be
 * much hotter now to be worth a translator, which may have to be started for it. That says nothing of code that those others did not
 * have: a new program that finds only its libraries. */
static bool repeats(void) { return stats.published > 4 * asked_by_count + 3; }

static unsigned threshold_of(enum arrival how)
{
    unsigned times = hot_calls * (how == ARRIVE_ENTRY ? 1 : how == ARRIVE_LOOP ? LOOP_TIMES : INSIDE_TIMES);

    return times < HEAT_MAX ? times : HEAT_MAX;
}

/* Hot enough by the count alone: should it be hotter? */
static bool can_wait(gva pc, unsigned heat, unsigned threshold)
{
    if (wait_for_translation || heat >= HEAT_MAX || heat >= threshold * WARM_TIMES)
        return false;
    return repeats() && lookup_near_used(pc);
}

/* A function at its first arrival, anything else after some: most of it runs a few times only. */
static bool was_hot(gva pc, unsigned heat, enum arrival how)
{
    uint64_t key;

    return heat == (how == ARRIVE_ENTRY ? 1 : ASK_PROFILE) && unit_key(pc, &key) && hot_before(key);
}

/* What is noted now is asked for by the next process that comes there. One that asks for units itself is followed by others that run
 * other code, and notes what is only warm: so there is an end to asking after a few, though threads share the work differently each
 * time. */
static void note_hot(gva pc)
{
    uint64_t key;

    if (unit_key(pc, &key))
        hot_note(key);
}

/* `known`: from earlier runs, else by its count. */
static code_fn arrive_hot(gva pc, uint16_t *heat, unsigned threshold, bool known)
{
    code_fn code = take_unrequested(pc);

    if (code)
        return code;
    *heat = HEAT_REQUESTED;
    if (request_unit(pc)) {
        __atomic_fetch_add(&asked, 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(&asked_by_count, known ? 0 : 1, __ATOMIC_RELAXED);
    } else {
        *heat = (uint16_t)(threshold / 2);
    }
    return *heat == HEAT_ANSWERED ? arrive_answered(pc, heat) : NULL;
}

code_fn unit_arrive(gva pc, enum arrival how)
{
    uint16_t *heat = lookup_heat(pc);
    unsigned threshold = threshold_of(how);

    if (!heat)
        return NULL;
    __atomic_fetch_add(heat, 0, __ATOMIC_RELAXED);      /* written before it is read: one page fault instead of two */
    if (*heat >= HEAT_REQUESTED)
        return NULL;
    if (*heat == HEAT_ANSWERED)
        return arrive_answered(pc, heat);
    if (*heat == HEAT_NEW && how != ARRIVE_INSIDE) {
        code_fn code = take_unrequested(pc);
        if (code)
            return code;
    }
    if (was_hot(pc, ++*heat, how))
        return arrive_hot(pc, heat, threshold, true);
    if (*heat == NOTE_HOT)
        note_hot(pc);
    if (*heat < threshold || can_wait(pc, *heat, threshold))
        return NULL;
    note_hot(pc);
    return arrive_hot(pc, heat, threshold, false);
}

enum unit_ahead unit_ahead(gva pc, const struct cache_segment **segment, const struct cache_unit **unit)
{
    uint16_t *heat = lookup_heat(pc);
    struct cache_segment *s;
    uint64_t key;

    if (!heat || *heat == HEAT_HOPELESS || !unit_key(pc, &key))
        return UNIT_HOPELESS;
    if (*heat == HEAT_REQUESTED)
        return UNIT_ASKED;
    *unit = find_unit(pc, key, &s);
    *segment = *unit ? s : NULL;
    if (*unit)
        return UNIT_THERE;
    if (*heat == HEAT_ANSWERED)
        return UNIT_HOPELESS;
    *heat = HEAT_REQUESTED;
    if (request_unit(pc))
        return UNIT_ASKED;
    *heat = HEAT_NEW;
    return UNIT_LATER;
}

void unit_each(void (*each)(const struct cache_segment *segment, const struct cache_unit *unit))
{
    for (size_t i = 0; i < segment_count; i++) {
        struct cache_segment *s = segments[i];
        for (size_t k = 0; k < s->header->unit_count; k++) {
            if (!cache_block_sound(s, k / CACHE_BLOCK))
                continue;
            const struct cache_unit *u = &s->units[k];
            if (!(u->flags & CACHE_UNIT_64) == !wide && matches_memory(s, u, u->entry) && cache_unit_sound(s, k))
                each(s, u);
        }
    }
}

void unit_answered(gva entry, bool was_precise, bool found)
{
    uint16_t *heat = lookup_heat(entry);

    if (heat && *heat == HEAT_REQUESTED && was_precise == precise)
        *heat = found ? HEAT_ANSWERED : HEAT_HOPELESS;
}

void unit_forget_request(gva entry)
{
    uint16_t *heat = lookup_heat(entry);

    if (heat && *heat == HEAT_REQUESTED)
        *heat = 1;
}

static uint16_t *slot_of_name(const char *name)
{
    uint32_t at = 2166136261u;

    for (const char *c = name; *c; c++)
        at = (at ^ (uint8_t)*c) * 16777619u;
    for (at %= NAME_SLOTS; by_name[at] && strcmp(segments[by_name[at] - 1]->name, name); at = (at + 1) % NAME_SLOTS)
        ;
    return &by_name[at];
}

static bool is_mapped_segment(int dir, const char *name)
{
    uint16_t index = *slot_of_name(name);

    return index && cache_current(segments[index - 1], dir);
}

static int map_segment(int dir, const char *name)
{
    struct error err;
    uint64_t begun = stats_clock();

    if (is_mapped_segment(dir, name))
        return 0;
    struct cache_segment *s = segment_count < SEGMENTS_MAX ? cache_open(dir, name, true, &err) : NULL;
    if (!s && segment_count == SEGMENTS_MAX)
        error_set(&err, EMFILE, "%s: more than %d segments", name, SEGMENTS_MAX);
    if (!s) {
        log_line(LOG_WARN, "cache", "%s", err.text);
        return err.code == ENOENT ? -ENOENT : -EINVAL;
    }
    lock();
    add_segment(s);
    *slot_of_name(name) = (uint16_t)segment_count;
    stats.map_ns += stats_clock() - begun;
    unlock();
    return 0;
}

/* A descriptor kept makes the table of descriptors large, which costs a short program a tenth of its time: only those that have
 * something translated do so. */
int unit_map_segment(const char *name)
{
    if (cache_dir < 0)
        cache_dir = private_fd(open(cache_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return map_segment(cache_dir, name);
}

/* Files were renamed in the directory since then, and a listing may have missed them: times of files are of this clock. */
static bool changed_since(int dir, const struct timespec *then)
{
    struct stat st;

    if (fstat(dir, &st))
        return false;
    return st.st_mtim.tv_sec > then->tv_sec || (st.st_mtim.tv_sec == then->tv_sec && st.st_mtim.tv_nsec >= then->tv_nsec);
}

/* Segments that are merged meanwhile are looked for again. */
static int map_all(int dir, struct error *err)
{
    enum { TRIES = 3 };

    for (int tries = 0; tries < TRIES; tries++) {
        struct timespec begun;
        char (*names)[CACHE_NAME_LEN];
        clock_gettime(CLOCK_REALTIME_COARSE, &begun);
        long count = cache_list(dir, &names, err);
        for (long i = 0; i < count; i++)
            map_segment(dir, names[i]);
        free(names);
        if (count < 0)
            return -1;
        if (!changed_since(dir, &begun))
            break;
    }
    return 0;
}

/* What came with the system: read first, since the last found segments are searched first. */
static void map_system(const char *path)
{
    struct error err;
    int dir = path ? cache_open_directory(path, &err) : -1;

    if (path && (dir < 0 || map_all(dir, &err)))
        log_line(LOG_WARN, "cache", "%s", err.text);
    if (dir >= 0)
        close(dir);
}

static int open_user(const struct run_options *options, struct error *err)
{
    int dir = cache_open_directory(options->cache_dir, err);

    if (dir >= 0 || err->code != ENOENT || !options->worker_path || mkdir(options->cache_dir, 0755))
        return dir;
    return cache_open_directory(options->cache_dir, err);
}

static void map_user(const struct run_options *options)
{
    struct error err;

    int dir = open_user(options, &err);
    if (dir < 0 || map_all(dir, &err))
        log_line(LOG_WARN, "cache", "%s", err.text);
    if (dir < 0)
        return;
    hot_start(dir);
    cache_path = options->cache_dir;
    close(dir);
}

void unit_init(bool is64, const struct run_options *options)
{
    wide = is64;
    hot_calls = options->hot_calls ? options->hot_calls : 1;
    wait_for_translation = options->wait;
    if (hot_calls > HEAT_MAX)
        hot_calls = HEAT_MAX;
    pthread_atfork(lock, unlock, unlock);
    map_system(options->system_cache_dir);
    map_user(options);
}

bool unit_fault_pc(const void *host_pc, gva *pc)
{
    for (size_t i = 0; i < segment_count; i++)
        if (cache_guest_pc(segments[i], host_pc, pc))
            return true;
    return false;
}

bool unit_can_take_more(void) { return cache_path; }

void unit_finish(void)
{
    struct cache_counts counts = { .processes = 1, .found = stats.published, .requested = asked };
    struct cache_use use;
    uint16_t today = cache_use_today();
    close_fd int dir = cache_path ? open(cache_path, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

    if (dir < 0)
        return;
    hot_finish(dir);
    if (!cache_use_open(&use, dir, true))
        return;
    lock();
    for (size_t i = 0; i < published_count; i++)
        cache_use_mark(&use, published[i].unit->key, today);
    unlock();
    cache_use_count(&use, &counts);
    cache_use_close(&use);
}

void unit_stats(struct unit_stats *out)
{
    lock();
    *out = stats;
    unlock();
}

void dispatch_native(gva pc, code_fn code)
{
    if (native_count == NATIVES_MAX)
        BUG("too many host functions");
    natives[native_count++] = (struct native){ pc, code };
    unit_natives_end = pc + 4 > unit_natives_end ? pc + 4 : unit_natives_end;
}

static void publish_native(const struct native *n)
{
    lock();
    if (lookup_add(n->pc, n->pc + 4) || !lookup_set(n->pc, n->code))
        BUG("no room for the host function at %#llx", (unsigned long long)n->pc);
    lookup_page_count(n->pc, n->pc + 4, 1);
    any_code = true;
    set_slots(n->pc, n->code);
    unlock();
}

code_fn unit_native(gva pc)
{
    for (unsigned i = 0; i < native_count; i++) {
        if (natives[i].pc != pc)
            continue;
        publish_native(&natives[i]);
        return natives[i].code;
    }
    return NULL;
}

void dispatch_code_added(gva lo, gva hi)
{
    lock();
    if (wide && lookup_add(lo, hi))
        log_line(LOG_ERROR, "run", "no memory for the table of translations of %#llx", (unsigned long long)lo);
    unlock();
}

static bool touches(const struct published *p, gva lo, gva hi)
{
    for (size_t i = 0; i < p->unit->range_count; i++)
        if (ranges_of(p)[i].lo < hi && ranges_of(p)[i].hi > lo)
            return true;
    return false;
}

void dispatch_code_removed(gva lo, gva hi)
{
    size_t before;

    lock();
    removals++;
    before = published_count;
    if (lookup_page_used(lo, hi))
        for (size_t i = published_count; i-- > 0;)
            if (touches(&published[i], lo, hi))
                retire(i);
    lookup_forget_heat(lo, hi);
    if (published_count != before)
        lookup_threads_stop();
    unlock();
}

void dispatch_require_precise(void)
{
    lock();
    if (!precise) {
        precise = true;
        removals++;
        while (published_count)
            retire(published_count - 1);
        lookup_forget_all_heat();
        lookup_threads_stop();
    }
    unlock();
    lookup_threads_wait(&current->cpu);
}
