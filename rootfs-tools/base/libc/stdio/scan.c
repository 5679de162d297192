/* scan.c -- the scanf formatter [C17 7.21.6.2]. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

enum size { S_INT, S_CHAR, S_SHORT, S_LONG, S_LLONG, S_DOUBLE };
enum { NUMBER_MAX = 512 };

struct scanner {
    FILE *in;
    int count;              /* characters consumed */
    va_list args;
};

static int next(struct scanner *s)
{
    int c = getc_unlocked(s->in);
    s->count += c != EOF;
    return c;
}

static void back(struct scanner *s, int c)
{
    if (c == EOF)
        return;
    ungetc(c, s->in);
    s->count--;
}

static int skip_space(struct scanner *s)
{
    int c;
    do
        c = next(s);
    while (isspace(c));
    back(s, c);
    return c;
}

static void store_integer(struct scanner *s, enum size size, long long v)
{
    switch (size) {
    case S_CHAR: *va_arg(s->args, signed char *) = (signed char)v; break;
    case S_SHORT: *va_arg(s->args, short *) = (short)v; break;
    case S_LONG: *va_arg(s->args, long *) = (long)v; break;
    case S_LLONG: *va_arg(s->args, long long *) = v; break;
    default: *va_arg(s->args, int *) = (int)v; break;
    }
}

/* Collects what can be an integer in the base; 0 is decided by prefix. Returns how many characters make it. */
static int collect_integer(struct scanner *s, char *text, int width, int *base)
{
    int n = 0, digits = 0, c = next(s);
    if ((c == '+' || c == '-') && n < width) {
        text[n++] = (char)c;
        c = next(s);
    }
    if (c == '0' && n < width && (*base == 0 || *base == 16)) {
        text[n++] = '0';
        digits = 1;
        c = next(s);
        if ((c | 32) == 'x' && n < width) {
            text[n++] = 'x';
            *base = 16;
            digits = 0;
            c = next(s);
        } else if (*base == 0)
            *base = 8;
    }
    if (*base == 0)
        *base = 10;
    for (; n < width; c = next(s)) {
        int value = isdigit(c) ? c - '0' : isalpha(c) ? (c | 32) - 'a' + 10 : 99;
        if (value >= *base)
            break;
        text[n++] = (char)c;
        digits++;
    }
    back(s, c);
    text[n] = '\0';
    return digits ? n : 0;
}

static int scan_integer(struct scanner *s, char conversion, int width, enum size size, int store)
{
    char text[NUMBER_MAX + 1];
    int base = conversion == 'i' ? 0 : conversion == 'o' ? 8 : strchr("xXp", conversion) ? 16 : 10;
    if (!collect_integer(s, text, width, &base))
        return 0;
    if (!store)
        return 1;
    int saved = errno;
    int is_signed = conversion == 'd' || conversion == 'i';
    long long v = is_signed ? strtoll(text, NULL, base) : (long long)strtoull(text, NULL, base);
    errno = saved;
    if (conversion == 'p')
        size = S_LONG;
    store_integer(s, size, v);
    return 1;
}

static int is_float_char(int c, const char *text, int n)
{
    if (isdigit(c) || c == '.')
        return 1;
    if (c == '+' || c == '-')
        return n == 0 || (text[n - 1] | 32) == 'e' || (text[n - 1] | 32) == 'p';
    return isalpha(c) && strchr("abcdefinptxyABCDEFINPTXY", c) != NULL;
}

static int scan_float(struct scanner *s, int width, enum size size, int store)
{
    char text[NUMBER_MAX + 1], *end;
    int n = 0, c;
    while ((c = next(s)) != EOF && n < width && is_float_char(c, text, n))
        text[n++] = (char)c;
    back(s, c);
    text[n] = '\0';
    double v = strtod(text, &end);
    while (n > 0 && text + n > end)     /* only a few characters can be too many, such as "1e" */
        back(s, (unsigned char)text[--n]);
    if (n == 0)
        return 0;
    if (!store)
        return 1;
    if (size == S_LONG || size == S_DOUBLE)
        *va_arg(s->args, double *) = v;
    else
        *va_arg(s->args, float *) = strtof(text, NULL);
    return 1;
}

struct set { unsigned char in[256]; };

/* The text between [ and ]; returns what follows it. */
static const char *parse_set(const char *p, struct set *set)
{
    int invert = *p == '^';
    p += invert;
    memset(set->in, invert, sizeof set->in);
    const char *first = p;
    for (; *p && (*p != ']' || p == first); p++) {
        int from = (unsigned char)*p, to = from;
        if (p[1] == '-' && p[2] && p[2] != ']') {
            to = (unsigned char)p[2];
            p += 2;
        }
        for (; from <= to; from++)
            set->in[from] = (unsigned char)!invert;
    }
    return *p ? p + 1 : p;
}

/* Characters of the set, into a char or wchar_t array. */
static int scan_text(struct scanner *s, const struct set *set, int width, int terminate, int wide, int store)
{
    void *to = store ? va_arg(s->args, void *) : NULL;
    int n = 0, c = EOF;
    for (; n < width; n++) {
        c = next(s);
        if (c == EOF || !set->in[c]) {
            back(s, c);
            break;
        }
        if (to && wide)
            ((wchar_t *)to)[n] = (wchar_t)c;
        else if (to)
            ((char *)to)[n] = (char)c;
    }
    if (n == 0 || (!terminate && n < width))
        return 0;
    if (to && terminate && wide)
        ((wchar_t *)to)[n] = 0;
    else if (to && terminate)
        ((char *)to)[n] = '\0';
    return 1;
}

static enum size parse_size(const char **p)
{
    switch (*(*p)++) {
    case 'h':
        if (**p != 'h')
            return S_SHORT;
        (*p)++;
        return S_CHAR;
    case 'l':
        if (**p != 'l')
            return S_LONG;
        (*p)++;
        return S_LLONG;
    case 'j': case 'q': return S_LLONG;
    case 'z': case 't': return S_LONG;
    case 'L': return S_DOUBLE;
    default: (*p)--; return S_INT;
    }
}

/* One conversion: 1 done, 0 the input does not match, -1 the input ended before anything. */
static int convert(struct scanner *s, const char **p, int *stored)
{
    int store = **p != '*', width = 0;
    *p += !store;
    for (; isdigit((unsigned char)**p); (*p)++)
        width = width < INT_MAX / 20 ? width * 10 + (**p - '0') : width;
    enum size size = parse_size(p);
    char conversion = *(*p)++;
    struct set set;
    if (conversion == 'n') {
        if (store)
            store_integer(s, size, s->count);
        return 1;
    }
    if (!strchr("c[C", conversion) && skip_space(s) == EOF)
        return -1;
    int limit = width ? width : INT_MAX, number = limit < NUMBER_MAX ? limit : NUMBER_MAX;
    int wide = size == S_LONG || conversion == 'S' || conversion == 'C', ok;
    int c = next(s);
    back(s, c);
    if (c == EOF)
        return -1;
    switch (conversion) {
    case 'd': case 'i': case 'o': case 'u': case 'x': case 'X': case 'p': ok = scan_integer(s, conversion, number, size, store); break;
    case 'e': case 'f': case 'g': case 'a': case 'E': case 'F': case 'G': case 'A': ok = scan_float(s, number, size, store); break;
    case 's': case 'S':
        for (int i = 0; i < 256; i++)
            set.in[i] = (unsigned char)!isspace(i);
        ok = scan_text(s, &set, limit, 1, wide, store);
        break;
    case 'c': case 'C':
        memset(set.in, 1, sizeof set.in);
        ok = scan_text(s, &set, width ? width : 1, 0, wide, store);
        break;
    case '[':
        *p = parse_set(*p, &set);
        ok = scan_text(s, &set, limit, 1, wide, store);
        break;
    case '%':
        ok = next(s) == '%';
        store = 0;
        break;
    default: return 0;
    }
    *stored += ok && store;
    return ok;
}

int __scan(FILE *in, const char *format, va_list args)
{
    struct scanner s = { .in = in };
    int stored = 0, result = 1;
    va_copy(s.args, args);
    for (const char *p = format; *p && result > 0;) {
        if (isspace((unsigned char)*p)) {
            skip_space(&s);
            p++;
        } else if (*p == '%') {
            p++;
            result = convert(&s, &p, &stored);
        } else {
            int c = next(&s);
            if (c != (unsigned char)*p++) {
                back(&s, c);
                result = c == EOF ? -1 : 0;
            }
        }
    }
    va_end(s.args);
    return result < 0 && stored == 0 ? EOF : stored;
}
