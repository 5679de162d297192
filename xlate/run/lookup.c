/* lookup.c -- guest pc -> translation.
 *
 * The set of tables is replaced as a whole when it grows; the old array stays readable for whoever is looking at it. Sets
 * grow with the number of executable mappings, a few dozen in a process.
 */
#include "xlate/run/lookup.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "runtime/log.h"
#include "runtime/thread.h"

struct table_set {
    size_t count;
    struct code_table tables[];         /* sorted, disjoint */
};

static _Atomic(struct table_set *) set;
static bool wide;                       /* 64-bit guest */
static pthread_mutex_t threads_lock = PTHREAD_MUTEX_INITIALIZER;
static struct jump_cache *threads;
const uint16_t *lookup_flat_pages;
static uint64_t insns_of_ended;
static _Atomic uint64_t generation;

static void *reserve(uint64_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

static int make_table(struct code_table *t, gva lo, gva hi)
{
    uint64_t words = (hi - lo) / 4;

    t->lo = lo;
    t->hi = hi;
    t->code = reserve(words * sizeof *t->code);
    t->heat = reserve(words * sizeof *t->heat);
    t->pages = reserve((hi - lo) / 4096 * sizeof *t->pages);
    return t->code && t->heat && t->pages ? 0 : -ENOMEM;
}

static const struct code_table *find(const struct table_set *s, gva pc)
{
    size_t lo = 0, hi = s ? s->count : 0;

    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (pc < s->tables[mid].lo)
            hi = mid;
        else if (pc >= s->tables[mid].hi)
            lo = mid + 1;
        else
            return &s->tables[mid];
    }
    return NULL;
}

const struct code_table *lookup_table(gva pc)
{
    return find(atomic_load_explicit(&set, memory_order_acquire), pc);
}

static int by_address(const void *a, const void *b)
{
    const struct code_table *x = a, *y = b;

    return x->lo < y->lo ? -1 : x->lo > y->lo;
}

static int insert(gva lo, gva hi)
{
    struct table_set *old = atomic_load(&set);
    size_t count = old ? old->count : 0;
    struct table_set *grown = malloc(sizeof *grown + (count + 1) * sizeof grown->tables[0]);

    if (!grown)
        return -ENOMEM;
    if (make_table(&grown->tables[count], lo, hi)) {
        free(grown);
        return -ENOMEM;
    }
    if (old)
        memcpy(grown->tables, old->tables, count * sizeof old->tables[0]);
    grown->count = count + 1;
    qsort(grown->tables, grown->count, sizeof grown->tables[0], by_address);
    atomic_store_explicit(&set, grown, memory_order_release);
    return 0;
}

/* The end of the part of [lo, hi) that begins at lo and is in no table. */
static gva gap_end(gva lo, gva hi)
{
    const struct table_set *s = atomic_load(&set);

    for (size_t i = 0; s && i < s->count; i++)
        if (s->tables[i].lo > lo && s->tables[i].lo < hi)
            return s->tables[i].lo;
    return hi;
}

int lookup_add(gva lo, gva hi)
{
    lo &= ~(gva)4095;
    hi = (hi + 4095) & ~(gva)4095;
    while (lo < hi) {
        const struct code_table *t = lookup_table(lo);
        gva end = t ? t->hi : gap_end(lo, hi);
        int failed = t ? 0 : insert(lo, end);
        if (failed)
            return failed;
        lo = end;
    }
    return 0;
}

static void lock_threads(void) { pthread_mutex_lock(&threads_lock); }
static void unlock_threads(void) { pthread_mutex_unlock(&threads_lock); }

int lookup_init(bool is64, struct error *err)
{
    wide = is64;
    pthread_atfork(lock_threads, unlock_threads, unlock_threads);
    if (!is64 && insert(0, (gva)1 << 32))
        return error_set(err, ENOMEM, "no address space for the 32-bit guest's table of translations");
    if (!is64)
        lookup_flat_pages = atomic_load(&set)->tables[0].pages;
    return 0;
}

code_fn *lookup_flat(void)
{
    return wide ? NULL : atomic_load(&set)->tables[0].code;
}

code_fn lookup_code(gva pc)
{
    const struct code_table *t = lookup_table(pc);

    return t ? __atomic_load_n(&t->code[(pc - t->lo) >> 2], __ATOMIC_ACQUIRE) : NULL;
}

uint16_t *lookup_heat(gva pc)
{
    const struct code_table *t = lookup_table(pc);

    return t ? &t->heat[(pc - t->lo) >> 2] : NULL;
}

bool lookup_set(gva pc, code_fn code)
{
    const struct code_table *t = lookup_table(pc);

    if (!t)
        return false;
    __atomic_store_n(&t->code[(pc - t->lo) >> 2], code, __ATOMIC_RELEASE);
    return true;
}

void lookup_page_count(gva lo, gva hi, int change)
{
    for (gva page = lo & ~(gva)4095; page < hi; page += 4096) {
        const struct code_table *t = lookup_table(page);
        if (t)
            t->pages[(page - t->lo) >> 12] = (uint16_t)(t->pages[(page - t->lo) >> 12] + change);
    }
}

/* Calls `part` for every piece of [lo, hi) that is in a table. */
static bool each_part(gva lo, gva hi, bool (*part)(const struct code_table *t, gva lo, gva hi))
{
    const struct table_set *s = atomic_load(&set);

    for (size_t i = 0; s && i < s->count; i++) {
        const struct code_table *t = &s->tables[i];
        gva from = lo > t->lo ? lo : t->lo, to = hi < t->hi ? hi : t->hi;
        if (from < to && part(t, from, to))
            return true;
    }
    return false;
}

static bool page_used(const struct code_table *t, gva lo, gva hi)
{
    for (gva page = lo & ~(gva)4095; page < hi; page += 4096)
        if (t->pages[(page - t->lo) >> 12])
            return true;
    return false;
}

bool lookup_page_used(gva lo, gva hi)
{
    return each_part(lo, hi, page_used);
}

bool lookup_near_used(gva pc)
{
    enum { REACH = 8 };                 /* pages */
    const struct code_table *t = lookup_table(pc);

    if (!t)
        return false;
    size_t page = (size_t)((pc - t->lo) >> 12), end = (size_t)((t->hi - t->lo) >> 12);
    for (size_t i = page > REACH ? page - REACH : 0; i < end && i <= page + REACH; i++)
        if (t->pages[i])
            return true;
    return false;
}

/* Whole host pages are given back, for a large range must not become committed memory by being cleared. */
static void clear(void *start, void *end)
{
    char *from = start, *to = end;
    char *first = (char *)(((uintptr_t)from + 4095) & ~(uintptr_t)4095), *last = (char *)((uintptr_t)to & ~(uintptr_t)4095);

    if (first >= last || madvise(first, (size_t)(last - first), MADV_DONTNEED)) {
        memset(from, 0, (size_t)(to - from));
        return;
    }
    memset(from, 0, (size_t)(first - from));
    memset(last, 0, (size_t)(to - last));
}

static bool forget_heat(const struct code_table *t, gva lo, gva hi)
{
    clear(&t->heat[(lo - t->lo) >> 2], &t->heat[(hi - t->lo + 3) >> 2]);
    return false;
}

void lookup_forget_heat(gva lo, gva hi)
{
    each_part(lo, hi, forget_heat);
}

void lookup_forget_all_heat(void)
{
    each_part(0, UINT64_MAX, forget_heat);
}

void lookup_thread_init(struct cpu *cpu)
{
    size_t entries = wide ? JUMP_CACHE_ENTRIES : 0;
    struct jump_cache *cache = calloc(1, sizeof *cache + entries * sizeof cache->entries[0]);

    if (!cache)
        abort();
    /* pc 0 must not hit an empty entry */
    for (size_t i = 0; i < entries; i++)
        cache->entries[i].pc = UINT64_MAX;
    cache->cpu = cpu;
    cpu->flat = lookup_flat();
    cpu->jumps = cache->entries;
    pthread_mutex_lock(&threads_lock);
    cache->generation = generation;
    cache->next = threads;
    threads = cache;
    pthread_mutex_unlock(&threads_lock);
}

void lookup_thread_fini(struct cpu *cpu)
{
    pthread_mutex_lock(&threads_lock);
    for (struct jump_cache **at = &threads; *at; at = &(*at)->next) {
        struct jump_cache *cache = *at;
        if (cache->cpu != cpu)
            continue;
        *at = cache->next;
        insns_of_ended += cpu->insn_count;
        cpu->jumps = NULL;
        free(cache);
        break;
    }
    pthread_mutex_unlock(&threads_lock);
}

/* Another thread may be about to call what it finds in its cache; a pc that none has is written, the code stays mapped. */
void lookup_jumps_forget(gva pc)
{
    pthread_mutex_lock(&threads_lock);
    for (struct jump_cache *t = threads; wide && t; t = t->next) {
        struct jump_entry *entry = &t->entries[(pc >> 2) & (JUMP_CACHE_ENTRIES - 1)];
        if (entry->pc == pc)
            __atomic_store_n(&entry->pc, UINT64_MAX, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&threads_lock);
}

void lookup_threads_stop(void)
{
    pthread_mutex_lock(&threads_lock);
    generation++;
    for (struct jump_cache *t = threads; t; t = t->next)
        cpu_poll_set(t->cpu, POLL_CODE);
    pthread_mutex_unlock(&threads_lock);
}

static bool others_left(const struct cpu *self)
{
    bool left = true;

    pthread_mutex_lock(&threads_lock);
    for (struct jump_cache *t = threads; t; t = t->next)
        left &= t->cpu == self || !(t->cpu->poll & POLL_CODE) || ((struct thread *)t->cpu)->in_syscall;
    pthread_mutex_unlock(&threads_lock);
    return left;
}

void lookup_threads_wait(const struct cpu *self)
{
    enum { PAUSE_US = 100, MOST = 10000 };

    unsigned tries = 0;
    for (; tries < MOST && !others_left(self); tries++)
        usleep(PAUSE_US);
    if (tries == MOST)
        log_line(LOG_WARN, "lookup", "a thread has not left its translated code for a second");
}

void lookup_thread_refresh(struct cpu *cpu)
{
    struct jump_cache *cache = (struct jump_cache *)((char *)cpu->jumps - offsetof(struct jump_cache, entries));
    cpu_poll_clear(cpu, POLL_CODE);
    uint64_t now = generation;
    if (!wide || cache->generation == now)
        return;
    cache->generation = now;
    for (size_t i = 0; i < JUMP_CACHE_ENTRIES; i++)
        cache->entries[i] = (struct jump_entry){ .pc = UINT64_MAX };
}

void lookup_thread_only(struct cpu *cpu)
{
    for (struct jump_cache **at = &threads; *at;) {
        struct jump_cache *cache = *at;
        if (cache->cpu == cpu) {
            at = &cache->next;
            continue;
        }
        *at = cache->next;
        free(cache);
    }
}

code_fn lookup_fill(struct cpu *cpu, gva pc)
{
    code_fn code = lookup_code(pc);

    if (code && wide)
        cpu->jumps[(pc >> 2) & (JUMP_CACHE_ENTRIES - 1)] = (struct jump_entry){ .pc = pc, .code = code };
    return code;
}

uint64_t lookup_insn_count(void)
{
    uint64_t sum = insns_of_ended;

    pthread_mutex_lock(&threads_lock);
    for (struct jump_cache *t = threads; t; t = t->next)
        sum += t->cpu->insn_count;
    pthread_mutex_unlock(&threads_lock);
    return sum;
}
