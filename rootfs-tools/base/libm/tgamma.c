/* tgamma.c -- the gamma function: newlib's is exp of lgamma, which loses seven bits. Here: products for small integers; Lanczos' series
 * [SIAM J. Numer. Anal. 1, 1964] with the thirteen terms computed for 53 bits and published with Boost.Math (lanczos13m53); reflection
 * below 0.5.
 */
#include <errno.h>
#include <math.h>

#define G 6.024680040776729583740234375
enum { TERMS = 13, SMALL_INTEGERS = 23 };

static const double numerator[TERMS] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
};
static const double denominator[TERMS] = { 0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535,
                                           2637558, 357423, 32670, 1925, 66, 1 };

/* By powers of x, or of 1/x where those would grow. */
static double series(double x)
{
    double above = 0, below = 0;
    for (int i = 0; i < TERMS; i++) {
        int at = x < 8 ? TERMS - 1 - i : i;
        double factor = x < 8 ? x : 1 / x;
        above = above * factor + numerator[at];
        below = below * factor + denominator[at];
    }
    return above / below;
}

/* x >= 0.5: S(x) (x + G - 1/2)^(x - 1/2) e^-(x + G - 1/2), the power in two halves so that it does not overflow early; what rounding took
 * from the base is put back in first order. */
static double positive(double x)
{
    if (x > 172)
        return INFINITY;
    double base = x + (G - 0.5), lost = x > G - 0.5 ? (G - 0.5) - (base - x) : x - (base - (G - 0.5));
    double result = series(x) * exp(-base), half = pow(base, 0.5 * (x - 0.5));
    result += result * (lost * -G / base);
    return result * half * half;
}

static double of(double x)
{
    if (x == floor(x) && x > 0 && x <= SMALL_INTEGERS) {
        double product = 1;
        for (int i = 2; i < (int)x; i++)
            product *= i;
        return product;
    }
    if (x >= 0.5)
        return positive(x);
    if (fabs(x) < 0x1p-54)
        return 1 / x;
    double whole = floor(x), part = x - whole, sine = sin(M_PI * (part > 0.5 ? 1 - part : part));
    if (x < -184)
        return fmod(whole, 2) == 0 ? 0.0 : -0.0;
    double there = M_PI / (sine * positive(1 - x));
    return fmod(whole, 2) == 0 ? there : -there;
}

double tgamma(double x)
{
    if (isnan(x) || x == INFINITY)
        return x;
    if (x == -INFINITY || (x < 0 && x == floor(x))) {
        errno = EDOM;
        return (x - x) / (x - x);
    }
    double result = of(x);
    if (isinf(result) || (result == 0 && x < 0))
        errno = ERANGE;
    return result;
}

float tgammaf(float x) { return (float)tgamma(x); }
long double tgammal(long double x) { return tgamma((double)x); }
