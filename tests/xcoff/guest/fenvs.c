/* fenvs.c -- the floating point environment and complex arithmetic. Expected: the same source natively; results that C leaves to the last
 * bit are printed to ten digits.
 */
#include <complex.h>
#include <fenv.h>
#include <math.h>
#include <stdio.h>

static volatile double one = 1, three = 3, zero = 0, huge = 1e308, tiny = 1e-308;

static void show(const char *what)
{
    printf("%s:%s%s%s%s%s\n", what, fetestexcept(FE_INVALID) ? " invalid" : "", fetestexcept(FE_DIVBYZERO) ? " zero" : "",
           fetestexcept(FE_OVERFLOW) ? " overflow" : "", fetestexcept(FE_UNDERFLOW) ? " underflow" : "",
           fetestexcept(FE_INEXACT) ? " inexact" : "");
}

static void exceptions(void)
{
    volatile double r;
    fenv_t env;
    fexcept_t kept;
    feclearexcept(FE_ALL_EXCEPT);
    show("none");
    r = one / zero;
    show("1/0");
    r = zero / zero;
    show("0/0");
    feclearexcept(FE_INVALID);
    show("cleared");
    fegetexceptflag(&kept, FE_ALL_EXCEPT);
    feclearexcept(FE_ALL_EXCEPT);
    r = huge * huge;
    show("huge");
    feclearexcept(FE_ALL_EXCEPT);
    r = tiny * tiny;
    show("tiny");
    fesetexceptflag(&kept, FE_DIVBYZERO | FE_OVERFLOW);
    show("set");
    feholdexcept(&env);
    show("held");
    feraiseexcept(FE_INVALID);
    feupdateenv(&env);
    show("updated");
    fesetenv(FE_DFL_ENV);
    show("default");
    (void)r;
}

static void rounding(void)
{
    static const int modes[] = { FE_TONEAREST, FE_TOWARDZERO, FE_UPWARD, FE_DOWNWARD };
    for (int i = 0; i < 4; i++) {
        int bad = fesetround(modes[i]), mode = fegetround();
        volatile double up = one / three, down = -one / three, even = rint(2.5 * one);
        long number = lrint(-2.5 * one);
        fesetround(FE_TONEAREST);
        printf("%d %d %.17g %.17g %g %ld\n", bad, mode == modes[i], up, down, even, number);
    }
    printf("%d\n", fesetround(77) != 0);
}

static void complexes(void)
{
    double complex z = 1.5 - 2.25 * I, w = -0.5 + 0.75 * I;
#define SHOW(f) printf(#f " %.10g %.10g\n", creal(f), cimag(f))
    SHOW(z * w); SHOW(z / w); SHOW(csqrt(z)); SHOW(cexp(z)); SHOW(clog(z)); SHOW(csin(z)); SHOW(ccos(z)); SHOW(ctan(z)); SHOW(casin(w));
    SHOW(cacos(w)); SHOW(catan(w)); SHOW(csinh(z)); SHOW(ccosh(z)); SHOW(ctanh(z)); SHOW(casinh(z)); SHOW(cacosh(z)); SHOW(catanh(w));
    SHOW(cpow(z, w)); SHOW(conj(z)); SHOW(cproj(z));
    printf("%.10g %.10g %.6g\n", cabs(z), carg(z), (double)cabsf(3.0f + 4.0f * I));
}

int main(void)
{
    exceptions();
    rounding();
    complexes();
    return 0;
}
