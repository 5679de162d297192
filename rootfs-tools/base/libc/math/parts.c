/* parts.c -- the functions that take a double apart or put it together; AIX's libc has these outside libm. */
#include <math.h>
#include <string.h>

static unsigned long long bits_of(double v)
{
    unsigned long long bits;
    memcpy(&bits, &v, 8);
    return bits;
}

static double from_bits(unsigned long long bits)
{
    double v;
    memcpy(&v, &bits, 8);
    return v;
}

static int exponent_of(double v) { return (int)(bits_of(v) >> 52 & 0x7FF); }

static double power_of_two(int n) { return from_bits((unsigned long long)(n + 1023) << 52); }     /* -1022 <= n <= 1023 */

/* In steps that stay exact; the last one alone may round into the denormals. */
double scalbn(double v, int n)
{
    for (; n > 1023; n -= 1023) {
        v *= power_of_two(1023);
        if (isinf(v))
            return v;
    }
    for (; n < -1022 + 53; n += 1022 - 53) {
        v *= power_of_two(-1022 + 53);
        if (v == 0)
            return v;
    }
    return v * power_of_two(n);
}

double ldexp(double v, int n) { return scalbn(v, n); }

double frexp(double v, int *exponent)
{
    *exponent = 0;
    if (v == 0 || exponent_of(v) == 0x7FF)
        return v;
    if (exponent_of(v) == 0) {
        v *= power_of_two(64);
        *exponent = -64;
    }
    *exponent += exponent_of(v) - 1022;
    return from_bits((bits_of(v) & ~(0x7FFull << 52)) | 1022ull << 52);
}

double modf(double v, double *whole)
{
    int x = exponent_of(v) - 1023;
    if (x >= 52) {
        *whole = v;
        return isnan(v) ? v : copysign(0, v);
    }
    unsigned long long mask = x < 0 ? ~0ull >> 1 : 0xFFFFFFFFFFFFFull >> x;
    *whole = from_bits(bits_of(v) & ~mask);
    return v == *whole ? copysign(0, v) : v - *whole;
}

/* Adding and taking away 2^52 rounds in the current mode. */
double rint(double v)
{
    double big = copysign(4503599627370496.0, v);
    if (exponent_of(v) - 1023 >= 52)
        return v;
    volatile double sum = v + big;
    return copysign(sum - big, v);
}

double fabs(double v) { return from_bits(bits_of(v) & ~(1ull << 63)); }
double copysign(double v, double sign) { return from_bits((bits_of(v) & ~(1ull << 63)) | (bits_of(sign) & 1ull << 63)); }
