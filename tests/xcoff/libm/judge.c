/* judge.c -- reads what values.c printed and compares it with the host's long double functions, whose 64 bits tell errors of 53 exactly
 * enough: the worst error of each function in ulps of the result, and whether more than its line allows.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include "points.h"

static int failures;

static double error_of(long double wanted)
{
    unsigned long long bits;
    double got;
    if (scanf("%llx", &bits) != 1) {
        puts("the guest printed too little");
        exit(1);
    }
    memcpy(&got, &bits, sizeof got);
    if (isnan(got) || isinf(got))
        return isnan(wanted) || (double)wanted == got ? 0 : INFINITY;
    int exponent;
    frexpl(wanted, &exponent);
    long double ulp = ldexpl(1, exponent - 53 < -1074 ? -1074 : exponent - 53);
    return (double)(fabsl(wanted - got) / ulp);
}

static void verdict(const char *name, double worst, double allowed)
{
    printf("%-10s %.3f of %g ulp%s\n", name, worst, allowed, worst > allowed + 0.01 ? "  TOO MUCH" : "");
    failures += worst > allowed + 0.01;
}

int main(void)
{
    double worst;
#define ONE(f, low, high, ulps)                                 \
    worst = 0;                                                  \
    for (int i = 0; i < POINTS; i++)                            \
        worst = fmax(worst, error_of(f##l(point(low, high))));  \
    verdict(#f, worst, ulps);
#define TWO(f, low, high, low2, high2, ulps)                    \
    worst = 0;                                                  \
    for (int i = 0; i < POINTS; i++) {                          \
        double a = point(low, high), b = point(low2, high2);    \
        worst = fmax(worst, error_of(f##l(a, b)));              \
    }                                                           \
    verdict(#f, worst, ulps);
#include "functions.def"
    return failures != 0;
}
