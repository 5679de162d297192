/* integers.c -- 64-bit arithmetic, which 32-bit code does in the compiler's run-time library. Expected output: the same
 * source built for the host. */
#include <stdio.h>

typedef unsigned long long u64;
typedef long long s64;

static u64 state = 88172645463325252ull;

static u64 next(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state >> (state & 63);
}

int main(void)
{
    u64 mix = 0;
    for (int i = 0; i < 20000; i++) {
        u64 a = next(), b = next() | 1;
        s64 c = (s64)(next() - next()), d = (s64)((next() | 1) * (i & 1 ? 1 : -1ull));
        int s = (int)(next() & 63);
        mix = mix * 31 + a / b + a % b;
        mix = mix * 31 + (u64)(d == -1 ? 0 : c / d) + (u64)(d == -1 ? 0 : c % d);
        mix = mix * 31 + a * b + (a << s) + (b >> s) + (u64)(c >> s);
        mix = mix * 31 + (u64)__builtin_popcountll(a) + (u64)__builtin_clzll(b) + (u64)__builtin_ctzll(b);
        mix += (u64)((double)(s64)(a >> 2) + (double)(b >> 3)) & 0xffffff;
        mix += (u64)(s64)(float)(c >> 2) & 0xfffffffffff;
        s64 product;
        mix = mix * 31 + (u64)__builtin_mul_overflow(c, d, &product) + (u64)product;
    }
    printf("%016llx\n", mix);
    printf("%lld %lld %llu %llu\n", -7LL / 2, -7LL % 2, ~0ull / 10, ~0ull % 10);
    printf("%lld %llu %lld\n", (s64)-1.5e18, (u64)1.8e19, (s64)(float)9007199254740993LL);
    return 0;
}
