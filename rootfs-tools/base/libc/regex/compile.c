/* compile.c -- from an expression's tree to instructions, and the bytes a match can begin with.
 *
 *   x|y      SPLIT x, y; x; JUMP end; y             x{2,}   x; x; LOOP x, end
 *   x*       LOOP x, end; x; JUMP LOOP              x{2,3}  x; x; SPLIT x, end; x
 *
 * Repeated repetitions multiply; what would become larger than MOST_INSTRUCTIONS is REG_ESPACE.
 */
#include "program.h"

#include <stdlib.h>

enum { MOST_INSTRUCTIONS = 1 << 16 };

/* False once there is no more room. */
static bool emit(struct program *p, enum op op, int x, int y)
{
    if (p->size == MOST_INSTRUCTIONS)
        return false;
    if (p->size == p->room) {
        int room = p->room ? 2 * p->room : 32;
        struct instruction *more = realloc(p->code, (size_t)room * sizeof *more);
        if (!more)
            return false;
        p->code = more;
        p->room = room;
    }
    p->code[p->size++] = (struct instruction){ op, x, y };
    return true;
}

static bool emit_node(struct program *p, struct node *n, int whole);

static bool emit_group(struct program *p, struct node *n)
{
    int from = p->size;
    return emit(p, OP_OPEN, n->group, n->last) && emit_node(p, n->first, from) && emit(p, OP_CLOSE, n->group, 0);
}

/* The JUMPs to the end are chained through x until the end is known. */
static bool emit_choice(struct program *p, struct node *n)
{
    int from = p->size, last_jump = -1;
    for (struct node *part = n->first; part; part = part->next) {
        int split = p->size;
        if (part->next && !emit(p, OP_SPLIT, 1, 0))
            return false;
        if (!emit_node(p, part, from))
            return false;
        if (!part->next)
            break;
        if (!emit(p, OP_JUMP, last_jump, 0))
            return false;
        last_jump = p->size - 1;
        p->code[split].y = p->size - split;
    }
    while (last_jump >= 0) {
        int before = p->code[last_jump].x;
        p->code[last_jump].x = p->size - last_jump;
        last_jump = before;
    }
    return true;
}

static bool emit_any_number(struct program *p, struct node *what)
{
    int loop = p->size;
    if (!emit(p, OP_LOOP, 1, 0) || !emit_node(p, what, loop + 1) || !emit(p, OP_JUMP, loop - p->size, 0))
        return false;
    p->code[loop].y = p->size - loop;
    return true;
}

static bool emit_repeat(struct program *p, struct node *n)
{
    if (n->least == 0 && n->most < 0)
        return emit_any_number(p, n->first);
    for (int i = 0; i < n->least; i++)
        if (!emit_node(p, n->first, p->size))
            return false;
    if (n->most < 0)
        return emit(p, OP_LOOP, -n->first->size, 1);
    int options = p->size;
    for (int left = n->most - n->least; left > 0; left--)
        if (!emit(p, OP_SPLIT, 1, 0) || !emit_node(p, n->first, p->size))
            return false;
    for (int at = options; at < p->size; at += n->first->size + 1)
        p->code[at].y = p->size - at;
    return true;
}

static bool emit_node(struct program *p, struct node *n, int whole)
{
    int from = p->size;
    bool fits = true;
    switch (n->kind) {
    case NODE_ONE:
        fits = emit(p, n->one.op, n->one.x, n->one.y);
        break;
    case NODE_GROUP:
        fits = emit_group(p, n);
        break;
    case NODE_SEQUENCE:
        for (struct node *part = n->first; fits && part; part = part->next)
            fits = emit_node(p, part, from);
        break;
    case NODE_CHOICE:
        fits = emit_choice(p, n);
        break;
    case NODE_REPEAT:
        fits = emit_repeat(p, n);
    }
    n->at = from - whole;
    n->size = p->size - from;
    return fits;
}

/* ---- what a match begins with */

static void add_starts(struct program *p, const struct instruction *i)
{
    for (unsigned int c = 0; c < 256; c++)
        if ((p->utf8 && c >= 0x80) || __regex_consumes(p, i, c))      /* above: part of a longer character */
            set_bit(p->start, c);
}

static int find_starts(struct program *p)
{
    unsigned char *seen = calloc((size_t)p->size, 1);
    int *stack = malloc((size_t)(p->size + 1) * 2 * sizeof *stack), n = 0;
    if (!seen || !stack) {
        free(seen);
        free(stack);
        return REG_ESPACE;
    }
    for (stack[n++] = 0; n > 0;) {
        int pc = stack[--n];
        const struct instruction *i = &p->code[pc];
        if (seen[pc]++)
            continue;
        if (i->op <= OP_SET)
            add_starts(p, i);
        else if (i->op == OP_MATCH || i->op == OP_BACK)
            p->any_start = true;
        else if (i->op == OP_SPLIT || i->op == OP_LOOP || i->op == OP_JUMP)
            stack[n++] = pc + i->x;
        else
            stack[n++] = pc + 1;
        if (i->op == OP_SPLIT || i->op == OP_LOOP)
            stack[n++] = pc + i->y;
    }
    free(seen);
    free(stack);
    return 0;
}

int __regex_compile(struct program *p)
{
    return emit_node(p, p->tree, 0) && emit(p, OP_MATCH, 0, 0) ? find_starts(p) : REG_ESPACE;
}

void __regex_release(struct program *p)
{
    for (int i = 0; i < p->n_sets; i++)
        free(p->sets[i].ranges);
    free(p->sets);
    free(p->code);
    for (struct node *n = p->nodes, *older; n; n = older) {
        older = n->older;
        free(n);
    }
}
