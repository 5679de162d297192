/* unicode.c -- characters of UTF-8 and ISO8859-1 locales: every character of the basic plane to bytes and back, classes, case, width.
 * Expected: Unicode's rules; natively (C.UTF-8) the same. */
#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#ifdef _AIX
#define UTF8 "en_US.UTF-8"
#define LATIN1 "de_DE"
#else
#define UTF8 "C.UTF-8"
#define LATIN1 "de_DE.ISO8859-1"
#endif

static void there_and_back(void)
{
    int bad = 0, lengths[5] = { 0 };
    for (int c = 1; c < 0xFFFE; c++) {
        char bytes[8];
        wchar_t w = 0;
        if (c >= 0xD800 && c < 0xE000)
            continue;
        int n = wctomb(bytes, (wchar_t)c);
        if (n < 1 || n > 4 || mbtowc(&w, bytes, (size_t)n) != n || w != (wchar_t)c)
            bad++;
        else
            lengths[n]++;
    }
    printf("bad %d, of one byte %d, two %d, three %d\n", bad, lengths[1], lengths[2], lengths[3]);
}

static void classes(void)
{
    static const wchar_t some[] = { 'a', '1', ' ', 0xA0, 0xE4, 0xC4, 0xDF, 0xB5, 0xD7, 0x100, 0x17F, 0x301, 0x391, 0x3B1, 0x416, 0x436,
                                    0x5D0, 0x2003, 0x20AC, 0x3000, 0x3042, 0x4E00, 0xAC00, 0xFF21, 0x200B };
    for (unsigned i = 0; i < sizeof some / sizeof *some; i++) {
        wint_t c = (wint_t)some[i];
        printf("%04x %d%d%d%d%d%d%d ", (unsigned)c, !!iswalpha(c), !!iswupper(c), !!iswlower(c), !!iswspace(c), !!iswprint(c),
               !!iswpunct(c), !!iswdigit(c));
        printf("%04x %04x %d\n", (unsigned)towupper(c), (unsigned)towlower(c), wcwidth(some[i]));
    }
}

static void strings(void)
{
    static const char text[] = "\303\204rger \342\202\254 \346\227\245\346\234\254";
    wchar_t wide[32];
    char bytes[64];
    size_t n = mbstowcs(wide, text, 32);
    printf("%d characters, %d columns\n", (int)n, wcswidth(wide, n));
    n = wcstombs(bytes, wide, sizeof bytes);
    printf("%d %d\n", (int)n, strcmp(bytes, text) == 0);
    printf("%ls|%.5ls|%lc\n", wide, wide, (wint_t)0x20AC);
    errno = 0;
    n = mbstowcs(wide, "a\377b", 32);
    printf("%d %d\n", n == (size_t)-1, errno == EILSEQ);
    printf("%d %d\n", mblen("\342\202\254", 3), mblen("\342\202", 2));
}

int main(void)
{
    if (!setlocale(LC_ALL, UTF8))
        return 1;
    printf("%s %d\n", nl_langinfo(CODESET), (int)MB_CUR_MAX > 3);
    there_and_back();
    classes();
    strings();
    printf("%d%d\n", isalpha(0xE4), isprint(0xE4));
#ifdef _AIX                     /* a locale that few machines have; the classes are Unicode's of the first 256 characters */
    printf("%s %s %d\n", setlocale(LC_ALL, LATIN1), nl_langinfo(CODESET), (int)MB_CUR_MAX);
    printf("%d%d%d ", !!isalpha(0xE4), !!isupper(0xC4), !!ispunct(0xA7));
    printf("%x %x %x %x\n", toupper(0xE4), tolower(0xC4), toupper(0xFF), toupper(0xDF));
    wchar_t w = 0;
    int n = mbtowc(&w, "\344", 1);
    printf("%d %x\n", n, (unsigned)w);
#else
    puts("de_DE ISO8859-1 1\n111 c4 e4 ff df\n1 e4");
#endif
    setlocale(LC_ALL, "C");
    printf("%d %x\n", isalpha(0xE4), toupper(0xE4));
    return 0;
}
