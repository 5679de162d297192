/* points.h -- the arguments, the same for the guest and for its judge. */
#include <stdio.h>
#include <string.h>

enum { POINTS = 2000 };

static double point(double low, double high)
{
#pragma STDC FP_CONTRACT OFF
    static unsigned long long x = 88172645463325252ull;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return low + (high - low) * ((double)(x >> 11) * 0x1p-53);
}

static inline void print(double v)
{
    unsigned long long bits;
    memcpy(&bits, &v, sizeof bits);
    printf("%016llx\n", bits);
}
