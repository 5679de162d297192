/* math.c -- libm: every function at a spread of arguments, 13 digits. Expected: the same source with the host's libm (glibc). */
#include <math.h>
#include <stdio.h>

static const double arguments[] = { 0.0, 0.5, 1.0, 1.5, 2.0, 3.25, 10.0, 100.125, 1e-5, 1e-300, 0.999, 700.0, 1e10,
                                     -0.5, -1.0, -2.75, -40.0 };

#define COUNT (sizeof arguments / sizeof *arguments)
#define ONE(name) { #name, name }
#define TWO(name) { #name, name }

static const struct { const char *name; double (*f)(double); } one[] = {
    ONE(sin), ONE(cos), ONE(tan), ONE(asin), ONE(acos), ONE(atan), ONE(sinh), ONE(cosh), ONE(tanh), ONE(asinh), ONE(acosh), ONE(atanh),
    ONE(exp), ONE(exp2), ONE(expm1), ONE(log), ONE(log2), ONE(log10), ONE(log1p), ONE(logb), ONE(sqrt), ONE(cbrt), ONE(fabs), ONE(erf),
    ONE(erfc), ONE(lgamma), ONE(ceil), ONE(floor), ONE(trunc), ONE(round), ONE(rint), ONE(nearbyint), ONE(j0), ONE(j1),
};
static const struct { const char *name; double (*f)(double, double); } two[] = {
    TWO(pow), TWO(atan2), TWO(hypot), TWO(fmod), TWO(remainder), TWO(copysign), TWO(nextafter), TWO(fdim), TWO(fmax), TWO(fmin),
};

/* The sign of a NaN says nothing. */
static void show(double v)
{
    if (isnan(v))
        printf(" nan");
    else
        printf(" %.13g", v);
}

int main(void)
{
    for (unsigned i = 0; i < sizeof one / sizeof *one; i++) {
        printf("%s", one[i].name);
        for (unsigned k = 0; k < COUNT; k++)
            show(one[i].f(arguments[k]));
        puts("");
    }
    for (unsigned i = 0; i < sizeof two / sizeof *two; i++) {
        printf("%s", two[i].name);
        for (unsigned k = 0; k < COUNT; k++)
            show(two[i].f(arguments[k], arguments[(k * 5 + 3) % COUNT]));
        puts("");
    }
    int x;
    double whole, part = frexp(48.5, &x);
    printf("frexp %g %d ldexp %g scalbn %g", part, x, ldexp(0.75, 10), scalbn(1.0, -1074));
    part = modf(-3.75, &whole);
    printf(" modf %g %g fma %g ilogb %d lrint %ld lround %ld\n", part, whole, fma(2.0, 3.0, 4.0), ilogb(0.15), lrint(2.5), lround(2.5));
    printf("%.6g %.6g %.6g %.6g\n", (double)sinf(1.0f), (double)powf(2.5f, 3.5f), (double)expf(-3.0f), (double)sqrtf(2.0f));
    return 0;
}
