/* ecvt.c -- ecvt, fcvt, gcvt: a number's digits, without and with the point [XSH ecvt, issue 6]. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 40 };
static char text[400];        /* a double has at most 309 digits before the point */

/* The digits of text alone; not a number, infinity: as they are. */
static char *only_digits(void)
{
    char *to = text;
    for (const char *s = text; *s; s++)
        if (*s >= '0' && *s <= '9')
            *to++ = *s;
    *to = '\0';
    return text;
}

static int finite_and_sign(double value, int *sign)
{
    *sign = __builtin_signbit(value) != 0;
    if (__builtin_isfinite(value))
        return 1;
    strcpy(text, value != value ? "nan" : "inf");
    return 0;
}

static int clamp(int n) { return n < 0 ? 0 : n > MOST_DIGITS ? MOST_DIGITS : n; }

char *ecvt(double value, int n, int *restrict point, int *restrict sign)
{
    *point = 0;
    if (!finite_and_sign(value, sign))
        return text;
    snprintf(text, sizeof text, "%.*e", n > 0 ? clamp(n) - 1 : 0, __builtin_fabs(value));
    char *exponent = strchr(text, 'e');
    *point = value == 0 ? 1 : atoi(exponent + 1) + 1;
    *exponent = '\0';
    only_digits();
    if (n <= 0)
        text[0] = '\0';
    return text;
}

char *fcvt(double value, int n, int *restrict point, int *restrict sign)
{
    *point = 0;
    if (!finite_and_sign(value, sign))
        return text;
    snprintf(text, sizeof text, "%.*f", clamp(n), __builtin_fabs(value));
    char *dot = strchr(text, '.');
    *point = dot ? (int)(dot - text) : (int)strlen(text);
    only_digits();
    if (text[0] != '0' || value == 0 || n <= 0)
        return text;
    size_t zeros = strspn(text, "0");
    *point -= (int)zeros;
    memmove(text, text + zeros, strlen(text + zeros) + 1);
    return text;
}

char *gcvt(double value, int n, char *to)
{
    sprintf(to, "%.*g", n > MOST_DIGITS ? MOST_DIGITS : n, value);
    return to;
}
