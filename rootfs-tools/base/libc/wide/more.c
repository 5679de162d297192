/* more.c -- wide strings of POSIX.1-2008: copies, bounded lengths, bounded conversions. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

wchar_t *wcsdup(const wchar_t *s)
{
    size_t size = (wcslen(s) + 1) * sizeof *s;
    wchar_t *copy = malloc(size);
    return copy ? memcpy(copy, s, size) : NULL;
}

size_t wcsnlen(const wchar_t *s, size_t n)
{
    size_t i = 0;
    while (i < n && s[i])
        i++;
    return i;
}

wchar_t *wcpcpy(wchar_t *restrict to, const wchar_t *restrict from) { return wcscpy(to, from) + wcslen(from); }

wchar_t *wcpncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t n)
{
    wcsncpy(to, from, n);
    return to + wcsnlen(from, n);
}

/* At most `bytes` bytes of *from; what ends in the middle of a character stays in the state. */
size_t mbsnrtowcs(wchar_t *restrict to, const char **restrict from, size_t bytes, size_t n, mbstate_t *restrict state)
{
    static mbstate_t own;
    const char *s = *from;
    size_t count = 0;
    for (; bytes && (!to || count < n); count++) {
        wchar_t c;
        size_t used = mbrtowc(&c, s, bytes, state ? state : &own);
        if (used == (size_t)-1)
            return used;
        if (used == (size_t)-2) {
            s += bytes;
            break;
        }
        if (to)
            to[count] = c;
        if (used == 0) {
            s = NULL;
            break;
        }
        s += used;
        bytes -= used;
    }
    if (to)
        *from = s;
    return count;
}

size_t wcsnrtombs(char *restrict to, const wchar_t **restrict from, size_t wides, size_t n, mbstate_t *restrict state)
{
    const wchar_t *w = *from;
    size_t count = 0;
    for (; wides; wides--, w++) {
        char one[8];
        size_t length = wcrtomb(one, *w, state);
        if (length == (size_t)-1)
            return length;
        if (to && count + length > n)
            break;
        if (to)
            memcpy(to + count, one, length);
        if (*w == 0) {
            w = NULL;
            break;
        }
        count += length;
    }
    if (to)
        *from = w;
    return count;
}
