/* aix.c -- what AIX's libm has beside C's: the class of a number, roundings to integers, comparison [IBM's manual: class, itrunc, ...]. */
#include <complex.h>
#include <math.h>

/* FP_PLUS_NORM ... of float.h, in their order [recalled]. */
enum { PLUS_NORM, MINUS_NORM, PLUS_ZERO, MINUS_ZERO, PLUS_INF, MINUS_INF, PLUS_DENORM, MINUS_DENORM, SNAN, QNAN };

int class(double x)
{
    union { double d; unsigned long long bits; } u = { .d = x };
    int minus = signbit(x) != 0;
    switch (fpclassify(x)) {
    case FP_NAN: return u.bits & 1ull << 51 ? QNAN : SNAN;
    case FP_INFINITE: return PLUS_INF + minus;
    case FP_ZERO: return PLUS_ZERO + minus;
    case FP_SUBNORMAL: return PLUS_DENORM + minus;
    }
    return PLUS_NORM + minus;
}

int unordered(double x, double y) { return isunordered(x, y); }
double nearest(double x) { return rint(x); }

/* Toward zero; what does not fit is the nearest integer that does. */
int itrunc(double x)
{
    return isnan(x) ? -2147483647 - 1 : x >= 2147483647.0 ? 2147483647 : x <= -2147483648.0 ? -2147483647 - 1 : (int)x;
}

unsigned int uitrunc(double x) { return !(x > 0) ? 0 : x >= 4294967295.0 ? 4294967295u : (unsigned int)x; }

long double cabsl(long double complex z) { return hypotl(creall(z), cimagl(z)); }
