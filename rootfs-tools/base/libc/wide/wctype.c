/* wctype.c -- wide character classes: ASCII by ctype; beyond it Unicode's [unicode.py], as far as the locale's code set has the
 * character.
 */
#include <ctype.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "locale_state.h"
#include "unicode.h"

#define ASCII(c) ((unsigned)(c) < 128)

static int class_of(wint_t c)
{
    unsigned v = (unsigned)c;
    return __libc_utf8 || (__libc_latin1 && v < 256) ? unicode_class(v) : 0;
}

static wint_t other_case(wint_t c, const struct unicode_run *runs, int count)
{
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (runs[middle].last < (int)c)
            low = middle + 1;
        else
            high = middle;
    }
    const struct unicode_run *r = runs + low;
    if (low == count || (int)c < r->first || ((int)c - r->first) % r->step != 0)
        return c;
    wint_t other = c + r->distance;
    return __libc_utf8 || other < 256 ? other : c;
}

wint_t towlower(wint_t c)
{
    return ASCII(c) ? tolower(c) : class_of(c) ? other_case(c, __unicode_lower, __unicode_lower_count) : c;
}

wint_t towupper(wint_t c)
{
    return ASCII(c) ? toupper(c) : class_of(c) ? other_case(c, __unicode_upper, __unicode_upper_count) : c;
}

int iswcntrl(wint_t c) { return ASCII(c) ? iscntrl(c) : c >= 0x80 && c < 0xA0; }
int iswdigit(wint_t c) { return ASCII(c) && isdigit(c); }
int iswxdigit(wint_t c) { return ASCII(c) && isxdigit(c); }
int iswalpha(wint_t c) { return ASCII(c) ? isalpha(c) : (class_of(c) & UNI_ALPHA) != 0; }
int iswalnum(wint_t c) { return iswalpha(c) || iswdigit(c); }
int iswlower(wint_t c) { return ASCII(c) ? islower(c) : (class_of(c) & UNI_LOWER) || towupper(c) != c; }
int iswupper(wint_t c) { return ASCII(c) ? isupper(c) : (class_of(c) & UNI_UPPER) || towlower(c) != c; }
int iswspace(wint_t c) { return ASCII(c) ? isspace(c) : (class_of(c) & UNI_SPACE) != 0; }
int iswblank(wint_t c) { return c == ' ' || c == '\t' || (!ASCII(c) && iswspace(c) && c != 0x2028 && c != 0x2029); }
int iswprint(wint_t c) { return ASCII(c) ? isprint(c) : (class_of(c) & UNI_PRINT) != 0; }
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
    wint_t c = (wint_t)w;
    if (c == 0)
        return 0;
    if (!iswprint(c))
        return -1;
    return ASCII(c) ? 1 : class_of(c) & UNI_ZERO ? 0 : class_of(c) & UNI_WIDE ? 2 : 1;
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
