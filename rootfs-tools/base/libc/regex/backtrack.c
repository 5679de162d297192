/* backtrack.c -- expressions with back references: the ways through the program one after the other, preferred ones
 * first; the longest counts, the first one of equally long ones. No bound below an exponential one is known for the
 * problem, so:
 *
 *   a way is left when another one was at the same instruction and place with the same texts to refer to, since it
 *   could lead nowhere else;
 *   a loop is left when a pass was empty, and that counts only if it was the first one;
 *   MOST_STEPS together, or MOST_STATES different states from one beginning, are REG_ESPACE.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 1 << 24, MOST_STATES = 1 << 18, SMALLEST_TABLE = 64 };

/* What to go back to: a way not taken (slot TAKE_WAY: pc, place), or a value that a slot had. */
enum { TAKE_WAY = -1 };
struct undo {
    int slot, pc;
    regoff_t value;
};

/* Slots: begin and end of each group, then for each instruction (LOOP) where the way came to it first and last. */
struct search {
    const struct program *p;
    const struct subject *s;
    regoff_t *slots;
    struct undo *stack;
    size_t depth, room;
    unsigned long long *seen;            /* states, hashed; 0 free */
    size_t n_seen, n_table;
    int steps, error;
    regmatch_t *best;
};

static void save(struct search *f, struct undo u)
{
    if (f->depth == f->room) {
        size_t room = f->room ? 2 * f->room : 256;
        struct undo *more = realloc(f->stack, room * sizeof *more);
        if (!more) {
            f->error = REG_ESPACE;
            return;
        }
        f->stack = more;
        f->room = room;
    }
    f->stack[f->depth++] = u;
}

static void set(struct search *f, int slot, regoff_t value)
{
    if (f->slots[slot] == value)
        return;
    save(f, (struct undo){ slot, 0, f->slots[slot] });
    f->slots[slot] = value;
}

/* ---- states that were there before */

static unsigned long long mix(unsigned long long h, unsigned long long v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

static unsigned long long state(const struct search *f, int pc, regoff_t at)
{
    unsigned long long h = mix(mix(1, (unsigned long long)pc), (unsigned long long)at);
    for (int k = 1; k <= 9 && k <= f->p->groups; k++)
        if (f->p->referenced >> k & 1)
            h = mix(mix(h, (unsigned long long)f->slots[2 * k]), (unsigned long long)f->slots[2 * k + 1]);
    return h ? h : 1;
}

static unsigned long long *place_of(unsigned long long *table, size_t size, unsigned long long h)
{
    size_t i = (size_t)h & (size - 1);
    while (table[i] && table[i] != h)
        i = (i + 1) & (size - 1);
    return &table[i];
}

static bool grow(struct search *f)
{
    size_t size = f->n_table ? 4 * f->n_table : SMALLEST_TABLE;
    unsigned long long *table = f->n_seen < MOST_STATES ? calloc(size, sizeof *table) : NULL;
    if (!table)
        return false;
    for (size_t i = 0; i < f->n_table; i++)
        if (f->seen[i])
            *place_of(table, size, f->seen[i]) = f->seen[i];
    free(f->seen);
    f->seen = table;
    f->n_table = size;
    return true;
}

static bool was_here(struct search *f, int pc, regoff_t at)
{
    if (2 * f->n_seen >= f->n_table && !grow(f)) {
        f->error = REG_ESPACE;
        return true;
    }
    unsigned long long h = state(f, pc, at), *place = place_of(f->seen, f->n_table, h);
    if (*place)
        return true;
    *place = h;
    f->n_seen++;
    return false;
}

/* ---- one way */

/* The group's text stands at `at`: behind it, or -1. */
static regoff_t repeat_text(const struct search *f, int group, regoff_t at)
{
    const char *a = f->s->begin + f->slots[2 * group], *end = f->s->begin + f->slots[2 * group + 1],
               *b = f->s->begin + at;
    if (f->slots[2 * group + 1] < 0)
        return -1;
    if (!f->p->fold)
        return end - a <= f->s->end - b && memcmp(a, b, (size_t)(end - a)) == 0 ? at + (end - a) : -1;
    while (a < end) {
        size_t n, m;
        if (b == f->s->end)
            return -1;
        unsigned int c = __regex_char(a, end, f->p->utf8, &n), d = __regex_char(b, f->s->end, f->p->utf8, &m);
        if (__regex_fold(c) != __regex_fold(d))
            return -1;
        a += n;
        b += m;
    }
    return b - f->s->begin;
}

static regoff_t consume(const struct search *f, const struct instruction *i, regoff_t at)
{
    const char *s = f->s->begin + at;
    size_t n;
    if (s == f->s->end)
        return -1;
    unsigned int c = __regex_char(s, f->s->end, f->p->utf8, &n);
    return __regex_consumes(f->p, i, c) ? at + (regoff_t)n : -1;
}

/* A choice at pc, where the way comes back to a loop or for the first time: how far to go on from pc, 0 if that leads
 * nowhere new. */
static int choose(struct search *f, int pc, const struct instruction *i, regoff_t at, bool back)
{
    int first = 2 * (f->p->groups + 1 + pc), last = first + 1;
    if (++f->steps > MOST_STEPS)
        f->error = REG_ESPACE;
    if (i->op == OP_LOOP && back && f->slots[last] == at)
        return f->slots[first] == at ? i->y : 0;
    if (was_here(f, pc, at) || f->error)
        return 0;
    if (i->op == OP_LOOP) {
        set(f, last, at);
        set(f, first, !back && i->x > 0 ? at : f->slots[first]);
    }
    save(f, (struct undo){ TAKE_WAY, pc + i->y, at });
    return i->x;
}

static void open_group(struct search *f, const struct instruction *i, regoff_t at)
{
    set(f, 2 * i->x, at);
    set(f, 2 * i->x + 1, -1);
    for (int k = 2 * (i->x + 1); k < 2 * (i->y + 1); k++)
        set(f, k, -1);
}

/* Follow the way from pc at `at` to its end: the match's end, or -1. */
static regoff_t follow(struct search *f, int pc, regoff_t at)
{
    int ahead;
    for (bool back = false;; back = ahead < 0) {
        const struct instruction *i = &f->p->code[pc];
        ahead = 1;
        switch (i->op) {
        case OP_SPLIT:
        case OP_LOOP:
            ahead = choose(f, pc, i, at, back || i->x < 0);
            break;
        case OP_JUMP:
            ahead = i->x;
            break;
        case OP_OPEN:
            open_group(f, i, at);
            break;
        case OP_CLOSE:
            set(f, 2 * i->x + 1, at);
            break;
        case OP_BOL:
            at = __regex_at_bol(f->p, f->s, f->s->begin + at) ? at : -1;
            break;
        case OP_EOL:
            at = __regex_at_eol(f->p, f->s, f->s->begin + at) ? at : -1;
            break;
        case OP_BACK:
            at = repeat_text(f, i->x, at);
            break;
        case OP_MATCH: return at;
        default: at = consume(f, i, at);
        }
        if (at < 0 || ahead == 0 || f->error)
            return -1;
        pc += ahead;
    }
}

/* Back to the last way not taken. */
static bool go_back(struct search *f, int *pc, regoff_t *at)
{
    while (f->depth > 0) {
        struct undo u = f->stack[--f->depth];
        if (u.slot == TAKE_WAY) {
            *pc = u.pc;
            *at = u.value;
            return true;
        }
        f->slots[u.slot] = u.value;
    }
    return false;
}

static bool match_from(struct search *f, regoff_t start)
{
    regoff_t at = start, longest = -1, end = f->s->end - f->s->begin;
    int pc = 0;
    do {
        at = follow(f, pc, at);
        if (at <= longest)
            continue;
        longest = at;
        for (int k = 1; k <= f->p->groups; k++)
            f->best[k] =
                f->slots[2 * k + 1] < 0 ? (regmatch_t){ -1, -1 } : (regmatch_t){ f->slots[2 * k], f->slots[2 * k + 1] };
    } while (!f->error && longest < end && go_back(f, &pc, &at));
    f->best[0] = (regmatch_t){ start, longest };
    return longest >= 0;
}

static void forget(struct search *f)
{
    free(f->seen);
    f->seen = NULL;
    f->n_seen = f->n_table = f->depth = 0;
    memset(f->slots, -1, 2 * (size_t)(f->p->groups + 1 + f->p->size) * sizeof *f->slots);
}

int __regex_backtrack(const struct program *p, const struct subject *s, regmatch_t *match)
{
    struct search f = { .p = p, .s = s, .best = match };
    f.slots = malloc(2 * (size_t)(p->groups + 1 + p->size) * sizeof *f.slots);
    bool found = false;
    if (!f.slots)
        return REG_ESPACE;
    for (const char *at = s->begin; !found && !f.error;) {
        if (p->any_start || (at < s->end && bit(p->start, (unsigned char)*at))) {
            forget(&f);
            found = match_from(&f, at - s->begin);
        }
        size_t n;
        if (at == s->end)
            break;
        __regex_char(at, s->end, p->utf8, &n);
        at += n;
    }
    free(f.slots);
    free(f.stack);
    free(f.seen);
    return f.error ? f.error : found ? 0 : REG_NOMATCH;
}
