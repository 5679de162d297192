/* test_compiler_rt.c -- the guest compiler's run-time library, compiled for the host under other names; what the host's
 * own 64-bit and 128-bit arithmetic and conversions give is the expected value. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define __udivmoddi4  rt_udivmoddi4
#define __udivdi3     rt_udivdi3
#define __umoddi3     rt_umoddi3
#define __divdi3      rt_divdi3
#define __moddi3      rt_moddi3
#define __muldi3      rt_muldi3
#define __ashldi3     rt_ashldi3
#define __ashrdi3     rt_ashrdi3
#define __lshrdi3     rt_lshrdi3
#define __clzdi2      rt_clzdi2
#define __ctzdi2      rt_ctzdi2
#define __ffsdi2      rt_ffsdi2
#define __popcountdi2 rt_popcountdi2
#define __popcountsi2 rt_popcountsi2
#define __cmpdi2      rt_cmpdi2
#define __ucmpdi2     rt_ucmpdi2
#define __mulosi4     rt_mulosi4
#define __mulodi4     rt_mulodi4
#define __floatdidf   rt_floatdidf
#define __floatundidf rt_floatundidf
#define __floatdisf   rt_floatdisf
#define __floatundisf rt_floatundisf
#define __fixdfdi     rt_fixdfdi
#define __fixunsdfdi  rt_fixunsdfdi
#define __fixsfdi     rt_fixsfdi
#define __fixunssfdi  rt_fixunssfdi
#define __muldc3      rt_muldc3
#define __mulsc3      rt_mulsc3
#define __divdc3      rt_divdc3
#define __divsc3      rt_divsc3
#define __udivti3     rt_udivti3
#define __umodti3     rt_umodti3
#define __divti3      rt_divti3
#define __modti3      rt_modti3
#define __muloti4     rt_muloti4
#define __floattidf   rt_floattidf
#define __floatuntidf rt_floatuntidf
#define __floattisf   rt_floattisf
#define __floatuntisf rt_floatuntisf
#define __fixdfti     rt_fixdfti
#define __fixunsdfti  rt_fixunsdfti
#define __fixsfti     rt_fixsfti
#define __fixunssfti  rt_fixunssfti
#include "rootfs-tools/base/rt/int64.c"
#include "rootfs-tools/base/rt/float64.c"
#include "rootfs-tools/base/rt/int128.c"
#include "rootfs-tools/base/rt/int128_float.c"
#include "rootfs-tools/base/rt/complex.c"

enum { ROUNDS = 2000000 };

static u64 state = 88172645463325252ull;

/* Random numbers of every length, and now and then one of the borders. */
static u64 any(void)
{
    static const u64 borders[] = {0,
                                  1,
                                  2,
                                  0x7fffffff,
                                  0x80000000,
                                  0xffffffff,
                                  0x100000000,
                                  0x7fffffffffffffff,
                                  0x8000000000000000,
                                  0xffffffffffffffff,
                                  0xffff0000ffff0000,
                                  0x1ffffffffffffff};
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    if (state % 16 == 0)
        return borders[state / 16 % 12] + state / 256 % 3 - 1;
    return state >> (state / 64 & 63);
}

static void division(void **unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        u64 n = any(), d = any();
        s64 a = (s64)any(), b = (s64)any();
        if (d) {
            assert_int_equal(rt_udivdi3(n, d), n / d);
            assert_int_equal(rt_umoddi3(n, d), n % d);
        }
        if (b && !(a == INT64_MIN && b == -1)) {
            assert_int_equal(rt_divdi3(a, b), a / b);
            assert_int_equal(rt_moddi3(a, b), a % b);
            s64 minus = (s64)(0 - (u64)a);
            if (!(minus == INT64_MIN && b == -1))
                assert_int_equal(rt_divdi3(minus, b), minus / b);
        }
    }
}

static void shifts_products_counts(void **unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        u64 a = any(), b = any();
        int by = (int)(any() & 63), overflow;
        s64 product;
        assert_int_equal(rt_ashldi3((s64)a, by), a << by);
        assert_int_equal(rt_lshrdi3(a, by), a >> by);
        assert_int_equal(rt_ashrdi3((s64)a, by), (s64)a >> by);
        assert_int_equal(rt_muldi3((s64)a, (s64)b), a * b);
        int expected = __builtin_mul_overflow((s64)a, (s64)b, &product);
        assert_int_equal(rt_mulodi4((s64)a, (s64)b, &overflow), product);
        assert_int_equal(overflow, expected);
        int small;
        expected = __builtin_mul_overflow((int)a, (int)b, &small);
        assert_int_equal(rt_mulosi4((int)a, (int)b, &overflow), small);
        assert_int_equal(overflow, expected);
        assert_int_equal(rt_popcountdi2(a), __builtin_popcountll(a));
        assert_int_equal(rt_ffsdi2(a), __builtin_ffsll((s64)a));
        if (a) {
            assert_int_equal(rt_clzdi2(a), __builtin_clzll(a));
            assert_int_equal(rt_ctzdi2(a), __builtin_ctzll(a));
        }
        assert_int_equal(rt_ucmpdi2(a, b), a < b ? 0 : a > b ? 2 : 1);
        assert_int_equal(rt_cmpdi2((s64)a, (s64)b), (s64)a<(s64)b ? 0 : (s64)a>(s64) b ? 2 : 1);
    }
}

static void conversions(void **unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        u64 a = any();
        assert_true(rt_floatdidf((s64)a) == (double)(s64)a);
        assert_true(rt_floatundidf(a) == (double)a);
        assert_true(rt_floatdisf((s64)a) == (float)(s64)a);
        assert_true(rt_floatundisf(a) == (float)a);
        double d = (double)(s64)(a >> 2) / (double)(1u << (any() & 15)), big = d * 3.9;
        assert_int_equal(rt_fixdfdi(d), (s64)d);
        assert_int_equal(rt_fixdfdi(-d), (s64)-d);
        assert_int_equal(rt_fixunsdfdi(big), (u64)big);
        assert_int_equal(rt_fixsfdi((float)(d / 4)), (s64)(float)(d / 4));
        assert_int_equal(rt_fixunssfdi((float)(d / 4)), (u64)(float)(d / 4));
    }
    assert_int_equal(rt_fixdfdi(1e300), INT64_MAX);
    assert_int_equal(rt_fixdfdi(-1e300), INT64_MIN);
    assert_int_equal(rt_fixunsdfdi(1e300), UINT64_MAX);
    assert_int_equal(rt_fixunsdfdi(-5.0), 0);
}

/* Random numbers of up to 128 bits. */
static u128 any_wide(void) { return any() & 1 ? any() : (u128)any() << (any() & 127) | any(); }

static void wide_division(void **unused)
{
    for (int i = 0; i < ROUNDS / 4; i++) {
        u128 n = any_wide(), d = any_wide();
        s128 a = (s128)(0 - any_wide()), b = (s128)any_wide(), product;
        int overflow, expected = __builtin_mul_overflow(a, b, &product);
        if (d) {
            assert_true(rt_udivti3(n, d) == n / d);
            assert_true(rt_umodti3(n, d) == n % d);
        }
        if (b && b != -1) {
            assert_true(rt_divti3(a, b) == a / b);
            assert_true(rt_modti3(a, b) == a % b);
        }
        assert_true(rt_muloti4(a, b, &overflow) == product);
        assert_int_equal(overflow, expected);
    }
}

static void wide_conversions(void **unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        u128 a = any_wide();
        assert_true(rt_floattidf((s128)a) == (double)(s128)a);
        assert_true(rt_floatuntidf(a) == (double)a);
        assert_true(rt_floattisf((s128)a) == (float)(s128)a);
        assert_true(rt_floatuntisf(a) == (float)a);
        double d = (double)(a >> 2) / (double)(1u << (any() & 15));
        assert_true(rt_fixdfti(d) == (s128)d);
        assert_true(rt_fixdfti(-d) == (s128)-d);
        assert_true(rt_fixunsdfti(d * 3.9) == (u128)(d * 3.9));
        assert_true(rt_fixsfti((float)(d / 4)) == (s128)(float)(d / 4));
        assert_true(rt_fixunssfti((float)(d / 4)) == (u128)(float)(d / 4));
    }
    assert_true(rt_fixdfti(1e300) == (s128)(~(u128)0 >> 1));
    assert_true(rt_fixdfti(-1e300) == (s128)((u128)1 << 127));
    assert_true(rt_fixunsdfti(1e300) == ~(u128)0);
    assert_true(rt_fixunsdfti(-5.0) == 0);
}

/* Any finite double, of any exponent. */
static double any_double(void)
{
    u64 bits;
    do
        bits = any() << 32 ^ any() ^ any() << 52;
    while ((bits >> 52 & 0x7ff) == 0x7ff);
    double d;
    __builtin_memcpy(&d, &bits, sizeof d);
    return d;
}

/* Within four units in the last place, and of what is subnormal within the last bit. */
static bool close_to(__float128 exact, double computed)
{
    double nearest = (double)exact;
    __float128 off = computed - exact;
    if (isinf(nearest))
        return computed == nearest || fabs(computed) > 0x1.ffffffffffff0p1023;
    return (off < 0 ? -off : off) <= fabs(nearest) * 0x1p-50 + 0x1p-1074;
}

static void complex_division(void **unused)
{
    for (int i = 0; i < ROUNDS / 10; i++) {
        double a = any_double(), b = any_double(), c = any_double(), d = any_double();
        __float128 qa = a, qb = b, qc = c, qd = d, norm = qc * qc + qd * qd;
        if (c == 0 && d == 0)
            continue;
        double _Complex z = rt_divdc3(a, b, c, d);
        assert_true(close_to((qa * qc + qb * qd) / norm, __real__ z));
        assert_true(close_to((qb * qc - qa * qd) / norm, __imag__ z));
    }
}

/* The examples of C99 annex G.5.1: infinity by a finite number, a finite number by infinity and by zero. */
static void complex_infinities(void **unused)
{
    double _Complex z = rt_divdc3(INFINITY, NAN, 1, 1);
    assert_true(isinf(__real__ z) && isinf(__imag__ z));
    z = rt_divdc3(1, 1, INFINITY, NAN);
    assert_true(__real__ z == 0 && __imag__ z == 0);
    z = rt_divdc3(1, -1, 0, 0);
    assert_true(__real__ z == INFINITY && __imag__ z == -INFINITY);
    z = rt_divdc3(1, 1, NAN, 1);
    assert_true(isnan(__real__ z) && isnan(__imag__ z));
}

static void complex_numbers(void **unused)
{
    double _Complex z = rt_muldc3(1, 2, 3, 4);
    assert_true(__real__ z == -5 && __imag__ z == 10);
    z = rt_divdc3(-5, 10, 3, 4);
    assert_true(__real__ z == 1 && __imag__ z == 2);
    z = rt_divdc3(1e300, 1e300, 1e300, 1e300); /* the plain formula overflows */
    assert_true(__real__ z == 1 && __imag__ z == 0);
    z = rt_muldc3(INFINITY, NAN, 1, 0); /* C99 annex G: infinite, not NaN */
    assert_true(isinf(__real__ z) || isinf(__imag__ z));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(division),
        cmocka_unit_test(shifts_products_counts),
        cmocka_unit_test(conversions),
        cmocka_unit_test(wide_division),
        cmocka_unit_test(wide_conversions),
        cmocka_unit_test(complex_numbers),
        cmocka_unit_test(complex_division),
        cmocka_unit_test(complex_infinities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
