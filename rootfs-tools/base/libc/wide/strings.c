/* strings.c -- wide strings: the byte functions' counterparts [C17 7.29.4]. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

size_t wcslen(const wchar_t *s)
{
    size_t n = 0;
    while (s[n])
        n++;
    return n;
}

wchar_t *wmemchr(const wchar_t *s, wchar_t c, size_t n)
{
    for (; n > 0; n--, s++)
        if (*s == c)
            return (wchar_t *)s;
    return NULL;
}

int wmemcmp(const wchar_t *a, const wchar_t *b, size_t n)
{
    for (; n > 0; n--, a++, b++)
        if (*a != *b)
            return *a < *b ? -1 : 1;
    return 0;
}

wchar_t *wmemcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n) { return memcpy(to, from, n * sizeof *to); }
wchar_t *wmemmove(wchar_t *to, const wchar_t *from, size_t n) { return memmove(to, from, n * sizeof *to); }

wchar_t *wmemset(wchar_t *to, wchar_t c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        to[i] = c;
    return to;
}

wchar_t *wcscpy(wchar_t *restrict to, const wchar_t *restrict from) { return wmemcpy(to, from, wcslen(from) + 1); }

wchar_t *wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    size_t i = 0;
    for (; i < n && from[i]; i++)
        to[i] = from[i];
    for (; i < n; i++)
        to[i] = 0;
    return to;
}

wchar_t *wcscat(wchar_t *restrict to, const wchar_t *restrict from)
{
    wcscpy(to + wcslen(to), from);
    return to;
}

wchar_t *wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    wchar_t *p = to + wcslen(to);
    while (n-- > 0 && *from)
        *p++ = *from++;
    *p = 0;
    return to;
}

int wcscmp(const wchar_t *a, const wchar_t *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a < *b ? -1 : *a > *b;
}

int wcsncmp(const wchar_t *a, const wchar_t *b, size_t n)
{
    for (; n > 0; n--, a++, b++)
        if (*a != *b || !*a)
            return *a < *b ? -1 : *a > *b;
    return 0;
}

int wcscoll(const wchar_t *a, const wchar_t *b) { return wcscmp(a, b); }

size_t wcsxfrm(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    size_t length = wcslen(from);
    if (length < n)
        wcscpy(to, from);
    return length;
}

wchar_t *wcschr(const wchar_t *s, wchar_t c)
{
    for (; *s != c; s++)
        if (!*s)
            return NULL;
    return (wchar_t *)s;
}

wchar_t *wcsrchr(const wchar_t *s, wchar_t c)
{
    const wchar_t *last = NULL;
    do {
        if (*s == c)
            last = s;
    } while (*s++);
    return (wchar_t *)last;
}

size_t wcsspn(const wchar_t *s, const wchar_t *accept)
{
    size_t n = 0;
    while (s[n] && wcschr(accept, s[n]))
        n++;
    return n;
}

size_t wcscspn(const wchar_t *s, const wchar_t *reject)
{
    size_t n = 0;
    while (s[n] && !wcschr(reject, s[n]))
        n++;
    return n;
}

wchar_t *wcspbrk(const wchar_t *s, const wchar_t *accept)
{
    s += wcscspn(s, accept);
    return *s ? (wchar_t *)s : NULL;
}

wchar_t *wcsstr(const wchar_t *s, const wchar_t *what)
{
    size_t n = wcslen(what);
    if (n == 0)
        return (wchar_t *)s;
    for (; (s = wcschr(s, what[0])); s++)
        if (wcsncmp(s, what, n) == 0)
            return (wchar_t *)s;
    return NULL;
}

wchar_t *wcswcs(const wchar_t *s, const wchar_t *what) { return wcsstr(s, what); }

wchar_t *__iso_wcstok(wchar_t *restrict s, const wchar_t *restrict separators, wchar_t **restrict rest)
{
    if (!s)
        s = *rest;
    s += wcsspn(s, separators);
    if (!*s) {
        *rest = s;
        return NULL;
    }
    wchar_t *end = s + wcscspn(s, separators);
    if (*end)
        *end++ = 0;
    *rest = end;
    return s;
}

int wcsncasecmp(const wchar_t *a, const wchar_t *b, size_t n)
{
    for (; n > 0; n--, a++, b++) {
        wint_t x = towlower(*a), y = towlower(*b);
        if (x != y || !x)
            return x < y ? -1 : x > y;
    }
    return 0;
}

int wcscasecmp(const wchar_t *a, const wchar_t *b) { return wcsncasecmp(a, b, (size_t)-1); }

/* Numbers are ASCII: copy what can belong to one and use the byte functions. */
enum { NUMBER_TEXT = 1024 };

static void narrow(const wchar_t *s, char *text)
{
    size_t n = 0;
    for (; n < NUMBER_TEXT - 1 && s[n] && s[n] < 128; n++)
        text[n] = (char)s[n];
    text[n] = '\0';
}

#define WIDE_NUMBER(call)                                                               \
    char text[NUMBER_TEXT], *stop;                                                      \
    narrow(s, text);                                                                    \
    __auto_type v = call;                                                               \
    if (end)                                                                            \
        *end = (wchar_t *)s + (stop - text);                                            \
    return v

double wcstod(const wchar_t *restrict s, wchar_t **restrict end) { WIDE_NUMBER(strtod(text, &stop)); }
float wcstof(const wchar_t *restrict s, wchar_t **restrict end) { WIDE_NUMBER(strtof(text, &stop)); }
long wcstol(const wchar_t *restrict s, wchar_t **restrict end, int base) { WIDE_NUMBER(strtol(text, &stop, base)); }
unsigned long wcstoul(const wchar_t *restrict s, wchar_t **restrict end, int base) { WIDE_NUMBER(strtoul(text, &stop, base)); }
long long wcstoll(const wchar_t *restrict s, wchar_t **restrict end, int base) { WIDE_NUMBER(strtoll(text, &stop, base)); }
unsigned long long wcstoull(const wchar_t *restrict s, wchar_t **restrict end, int base) { WIDE_NUMBER(strtoull(text, &stop, base)); }
long double wcstold(const wchar_t *restrict s, wchar_t **restrict end) { return wcstod(s, end); }
intmax_t wcstoimax(const wchar_t *restrict s, wchar_t **restrict end, int base) { return wcstoll(s, end, base); }
uintmax_t wcstoumax(const wchar_t *restrict s, wchar_t **restrict end, int base) { return wcstoull(s, end, base); }
