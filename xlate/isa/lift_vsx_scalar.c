/* lift_vsx_scalar.c -- VSX scalar floating point: the arithmetic of lift_float.c on any vector-scalar register. [ISA I 7.6.3]
 *
 * The second doubleword of a scalar result is undefined in the manual: zero here, as processors and qemu have it.
 */
#include <math.h>
#include "xlate/isa/arith.h"
#include "xlate/isa/lift.h"
#include "xlate/isa/vsx.h"

static fval scalar(struct emit *e, unsigned n) { return bits_fval(e, vsr_get(e, n, 0)); }

static void set_bits(struct emit *e, uint32_t w, val bits)
{
    vsr_set(e, XT, 0, bits);
    vsr_set(e, XT, 1, imm(e, 0));
}
static void set_scalar(struct emit *e, uint32_t w, fval v) { set_bits(e, w, fval_bits(e, v)); }

/* --- sign ------------------------------------------------------------------------------------------------------------- */

#define SIGN (UINT64_C(1) << 63)
LIFT(xsabsdp) { set_bits(e, w, op_and(e, vsr_get(e, XB, 0), imm(e, ~SIGN))); }
LIFT(xsnabsdp) { set_bits(e, w, op_or(e, vsr_get(e, XB, 0), imm(e, SIGN))); }
LIFT(xsnegdp) { set_bits(e, w, op_xor(e, vsr_get(e, XB, 0), imm(e, SIGN))); }
LIFT(xscpsgndp)
{
    val sign = op_and(e, vsr_get(e, XA, 0), imm(e, SIGN));
    set_bits(e, w, op_or(e, sign, op_and(e, vsr_get(e, XB, 0), imm(e, ~SIGN))));
}

/* --- arithmetic ------------------------------------------------------------------------------------------------------- */

#define SCALAR_BINARY(name, operate, op)                                                        \
    static void name##_any(struct emit *e, uint32_t w, bool single)                             \
    {                                                                                           \
        fval a = scalar(e, XA), b = scalar(e, XB);                                              \
        set_scalar(e, w, operate(e, a, b, single));                                             \
        fp_status(e, FP_STATUS(op, single, 0), a, b, b);                                        \
    }                                                                                           \
    LIFT(name##dp) { name##_any(e, w, false); }                                                 \
    LIFT(name##sp) { name##_any(e, w, true); }
SCALAR_BINARY(xsadd, fp_add, FP_ADD)
SCALAR_BINARY(xssub, fp_sub, FP_SUB)
SCALAR_BINARY(xsmul, fp_mul, FP_MUL)
SCALAR_BINARY(xsdiv, fp_div, FP_DIV)

/* a: XA * XB +- XT; m: XA * XT +- XB. */
static void multiply_add(struct emit *e, uint32_t w, enum fp_madd kind, enum fp_op op, bool m_form, bool single)
{
    fval a = scalar(e, XA), factor = scalar(e, m_form ? XT : XB), addend = scalar(e, m_form ? XB : XT);
    set_scalar(e, w, fp_muladd(e, a, factor, addend, kind, single));
    fp_status(e, FP_STATUS(op, single, 0), a, factor, addend);
}
#define SCALAR_MADD(name, kind)                                                         \
    LIFT(name##adp) { multiply_add(e, w, kind, FP_##kind, false, false); }              \
    LIFT(name##mdp) { multiply_add(e, w, kind, FP_##kind, true, false); }               \
    LIFT(name##asp) { multiply_add(e, w, kind, FP_##kind, false, true); }               \
    LIFT(name##msp) { multiply_add(e, w, kind, FP_##kind, true, true); }
SCALAR_MADD(xsmadd, MADD)
SCALAR_MADD(xsmsub, MSUB)
SCALAR_MADD(xsnmadd, NMADD)
SCALAR_MADD(xsnmsub, NMSUB)

/* A result made of XB alone, by an operation that FPSCR tells of. */
static void set_from(struct emit *e, uint32_t w, val result, uint32_t operation, fval b)
{
    set_bits(e, w, result);
    fp_status(e, operation, b, b, b);
}
static void square_root(struct emit *e, uint32_t w, bool single)
{
    fval b = scalar(e, XB);
    set_from(e, w, fval_bits(e, fp_sqrt(e, b, single)), FP_STATUS(FP_SQRT, single, 0), b);
}
LIFT(xssqrtdp) { square_root(e, w, false); }
LIFT(xssqrtsp) { square_root(e, w, true); }

static void reciprocal(struct emit *e, uint32_t w, fval of, bool single)
{
    fval one = bits_fval(e, imm(e, UINT64_C(0x3ff0000000000000)));
    set_scalar(e, w, fp_div(e, one, of, single));
    fp_status(e, FP_STATUS(FP_DIV, single, 0), one, of, of);
}
LIFT(xsredp) { reciprocal(e, w, scalar(e, XB), false); }
LIFT(xsresp) { reciprocal(e, w, scalar(e, XB), true); }
LIFT(xsrsqrtedp) { reciprocal(e, w, fp_sqrt(e, scalar(e, XB), false), false); }
LIFT(xsrsqrtesp) { reciprocal(e, w, fp_sqrt(e, scalar(e, XB), false), true); }

LIFT(xsrsp)
{
    fval b = scalar(e, XB);
    set_from(e, w, fval_bits(e, fp_round_single(e, b)), FP_STATUS(FP_ROUND, true, 0), b);
}

/* --- conversion --------------------------------------------------------------------------------------------------------- */

/* Where the manual leaves the other word of a word result undefined, processors repeat it. */
static val both_words(struct emit *e, val word) { return op_or(e, zext(e, word, 32), op_shl(e, word, imm(e, 32))); }

#define SCALAR_TO_INT(name, bits, is_unsigned, in_place)                                                \
    LIFT(name)                                                                                          \
    {                                                                                                   \
        fval b = scalar(e, XB);                                                                         \
        val n = fp_to_int(e, b, ROUND_ZERO, bits, is_unsigned);                                         \
        set_from(e, w, in_place, FP_STATUS(FP_TO_INT, false, FP_TO_INT_HOW(ROUND_ZERO, bits, is_unsigned)), b); \
    }
SCALAR_TO_INT(xscvdpsxds, 64, false, n)
SCALAR_TO_INT(xscvdpsxws, 32, false, both_words(e, n))
SCALAR_TO_INT(xscvdpuxds, 64, true, n)
SCALAR_TO_INT(xscvdpuxws, 32, true, both_words(e, n))
static void from_int(struct emit *e, uint32_t w, bool is_unsigned, bool single)
{
    fval b = scalar(e, XB), result = int_to_fp(e, fval_bits(e, b), is_unsigned, single);
    set_from(e, w, fval_bits(e, result), FP_STATUS(is_unsigned ? FP_FROM_UNSIGNED : FP_FROM_SIGNED, single, 0), b);
}
LIFT(xscvsxddp) { from_int(e, w, false, false); }
LIFT(xscvuxddp) { from_int(e, w, true, false); }
LIFT(xscvsxdsp) { from_int(e, w, false, true); }
LIFT(xscvuxdsp) { from_int(e, w, true, true); }

/* Singles live in word 0. */
LIFT(xscvdpspn) { set_bits(e, w, both_words(e, double_to_single(e, vsr_get(e, XB, 0)))); }
LIFT(xscvspdpn) { set_bits(e, w, single_to_double(e, op_shr(e, vsr_get(e, XB, 0), imm(e, 32)))); }
LIFT(xscvdpsp)
{
    fval b = scalar(e, XB), rounded = fp_round_single(e, b);
    val single = double_to_single(e, fval_bits(e, rounded));
    set_from(e, w, both_words(e, single), FP_STATUS(FP_ROUND, true, 0), b);
}
/* Rounding changes nothing but makes a signalling NaN quiet. */
LIFT(xscvspdp)
{
    fval wide = bits_fval(e, single_to_double(e, op_shr(e, vsr_get(e, XB, 0), imm(e, 32))));
    set_from(e, w, fval_bits(e, fp_round_single(e, wide)), FP_STATUS(FP_ROUND, false, 0), wide);
}

static void round_to_integral(struct emit *e, uint32_t w, enum fp_round mode)
{
    fval result = fp_to_integral(e, scalar(e, XB), mode);
    set_from(e, w, fval_bits(e, result), FP_STATUS(FP_INTEGRAL, false, 0), result);
}
LIFT(xsrdpi) { round_to_integral(e, w, ROUND_NEAREST_AWAY); }
LIFT(xsrdpiz) { round_to_integral(e, w, ROUND_ZERO); }
LIFT(xsrdpip) { round_to_integral(e, w, ROUND_UP); }
LIFT(xsrdpim) { round_to_integral(e, w, ROUND_DOWN); }
LIFT(xsrdpic)
{
    fval b = scalar(e, XB);
    set_from(e, w, fval_bits(e, fp_to_integral(e, b, ROUND_CURRENT)), FP_STATUS(FP_RINT, false, 0), b);
}

/* --- compare, minimum, maximum, tests ------------------------------------------------------------------------------------ */

static void compare(struct emit *e, uint32_t w, bool ordered)
{
    fval a = scalar(e, XA), b = scalar(e, XB);
    crf_set(e, BF, fp_lt(e, a, b), fp_lt(e, b, a), fp_eq(e, a, b), fp_unordered(e, a, b));
    fp_compared(e, a, b, ordered);
}
LIFT(xscmpudp) { compare(e, w, false); }
LIFT(xscmpodp) { compare(e, w, true); }

VSX_CALL(xsmaxdp, t.ud[0] = vsx_extreme(a.ud[0], b.ud[0], false); fp_compare_nan(cpu, a.ud[0], b.ud[0], false))
VSX_CALL(xsmindp, t.ud[0] = vsx_extreme(a.ud[0], b.ud[0], true); fp_compare_nan(cpu, a.ud[0], b.ud[0], false))

static void set_test(struct cpu *cpu, uint32_t w, unsigned flags)
{
    uint8_t *cr = &cpu->cr[4 * BF];
    for (unsigned bit = 0; bit < 4; bit++)
        cr[bit] = flags >> (3 - bit) & 1;
}
LIFT_CALL(xstdivdp) { set_test(cpu, w, vsx_divide_test(cpu->vsr[XA].dw[0], cpu->vsr[XB].dw[0])); }
LIFT_CALL(xstsqrtdp) { set_test(cpu, w, vsx_root_test(cpu->vsr[XB].dw[0])); }
LIFT_CALL(xvtdivdp)
{
    set_test(cpu, w, vsx_divide_test(cpu->vsr[XA].dw[0], cpu->vsr[XB].dw[0]) |
                     vsx_divide_test(cpu->vsr[XA].dw[1], cpu->vsr[XB].dw[1]));
}
LIFT_CALL(xvtsqrtdp) { set_test(cpu, w, vsx_root_test(cpu->vsr[XB].dw[0]) | vsx_root_test(cpu->vsr[XB].dw[1])); }
LIFT_CALL(xvtdivsp)
{
    union vec a = vec_get(cpu, XA), b = vec_get(cpu, XB);
    unsigned flags = 0;
    for (int i = 0; i < 4; i++)
        flags |= vsx_divide_test_single(a.uw[i], b.uw[i]);
    set_test(cpu, w, flags);
}
LIFT_CALL(xvtsqrtsp)
{
    union vec b = vec_get(cpu, XB);
    unsigned flags = 0;
    for (int i = 0; i < 4; i++)
        flags |= vsx_root_test_single(b.uw[i]);
    set_test(cpu, w, flags);
}
