/* program.h -- a compiled regular expression: its tree, instructions, character sets.
 *
 *   parse.c      pattern -> tree                      bracket.c    bracket expressions, of file name patterns too
 *   compile.c    tree -> instructions                 span.c       where the leftmost longest match is, in linear time
 *   regex.c      the four functions of regex.h        groups.c     where its groups are
 *                                                     backtrack.c  both, for expressions with back references
 *
 * Jumps are relative: copies of a piece of code, which repetitions need, are equal. [XBD 9] is the specification
 * throughout.
 */
#ifndef LIBC_REGEX_PROGRAM_H
#define LIBC_REGEX_PROGRAM_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <wctype.h>

/* Up to OP_SET: they consume a character. */
enum op {
    OP_CHAR, OP_ANY, OP_ANY_BUT_NEWLINE, OP_SET,
    OP_BOL, OP_EOL, OP_OPEN, OP_CLOSE, OP_SPLIT, OP_LOOP, OP_JUMP, OP_BACK, OP_MATCH
};

/* CHAR x: the character; SET x: its number; OPEN, CLOSE, BACK x: the group, OPEN y: the last group within it; JUMP x,
 * SPLIT x y: where to, relative to the instruction itself, x preferred; LOOP: a SPLIT that every pass through a loop
 * comes to. */
struct instruction {
    enum op op;
    int x, y;
};

enum kind { NODE_ONE, NODE_GROUP, NODE_SEQUENCE, NODE_CHOICE, NODE_REPEAT };

struct node {
    enum kind kind;
    struct instruction one;      /* NODE_ONE */
    int group, last;             /* NODE_GROUP: its number, the last one within */
    int least, most;             /* NODE_REPEAT; most < 0: without limit */
    struct node *first, *next;   /* parts of this one; next part of the same whole */
    int height;                  /* of the tree from here */
    bool has_groups;
    int at, size;                /* its code: where, from the beginning of the whole's; how much */
    struct node *older;          /* all nodes, for freeing */
};

struct range {
    unsigned int from, to;
};

/* Characters below 256 are bits; above them ranges and classes are asked. */
struct set {
    bool negated, fold, no_newline;
    unsigned char low[32];
    struct range *ranges;
    size_t n_ranges, n_classes;
    wctype_t classes[16];
};

struct program {
    struct node *tree, *nodes;
    struct instruction *code;
    int size, room;
    struct set *sets;
    int n_sets;
    int groups;                  /* without the whole match */
    bool utf8, fold, newline, back_references, any_start;
    unsigned int referenced;     /* by back references: bit of the group */
    unsigned char start[32];     /* bytes a match may begin with, unless any_start */
};

struct subject {
    const char *begin, *end;
    int flags;
};

static inline bool bit(const unsigned char *bits, unsigned int c) { return bits[c >> 3] >> (c & 7) & 1; }
static inline void set_bit(unsigned char *bits, unsigned int c) { bits[c >> 3] |= (unsigned char)(1 << (c & 7)); }

/* The character at s, which ends at end and is not empty, and its length. A byte that is none in UTF-8 has a value of
 * its own. */
unsigned int __regex_char(const char *s, const char *end, bool utf8, size_t *length);
unsigned int __regex_fold(unsigned int c);

/* In file name patterns ! negates, too, and a backslash may quote [XCU 2.13]. */
enum bracket_in { IN_EXPRESSION, IN_NAME, IN_QUOTED_NAME };

/* *at is behind the [; afterwards behind the ]. An error is a REG_ code. What the set points to is the caller's to free
 * then, too. */
int __regex_bracket(const char **at, const char *end, bool utf8, bool fold, enum bracket_in in, struct set *set);
bool __regex_in_set(const struct set *set, unsigned int c);

/* p holds only the flags; release frees what p points to, also after an error. Errors are REG_ codes. */
int __regex_parse(struct program *p, const char *pattern, const char *end, bool extended, size_t *error_at);
int __regex_compile(struct program *p);
void __regex_release(struct program *p);

bool __regex_consumes(const struct program *p, const struct instruction *i, unsigned int c);
bool __regex_at_bol(const struct program *p, const struct subject *s, const char *at);
bool __regex_at_eol(const struct program *p, const struct subject *s, const char *at);

/* 0 and the whole match in *whole (any: the first one found will do), or a REG_ code. */
int __regex_span(const struct program *p, const struct subject *s, bool any, regmatch_t *whole);
/* The groups of the match found, match[1] to match[p->groups]. */
int __regex_groups(const struct program *p, const struct subject *s, regmatch_t *match);
int __regex_backtrack(const struct program *p, const struct subject *s, regmatch_t *match);

#endif
