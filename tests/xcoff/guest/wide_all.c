/* wide_all.c -- wide strings, streams and conversions. Expected: the same source natively (clang), in the C locale. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

static int sign(int v) { return (v > 0) - (v < 0); }

static void strings(void)
{
    const wchar_t *s = L"the quick brown fox";
    wchar_t t[64], *rest, *w;
    printf("%zu %d %d %d\n", wcslen(s), (int)(wcschr(s, L'q') - s), (int)(wcsrchr(s, L'o') - s), wcschr(s, L'z') == NULL);
    printf("%d %d %d\n", (int)(wcsstr(s, L"brown") - s), wcsstr(s, L"cow") == NULL, (int)(wcspbrk(s, L"xk") - s));
    printf("%zu %zu %d %d %d\n", wcsspn(s, L"the "), wcscspn(s, L"q"), sign(wcscmp(L"abc", L"abd")), sign(wcsncmp(L"abc", L"abd", 2)),
           sign(wcscoll(L"b", L"a")));
    printf("%d %d\n", sign(wcscasecmp(L"ABC", L"abd")), sign(wcsncasecmp(L"ABC", L"abd", 2)));
    wcscat(wcscpy(t, L"one"), L"two");
    wcsncat(t, L"three", 2);
    printf("%ls", t);
    wcsncpy(t, L"pad", 6);
    printf(" %d %zu", (int)t[5], wcsxfrm(t, L"abc", 10));
    wmemset(t, L'x', 5);
    wmemcpy(t + 1, L"ab", 2);
    wmemmove(t + 2, t + 1, 2);
    t[5] = 0;
    printf(" %ls %d %d\n", t, (int)(wmemchr(t, L'b', 5) - t), sign(wmemcmp(t, L"xx", 2)));
    wcscpy(t, L",a,,b;c");
    for (w = wcstok(t, L",;", &rest); w; w = wcstok(NULL, L",;", &rest))
        printf("<%ls>", w);
    printf(" %ld %lu %lld %llu\n", wcstol(L"-12", NULL, 10), wcstoul(L"0x1f", NULL, 0), wcstoll(L"123456789012", NULL, 10),
           wcstoull(L"77", NULL, 8));
}

static void classes(void)
{
    static const char *const names[] = { "alnum", "alpha", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper",
                                         "xdigit" };
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        unsigned sum = 0;
        wctype_t type = wctype(names[i]);
        for (wint_t c = 1; c < 128; c++)
            if (iswctype(c, type))
                sum = sum * 31 + (unsigned)c;
        printf("%08x ", sum);
    }
    printf("%d %lc %lc\n", wctype("nothing") == 0, towctrans(L'a', wctrans("toupper")), towctrans(L'A', wctrans("tolower")));
    printf("%d%d%d%d\n", !!iswalnum(L'1'), !!iswgraph(L' '), !!iswxdigit(L'g'), !!iswcntrl(7));
}

static void conversions(void)
{
    mbstate_t state = { 0 };
    wchar_t w[16];
    char b[16];
    const char *s = "bytes";
    const wchar_t *p = L"wides";
    printf("%d %zu", mbsinit(&state), mbrtowc(w, "x", 1, &state));
    printf(" %zu %zu", mbrlen("y", 1, &state), wcrtomb(b, L'z', &state));
    printf(" %zu", mbsrtowcs(w, &s, 16, &state));
    printf(" %d %zu", s == NULL, wcsrtombs(b, &p, 16, &state));
    printf(" %d %s %d %d %d\n", p == NULL, b, (int)btowc('a'), wctob(L'b'), btowc(EOF) == WEOF);
    printf("%d %d %zu\n", mbtowc(w, "q", 1), wctomb(b, L'q'), mbstowcs(NULL, "count", 0));
}

static int print(FILE *f, const wchar_t *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfwprintf(f, format, args);
    va_end(args);
    return n;
}

static int print_to(wchar_t *to, size_t n, const wchar_t *format, ...)
{
    va_list args;
    va_start(args, format);
    n = (size_t)vswprintf(to, n, format, args);
    va_end(args);
    return (int)n;
}

static int scan(FILE *f, const wchar_t *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vfwscanf(f, format, args);
    va_end(args);
    return n;
}

static void streams(void)
{
    FILE *f = tmpfile();
    wchar_t line[32];
    int a = 0, b = 0;
    printf("%d", fwide(f, 1) > 0);
    fputws(L"first line\n", f);
    fputwc(L'x', f);
    putwc(L'\n', f);
    printf(" %d %d", fwprintf(f, L"%d %ls\n", 42, L"wide"), print(f, L"%d,%d\n", 7, 8));
    rewind(f);
    printf(" %ls", fgetws(line, 32, f));
    printf("%lc", fgetwc(f));
    wint_t c = getwc(f);
    printf("%d %d", (int)c, ungetwc(c, f) == c);
    int n = fwscanf(f, L"%d %31ls", &a, line);
    printf(" %d %d %ls", n, a, line);
    n = scan(f, L"%d,%d", &a, &b);
    printf(" %d %d %d", n, a, b);
    getwc(f);
    printf(" %d\n", fgetwc(f) == WEOF && feof(f));
    fclose(f);
    printf("%d", swprintf(line, 32, L"%5.2f|%-4ls|%c", 2.5, L"ab", 'z'));
    printf(" %ls", line);
    printf(" %d", swprintf(line, 3, L"too long") < 0);
    printf(" %d", print_to(line, 32, L"%x", 255));
    printf(" %ls", line);
    n = swscanf(L"10 20", L"%d %x", &a, &b);
    printf(" %d %d %d\n", n, a, b);
}

int main(void)
{
    strings();
    classes();
    conversions();
    streams();
    return 0;
}
