/* conversion.c -- doubles of random bits to text and back, and integers in every conversion. Expected: the same source with glibc. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252ull;

static uint64_t next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void one_double(uint64_t bits)
{
    double v;
    char text[64];
    memcpy(&v, &bits, 8);
    if (v != v)
        return;
    snprintf(text, sizeof text, "%.17g", v);
    printf("%s %.0e %.3g %a %d\n", text, v, v, v, strtod(text, NULL) == v);
}

static void texts(void)
{
    static const char *const t[] = { "1e23", "8.5e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "1.7976931348623158e308",
        "1.7976931348623159e308", "9007199254740993", "0x1.8p3", "0x.00000000000008p-1022", ".5", "5.", "1e", "1e+",
        "inf", "-nan", "nanx", "1e-5000",
        "123456789012345678901234567890", "0.1e-6", "4.35", "2.2250738585072011e-308", "9007199254740992.999999999999999999999" };
    for (unsigned i = 0; i < sizeof t / sizeof *t; i++) {
        char *end;
        double v = strtod(t[i], &end);
        printf("%s -> %.17g rest '%s'\n", t[i], v < 0 || v >= 0 ? v : 0.0, end);
    }
}

int main(void)
{
    for (int i = 0; i < 200; i++)
        one_double(next());
    for (int i = 0; i < 40; i++)
        one_double(next() >> 12);                       /* subnormal */
    one_double(0);
    one_double(1);
    one_double(0x7FEFFFFFFFFFFFFFull);
    one_double(0x0010000000000000ull);
    texts();
    for (int i = 0; i < 30; i++) {
        long long v = (long long)next() >> (i * 2);
        printf("%lld %llu %llx %llo %+lld %020lld %-22lld| %.15lld\n", v, (unsigned long long)v, v, v, v, v, v, v);
        printf("%d %hd %hhd %u %#x %#o [%8.3s] [%-8s] [%c]\n", (int)v, (short)v, (signed char)v, (unsigned)v, (unsigned)v, (unsigned)v,
               "abcdef", "xy", 'A' + i % 26);
        printf("%10.3f|%-12.2e|%+g|% .4f|%#.0f|%05.1f\n", v / 1e9, v / 1e3, v / 7.0, (double)(v % 1000) / 8, (double)(v % 100),
               (double)(v % 50) / 3);
    }
    int a, n;
    unsigned b;
    double d;
    char word[16], set[16];
    printf("%d ", sscanf("  12 0xff 3.5e2 hello [abc]rest", "%d %x %lf %15s [%15[a-c]%n", &a, &b, &d, word, set, &n));
    printf("%d %u %g %s %s %d\n", a, b, d, word, set, n);
    printf("%2$s %1$s %2$s\n", "one", "two");
    return 0;
}
