/* lift_vector_float.c -- VMX floating point: four singles, rounded to nearest, no FPSCR. [ISA I 6.10]
 *
 * With VSCR.NJ = 1 denormal operands and results are zeros of their sign. Estimates are the rounded quotients, within
 * the manual's bounds.
 */
#include <math.h>
#include <xmmintrin.h>
#include "xlate/isa/lift.h"
#include "xlate/isa/vector.h"

/* Round to nearest, all exceptions masked; denormals are zero, read and written. */
enum { MXCSR_PLAIN = 0x1f80, MXCSR_FLUSH = 0x8040, VSCR_NJ = 0x10000 };

static unsigned vector_mode(const struct cpu *cpu) { return MXCSR_PLAIN | (cpu->vscr & VSCR_NJ ? MXCSR_FLUSH : 0); }

static bool is_nan(uint32_t bits) { return (bits & 0x7fffffff) > 0x7f800000; }

/* The first NaN operand made quiet, else the default NaN. */
static uint32_t nan_of(uint32_t x, uint32_t y, uint32_t z)
{
    return is_nan(x) ? x | 0x400000 : is_nan(y) ? y | 0x400000 : is_nan(z) ? z | 0x400000 : 0x7fc00000;
}

#define FLOAT_CALL(name, body)                                                  \
    VECTOR_CALL(name, unsigned csr = _mm_getcsr(); _mm_setcsr(vector_mode(cpu)); body; _mm_setcsr(csr))

#define FLOAT_EACH(x, y, z, expression)                                         \
    for (int i = 0; i < 4; i++) {                                               \
        t.f[i] = (expression);                                                  \
        if (is_nan(t.uw[i]))                                                    \
            t.uw[i] = nan_of(x, y, z);                                          \
    }

FLOAT_CALL(vaddfp, FLOAT_EACH(a.uw[i], b.uw[i], 0, a.f[i] + b.f[i]))
FLOAT_CALL(vsubfp, FLOAT_EACH(a.uw[i], b.uw[i], 0, a.f[i] - b.f[i]))
FLOAT_CALL(vmaddfp, union vec c = vec_get(cpu, VRC); FLOAT_EACH(a.uw[i], b.uw[i], c.uw[i], fmaf(a.f[i], c.f[i], b.f[i])))
FLOAT_CALL(vnmsubfp, union vec c = vec_get(cpu, VRC); FLOAT_EACH(a.uw[i], b.uw[i], c.uw[i], -fmaf(a.f[i], c.f[i], -b.f[i])))
FLOAT_CALL(vrefp, FLOAT_EACH(b.uw[i], 0, 0, 1 / b.f[i]))
FLOAT_CALL(vrsqrtefp, FLOAT_EACH(b.uw[i], 0, 0, 1 / sqrtf(b.f[i])))
FLOAT_CALL(vexptefp, FLOAT_EACH(b.uw[i], 0, 0, exp2f(b.f[i])))
FLOAT_CALL(vlogefp, FLOAT_EACH(b.uw[i], 0, 0, log2f(b.f[i])))

/* Of +0 and -0 the maximum is +0. */
static uint32_t larger(uint32_t x, uint32_t y, float fx, float fy) { return fx > fy ? x : fy > fx ? y : x & y; }
static uint32_t smaller(uint32_t x, uint32_t y, float fx, float fy) { return fx < fy ? x : fy < fx ? y : x | y; }
#define EXTREME(name, choose)                                                           \
    FLOAT_CALL(name, for (int i = 0; i < 4; i++) t.uw[i] =                              \
        is_nan(a.uw[i]) || is_nan(b.uw[i]) ? nan_of(a.uw[i], b.uw[i], 0) : choose(a.uw[i], b.uw[i], a.f[i], b.f[i]))
EXTREME(vmaxfp, larger)
EXTREME(vminfp, smaller)

FLOAT_CALL(vrfin, FLOAT_EACH(b.uw[i], 0, 0, rintf(b.f[i])))
FLOAT_CALL(vrfiz, FLOAT_EACH(b.uw[i], 0, 0, truncf(b.f[i])))
FLOAT_CALL(vrfip, FLOAT_EACH(b.uw[i], 0, 0, ceilf(b.f[i])))
FLOAT_CALL(vrfim, FLOAT_EACH(b.uw[i], 0, 0, floorf(b.f[i])))

/* --- conversion: the immediate is a power of two ---------------------------------------------------------------------------- */

#define SCALE BITS(w, 11, 15)

static int64_t to_fixed(struct cpu *cpu, float f, unsigned scale, int64_t lo, int64_t hi)
{
    double v = trunc(ldexp(f, (int)scale));
    if (isnan(v))
        return 0;
    if (v >= (double)lo && v <= (double)hi)
        return (int64_t)v;
    cpu->vscr |= 1;
    return v < 0 ? lo : hi;
}
FLOAT_CALL(vctsxs, EACH(sw, 4, to_fixed(cpu, b.f[i], SCALE, INT32_MIN, INT32_MAX)))
FLOAT_CALL(vctuxs, EACH(uw, 4, to_fixed(cpu, b.f[i], SCALE, 0, UINT32_MAX)))
FLOAT_CALL(vcfsx, EACH(f, 4, ldexpf((float)b.sw[i], -(int)SCALE)))
FLOAT_CALL(vcfux, EACH(f, 4, ldexpf((float)b.uw[i], -(int)SCALE)))

/* --- compare ------------------------------------------------------------------------------------------------------------------- */

#define FLOAT_COMPARE(name, op)                                                 \
    FLOAT_CALL(name, EACH(uw, 4, a.f[i] op b.f[i] ? UINT32_MAX : 0);            \
               if (BITS(w, 21, 21)) vec_record(cpu, 6, t))
FLOAT_COMPARE(vcmpeqfp, ==)
FLOAT_COMPARE(vcmpgefp, >=)
FLOAT_COMPARE(vcmpgtfp, >)

/* Bounds: bit 0 set when a > b, bit 1 when a < -b; CR6 only tells whether all are in bounds. */
FLOAT_CALL(vcmpbfp,
           EACH(uw, 4, (a.f[i] <= b.f[i] ? 0 : 0x80000000u) | (a.f[i] >= -b.f[i] ? 0 : 0x40000000u));
           if (BITS(w, 21, 21)) {
               vec_record(cpu, 6, t);
               cpu->cr[24] = 0;
           })
