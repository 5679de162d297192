/* fenv.h -- the floating point environment [C17 7.6]: bits of the FPSCR [ISA I 4.2.2]; fenv_t's layout is this project's own. */
#ifndef _H_FENV
#define _H_FENV

typedef unsigned int fexcept_t;
typedef unsigned int fenv_t;

#define FE_INVALID   0x20000000
#define FE_OVERFLOW  0x10000000
#define FE_UNDERFLOW 0x08000000
#define FE_DIVBYZERO 0x04000000
#define FE_INEXACT   0x02000000
#define FE_ALL_EXCEPT (FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW | FE_DIVBYZERO | FE_INEXACT)
#define FE_TONEAREST  0
#define FE_TOWARDZERO 1
#define FE_UPWARD     2
#define FE_DOWNWARD   3
extern const fenv_t __fe_dfl_env;
#define FE_DFL_ENV (&__fe_dfl_env)

int feclearexcept(int);
int fegetexceptflag(fexcept_t *, int);
int feraiseexcept(int);
int fesetexceptflag(const fexcept_t *, int);
int fetestexcept(int);
int fegetround(void);
int fesetround(int);
int fegetenv(fenv_t *);
int feholdexcept(fenv_t *);
int fesetenv(const fenv_t *);
int feupdateenv(const fenv_t *);

#endif
