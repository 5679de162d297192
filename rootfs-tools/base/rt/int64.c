/* int64.c -- 64-bit integer operations that 32-bit code calls by name, and multiplication with overflow for both
 * widths.
 *
 * The names and meanings are those of the compiler's public run-time interface (GCC internals manual, "libgcc").
 * Division is schoolbook: by one 32-bit word where the divisor has one, else shift and subtract over as few bits as the
 * quotient has.
 */
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;

u64 __udivmoddi4(u64 n, u64 d, u64 *rest);
u64 __udivdi3(u64 n, u64 d);
u64 __umoddi3(u64 n, u64 d);
s64 __divdi3(s64 n, s64 d);
s64 __moddi3(s64 n, s64 d);
s64 __muldi3(s64 a, s64 b);
s64 __ashldi3(s64 a, int by);
s64 __ashrdi3(s64 a, int by);
u64 __lshrdi3(u64 a, int by);
int __clzdi2(u64 a);
int __ctzdi2(u64 a);
int __popcountdi2(u64 a);
int __popcountsi2(u32 a);
int __ffsdi2(u64 a);
int __cmpdi2(s64 a, s64 b);
int __ucmpdi2(u64 a, u64 b);
int __mulosi4(int a, int b, int *overflow);
s64 __mulodi4(s64 a, s64 b, int *overflow);

static u32 high(u64 v) { return (u32)(v >> 32); }
static u32 low(u64 v) { return (u32)v; }
static u64 join(u32 h, u32 l) { return (u64)h << 32 | l; }

int __clzdi2(u64 a) { return high(a) ? __builtin_clz(high(a)) : low(a) ? 32 + __builtin_clz(low(a)) : 64; }

int __ctzdi2(u64 a) { return low(a) ? __builtin_ctz(low(a)) : high(a) ? 32 + __builtin_ctz(high(a)) : 64; }

int __ffsdi2(u64 a) { return a ? __ctzdi2(a) + 1 : 0; }

int __popcountsi2(u32 a)
{
    a -= a >> 1 & 0x55555555;
    a = (a & 0x33333333) + (a >> 2 & 0x33333333);
    a = (a + (a >> 4)) & 0x0f0f0f0f;
    return (int)(a * 0x01010101 >> 24);
}

int __popcountdi2(u64 a) { return __popcountsi2(high(a)) + __popcountsi2(low(a)); }

int __cmpdi2(s64 a, s64 b) { return a < b ? 0 : a > b ? 2 : 1; }

int __ucmpdi2(u64 a, u64 b) { return a < b ? 0 : a > b ? 2 : 1; }

/* Shifts are written with words: a 64-bit shift by a variable would call these very functions when optimising for size.
 */
s64 __ashldi3(s64 a, int by)
{
    u32 h = high((u64)a), l = low((u64)a);
    if (by >= 32)
        return (s64)join(by < 64 ? l << (by - 32) : 0, 0);
    return by ? (s64)join(h << by | l >> (32 - by), l << by) : a;
}

u64 __lshrdi3(u64 a, int by)
{
    u32 h = high(a), l = low(a);
    if (by >= 32)
        return by < 64 ? h >> (by - 32) : 0;
    return by ? join(h >> by, l >> by | h << (32 - by)) : a;
}

s64 __ashrdi3(s64 a, int by)
{
    int h = (int)high((u64)a);
    u32 l = low((u64)a);
    if (by >= 32)
        return (s64)join((u32)(h >> 31), (u32)(h >> (by < 63 ? by - 32 : 31)));
    return by ? (s64)join((u32)(h >> by), l >> by | (u32)h << (32 - by)) : a;
}

s64 __muldi3(s64 a, s64 b)
{
    u32 al = low((u64)a), bl = low((u64)b);
    u64 low_product = (u64)al * bl;
    return (s64)join(high(low_product) + al * high((u64)b) + high((u64)a) * bl, low(low_product));
}

/* A two-word dividend by one word, with h < d: the quotient is one word. Half-word digits, most significant first. */
static u32 divide_step(u32 h, u32 l, u32 d, u32 *rest)
{
    int shift = __builtin_clz(d);
    u32 n = d << shift, n1 = n >> 16, n0 = n & 0xffff, q = 0;
    u32 top = shift ? h << shift | l >> (32 - shift) : h, bottom = l << shift;
    for (int digit = 0; digit < 2; digit++) {
        u32 next = digit ? bottom & 0xffff : bottom >> 16, guess = top / n1, left = top - guess * n1;
        while (left <= 0xffff && (guess > 0xffff || guess * n0 > (left << 16 | next))) {
            guess--;
            left += n1;
        }
        top = (top << 16 | next) - guess * n;
        q = q << 16 | guess;
    }
    *rest = top >> shift;
    return q;
}

static u64 divide_by_long(u64 n, u64 d, u64 *rest)
{
    u64 q = 0;
    int steps = __clzdi2(d) - __clzdi2(n);
    for (int i = steps; i >= 0; i--) {
        u64 part = d << i;
        q <<= 1;
        if (n >= part) {
            n -= part;
            q |= 1;
        }
    }
    *rest = n;
    return q;
}

u64 __udivmoddi4(u64 n, u64 d, u64 *rest)
{
    u64 left = n, q = 0;
    if (d == 0)
        __builtin_trap();
    if (high(d)) {
        q = n >= d ? divide_by_long(n, d, &left) : 0;
    } else if (!high(n)) {
        q = low(n) / low(d);
        left = low(n) % low(d);
    } else {
        u32 r;
        u32 qh = high(n) / low(d), ql = divide_step(high(n) % low(d), low(n), low(d), &r);
        q = join(qh, ql);
        left = r;
    }
    if (rest)
        *rest = left;
    return q;
}

u64 __udivdi3(u64 n, u64 d) { return __udivmoddi4(n, d, (u64 *)0); }

u64 __umoddi3(u64 n, u64 d)
{
    u64 rest;
    __udivmoddi4(n, d, &rest);
    return rest;
}

static u64 magnitude(s64 v) { return v < 0 ? -(u64)v : (u64)v; }

s64 __divdi3(s64 n, s64 d)
{
    u64 q = __udivdi3(magnitude(n), magnitude(d));
    return (s64)((n < 0) != (d < 0) ? -q : q);
}

s64 __moddi3(s64 n, s64 d)
{
    u64 rest = __umoddi3(magnitude(n), magnitude(d));
    return (s64)(n < 0 ? -rest : rest);
}

int __mulosi4(int a, int b, int *overflow)
{
    s64 product = (s64)a * b;
    *overflow = product != (int)product;
    return (int)product;
}

s64 __mulodi4(s64 a, s64 b, int *overflow)
{
    u64 x = magnitude(a), y = magnitude(b), limit = (u64)1 << 63;
    int negative = (a < 0) != (b < 0);
    *overflow = y != 0 && x > __udivdi3(limit - !negative, y);
    return (s64)((u64)a * (u64)b);
}
