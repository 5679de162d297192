/* int128_float.c -- conversions between 128-bit integers and floating point, for 64-bit code.
 *
 * Exactly rounded: an integer above 64 bits is narrowed to its top 64, the lowest of them set when anything was cut
 * off. That is more than two bits beyond a double's or float's precision, so the one conversion of those 64 bits rounds
 * as the whole would.
 */
typedef unsigned long long u64;
typedef unsigned __int128 u128;
typedef __int128 s128;

double __floatuntidf(u128 v);
double __floattidf(s128 v);
float __floatuntisf(u128 v);
float __floattisf(s128 v);
u128 __fixunsdfti(double d);
s128 __fixdfti(double d);
u128 __fixunssfti(float f);
s128 __fixsfti(float f);

static const double two64 = 18446744073709551616.0;

/* *scale: what the result has to be multiplied by; a power of two. */
static u64 narrow_to_64(u128 v, double *scale)
{
    int cut = (u64)(v >> 64) ? 64 - __builtin_clzll((u64)(v >> 64)) : 0;
    u64 top = (u64)(v >> cut);
    *scale = cut == 64 ? two64 : (double)((u64)1 << cut);
    return (u128)top << cut == v ? top : top | 1;
}

double __floatuntidf(u128 v)
{
    double scale;
    u64 top = narrow_to_64(v, &scale);
    return (double)top * scale;
}

float __floatuntisf(u128 v)
{
    double scale;
    u64 top = narrow_to_64(v, &scale);
    return (float)top * (float)scale;
}

double __floattidf(s128 v) { return v < 0 ? -__floatuntidf(-(u128)v) : __floatuntidf((u128)v); }

float __floattisf(s128 v) { return v < 0 ? -__floatuntisf(-(u128)v) : __floatuntisf((u128)v); }

/* Values outside the range give the nearest limit, as the hardware's own conversion does; a NaN the lowest. */
u128 __fixunsdfti(double d)
{
    if (!(d > 0))
        return 0;
    if (d >= two64 * two64)
        return ~(u128)0;
    u64 high = (u64)(d / two64);
    return (u128)high << 64 | (u64)(d - (double)high * two64);
}

s128 __fixdfti(double d)
{
    const double limit = two64 * (two64 / 2);
    if (d != d || d <= -limit)
        return (s128)((u128)1 << 127);
    if (d >= limit)
        return (s128) ~((u128)1 << 127);
    return d < 0 ? -(s128)__fixunsdfti(-d) : (s128)__fixunsdfti(d);
}

u128 __fixunssfti(float f) { return __fixunsdfti(f); }

s128 __fixsfti(float f) { return __fixdfti(f); }
