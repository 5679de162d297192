/* floats.c -- the FPSCR by AIX's names, 64-bit conversions of 32-bit code. Expected: IEEE 754 and the Technical Reference (fp_*). */
#include <float.h>
#include <fptrap.h>
#include <fpxcp.h>
#include <math.h>
#include <stdio.h>

static volatile double one = 1, three = 3, zero = 0, big = 1e308;

#ifdef __64BIT__
#define __divi64(a, b)   ((long long)(a) / (b))
#define __divu64(a, b)   ((unsigned long long)(a) / (b))
#define __f64toi64rz(v)  ((long long)(v))
#define __f64tou64rz(v)  ((unsigned long long)(v))
#else
long long __divi64(long long, long long);
unsigned long long __divu64(unsigned long long, unsigned long long);
long long __f64toi64rz(double);
unsigned long long __f64tou64rz(double);
#endif

static void integers(void)
{
    volatile long long a = -1000000000007, b = 7, ten = 10, two = -2;
    volatile double c = -12345678901.9, d = 0.99, e = 1.8e19;
    printf("%lld %lld %llu\n", __divi64(a, ten), __divi64(b, two), __divu64(~0ull, (unsigned long long)ten));
    printf("%lld %lld %llu\n", __f64toi64rz(c), __f64toi64rz(d), __f64tou64rz(e));
}

static void flags(const char *what)
{
    printf("%s:%s%s%s%s%s\n", what, fp_invalid_op() ? " invalid" : "", fp_divbyzero() ? " zero" : "", fp_overflow() ? " overflow" : "",
           fp_underflow() ? " underflow" : "", fp_inexact() ? " inexact" : "");
}

static void exceptions(void)
{
    volatile double r;
    fp_swap_flag(0);
    flags("start");
    r = one / zero;
    flags("1/0");
    fp_clr_flag(FP_DIV_BY_ZERO);
    r = zero / zero;
    flags("0/0");
    fp_clr_flag(FP_INVALID);
    flags("cleared");
    r = big * big;
    flags("big");
    fpflag_t old = fp_swap_flag(FP_UNDERFLOW);
    flags("swapped");
    printf("%x %d\n", (unsigned)old, fp_any_xcp());
    fp_swap_flag(0);
    fp_set_flag(FP_INVALID);
    printf("%x\n", (unsigned)fp_read_flag());
    fp_clr_flag(FP_INVALID);
    printf("%d %d\n", fp_raise_xcp(FP_OVERFLOW | FP_INEXACT), fp_any_xcp());
    flags("raised");
    fp_swap_flag(0);
    (void)r;
}

static void rounding(void)
{
    static const char *const names[] = { "zero", "nearest", "up", "down" };
    volatile double m = -1, half = 2.5, minus_half = -2.5;
    for (fprnd_t mode = 0; mode < 4; mode++) {
        fprnd_t before = fp_swap_rnd(mode);
        double positive = one / three, negative = m / three;
        double a = rint(half), b = rint(minus_half);
        fp_swap_rnd(FP_RND_RN);
        printf("after %d %s: %.17g %.17g %g %g\n", before, names[mode], positive, negative, a, b);
    }
    printf("%d\n", fp_read_rnd());
}

static void traps(void)
{
    printf("%d %d", fp_any_enable(), fp_is_enabled(TRP_OVERFLOW));
    fp_enable(TRP_OVERFLOW | TRP_INEXACT);
    printf(" %d %d %d", fp_any_enable(), fp_is_enabled(TRP_OVERFLOW), fp_is_enabled(TRP_INVALID));
    fp_disable(TRP_OVERFLOW);
    printf(" %d %d", fp_is_enabled(TRP_OVERFLOW), fp_is_enabled(TRP_INEXACT));
    fp_disable_all();
    printf(" %d %d %d\n", fp_any_enable(), fp_trapstate(FP_TRAPSTATE_QUERY), fp_trap(FP_TRAP_OFF));
}

int main(void)
{
    integers();
    printf("%g %d %d %d %d\n", _DBLINF, isnan(_DBLNAN), _isinf(-_DBLINF) != 0, _isinf(big), _isinf(_DBLNAN));
    exceptions();
    rounding();
    traps();
    return 0;
}
