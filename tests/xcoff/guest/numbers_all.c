/* numbers_all.c -- conversions of numbers, division, pseudo-random sequences that a standard fixes. Expected: the same source natively, by
 * clang; values of long are printed where both widths agree.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static const char *const texts[] = { "0", "42", "-42", "+7x", "  12", "0x1F", "017", "08", "", "abc", "9223372036854775807",
                                     "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615",
                                     "18446744073709551616", "zz", "0x", "-0x1", "99999999999999999999999" };
static const char *const reals[] = { "0", "1.5", "-2.5e3", "1e400", "-1e400", "1e-400", "inf", "-Infinity", "nan", "0x1.8p3", "0x.8", ".5",
                                     "5.", ".", "e5", "1e", "1e+", "4.9406564584124654e-324", "2.2250738585072014e-308",
                                     "1.7976931348623157e308", "123456789012345678901234567890", "0.1e-1x", "9007199254740993", "8.5e-46" };

static void integers(void)
{
    static const int bases[] = { 0, 10, 16, 36, 8, 2 };
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (unsigned b = 0; b < sizeof bases / sizeof *bases; b++) {
            char *end;
            errno = 0;
            long long v = strtoll(texts[i], &end, bases[b]);
            printf("%lld:%d:%d ", v, (int)(end - texts[i]), errno == ERANGE);
            errno = 0;
            unsigned long long u = strtoull(texts[i], &end, bases[b]);
            printf("%llu:%d:%d ", u, (int)(end - texts[i]), errno == ERANGE);
        }
        printf("%d %lld ", (int)strtol(texts[i], NULL, 16) & 0xFFFF, atoll(texts[i]));
        printf("%" PRIdMAX " %" PRIuMAX "\n", strtoimax(texts[i], NULL, 0), strtoumax(texts[i], NULL, 0));
    }
    char *end;
    errno = 0;
    printf("%d %ld %d\n", strtol("5", &end, 1) == 0 && errno == EINVAL, strtol("123", NULL, 10), atoi("77") + (int)atol("-7"));
    errno = 0;
    printf("%d %d\n", strtol("99999999999999999999", NULL, 10) == LONG_MAX && errno == ERANGE, strtoul("-1", NULL, 10) == ULONG_MAX);
}

static void floats(void)
{
    for (unsigned i = 0; i < sizeof reals / sizeof *reals; i++) {
        char *end;
        wchar_t wide[64], *wide_end;
        errno = 0;
        double v = strtod(reals[i], &end);
        int range = errno == ERANGE;
        float f = strtof(reals[i], NULL);
        mbstowcs(wide, reals[i], 64);
        double w = wcstod(wide, &wide_end);
        int used = (int)(end - reals[i]);
        printf("%s: %a %d %d %a %d %d\n", reals[i], v, used, range, (double)f, (int)(wide_end - wide) == used,
               memcmp(&v, &w, 8) == 0 || isnan(v));
    }
    printf("%g %Lg %g\n", atof("2.5"), strtold("0.25", NULL), (double)wcstof(L"1.5", NULL));
}

static void division(void)
{
    div_t d = div(-17, 5);
    ldiv_t l = ldiv(17L, -5L);
    lldiv_t ll = lldiv(-17LL, -5LL);
    imaxdiv_t im = imaxdiv(100, 7);
    printf("%d %d, %ld %ld, %lld %lld, %d %d\n", d.quot, d.rem, l.quot, l.rem, ll.quot, ll.rem, (int)im.quot, (int)im.rem);
    printf("%d %ld %lld %d\n", abs(-5), labs(-6L), llabs(-7LL), (int)imaxabs(-8));
}

static void sequences(void)
{
    unsigned short x[3] = { 1, 2, 3 }, p[7] = { 1, 2, 3, 0xE66D, 0xDEEC, 5, 11 };
    srand48(42);
    printf("%.10f %ld %ld", drand48(), lrand48(), mrand48());
    printf(" %.10f %ld %ld\n", erand48(x), nrand48(x), jrand48(x));
    unsigned short *old = seed48(x);
    printf("%d %.10f", old != NULL, drand48());
    lcong48(p);
    printf(" %.10f\n", drand48());
    srand(5);
    int a = rand(), b = rand();
    srand(5);
    printf("%d %d\n", a == rand() && b == rand(), a >= 0 && a <= RAND_MAX);
    unsigned seed = 9, again = 9;
    printf("%d\n", rand_r(&seed) == rand_r(&again));
    static char one[128], two[128];
    initstate(1, one, sizeof one);
    long first = random();
    initstate(2, two, sizeof two);
    long other = random();
    setstate(one);
    random();
    srandom(1);
    printf("%d %d\n", first == random(), first != other);
}

int main(void)
{
    integers();
    floats();
    division();
    sequences();
    return 0;
}
