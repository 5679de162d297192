/* shim.c -- what newlib's mathematics needs of a C library: errno, and the lgamma family, which keeps the sign in AIX's signgam. */
#include <errno.h>
#include <math.h>

int *__errno(void);
double __ieee754_lgamma_r(double, int *);
float __ieee754_lgammaf_r(float, int *);

int signgam;

int *__errno(void) { return &errno; }

/* A pole is a range error and infinity, an overflow a range error [C17 7.12.8.3]. */
static double checked(double result, double x)
{
    if (isinf(result) && !isinf(x))
        errno = ERANGE;
    return result;
}

double lgamma_r(double x, int *sign) { return checked(__ieee754_lgamma_r(x, sign), x); }
double lgamma(double x) { return lgamma_r(x, &signgam); }
double gamma(double x) { return lgamma(x); }
float lgammaf_r(float x, int *sign) { return (float)checked(__ieee754_lgammaf_r(x, sign), x); }
float lgammaf(float x) { return lgammaf_r(x, &signgam); }
float gammaf(float x) { return lgammaf(x); }
