/* int128.c -- 128-bit division and checked multiplication for 64-bit code. */
typedef unsigned long long u64;
typedef unsigned __int128 u128;
typedef __int128 s128;

u128 __udivti3(u128 n, u128 d);
u128 __umodti3(u128 n, u128 d);
s128 __divti3(s128 n, s128 d);
s128 __modti3(s128 n, s128 d);
s128 __muloti4(s128 a, s128 b, int *overflow);

static int leading_zeros(u128 v)
{
    u64 high = (u64)(v >> 64), low = (u64)v;
    return high ? __builtin_clzll(high) : low ? 64 + __builtin_clzll(low) : 128;
}

static u128 divide(u128 n, u128 d, u128 *rest)
{
    u128 q = 0;
    if (d == 0)
        __builtin_trap();
    if (!(u64)(n >> 64) && !(u64)(d >> 64)) {
        *rest = (u64)n % (u64)d;
        return (u64)n / (u64)d;
    }
    for (int i = leading_zeros(d) - leading_zeros(n); i >= 0; i--) {
        q <<= 1;
        if (n >= d << i) {
            n -= d << i;
            q |= 1;
        }
    }
    *rest = n;
    return q;
}

u128 __udivti3(u128 n, u128 d)
{
    u128 rest;
    return divide(n, d, &rest);
}

u128 __umodti3(u128 n, u128 d)
{
    u128 rest;
    divide(n, d, &rest);
    return rest;
}

static u128 wide_magnitude(s128 v) { return v < 0 ? -(u128)v : (u128)v; }

s128 __divti3(s128 n, s128 d)
{
    u128 q = __udivti3(wide_magnitude(n), wide_magnitude(d));
    return (s128)((n < 0) != (d < 0) ? -q : q);
}

s128 __modti3(s128 n, s128 d)
{
    u128 rest = __umodti3(wide_magnitude(n), wide_magnitude(d));
    return (s128)(n < 0 ? -rest : rest);
}

s128 __muloti4(s128 a, s128 b, int *overflow)
{
    u128 x = wide_magnitude(a), y = wide_magnitude(b), limit = (u128)1 << 127;
    int negative = (a < 0) != (b < 0);
    *overflow = y != 0 && x > __udivti3(limit - !negative, y);
    return (s128)((u128)a * (u128)b);
}
