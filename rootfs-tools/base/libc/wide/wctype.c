/* wctype.c -- wide character classes: ASCII exactly; beyond it letters of Latin, Greek and Cyrillic by range, widths of East Asian
 * characters by block [Unicode blocks]. */
#include <ctype.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "locale_state.h"

#define ASCII(c) ((unsigned)(c) < 128)

static int letter_beyond_ascii(wint_t c)
{
    static const struct { unsigned int lo, hi; } letters[] = {
        { 0xAA, 0xAA }, { 0xB5, 0xB5 }, { 0xBA, 0xBA }, { 0xC0, 0xD6 }, { 0xD8, 0xF6 }, { 0xF8, 0x2AF }, { 0x370, 0x373 },
        { 0x376, 0x377 }, { 0x37B, 0x37D }, { 0x386, 0x386 }, { 0x388, 0x481 }, { 0x48A, 0x556 }, { 0x5D0, 0x5EA }, { 0x620, 0x64A },
        { 0x904, 0x939 }, { 0x1E00, 0x1FFC }, { 0x3041, 0x3096 }, { 0x30A1, 0x30FA }, { 0x3400, 0x4DBF },
        { 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 },
    };
    if (!__libc_utf8)
        return 0;
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if ((unsigned)c >= letters[i].lo && (unsigned)c <= letters[i].hi)
            return 1;
    return 0;
}

wint_t towlower(wint_t c)
{
    if (ASCII(c))
        return tolower(c);
    if (!__libc_utf8)
        return c;
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    return (c >= 0x100 && c <= 0x12F) || (c >= 0x460 && c <= 0x481) || (c >= 0x1E00 && c <= 0x1E95) ? c | 1 : c;
}

wint_t towupper(wint_t c)
{
    if (ASCII(c))
        return toupper(c);
    if (!__libc_utf8)
        return c;
    if ((c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9 && c != 0x3C2) || (c >= 0x430 && c <= 0x44F))
        return c - 32;
    if (c >= 0x450 && c <= 0x45F)
        return c - 80;
    return (c >= 0x100 && c <= 0x12F) || (c >= 0x460 && c <= 0x481) || (c >= 0x1E00 && c <= 0x1E95) ? c & ~1 : c;
}

int iswcntrl(wint_t c) { return ASCII(c) ? iscntrl(c) : c >= 0x80 && c < 0xA0; }
int iswdigit(wint_t c) { return ASCII(c) && isdigit(c); }
int iswxdigit(wint_t c) { return ASCII(c) && isxdigit(c); }
int iswalpha(wint_t c) { return ASCII(c) ? isalpha(c) : letter_beyond_ascii(c); }
int iswalnum(wint_t c) { return iswalpha(c) || iswdigit(c); }
int iswlower(wint_t c) { return ASCII(c) ? islower(c) : towupper(c) != c; }
int iswupper(wint_t c) { return ASCII(c) ? isupper(c) : towlower(c) != c; }
int iswblank(wint_t c) { return c == ' ' || c == '\t' || c == 0x3000; }
int iswspace(wint_t c)
{
    return ASCII(c) ? isspace(c) : c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x3000;
}
int iswprint(wint_t c) { return ASCII(c) ? isprint(c) : c != WEOF && __libc_utf8 && !iswcntrl(c); }
int iswgraph(wint_t c) { return iswprint(c) && !iswspace(c); }
int iswpunct(wint_t c) { return iswgraph(c) && !iswalnum(c); }

static int (*const classes[])(wint_t) = { iswalnum, iswalpha, iswblank, iswcntrl, iswdigit, iswgraph,
                                          iswlower, iswprint, iswpunct, iswspace, iswupper, iswxdigit };
static const char *const class_names[] = { "alnum", "alpha", "blank", "cntrl", "digit", "graph",
                                           "lower", "print", "punct", "space", "upper", "xdigit" };

wctype_t wctype(const char *name)
{
    for (size_t i = 0; i < sizeof class_names / sizeof *class_names; i++)
        if (strcmp(name, class_names[i]) == 0)
            return (wctype_t)i + 1;
    return 0;
}

int iswctype(wint_t c, wctype_t type) { return type >= 1 && type <= sizeof classes / sizeof *classes ? classes[type - 1](c) : 0; }

wctrans_t wctrans(const char *name)
{
    return strcmp(name, "tolower") == 0 ? (wctrans_t)1 : strcmp(name, "toupper") == 0 ? (wctrans_t)2 : NULL;
}

wint_t towctrans(wint_t c, wctrans_t t) { return t == (wctrans_t)1 ? towlower(c) : t == (wctrans_t)2 ? towupper(c) : c; }

int wcwidth(wchar_t w)
{
    unsigned int c = w;
    if (c == 0)
        return 0;
    if (!iswprint((wint_t)c))
        return -1;
    if (c >= 0x300 && c <= 0x36F)
        return 0;
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                   (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6) ||
                    (c >= 0x1F300 && c <= 0x1FAFF)
               ? 2
               : 1;
}

int wcswidth(const wchar_t *s, size_t n)
{
    int width = 0;
    for (; n > 0 && *s; n--, s++) {
        int one = wcwidth(*s);
        if (one < 0)
            return -1;
        width += one;
    }
    return width;
}
