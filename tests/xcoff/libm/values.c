/* values.c -- the guest's part: each function at pseudo-random arguments, as bits. */
#include <math.h>
#include <stdio.h>
#include "points.h"

int main(void)
{
#define ONE(f, low, high, ulps) for (int i = 0; i < POINTS; i++) print(f(point(low, high)));
#define TWO(f, low, high, low2, high2, ulps)                    \
    for (int i = 0; i < POINTS; i++) {                          \
        double a = point(low, high), b = point(low2, high2);    \
        print(f(a, b));                                         \
    }
#include "functions.def"
    return 0;
}
