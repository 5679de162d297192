/* parse.c -- basic and extended regular expressions [XBD 9.3, 9.4] to a tree.
 *
 * Where POSIX leaves the meaning open: an empty alternative matches nothing; a { that no number follows stands for
 * itself in an extended expression; ^ and $ inside a basic one stand for themselves; repetitions may follow each other.
 */
#include "program.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { HIGHEST = 300 };        /* trees are walked recursively, on threads' stacks too */

struct parser {
    struct program *p;
    const char *at, *end;
    bool extended;
    int depth, error;
    unsigned int closed;       /* groups 1 to 9 that \N may name */
};

static void fail(struct parser *s, int error)
{
    if (!s->error)
        s->error = error;
}

static struct node *new_node(struct parser *s, enum kind kind)
{
    struct node *n = calloc(1, sizeof *n);
    if (!n) {
        fail(s, REG_ESPACE);
        return NULL;
    }
    n->kind = kind;
    n->height = 1;
    n->older = s->p->nodes;
    s->p->nodes = n;
    return n;
}

static struct node *one(struct parser *s, enum op op, int x)
{
    struct node *n = new_node(s, NODE_ONE);
    if (n)
        n->one = (struct instruction){ op, x, 0 };
    return n;
}

/* Append part to whole behind last; the new last. */
static struct node *add_part(struct parser *s, struct node *whole, struct node *last, struct node *part)
{
    if (!whole || !part)
        return NULL;
    *(last ? &last->next : &whole->first) = part;
    whole->has_groups |= part->has_groups;
    if (part->height >= whole->height)
        whole->height = part->height + 1;
    if (whole->height > HIGHEST)
        fail(s, REG_ESPACE);
    return part;
}

/* ---- repetition */

static struct node *repeat(struct parser *s, struct node *what, int least, int most)
{
    bool again = what && what->kind == NODE_REPEAT && what->least == 0 && what->most < 0;
    if (again && least == 0 && most < 0)
        return what;
    struct node *n = new_node(s, NODE_REPEAT);
    if (n) {
        n->least = least;
        n->most = most;
        add_part(s, n, NULL, what);
    }
    return n;
}

static int number(struct parser *s)
{
    int v = -1;
    for (; s->at < s->end && *s->at >= '0' && *s->at <= '9'; s->at++)
        v = v > RE_DUP_MAX ? v : (v < 0 ? 0 : v * 10) + (*s->at - '0');
    return v;
}

static struct node *interval(struct parser *s, struct node *what)
{
    int least = number(s), most = least;
    if (s->at < s->end && *s->at == ',') {
        s->at++;
        most = number(s);
    }
    if (!s->extended && s->end - s->at >= 1 && *s->at == '\\')
        s->at++;
    if (s->at == s->end)
        fail(s, REG_EBRACE);
    else if (*s->at++ != '}' || least < 0 || least > RE_DUP_MAX || most > RE_DUP_MAX || (most >= 0 && most < least))
        fail(s, REG_BADBR);
    return s->error ? NULL : repeat(s, what, least, most);
}

static bool digit_at(const struct parser *s, int i) { return s->end - s->at > i && s->at[i] >= '0' && s->at[i] <= '9'; }

/* A repetition of extended expressions stands here. */
static bool at_extended_repetition(const struct parser *s)
{
    return s->extended && s->at < s->end && (strchr("*+?", *s->at) || (*s->at == '{' && digit_at(s, 1)));
}

/* what, under the repetitions that follow it. */
static struct node *repeated(struct parser *s, struct node *what)
{
    while (!s->error && s->at < s->end) {
        char c = *s->at;
        if (c == '*') {
            s->at++;
            what = repeat(s, what, 0, -1);
        } else if (at_extended_repetition(s)) {
            s->at++;
            what = c == '{' ? interval(s, what) : c == '+' ? repeat(s, what, 1, -1) : repeat(s, what, 0, 1);
        } else if (!s->extended && s->end - s->at >= 2 && c == '\\' && s->at[1] == '{') {
            s->at += 2;
            what = interval(s, what);
        } else {
            break;
        }
    }
    return what;
}

/* ---- atoms */

static struct node *alternatives(struct parser *s);

static struct node *group(struct parser *s)
{
    int k = ++s->p->groups, length = s->extended ? 1 : 2;
    struct node *n = new_node(s, NODE_GROUP);
    if (++s->depth > HIGHEST / 3)
        fail(s, REG_ESPACE);
    struct node *inside = s->error ? NULL : alternatives(s);
    s->depth--;
    if (s->end - s->at < length)
        fail(s, REG_EPAREN);
    if (s->error)
        return NULL;
    s->at += length;
    n->group = k;
    n->last = s->p->groups;
    add_part(s, n, NULL, inside);
    n->has_groups = true;
    if (k < 10)
        s->closed |= 1u << k;
    return n;
}

static struct node *bracket(struct parser *s)
{
    struct program *p = s->p;
    struct set *more = realloc(p->sets, (size_t)(p->n_sets + 1) * sizeof *more);
    if (!more) {
        fail(s, REG_ESPACE);
        return NULL;
    }
    p->sets = more;
    struct set *set = &more[p->n_sets++];
    int error = __regex_bracket(&s->at, s->end, p->utf8, p->fold, IN_EXPRESSION, set);
    if (error)
        fail(s, error);
    set->no_newline = p->newline;
    return one(s, OP_SET, p->n_sets - 1);
}

static struct node *character(struct parser *s)
{
    size_t n;
    unsigned int c = __regex_char(s->at, s->end, s->p->utf8, &n);
    s->at += n;
    return one(s, OP_CHAR, (int)(s->p->fold ? __regex_fold(c) : c));
}

static struct node *back_reference(struct parser *s)
{
    int k = *s->at++ - '0';
    if (!(s->closed >> k & 1))
        fail(s, REG_ESUBREG);
    s->p->back_references = true;
    s->p->referenced |= 1u << k;
    return one(s, OP_BACK, k);
}

static struct node *escaped(struct parser *s)
{
    if (s->at == s->end) {
        fail(s, REG_EESCAPE);
        return NULL;
    }
    if (!s->extended && *s->at == '(') {
        s->at++;
        return group(s);
    }
    if (!s->extended && *s->at >= '1' && *s->at <= '9')
        return back_reference(s);
    if (!s->extended && *s->at == '{')
        fail(s, REG_BADRPT);
    return character(s);
}

/* A ) of an extended expression without ( stands for itself [XBD 9.4.3]. */
static bool at_close(const struct parser *s)
{
    return s->extended ? s->depth > 0 && s->at < s->end && *s->at == ')'
                       : s->end - s->at >= 2 && s->at[0] == '\\' && s->at[1] == ')';
}

static bool is_anchor(const struct parser *s, bool first)
{
    if (*s->at == '^')
        return s->extended || first;
    if (*s->at != '$')
        return false;
    struct parser next = *s;
    next.at++;
    return s->extended || next.at == next.end || at_close(&next);
}

static struct node *atom(struct parser *s)
{
    switch (*s->at) {
    case '\\':
        s->at++;
        return escaped(s);
    case '.':
        s->at++;
        return one(s, s->p->newline ? OP_ANY_BUT_NEWLINE : OP_ANY, 0);
    case '[':
        s->at++;
        return bracket(s);
    case '(':
        if (s->extended) {
            s->at++;
            return group(s);
        }
        return character(s);
    default:
        return character(s);
    }
}

/* ---- sequences */

static bool at_end_of_sequence(const struct parser *s)
{
    return s->error || s->at == s->end || (s->extended && *s->at == '|') || at_close(s);
}

/* A * that begins a basic expression, or follows its ^, stands for itself. */
static struct node *sequence(struct parser *s)
{
    struct node *whole = new_node(s, NODE_SEQUENCE), *last = NULL;
    bool first = true, may_repeat = false;
    while (!at_end_of_sequence(s)) {
        if (is_anchor(s, first)) {
            last = add_part(s, whole, last, one(s, *s->at++ == '^' ? OP_BOL : OP_EOL, 0));
            may_repeat = false;
        } else if (at_extended_repetition(s) && !may_repeat) {
            fail(s, REG_BADRPT);
        } else {
            last = add_part(s, whole, last, repeated(s, atom(s)));
            may_repeat = true;
        }
        first = false;
    }
    return whole;
}

static struct node *alternatives(struct parser *s)
{
    struct node *one_of = sequence(s), *choice = NULL, *last = NULL;
    while (!s->error && s->extended && s->at < s->end && *s->at == '|') {
        if (!choice) {
            choice = new_node(s, NODE_CHOICE);
            last = add_part(s, choice, NULL, one_of);
        }
        s->at++;
        last = add_part(s, choice, last, sequence(s));
    }
    if (at_close(s) && s->depth == 0)
        fail(s, REG_EPAREN);
    return choice ? choice : one_of;
}

int __regex_parse(struct program *p, const char *pattern, const char *end, bool extended, size_t *error_at)
{
    struct parser s = { .p = p, .at = pattern, .end = end, .extended = extended };
    p->tree = alternatives(&s);
    *error_at = (size_t)(s.at - pattern);
    return s.error;
}
