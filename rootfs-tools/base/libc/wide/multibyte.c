/* multibyte.c -- multibyte and wide characters: bytes in the C locale, UTF-8 in locales named so [RFC 3629].
 *
 * In 32-bit programs wchar_t has 16 bits: characters beyond the basic plane are EILSEQ there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "locale_state.h"

int __getmbcurmax(void) { return __libc_utf8 ? 4 : 1; }
int mbsinit(const mbstate_t *s) { return !s || s->__count == 0; }
wint_t btowc(int c) { return c == EOF || (__libc_utf8 && c >= 128) ? WEOF : (wint_t)(unsigned char)c; }
int wctob(wint_t c) { return c < (__libc_utf8 ? 128 : 256) ? (int)c : EOF; }

static size_t bad(void)
{
    errno = EILSEQ;
    return (size_t)-1;
}

/* __count: bytes still missing; __value: the bits so far, with the least value the length may encode in the high byte's place. */
static size_t decode_utf8(wchar_t *to, const char *s, size_t n, mbstate_t *state)
{
    static const unsigned int least[] = { 0, 0x80, 0x800, 0x10000 };
    size_t used = 0;
    unsigned int value = state->__value, missing = state->__count & 15, length = state->__count >> 4;
    if (missing == 0) {
        unsigned char c = (unsigned char)s[used++];
        if (c < 0x80) {
            if (to)
                *to = c;
            return c != 0;
        }
        if (c < 0xC2 || c > 0xF4)
            return bad();
        length = c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;
        missing = length;
        value = c & (0x3Fu >> length);
    }
    for (; missing && used < n; missing--, used++) {
        if (((unsigned char)s[used] & 0xC0) != 0x80)
            return bad();
        value = value << 6 | ((unsigned char)s[used] & 0x3F);
    }
    if (missing) {
        state->__value = value;
        state->__count = length << 4 | missing;
        return (size_t)-2;
    }
    state->__count = state->__value = 0;
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000) || value > WCHAR_MAX)
        return bad();
    if (to)
        *to = (wchar_t)value;
    return used;
}

size_t mbrtowc(wchar_t *restrict to, const char *restrict s, size_t n, mbstate_t *restrict state)
{
    static mbstate_t own;
    if (!state)
        state = &own;
    if (!s)
        return mbrtowc(NULL, "", 1, state);
    if (n == 0)
        return (size_t)-2;
    if (__libc_utf8)
        return decode_utf8(to, s, n, state);
    if (to)
        *to = (unsigned char)*s;
    return *s != '\0';
}

size_t wcrtomb(char *restrict to, wchar_t c, mbstate_t *restrict state)
{
    unsigned int v = c;
    if (!to)
        return 1;
    if (v < 0x80 || (!__libc_utf8 && v < 256)) {
        *to = (char)v;
        return 1;
    }
    if (!__libc_utf8 || (v >= 0xD800 && v < 0xE000) || v > 0x10FFFF)
        return bad();
    int length = v < 0x800 ? 1 : v < 0x10000 ? 2 : 3;
    to[0] = (char)((0xFF00 >> (length + 1) & 0xFF) | v >> 6 * length);
    for (int i = 1; i <= length; i++)
        to[i] = (char)(0x80 | (v >> 6 * (length - i) & 0x3F));
    return (size_t)length + 1;
}

size_t mbrlen(const char *restrict s, size_t n, mbstate_t *restrict state)
{
    static mbstate_t own;
    return mbrtowc(NULL, s, n, state ? state : &own);
}

int mblen(const char *s, size_t n) { return mbtowc(NULL, s, n); }

int mbtowc(wchar_t *restrict to, const char *restrict s, size_t n)
{
    mbstate_t state = { 0 };
    if (!s)
        return 0;
    size_t used = mbrtowc(to, s, n, &state);
    return used >= (size_t)-2 ? -1 : (int)used;
}

int wctomb(char *to, wchar_t c)
{
    mbstate_t state = { 0 };
    return to ? (int)wcrtomb(to, c, &state) : 0;
}

size_t mbsrtowcs(wchar_t *restrict to, const char **restrict from, size_t n, mbstate_t *restrict state)
{
    static mbstate_t own;
    const char *s = *from;
    size_t count = 0;
    for (; !to || count < n; count++) {
        wchar_t c;
        size_t used = mbrtowc(&c, s, MB_CUR_MAX, state ? state : &own);
        if (used >= (size_t)-2)
            return bad();
        if (to)
            to[count] = c;
        if (used == 0) {
            if (to)
                *from = NULL;
            return count;
        }
        s += used;
    }
    *from = s;
    return count;
}

size_t wcsrtombs(char *restrict to, const wchar_t **restrict from, size_t n, mbstate_t *restrict state)
{
    const wchar_t *w = *from;
    size_t count = 0;
    for (;; w++) {
        char one[8];
        size_t length = wcrtomb(one, *w, state);
        if (length == (size_t)-1)
            return length;
        if (to && count + length > n)
            break;
        if (to)
            memcpy(to + count, one, length);
        if (*w == 0) {
            if (to)
                *from = NULL;
            return count;
        }
        count += length;
    }
    *from = w;
    return count;
}

size_t mbstowcs(wchar_t *restrict to, const char *s, size_t n)
{
    mbstate_t state = { 0 };
    return mbsrtowcs(to, &s, n, &state);
}

size_t wcstombs(char *restrict to, const wchar_t *w, size_t n)
{
    mbstate_t state = { 0 };
    return wcsrtombs(to, &w, n, &state);
}
