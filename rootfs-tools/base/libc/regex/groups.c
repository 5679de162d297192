/* groups.c -- where the groups of a match are, once the whole match is known [XBD 9.1, 9.3.6, 9.4]: every part of an
 * expression, from left to right, takes the longest text that lets the rest match; a repetition's groups tell of its
 * last pass, which is empty only if it is the only one; of alternatives that match the same text the first counts.
 *
 * From the tree's top down: a part's text is known, the texts of its own parts are looked for. A row per character,
 * from the text's end to its beginning, holds for each instruction of a part where its longest way to an allowed end
 * leads. That takes time in proportion to text, code and the depth of groups.
 */
#include "program.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The match as characters: a position is an index here. */
struct text {
    const struct program *p;
    unsigned int *chars;
    const char **places;         /* in the subject; one more than chars */
    const struct subject *s;
    regmatch_t *match;           /* in positions */
};

/* One row: the instructions of a piece of code and its end. */
struct row {
    int *now, *next;
    int n;
};

static int through(const struct text *t, const struct instruction *i, const struct row *r, int at, int k)
{
    int a, b;
    switch (i->op) {
    case OP_SPLIT:
    case OP_LOOP:
        a = r->now[at + i->x];
        b = r->now[at + i->y];
        return a > b ? a : b;
    case OP_JUMP: return r->now[at + i->x];
    case OP_BOL: return __regex_at_bol(t->p, t->s, t->places[k]) ? r->now[at + 1] : -1;
    case OP_EOL: return __regex_at_eol(t->p, t->s, t->places[k]) ? r->now[at + 1] : -1;
    default: return r->now[at + 1];
    }
}

/* Ways through the row that consume nothing; loops make it go round until nothing changes. */
static void settle(const struct text *t, const struct instruction *code, struct row *r, int k)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (int at = r->n - 1; at >= 0; at--) {
            if (code[at].op <= OP_SET)
                continue;
            int v = through(t, &code[at], r, at, k);
            changed |= v > r->now[at];
            if (v > r->now[at])
                r->now[at] = v;
        }
    }
}

/* width times the size of an int is known to fit: there is an array of that many characters already. */
static int *table(size_t rows, size_t width)
{
    size_t size;
    return __builtin_mul_overflow(rows, width * sizeof(int), &size) ? NULL : malloc(size);
}

/* longest[k - i], for k from i to j: where the longest way of the code from position k to one of the ends (ends[k - i])
 * leads, -1 without any. again: the code may be passed through repeatedly; the ends become all positions from which
 * passes lead to an end, and longest is of one pass that is not empty. False without memory. */
static bool find_longest(const struct text *t, int from, int n, int i, int j, char *ends, bool again, int *longest)
{
    const struct instruction *code = t->p->code + from;
    int *rows = malloc(2 * (size_t)(n + 1) * sizeof *rows);
    if (!rows)
        return false;
    struct row r = { rows, rows + n + 1, n };
    for (int k = j; k >= i; k--) {
        unsigned int c = k < j ? t->chars[k] : 0;
        for (int at = 0; at < n; at++)
            r.now[at] = k < j && code[at].op <= OP_SET && __regex_consumes(t->p, &code[at], c) ? r.next[at + 1] : -1;
        r.now[n] = ends[k - i] && !again ? k : -1;
        settle(t, code, &r, k);
        longest[k - i] = r.now[0];
        if (again && (ends[k - i] |= r.now[0] >= 0)) {
            r.now[n] = k;
            settle(t, code, &r, k);
        }
        int *old = r.next;
        r.next = r.now;
        r.now = old;
    }
    free(rows);
    return true;
}

/* ---- one text for several pieces of code, one behind the other */

struct piece {
    int from, size;
    const struct node *node;      /* NULL: several, without groups */
};

/* ends[0..n] -> ends[0] and places: the text i..j divided among the pieces; place[m] where piece m begins. */
static bool divide(const struct text *t, const struct piece *pieces, int n, int i, int j, int *place)
{
    size_t width = (size_t)(j - i) + 1;
    int *longest = table((size_t)n, width);
    char *ends = calloc(width, 1);
    bool fits = longest && ends;
    if (fits)
        ends[j - i] = 1;
    for (int m = n - 1; fits && m >= 0; m--) {
        int *own = longest + (size_t)m * width;
        fits = find_longest(t, pieces[m].from, pieces[m].size, i, j, ends, false, own);
        for (size_t k = 0; k < width; k++)
            ends[k] = own[k] >= 0;
    }
    place[0] = i;
    for (int m = 0; fits && m < n; m++)
        place[m + 1] = longest[(size_t)m * width + (size_t)(place[m] - i)];
    free(longest);
    free(ends);
    return fits;
}

static bool resolve(const struct text *t, const struct node *n, int whole, int i, int j);

/* Parts without groups are put together where that changes nothing: single characters, and whatever follows the last
 * group. */
static int gather(const struct node *n, int whole, struct piece *pieces)
{
    const struct node *last = NULL;
    int count = 0;
    bool behind = false, joinable = false;
    for (const struct node *part = n->first; part; part = part->next)
        if (part->has_groups)
            last = part;
    for (const struct node *part = n->first; part; part = part->next) {
        bool simple = behind || part->kind == NODE_ONE;
        if (simple && joinable)
            pieces[count - 1].size += part->size;
        else
            pieces[count++] = (struct piece){ whole + part->at, part->size, part->has_groups ? part : NULL };
        joinable = simple;
        behind |= part == last;
    }
    return count;
}

static bool resolve_sequence(const struct text *t, const struct node *n, int base, int i, int j)
{
    int parts = 0;
    for (const struct node *part = n->first; part; part = part->next)
        parts++;
    struct piece *pieces = malloc((size_t)parts * sizeof *pieces);
    int *place = malloc((size_t)(parts + 1) * sizeof *place);
    bool fits = pieces && place;
    if (fits) {
        int count = gather(n, base, pieces);
        fits = divide(t, pieces, count, i, j, place);
        for (int m = 0; fits && m < count; m++)
            if (pieces[m].node)
                fits = resolve(t, pieces[m].node, base, place[m], place[m + 1]);
    }
    free(pieces);
    free(place);
    return fits;
}

/* 1 if the code matches the text i..j, 0 if not, -1 without memory. */
static int matches(const struct text *t, int from, int size, int i, int j)
{
    int place[2];
    struct piece piece = { from, size, NULL };
    return divide(t, &piece, 1, i, j, place) ? place[1] == j : -1;
}

static bool resolve_choice(const struct text *t, const struct node *n, int base, int i, int j)
{
    for (const struct node *part = n->first; part; part = part->next) {
        int m = part->next ? matches(t, base + part->at, part->size, i, j) : 1;
        if (m)
            return m > 0 && resolve(t, part, base, i, j);
    }
    return true;
}

/* The last pass of a repetition over the text i..j: from *from, negative if there is none, to *to. Passes that the
 * count demands may be empty, others are not; the first `counted` ones are divided up one by one, any further ones come
 * from an unlimited repetition. */
static bool last_pass(const struct text *t, struct piece body, const struct node *n, int i, int j, int *from, int *to)
{
    size_t width = (size_t)(j - i) + 1;
    int most = n->least + (j - i), counted = n->most < 0 ? n->least : n->most < most ? n->most : most;
    int *longest = table((size_t)counted + 1, width);
    char *ends = calloc(width, 1);
    bool fits = longest && ends;
    if (fits)
        ends[j - i] = 1;
    if (fits && n->most < 0)
        fits = find_longest(t, body.from, body.size, i, j, ends, true, longest + (size_t)counted * width);
    for (int m = counted - 1; fits && m >= 0; m--) {
        int *own = longest + (size_t)m * width;
        fits = find_longest(t, body.from, body.size, i, j, ends, false, own);
        for (size_t k = 0; k < width; k++)
            ends[k] = own[k] >= 0;
        ends[j - i] |= m >= n->least;
    }
    *from = -1;
    *to = i;
    for (int m = 0; fits && (m < n->least || *to < j); m++) {
        *from = *to;
        *to = longest[(size_t)(m < counted ? m : counted) * width + (size_t)(*from - i)];
    }
    free(longest);
    free(ends);
    return fits;
}

static bool resolve_repeat(const struct text *t, const struct node *n, int base, int i, int j)
{
    struct piece body = { n->least > 0 ? base : base + 1, n->first->size, NULL };
    int from, to;
    if (n->most == 0)
        return true;
    if (!last_pass(t, body, n, i, j, &from, &to))
        return false;
    if (from < 0) {
        int m = matches(t, body.from, body.size, i, i);
        if (m <= 0)
            return m == 0;
        from = to = i;
    }
    return resolve(t, n->first, body.from, from, to);
}

/* The node's text is i..j; its code stands at n->at of the whole's. */
static bool resolve(const struct text *t, const struct node *n, int whole, int i, int j)
{
    int base = whole + n->at;
    if (!n->has_groups)
        return true;
    switch (n->kind) {
    case NODE_GROUP:
        t->match[n->group] = (regmatch_t){ i, j };
        return resolve(t, n->first, base, i, j);
    case NODE_SEQUENCE: return resolve_sequence(t, n, base, i, j);
    case NODE_CHOICE: return resolve_choice(t, n, base, i, j);
    case NODE_REPEAT: return resolve_repeat(t, n, base, i, j);
    default: return true;
    }
}

/* The match's characters and where each stands; how many, or -1. */
static int spell(struct text *t)
{
    const char *at = t->s->begin + t->match->rm_so, *end = t->s->begin + t->match->rm_eo;
    size_t most = (size_t)(end - at), length;
    int n = 0;
    if (most > INT_MAX / 2)
        return -1;
    t->chars = calloc(most + 1, sizeof *t->chars);
    t->places = calloc(most + 1, sizeof *t->places);
    if (!t->chars || !t->places)
        return -1;
    for (; at < end; at += length) {
        t->places[n] = at;
        t->chars[n++] = __regex_char(at, t->s->end, t->p->utf8, &length);
    }
    t->places[n] = at;
    return n;
}

int __regex_groups(const struct program *p, const struct subject *s, regmatch_t *match)
{
    struct text t = { .p = p, .s = s, .match = match };
    int n = spell(&t);
    for (int k = 1; k <= p->groups; k++)
        match[k] = (regmatch_t){ -1, -1 };
    bool fits = n >= 0 && resolve(&t, p->tree, 0, 0, n);
    for (int k = 1; fits && k <= p->groups; k++)
        if (match[k].rm_so >= 0)
            match[k] = (regmatch_t){ t.places[match[k].rm_so] - s->begin, t.places[match[k].rm_eo] - s->begin };
    free(t.chars);
    free(t.places);
    return fits ? 0 : REG_ESPACE;
}
