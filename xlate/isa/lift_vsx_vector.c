/* lift_vsx_vector.c -- VSX vector floating point: two doubles through the words of emit.h, four singles in C. [ISA I 7.6.3] */
#include <math.h>
#include "xlate/isa/arith.h"
#include "xlate/isa/lift.h"
#include "xlate/isa/vsx.h"

#define SIGN (UINT64_C(1) << 63)
#define SIGNS UINT64_C(0x8000000080000000)

static fval part(struct emit *e, unsigned n, unsigned half) { return bits_fval(e, vsr_get(e, n, half)); }

/* Both results are computed before the first is set: XT may be an operand. */
#define BOTH(name, expression)                                                  \
    LIFT(name)                                                                  \
    {                                                                           \
        val result[2];                                                          \
        for (unsigned half = 0; half < 2; half++)                               \
            result[half] = (expression);                                        \
        vsr_set(e, XT, 0, result[0]);                                           \
        vsr_set(e, XT, 1, result[1]);                                           \
    }
#define A vsr_get(e, XA, half)
#define B_ vsr_get(e, XB, half)

BOTH(xvabsdp, op_and(e, B_, imm(e, ~SIGN)))
BOTH(xvnabsdp, op_or(e, B_, imm(e, SIGN)))
BOTH(xvnegdp, op_xor(e, B_, imm(e, SIGN)))
BOTH(xvcpsgndp, op_or(e, op_and(e, A, imm(e, SIGN)), op_and(e, B_, imm(e, ~SIGN))))
BOTH(xvabssp, op_and(e, B_, imm(e, ~SIGNS)))
BOTH(xvnabssp, op_or(e, B_, imm(e, SIGNS)))
BOTH(xvnegsp, op_xor(e, B_, imm(e, SIGNS)))
BOTH(xvcpsgnsp, op_or(e, op_and(e, A, imm(e, SIGNS)), op_and(e, B_, imm(e, ~SIGNS))))

#define DOUBLES(name, expression) BOTH(name, fval_bits(e, expression))
#define FA part(e, XA, half)
#define FB part(e, XB, half)
#define FT part(e, XT, half)
#define ONE bits_fval(e, imm(e, UINT64_C(0x3ff0000000000000)))
DOUBLES(xvadddp, fp_add(e, FA, FB, false))
DOUBLES(xvsubdp, fp_sub(e, FA, FB, false))
DOUBLES(xvmuldp, fp_mul(e, FA, FB, false))
DOUBLES(xvdivdp, fp_div(e, FA, FB, false))
DOUBLES(xvsqrtdp, fp_sqrt(e, FB, false))
DOUBLES(xvredp, fp_div(e, ONE, FB, false))
DOUBLES(xvrsqrtedp, fp_div(e, ONE, fp_sqrt(e, FB, false), false))
#define DOUBLES_MADD(name, kind)                                        \
    DOUBLES(name##adp, fp_muladd(e, FA, FB, FT, kind, false))           \
    DOUBLES(name##mdp, fp_muladd(e, FA, FT, FB, kind, false))
DOUBLES_MADD(xvmadd, MADD)
DOUBLES_MADD(xvmsub, MSUB)
DOUBLES_MADD(xvnmadd, NMADD)
DOUBLES_MADD(xvnmsub, NMSUB)

/* --- singles ------------------------------------------------------------------------------------------------------------ */

static bool is_nan(uint32_t bits) { return (bits & 0x7fffffff) > 0x7f800000; }

static uint64_t to_bits(double v) { return (union vec){ .d = { v, 0 } }.ud[0]; }

/* fp_nan of singles. */
static uint32_t single_nan(struct cpu *cpu, enum fp_op op, uint32_t a, uint32_t b, uint32_t c)
{
    return fp_narrow(to_bits(fp_nan(cpu, fp_widen(a), fp_widen(b), fp_widen(c), op)));
}

#define SINGLES(name, op, x, y, expression)                                     \
    VSX_CALL(name, for (int i = 0; i < 4; i++) {                                \
        t.f[i] = (expression);                                                  \
        if (is_nan(t.uw[i]))                                                    \
            t.uw[i] = single_nan(cpu, op, x, y, 0);                             \
    })
SINGLES(xvaddsp, FP_ADD, a.uw[i], b.uw[i], a.f[i] + b.f[i])
SINGLES(xvsubsp, FP_SUB, a.uw[i], b.uw[i], a.f[i] - b.f[i])
SINGLES(xvmulsp, FP_MUL, a.uw[i], b.uw[i], a.f[i] * b.f[i])
SINGLES(xvdivsp, FP_DIV, a.uw[i], b.uw[i], a.f[i] / b.f[i])
SINGLES(xvsqrtsp, FP_SQRT, b.uw[i], 0, sqrtf(b.f[i]))
SINGLES(xvresp, FP_ROUND, b.uw[i], 0, 1 / b.f[i])
SINGLES(xvrsqrtesp, FP_SQRT, b.uw[i], 0, 1 / sqrtf(b.f[i]))

/* Factor and addend by form. */
#define SINGLES_MADD(name, kind, sign, op)                                                                              \
    VSX_CALL(name##asp, union vec c = vec_get(cpu, XT); for (int i = 0; i < 4; i++) {                                   \
        t.f[i] = fmaf(a.f[i], b.f[i], op c.f[i]);                                                                       \
        t.uw[i] = is_nan(t.uw[i]) ? single_nan(cpu, kind, a.uw[i], b.uw[i], c.uw[i]) : t.uw[i] ^ (sign);                \
    })                                                                                                                  \
    VSX_CALL(name##msp, union vec c = vec_get(cpu, XT); for (int i = 0; i < 4; i++) {                                   \
        t.f[i] = fmaf(a.f[i], c.f[i], op b.f[i]);                                                                       \
        t.uw[i] = is_nan(t.uw[i]) ? single_nan(cpu, kind, a.uw[i], c.uw[i], b.uw[i]) : t.uw[i] ^ (sign);                \
    })
SINGLES_MADD(xvmadd, FP_MADD, 0, +)
SINGLES_MADD(xvmsub, FP_MSUB, 0, -)
SINGLES_MADD(xvnmadd, FP_NMADD, 0x80000000u, +)
SINGLES_MADD(xvnmsub, FP_NMSUB, 0x80000000u, -)

/* --- minimum, maximum, compare ------------------------------------------------------------------------------------------- */

/* Names what NaNs among the operands of comparisons mean. */
static void name_doubles(struct cpu *cpu, union vec a, union vec b, bool ordered)
{
    for (int i = 0; i < 2; i++)
        fp_compare_nan(cpu, a.ud[i], b.ud[i], ordered);
}
static void name_singles(struct cpu *cpu, union vec a, union vec b, bool ordered)
{
    for (int i = 0; i < 4; i++)
        fp_compare_nan(cpu, fp_widen(a.uw[i]), fp_widen(b.uw[i]), ordered);
}

VSX_CALL(xvmaxdp, EACH(ud, 2, vsx_extreme(a.ud[i], b.ud[i], false)); name_doubles(cpu, a, b, false))
VSX_CALL(xvmindp, EACH(ud, 2, vsx_extreme(a.ud[i], b.ud[i], true)); name_doubles(cpu, a, b, false))
VSX_CALL(xvmaxsp, EACH(uw, 4, vsx_extreme_single(a.uw[i], b.uw[i], false)); name_singles(cpu, a, b, false))
VSX_CALL(xvminsp, EACH(uw, 4, vsx_extreme_single(a.uw[i], b.uw[i], true)); name_singles(cpu, a, b, false))

#define VSX_COMPARE(name, op, ordered)                                                          \
    VSX_CALL(name##dp, EACH(ud, 2, a.d[i] op b.d[i] ? UINT64_MAX : 0);                          \
             name_doubles(cpu, a, b, ordered);                                                  \
             if (BITS(w, 21, 21)) vec_record(cpu, 6, t))                                        \
    VSX_CALL(name##sp, EACH(uw, 4, a.f[i] op b.f[i] ? UINT32_MAX : 0);                          \
             name_singles(cpu, a, b, ordered);                                                  \
             if (BITS(w, 21, 21)) vec_record(cpu, 6, t))
VSX_COMPARE(xvcmpeq, ==, false)
VSX_COMPARE(xvcmpge, >=, true)
VSX_COMPARE(xvcmpgt, >, true)

/* --- rounding ---------------------------------------------------------------------------------------------------------------- */

#define ROUNDING(suffix, round, roundf)                                                                 \
    VSX_CALL(xvrdpi##suffix,                                                                            \
             EACH(d, 2, isnan(b.d[i]) ? fp_nan(cpu, b.ud[i], 0, 0, FP_INTEGRAL) : round(b.d[i])))       \
    SINGLES(xvrspi##suffix, FP_INTEGRAL, b.uw[i], 0, roundf(b.f[i]))
ROUNDING(, round, roundf)
ROUNDING(c, rint, rintf)
ROUNDING(m, floor, floorf)
ROUNDING(p, ceil, ceilf)
ROUNDING(z, trunc, truncf)

/* --- conversion: words and singles lie in the left word of their doubleword --------------------------------------- */

/* The right word of a result is undefined by the manual: processors repeat the left one. */
static uint64_t both_words(uint64_t word) { return (uint32_t)word * UINT64_C(0x100000001); }

#define HOW(bits, is_unsigned) FP_TO_INT_HOW(ROUND_ZERO, bits, is_unsigned)
VSX_CALL(xvcvdpsxds, EACH(ud, 2, fp_to_int_bits(cpu, b.ud[i], HOW(64, false))))
VSX_CALL(xvcvdpuxds, EACH(ud, 2, fp_to_int_bits(cpu, b.ud[i], HOW(64, true))))
VSX_CALL(xvcvdpsxws, EACH(ud, 2, both_words(fp_to_int_bits(cpu, b.ud[i], HOW(32, false)))))
VSX_CALL(xvcvdpuxws, EACH(ud, 2, both_words(fp_to_int_bits(cpu, b.ud[i], HOW(32, true)))))
VSX_CALL(xvcvspsxds, EACH(ud, 2, fp_to_int_bits(cpu, fp_widen(b.uw[2 * i + 1]), HOW(64, false))))
VSX_CALL(xvcvspuxds, EACH(ud, 2, fp_to_int_bits(cpu, fp_widen(b.uw[2 * i + 1]), HOW(64, true))))
VSX_CALL(xvcvspsxws, EACH(uw, 4, fp_to_int_bits(cpu, fp_widen(b.uw[i]), HOW(32, false))))
VSX_CALL(xvcvspuxws, EACH(uw, 4, fp_to_int_bits(cpu, fp_widen(b.uw[i]), HOW(32, true))))

static double from_bits(uint64_t bits) { return (union vec){ .ud = { bits, 0 } }.d[0]; }
static uint64_t single_of(double v) { return both_words(fp_narrow(to_bits(v))); }

VSX_CALL(xvcvdpsp, EACH(ud, 2, single_of(fp_single(cpu, b.ud[i], 0, 0, FP_ROUND))))
static double widened(struct cpu *cpu, uint32_t word)
{
    uint64_t wide = fp_widen(word);
    return isnan(from_bits(wide)) ? fp_nan(cpu, wide, 0, 0, FP_ROUND) : from_bits(wide);
}
VSX_CALL(xvcvspdp, EACH(d, 2, widened(cpu, b.uw[2 * i + 1])))
VSX_CALL(xvcvsxddp, EACH(d, 2, (double)b.sd[i]))
VSX_CALL(xvcvuxddp, EACH(d, 2, fp_from_unsigned(b.ud[i])))
VSX_CALL(xvcvsxdsp, EACH(ud, 2, single_of(fp_single(cpu, b.ud[i], 0, 0, FP_FROM_SIGNED))))
VSX_CALL(xvcvuxdsp, EACH(ud, 2, single_of(fp_single(cpu, b.ud[i], 0, 0, FP_FROM_UNSIGNED))))
VSX_CALL(xvcvsxwdp, EACH(d, 2, b.sw[2 * i + 1]))
VSX_CALL(xvcvuxwdp, EACH(d, 2, b.uw[2 * i + 1]))
VSX_CALL(xvcvsxwsp, EACH(f, 4, (float)b.sw[i]))
VSX_CALL(xvcvuxwsp, EACH(f, 4, (float)b.uw[i]))
