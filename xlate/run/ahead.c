/* ahead.c -- translate before anything runs.
 *
 * A queue of guest addresses, each once, in the order they were found. Some are at the translator at a time, enough to keep it busy
 * through the pauses between its writes; each unit that is in the cache tells by its link slots which other units its code goes to.
 */
#include "xlate/run/ahead.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "xlate/run/stats.h"
#include "xlate/run/unit.h"

enum { AT_ONCE = 600, PAUSE_MS = 5, PROGRESS_MS = 100, PATIENCE_MS = 120000 };

struct queue {
    gva *pcs;                   /* all that were ever known */
    size_t count, room, next;   /* next: not looked at yet */
    size_t *seen, seen_size;    /* open hash: index in pcs + 1; a power of two */
    bool failed;
};

struct work {
    const struct ahead *a;
    struct ahead_result *result;
    struct queue q;
    gva at_translator[AT_ONCE];
    size_t waiting;
    uint64_t last_done, last_shown;     /* nanoseconds */
};

static size_t *place_of(const struct queue *q, gva pc)
{
    size_t at = (size_t)((pc >> 2) * 0x9e3779b97f4a7c15u >> 20);

    for (at &= q->seen_size - 1; q->seen[at] && q->pcs[q->seen[at] - 1] != pc; at = (at + 1) & (q->seen_size - 1))
        ;
    return &q->seen[at];
}

static bool grow(struct queue *q)
{
    size_t room = q->room ? 2 * q->room : 4096;
    gva *pcs = realloc(q->pcs, room * sizeof *pcs);
    size_t *seen = calloc(4 * room, sizeof *seen);

    if (pcs)
        q->pcs = pcs;
    if (!pcs || !seen) {
        free(seen);
        return false;
    }
    free(q->seen);
    q->seen = seen;
    q->seen_size = 4 * room;
    q->room = room;
    for (size_t i = 0; i < q->count; i++)
        *place_of(q, q->pcs[i]) = i + 1;
    return true;
}

static void add(struct queue *q, gva pc)
{
    if (q->count == q->room && !grow(q)) {
        q->failed = true;
        return;
    }
    size_t *place = place_of(q, pc);
    if (*place)
        return;
    q->pcs[q->count++] = pc;
    *place = q->count;
}

static void take_unit(struct work *w, const struct cache_segment *s, const struct cache_unit *u)
{
    for (size_t i = 0; i < u->range_count; i++)
        w->a->translated(s->ranges[u->range_first + i].lo, s->ranges[u->range_first + i].hi);
    for (size_t i = 0; i < u->link_count; i++) {
        gva target = s->targets[s->links[u->link_first + i].slot];
        if (w->a->wanted(target))
            add(&w->q, target);
    }
    w->result->units++;
}

/* Is this pc settled? */
static bool settle(struct work *w, gva pc, bool before)
{
    const struct cache_segment *s;
    const struct cache_unit *u;

    switch (unit_ahead(pc, &s, &u)) {
    case UNIT_THERE:
        take_unit(w, s, u);
        w->result->found += before;
        break;
    case UNIT_HOPELESS:
        w->result->refused++;
        break;
    default:
        return false;
    }
    w->last_done = stats_clock();
    return true;
}

static void look_again(struct work *w)
{
    for (size_t i = w->waiting; i-- > 0;)
        if (settle(w, w->at_translator[i], false))
            w->at_translator[i] = w->at_translator[--w->waiting];
}

static void hand_out(struct work *w)
{
    while (w->waiting < AT_ONCE && w->q.next < w->q.count) {
        gva pc = w->q.pcs[w->q.next++];
        if (!settle(w, pc, true))
            w->at_translator[w->waiting++] = pc;
    }
}

static void show(struct work *w, bool last)
{
    uint64_t now = stats_clock();

    if (!last && now - w->last_shown < PROGRESS_MS * 1000000ull)
        return;
    w->last_shown = now;
    w->a->progress(w->q.next - w->waiting, w->q.count);
}

static int run(struct work *w, struct error *err)
{
    w->last_done = stats_clock();
    for (;;) {
        hand_out(w);
        show(w, false);
        if (w->q.failed)
            return error_set(err, ENOMEM, "out of memory for the list of functions");
        if (!w->waiting && w->q.next == w->q.count)
            return 0;
        if (w->waiting == AT_ONCE || w->q.next == w->q.count)
            nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000 }, NULL);
        look_again(w);
        if (stats_clock() - w->last_done > PATIENCE_MS * 1000000ull)
            return error_set(err, ETIMEDOUT, "the translator has done nothing for %d seconds (its cache may be read-only)",
                             PATIENCE_MS / 1000);
    }
}

int ahead_translate(const struct ahead *a, struct ahead_result *result, struct error *err)
{
    struct work *w = calloc(1, sizeof *w);

    *result = (struct ahead_result){ .units = 0 };
    if (!unit_can_take_more())
        return error_set(err, EACCES, "there is no cache to translate into");
    if (!w)
        return error_set(err, ENOMEM, "out of memory");
    w->a = a;
    w->result = result;
    for (size_t i = 0; i < a->count; i++)
        add(&w->q, a->entries[i]);
    int failed = run(w, err);
    show(w, true);
    free(w->q.pcs);
    free(w->q.seen);
    free(w);
    return failed;
}
