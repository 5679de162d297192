/* bracket.c -- bracket expressions [XBD 9.3.5], of regular expressions and of file name patterns. In the POSIX locale's
 * order; an equivalence class and a collating symbol are the one character they name. */
#include "program.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

unsigned int __regex_char(const char *s, const char *end, bool utf8, size_t *length)
{
    unsigned char c = (unsigned char)*s;
    wchar_t wide;
    mbstate_t state = { 0 };
    *length = 1;
    if (!utf8 || c < 0x80)
        return c;
    size_t n = mbrtowc(&wide, s, (size_t)(end - s), &state);
    if (n == (size_t)-1 || n == (size_t)-2)
        return 0x7F000000u | c;
    *length = n;
    return (unsigned int)wide;
}

unsigned int __regex_fold(unsigned int c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c < 0x80 || c >= 0x7F000000u ? c : (unsigned int)towlower((wint_t)c);
}

static bool in_positive_set(const struct set *set, unsigned int c)
{
    if (c < 256)
        return bit(set->low, c);
    for (size_t i = 0; i < set->n_ranges; i++)
        if (c >= set->ranges[i].from && c <= set->ranges[i].to)
            return true;
    for (size_t i = 0; i < set->n_classes; i++)
        if (c < 0x7F000000u && iswctype((wint_t)c, set->classes[i]))
            return true;
    return false;
}

bool __regex_in_set(const struct set *set, unsigned int c)
{
    if (set->no_newline && set->negated && c == '\n')
        return false;
    bool in = in_positive_set(set, c);
    if (!in && set->fold && c >= 0x80 && c < 0x7F000000u)
        in = in_positive_set(set, (unsigned int)towlower((wint_t)c)) ||
             in_positive_set(set, (unsigned int)towupper((wint_t)c));
    return in != set->negated;
}

static int add_range(struct set *set, unsigned int from, unsigned int to)
{
    for (unsigned int c = from; c <= to && c < 256; c++)
        set_bit(set->low, c);
    if (to < 256)
        return 0;
    struct range *more = realloc(set->ranges, (set->n_ranges + 1) * sizeof *more);
    if (!more)
        return REG_ESPACE;
    set->ranges = more;
    more[set->n_ranges++] = (struct range){ from, to };
    return 0;
}

/* Without UTF-8 the bytes above 127 belong to no class. */
static int add_class(struct set *set, const char *name, size_t length, bool utf8)
{
    char copy[16];
    if (length >= sizeof copy)
        return REG_ECTYPE;
    memcpy(copy, name, length);
    copy[length] = 0;
    if (set->fold && (strcmp(copy, "upper") == 0 || strcmp(copy, "lower") == 0))
        strcpy(copy, "alpha");
    wctype_t class = wctype(copy);
    if (!class)
        return REG_ECTYPE;
    for (size_t i = 0; i < set->n_classes; i++)
        if (set->classes[i] == class)
            return 0;
    if (set->n_classes == sizeof set->classes / sizeof *set->classes)
        return REG_ESPACE;
    set->classes[set->n_classes++] = class;
    for (unsigned int c = 0; c < (utf8 ? 256 : 128); c++)
        if (iswctype((wint_t)c, class))
            set_bit(set->low, c);
    return 0;
}

/* What stands between [: and :], [= and =], [. and .]: *at is behind it afterwards. */
static int delimited(const char **at, const char *end, const char **name, size_t *length)
{
    char kind = **at;
    *name = *at + 1;
    for (const char *s = *name; s + 1 < end; s++)
        if (s[0] == kind && s[1] == ']') {
            *length = (size_t)(s - *name);
            *at = s + 2;
            return 0;
        }
    return REG_EBRACK;
}

static int single(const char **at, const char *end, bool utf8, enum bracket_in in, unsigned int *c)
{
    const char *name;
    size_t length, used;
    if (*at == end)
        return REG_EBRACK;
    if (**at == '[' && *at + 1 < end && ((*at)[1] == '.' || (*at)[1] == '=')) {
        ++*at;
        int error = delimited(at, end, &name, &length);
        if (error || length == 0)
            return error ? error : REG_ECOLLATE;
        *c = __regex_char(name, name + length, utf8, &used);
        return used == length ? 0 : REG_ECOLLATE;
    }
    if (in == IN_QUOTED_NAME && **at == '\\' && *at + 1 < end)
        ++*at;
    *c = __regex_char(*at, end, utf8, &used);
    *at += used;
    return 0;
}

static int one_or_range(const char **at, const char *end, bool utf8, enum bracket_in in, struct set *set)
{
    unsigned int from, to;
    bool equivalence = **at == '[' && *at + 1 < end && (*at)[1] == '=';
    int error = single(at, end, utf8, in, &from);
    to = from;
    if (!error && end - *at >= 2 && **at == '-' && (*at)[1] != ']') {
        ++*at;
        equivalence |= **at == '[' && *at + 1 < end && (*at)[1] == '=';
        error = equivalence ? REG_ERANGE : single(at, end, utf8, in, &to);
    }
    if (!error && from > to)
        error = REG_ERANGE;
    return error ? error : add_range(set, from, to);
}

static void add_other_case(struct set *set)
{
    for (unsigned int c = 'a'; c <= 'z'; c++)
        if (bit(set->low, c) || bit(set->low, c - 32)) {
            set_bit(set->low, c);
            set_bit(set->low, c - 32);
        }
    unsigned char both[32];
    memcpy(both, set->low, sizeof both);
    for (unsigned int c = 128; c < 256; c++) {
        unsigned int l = (unsigned int)towlower((wint_t)c), u = (unsigned int)towupper((wint_t)c);
        if ((l < 256 && bit(set->low, l)) || (u < 256 && bit(set->low, u)))
            set_bit(both, c);
    }
    memcpy(set->low, both, sizeof both);
}

int __regex_bracket(const char **at, const char *end, bool utf8, bool fold, enum bracket_in in, struct set *set)
{
    *set = (struct set){ .fold = fold };
    if (*at < end && (**at == '^' || (in != IN_EXPRESSION && **at == '!'))) {
        set->negated = true;
        ++*at;
    }
    for (bool first = true; *at < end; first = false) {
        int error;
        if (**at == ']' && !first) {
            ++*at;
            if (fold)
                add_other_case(set);
            return 0;
        }
        if (**at == '[' && *at + 1 < end && (*at)[1] == ':') {
            const char *name;
            size_t length;
            ++*at;
            error = delimited(at, end, &name, &length);
            if (!error)
                error = add_class(set, name, length, utf8);
        } else {
            error = one_or_range(at, end, utf8, in, set);
        }
        if (error)
            return error;
    }
    return REG_EBRACK;
}
