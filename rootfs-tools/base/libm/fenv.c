/* fenv.c -- the floating point environment [C17 7.6] in the FPSCR [ISA I 4.2.2]. FE_INVALID is VX, the sum of the reasons below it: it is
 * cleared with them, and raised by software's own, VXSOFT.
 */
#include <fenv.h>

#define REASONS 0x01F80700u
#define VXSOFT  0x00000400u
#define ENABLES 0x000000F8u
#define RN      3u

const fenv_t __fe_dfl_env = 0;

static unsigned get(void)
{
    union { double d; unsigned long long bits; } u = { .d = __builtin_readflm() };
    return (unsigned)u.bits;
}

static void put(unsigned fpscr)
{
    union { double d; unsigned long long bits; } u = { .bits = fpscr };
    __builtin_setflm(u.d);
}

static unsigned flags(int exceptions) { return (unsigned)exceptions & FE_ALL_EXCEPT; }
static unsigned without(unsigned fpscr, unsigned e) { return fpscr & ~(e | (e & FE_INVALID ? REASONS : 0)); }
static unsigned with(unsigned fpscr, unsigned e) { return fpscr | e | (e & FE_INVALID ? VXSOFT : 0); }

int feclearexcept(int exceptions)
{
    put(without(get(), flags(exceptions)));
    return 0;
}

int fetestexcept(int exceptions) { return (int)(get() & flags(exceptions)); }

int feraiseexcept(int exceptions)
{
    put(with(get(), flags(exceptions)));
    return 0;
}

int fegetexceptflag(fexcept_t *kept, int exceptions)
{
    *kept = get() & flags(exceptions);
    return 0;
}

int fesetexceptflag(const fexcept_t *kept, int exceptions)
{
    unsigned e = flags(exceptions);
    put(with(without(get(), e), *kept & e));
    return 0;
}

int fegetround(void) { return (int)(get() & RN); }

int fesetround(int mode)
{
    if (mode & ~(int)RN)
        return -1;
    put((get() & ~RN) | (unsigned)mode);
    return 0;
}

int fegetenv(fenv_t *env)
{
    *env = get();
    return 0;
}

int fesetenv(const fenv_t *env)
{
    put(*env);
    return 0;
}

int feholdexcept(fenv_t *env)
{
    *env = get();
    put(without(*env, FE_ALL_EXCEPT) & ~ENABLES);
    return 0;
}

int feupdateenv(const fenv_t *env)
{
    unsigned raised = get() & FE_ALL_EXCEPT;
    put(with(*env, raised));
    return 0;
}
