/* float64.c -- conversions between 64-bit integers and floating point for CPUs that have none (32-bit code).
 *
 * Exactly rounded: a 64-bit integer is two 32-bit halves, each exact in a double, so the one addition rounds once; to
 * float it is narrowed to odd first, so that the second rounding cannot change the result.
 */
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

double __floatdidf(s64 v);
double __floatundidf(u64 v);
float __floatdisf(s64 v);
float __floatundisf(u64 v);
s64 __fixdfdi(double d);
u64 __fixunsdfdi(double d);
s64 __fixsfdi(float f);
u64 __fixunssfdi(float f);

static const double two32 = 4294967296.0;

double __floatdidf(s64 v) { return (double)(int)(v >> 32) * two32 + (double)(u32)v; }

double __floatundidf(u64 v) { return (double)(u32)(v >> 32) * two32 + (double)(u32)v; }

/* Above 53 bits: keep the top bits and remember in the lowest kept one whether anything was cut off. */
static u64 narrow_to_odd(u64 v) { return v >> 53 ? (v & ~(u64)0xfff) | ((v & 0xfff) ? 0x1000 : 0) : v; }

float __floatundisf(u64 v) { return (float)__floatundidf(narrow_to_odd(v)); }

float __floatdisf(s64 v) { return v < 0 ? -__floatundisf(-(u64)v) : __floatundisf((u64)v); }

/* Values outside the range give the nearest limit, as the hardware's own conversion does; a NaN the lowest. */
u64 __fixunsdfdi(double d)
{
    if (!(d > 0))
        return 0;
    if (d >= two32 * two32)
        return ~(u64)0;
    u32 high = (u32)(d / two32);
    return (u64)high << 32 | (u32)(d - (double)high * two32);
}

s64 __fixdfdi(double d)
{
    const double limit = two32 * 2147483648.0;
    if (d != d || d <= -limit)
        return (s64)((u64)1 << 63);
    if (d >= limit)
        return (s64) ~((u64)1 << 63);
    return d < 0 ? -(s64)__fixunsdfdi(-d) : (s64)__fixunsdfdi(d);
}

u64 __fixunssfdi(float f) { return __fixunsdfdi(f); }

s64 __fixsfdi(float f) { return __fixdfdi(f); }
