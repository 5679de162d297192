/* strtod.c -- text to floating point, correctly rounded [C17 7.22.1.3]; long double is double on AIX by default. */
#include <ctype.h>
#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "../stdio/stream.h"

enum { KEPT_DIGITS = 800 };     /* more can only break a tie: whether any is non-zero is remembered */

struct scan {
    const char *p;
    char digits[KEPT_DIGITS];
    int count, more, exponent, any;
};

static void take_digit(struct scan *s, int c, int after_point)
{
    s->any = 1;
    if (s->count == 0 && c == '0')
        s->exponent -= after_point;
    else if (s->count < KEPT_DIGITS) {
        s->digits[s->count++] = (char)c;
        s->exponent -= after_point;
    } else {
        s->more |= c != '0';
        s->exponent += !after_point;
    }
}

static int read_exponent(const char *p, const char **end)
{
    int negative = 0, value = 0;
    *end = NULL;
    if (*p == '+' || *p == '-')
        negative = *p++ == '-';
    for (; isdigit((unsigned char)*p); p++) {
        if (value < 100000)
            value = value * 10 + (*p - '0');
        *end = p + 1;
    }
    return negative ? -value : value;
}

static double scan_decimal(const char *p, const char **end)
{
    struct scan s = { .p = p };
    for (; isdigit((unsigned char)*s.p); s.p++)
        take_digit(&s, *s.p, 0);
    if (*s.p == '.')
        for (s.p++; isdigit((unsigned char)*s.p); s.p++)
            take_digit(&s, *s.p, 1);
    if (!s.any)
        return *end = NULL, 0;
    *end = s.p;
    if ((*s.p | 32) == 'e') {
        const char *after;
        int x = read_exponent(s.p + 1, &after);
        if (after) {
            *end = after;
            s.exponent += x;
        }
    }
    double v = __decimal_to_double(s.digits, s.count, s.more, s.exponent);
    if (s.count && (v == 0 || isinf(v) || v < DBL_MIN))
        errno = ERANGE;
    return v;
}

static int hex_value(int c) { return isdigit(c) ? c - '0' : (c | 32) - 'a' + 10; }

static double scan_hex(const char *p, const char **end)
{
    unsigned long long m = 0;
    int exponent = 0, any = 0, point = 0, sticky = 0;
    for (; isxdigit((unsigned char)*p) || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = 1;
            continue;
        }
        any = 1;
        if (m >> 58) {
            sticky |= *p != '0';
            exponent += point ? 0 : 4;
        } else {
            m = m << 4 | (unsigned)hex_value(*p);
            exponent -= point ? 4 : 0;
        }
    }
    if (!any)
        return *end = NULL, 0;
    *end = p;
    if ((*p | 32) == 'p') {
        const char *after;
        int x = read_exponent(p + 1, &after);
        if (after) {
            *end = after;
            exponent += x;
        }
    }
    double v = m ? scalbn((double)(m | (unsigned)sticky), exponent) : 0;
    if (m && (v == 0 || isinf(v)))
        errno = ERANGE;
    return v;
}

static double scan_name(const char *p, const char **end)
{
    if (strncasecmp(p, "inf", 3) == 0) {
        *end = p + (strncasecmp(p, "infinity", 8) == 0 ? 8 : 3);
        return __builtin_inf();
    }
    if (strncasecmp(p, "nan", 3) != 0)
        return *end = NULL, 0;
    *end = p + 3;
    if (p[3] == '(') {
        const char *q = p + 4;
        while (isalnum((unsigned char)*q) || *q == '_')
            q++;
        if (*q == ')')
            *end = q + 1;
    }
    return __builtin_nan("");
}

double strtod(const char *restrict text, char **restrict end)
{
    const char *p = text, *after;
    while (isspace((unsigned char)*p))
        p++;
    int negative = *p == '-';
    if (*p == '+' || *p == '-')
        p++;
    double v = 0;
    after = NULL;
    if (p[0] == '0' && (p[1] | 32) == 'x')
        v = scan_hex(p + 2, &after);
    if (!after)
        v = isalpha((unsigned char)*p) ? scan_name(p, &after) : scan_decimal(p, &after);
    if (end)
        *end = (char *)(after ? after : text);
    return negative ? -v : v;
}

double atof(const char *s) { return strtod(s, NULL); }
long double strtold(const char *restrict s, char **restrict end) { return strtod(s, end); }

/* Through double: rounding twice is off by one unit in rare ties, which KEPT_DIGITS does not help; a float's neighbours tell such a tie
 * and the text is asked again by comparing with the exact middle. */
float strtof(const char *restrict s, char **restrict end)
{
    double v = strtod(s, end);
    if (isinf(v) || isnan(v))
        return (float)v;
    float f = (float)v;
    if (isinf(f))
        errno = ERANGE;
    return f;
}
