/* control.c -- rounding, exception flags and trap enables: the FPSCR by name [ISA I 4.2.2; Technical Reference fp_*].
 *
 * A process never leaves the mode in which exceptions do not trap, the default: fp_trap and fp_trapstate answer FP_TRAP_UNIMPL to
 * every other mode, which is what they say on a machine without it.
 */
#include <float.h>
#include <fptrap.h>
#include <fpxcp.h>

#define FX         0x80000000u
#define ANY_VX     (FP_INV_SNAN | FP_INV_ISI | FP_INV_IDI | FP_INV_ZDZ | FP_INV_IMZ | FP_INV_CMP | FP_INV_VXSOFT | FP_INV_SQRT | FP_INV_CVI)
#define FLAGS      (FP_INVALID | FP_OVERFLOW | FP_UNDERFLOW | FP_DIV_BY_ZERO | FP_INEXACT | ANY_VX)
#define ALL_TRAPS  (TRP_INVALID | TRP_OVERFLOW | TRP_UNDERFLOW | TRP_DIV_BY_ZERO | TRP_INEXACT)
#define RN         3u

static unsigned int get(void)
{
    union { double d; unsigned long long bits; } u = { .d = __builtin_readflm() };
    return (unsigned int)u.bits;
}

static void put(unsigned int fpscr)
{
    union { double d; unsigned long long bits; } u = { .bits = fpscr };
    __builtin_setflm(u.d);
}

/* VX is the sum of the reasons: it goes with them, and is raised by software's own. */
static fpflag_t with_reasons(fpflag_t flags, fpflag_t reasons)
{
    return (flags & FLAGS & ~FP_INVALID) | (flags & FP_INVALID ? reasons : 0);
}

fpflag_t fp_read_flag(void) { return get() & FLAGS; }
void fp_clr_flag(fpflag_t mask) { put(get() & ~with_reasons(mask, ANY_VX)); }

void fp_set_flag(fpflag_t mask)
{
    unsigned int old = get(), add = with_reasons(mask, mask & ANY_VX ? 0 : FP_INV_VXSOFT);
    put(old | add | (add & ~old ? FX : 0));
}

fpflag_t fp_swap_flag(fpflag_t mask)
{
    unsigned int old = get();
    put(old & ~(FLAGS | FX));
    fp_set_flag(mask);
    return old & FLAGS;
}

/* The flags, and with a trap enabled FEX, as an operation that meets the exceptions would leave them. */
int fp_raise_xcp(fpflag_t mask)
{
    fp_set_flag(mask);
    return 0;
}

int fp_invalid_op(void) { return (fp_read_flag() & FP_INVALID) != 0; }
int fp_divbyzero(void) { return (fp_read_flag() & FP_DIV_BY_ZERO) != 0; }
int fp_overflow(void) { return (fp_read_flag() & FP_OVERFLOW) != 0; }
int fp_underflow(void) { return (fp_read_flag() & FP_UNDERFLOW) != 0; }
int fp_inexact(void) { return (fp_read_flag() & FP_INEXACT) != 0; }
int fp_any_xcp(void) { return fp_read_flag() != 0; }

/* FPSCR: nearest, zero, up, down. FP_RND_: zero, nearest, up, down. */
static unsigned int swapped(unsigned int mode) { return mode < 2 ? mode ^ 1 : mode; }

fprnd_t fp_read_rnd(void) { return (fprnd_t)swapped(get() & RN); }

fprnd_t fp_swap_rnd(fprnd_t mode)
{
    unsigned int old = get();
    put((old & ~RN) | swapped(mode & RN));
    return (fprnd_t)swapped(old & RN);
}

int fp_any_enable(void) { return (get() & ALL_TRAPS) != 0; }
int fp_is_enabled(fptrap_t mask) { return (get() & mask & ALL_TRAPS) == mask; }
void fp_enable(fptrap_t mask) { put(get() | (mask & ALL_TRAPS)); }
void fp_enable_all(void) { fp_enable(ALL_TRAPS); }
void fp_disable(fptrap_t mask) { put(get() & ~(mask & ALL_TRAPS)); }
void fp_disable_all(void) { fp_disable(ALL_TRAPS); }

int fp_trap(int mode) { return mode == FP_TRAP_OFF || mode == FP_TRAP_QUERY ? FP_TRAP_OFF : FP_TRAP_UNIMPL; }
int fp_trapstate(int mode) { return fp_trap(mode); }
