/* fnmatch.c -- does a name match a file name pattern [XSH fnmatch, XCU 2.13]. Of several stars only the last one behind
 * the last slash ever has to give way, so time is at most the product of the lengths. A [ without ] and a backslash at
 * the end stand for nothing special: the one for itself, the other for no character at all. */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include "regex/program.h"
#include "locale_state.h"

struct matcher {
    const char *pattern_end, *name, *name_end;
    int flags;
    bool utf8;
};

static bool leading_period(const struct matcher *m, const char *s)
{
    return (m->flags & FNM_PERIOD) && s < m->name_end && *s == '.' &&
           (s == m->name || ((m->flags & FNM_PATHNAME) && s[-1] == '/'));
}

/* What ? and [ may not match: in path names a slash, and a period at the beginning. */
static bool needs_itself(const struct matcher *m, const char *s)
{
    return ((m->flags & FNM_PATHNAME) && *s == '/') || leading_period(m, s);
}

/* The set behind a [ at *p against c; *p is behind it if it is one. */
static bool in_brackets(const struct matcher *m, const char **p, unsigned int c)
{
    const char *at = *p + 1;
    struct set set;
    int error =
        __regex_bracket(&at, m->pattern_end, m->utf8, false, m->flags & FNM_NOESCAPE ? IN_NAME : IN_QUOTED_NAME, &set);
    bool in = !error && __regex_in_set(&set, c);
    free(set.ranges);
    if (error)
        return *(*p)++ == (char)c;
    *p = at;
    return in;
}

/* What stands at *p, no star, against the character at *s; both are behind it if it matches. */
static bool one(const struct matcher *m, const char **p, const char **s)
{
    size_t n;
    if (*s == m->name_end)
        return false;
    unsigned int c = __regex_char(*s, m->name_end, m->utf8, &n);
    bool itself = needs_itself(m, *s);
    *s += n;
    if (**p == '?') {
        ++*p;
        return !itself;
    }
    if (**p == '[')
        return in_brackets(m, p, c) && !itself;
    if (**p == '\\' && !(m->flags & FNM_NOESCAPE) && ++*p == m->pattern_end)
        return false;
    unsigned int wanted = __regex_char(*p, m->pattern_end, m->utf8, &n);
    *p += n;
    return c == wanted;
}

int fnmatch(const char *pattern, const char *name, int flags)
{
    struct matcher m = { pattern + strlen(pattern), name, name + strlen(name), flags, __libc_utf8 != 0 };
    const char *p = pattern, *s = name, *behind_star = NULL, *star_ends = NULL;
    while (p < m.pattern_end || s < m.name_end) {
        if (p < m.pattern_end && *p == '*') {
            if (leading_period(&m, s))
                return FNM_NOMATCH;
            behind_star = ++p;
            star_ends = s;
        } else if (p < m.pattern_end && one(&m, &p, &s)) {
            if ((flags & FNM_PATHNAME) && s[-1] == '/')
                behind_star = NULL;
        } else {
            size_t n;
            if (!behind_star || star_ends == m.name_end || ((flags & FNM_PATHNAME) && *star_ends == '/'))
                return FNM_NOMATCH;
            __regex_char(star_ends, m.name_end, m.utf8, &n);
            star_ends += n;
            p = behind_star;
            s = star_ends;
        }
    }
    return 0;
}
