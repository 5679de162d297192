/* mbs.c -- strings of multibyte characters, AIX's names for them [IBM's manual: mbscat, mbschr ...]: counts are characters, not bytes.
 * A byte that begins no character counts as one.
 */
#include <mbstr.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Length of the character at s, and its code; 0 at the end. */
static size_t next(const char *s, wchar_t *code)
{
    mbstate_t state = { 0 };
    size_t n = mbrtowc(code, s, MB_CUR_MAX, &state);
    if (n >= (size_t)-2) {
        *code = (unsigned char)*s;
        return 1;
    }
    return n;
}

/* Bytes of at most n characters. */
static size_t bytes_of(const char *s, size_t n)
{
    wchar_t code;
    size_t bytes = 0, one;
    for (; n && (one = next(s + bytes, &code)); n--)
        bytes += one;
    return bytes;
}

size_t mbslen(const char *s)
{
    wchar_t code;
    size_t count = 0, one;
    for (; (one = next(s, &code)); s += one)
        count++;
    return count;
}

char *mbscat(char *to, const char *from) { return strcat(to, from); }
char *mbscpy(char *to, const char *from) { return strcpy(to, from); }
int mbscmp(const char *a, const char *b) { return strcmp(a, b); }

char *mbsncat(char *to, const char *from, size_t n)
{
    size_t bytes = bytes_of(from, n);
    char *end = to + strlen(to);
    memcpy(end, from, bytes);
    end[bytes] = '\0';
    return to;
}

/* Fewer characters than n are followed by as many nulls. */
char *mbsncpy(char *to, const char *from, size_t n)
{
    size_t bytes = 0, one;
    wchar_t code;
    for (; n && (one = next(from + bytes, &code)); n--)
        bytes += one;
    memcpy(to, from, bytes);
    memset(to + bytes, 0, n);
    return to;
}

int mbsncmp(const char *a, const char *b, size_t n)
{
    wchar_t x, y;
    for (; n; n--) {
        size_t one = next(a, &x), other = next(b, &y);
        if (x != y || one == 0)
            return x < y ? -1 : x > y;
        a += one;
        b += other;
    }
    return 0;
}

char *mbschr(const char *s, mbchar_t c)
{
    wchar_t code;
    for (size_t one; (one = next(s, &code)); s += one)
        if ((mbchar_t)code == c)
            return (char *)s;
    return c ? NULL : (char *)s;
}

char *mbsrchr(const char *s, mbchar_t c)
{
    wchar_t code;
    const char *last = NULL;
    for (size_t one; (one = next(s, &code)); s += one)
        if ((mbchar_t)code == c)
            last = s;
    return (char *)(c ? last : s);
}

/* Bytes at the start that are (not) of the set. */
static size_t span(const char *s, const char *set, int within)
{
    wchar_t code;
    size_t bytes = 0, one;
    while ((one = next(s + bytes, &code)) && !mbschr(set, (mbchar_t)code) == !within)
        bytes += one;
    return bytes;
}

size_t mbsspn(const char *s, const char *set) { return span(s, set, 1); }
size_t mbscspn(const char *s, const char *set) { return span(s, set, 0); }

char *mbspbrk(const char *s, const char *set)
{
    s += span(s, set, 0);
    return *s ? (char *)s : NULL;
}

int mbswidth(const char *s, size_t n)
{
    wchar_t code;
    int width = 0;
    for (size_t at = 0, one; at < n && (one = next(s + at, &code)); at += one) {
        int w = wcwidth(code);
        if (w < 0)
            return -1;
        width += w;
    }
    return width;
}
