/* span.c -- the leftmost longest match. All ways through the program advance together, one character at a time, each
 * with the place where it began; of two that come to the same instruction the earlier one stays [Thompson, CACM 11(6),
 * 1968]. Time is at most the product of text and program. The list is in the order of those beginnings. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

struct thread {
    int pc;
    const char *start;
};

struct list {
    struct thread *threads;
    int n;
};

struct search {
    const struct program *p;
    const struct subject *s;
    struct list now, next;
    unsigned int *seen, generation;      /* instructions that the list being made has */
    int *stack;
    const char *from, *to;               /* the best match so far */
};

bool __regex_consumes(const struct program *p, const struct instruction *i, unsigned int c)
{
    switch (i->op) {
    case OP_CHAR: return (p->fold ? __regex_fold(c) : c) == (unsigned int)i->x;
    case OP_ANY: return true;
    case OP_ANY_BUT_NEWLINE: return c != '\n';
    case OP_SET: return __regex_in_set(&p->sets[i->x], c);
    default: return false;
    }
}

bool __regex_at_bol(const struct program *p, const struct subject *s, const char *at)
{
    return at == s->begin ? !(s->flags & REG_NOTBOL) : p->newline && at[-1] == '\n';
}

bool __regex_at_eol(const struct program *p, const struct subject *s, const char *at)
{
    return at == s->end ? !(s->flags & REG_NOTEOL) : p->newline && *at == '\n';
}

static void found(struct search *f, const char *from, const char *to)
{
    if (!f->from || from < f->from || (from == f->from && to > f->to)) {
        f->from = from;
        f->to = to;
    }
}

static int push(struct search *f, int n, int pc)
{
    if (f->seen[pc] == f->generation)
        return n;
    f->seen[pc] = f->generation;
    f->stack[n] = pc;
    return n + 1;
}

/* Everything that pc leads to without a character. */
static void add(struct search *f, struct list *l, int pc, const char *start, const char *at)
{
    for (int n = push(f, 0, pc); n > 0;) {
        pc = f->stack[--n];
        const struct instruction *i = &f->p->code[pc];
        switch (i->op) {
        case OP_SPLIT:
        case OP_LOOP:
            n = push(f, n, pc + i->y);
            n = push(f, n, pc + i->x);
            break;
        case OP_JUMP:
            n = push(f, n, pc + i->x);
            break;
        case OP_BOL:
        case OP_EOL:
            if (i->op == OP_BOL ? __regex_at_bol(f->p, f->s, at) : __regex_at_eol(f->p, f->s, at))
                n = push(f, n, pc + 1);
            break;
        case OP_OPEN:
        case OP_CLOSE:
            n = push(f, n, pc + 1);
            break;
        case OP_MATCH:
            found(f, start, at);
            break;
        default:
            l->threads[l->n++] = (struct thread){ pc, start };
        }
    }
}

static const char *next_start(const struct search *f, const char *at)
{
    if (!f->p->any_start)
        while (at < f->s->end && !bit(f->p->start, (unsigned char)*at))
            at++;
    return at;
}

/* The threads that take the character c, behind it. */
static void step(struct search *f, const char *behind, unsigned int c)
{
    f->next.n = 0;
    f->generation++;
    for (int i = 0; i < f->now.n; i++) {
        struct thread t = f->now.threads[i];
        if (f->from && t.start > f->from)
            break;
        if (__regex_consumes(f->p, &f->p->code[t.pc], c))
            add(f, &f->next, t.pc + 1, t.start, behind);
    }
    struct list old = f->now;
    f->now = f->next;
    f->next = old;
}

static void run(struct search *f, bool any)
{
    f->generation = 1;
    for (const char *at = f->s->begin;;) {
        if (!f->from && f->now.n == 0)
            at = next_start(f, at);
        if (!f->from)
            add(f, &f->now, 0, at, at);
        if (at == f->s->end || (f->from && (any || f->now.n == 0)))
            return;
        size_t length;
        unsigned int c = __regex_char(at, f->s->end, f->p->utf8, &length);
        step(f, at + length, c);
        at += length;
    }
}

int __regex_span(const struct program *p, const struct subject *s, bool any, regmatch_t *whole)
{
    size_t n = (size_t)p->size;
    struct search f = { .p = p, .s = s };
    struct thread *threads = malloc(2 * n * sizeof *threads);
    f.now.threads = threads;
    f.next.threads = threads ? threads + n : NULL;
    f.seen = calloc(n, sizeof *f.seen);
    f.stack = malloc(n * sizeof *f.stack);
    bool room = threads && f.seen && f.stack;
    if (room)
        run(&f, any);
    free(threads);
    free(f.seen);
    free(f.stack);
    if (!room)
        return REG_ESPACE;
    if (!f.from)
        return REG_NOMATCH;
    whole->rm_so = f.from - s->begin;
    whole->rm_eo = f.to - s->begin;
    return 0;
}
