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

#define SCALAR_BINARY(name, op)                                                                         \
    LIFT(name##dp) { set_scalar(e, w, op(e, scalar(e, XA), scalar(e, XB), false)); }                    \
    LIFT(name##sp) { set_scalar(e, w, op(e, scalar(e, XA), scalar(e, XB), true)); }
SCALAR_BINARY(xsadd, fp_add)
SCALAR_BINARY(xssub, fp_sub)
SCALAR_BINARY(xsmul, fp_mul)
SCALAR_BINARY(xsdiv, fp_div)

/* a: XA * XB +- XT; m: XA * XT +- XB. */
static void multiply_add(struct emit *e, uint32_t w, enum fp_madd kind, bool m_form, bool single)
{
    unsigned factor = m_form ? XT : XB, addend = m_form ? XB : XT;
    set_scalar(e, w, fp_muladd(e, scalar(e, XA), scalar(e, factor), scalar(e, addend), kind, single));
}
#define SCALAR_MADD(name, kind)                                         \
    LIFT(name##adp) { multiply_add(e, w, kind, false, false); }         \
    LIFT(name##mdp) { multiply_add(e, w, kind, true, false); }          \
    LIFT(name##asp) { multiply_add(e, w, kind, false, true); }          \
    LIFT(name##msp) { multiply_add(e, w, kind, true, true); }
SCALAR_MADD(xsmadd, MADD)
SCALAR_MADD(xsmsub, MSUB)
SCALAR_MADD(xsnmadd, NMADD)
SCALAR_MADD(xsnmsub, NMSUB)

static void reciprocal(struct emit *e, uint32_t w, fval of, bool single)
{
    set_scalar(e, w, fp_div(e, bits_fval(e, imm(e, UINT64_C(0x3ff0000000000000))), of, single));
}
LIFT(xssqrtdp) { set_scalar(e, w, fp_sqrt(e, scalar(e, XB), false)); }
LIFT(xssqrtsp) { set_scalar(e, w, fp_sqrt(e, scalar(e, XB), true)); }
LIFT(xsredp) { reciprocal(e, w, scalar(e, XB), false); }
LIFT(xsresp) { reciprocal(e, w, scalar(e, XB), true); }
LIFT(xsrsqrtedp) { reciprocal(e, w, fp_sqrt(e, scalar(e, XB), false), false); }
LIFT(xsrsqrtesp) { reciprocal(e, w, fp_sqrt(e, scalar(e, XB), false), true); }
LIFT(xsrsp) { set_scalar(e, w, fp_round_single(e, scalar(e, XB))); }

/* --- conversion --------------------------------------------------------------------------------------------------------- */

/* Where the manual leaves the other word of a word result undefined, processors repeat it. */
static val both_words(struct emit *e, val word) { return op_or(e, zext(e, word, 32), op_shl(e, word, imm(e, 32))); }

#define SCALAR_TO_INT(name, bits, is_unsigned, in_place)                                                \
    LIFT(name)                                                                                          \
    {                                                                                                   \
        val n = fp_to_int(e, scalar(e, XB), ROUND_ZERO, bits, is_unsigned);                             \
        set_bits(e, w, in_place);                                                                       \
    }
SCALAR_TO_INT(xscvdpsxds, 64, false, n)
SCALAR_TO_INT(xscvdpsxws, 32, false, both_words(e, n))
SCALAR_TO_INT(xscvdpuxds, 64, true, n)
SCALAR_TO_INT(xscvdpuxws, 32, true, both_words(e, n))
LIFT(xscvsxddp) { set_scalar(e, w, int_to_fp(e, vsr_get(e, XB, 0), false, false)); }
LIFT(xscvuxddp) { set_scalar(e, w, int_to_fp(e, vsr_get(e, XB, 0), true, false)); }
LIFT(xscvsxdsp) { set_scalar(e, w, int_to_fp(e, vsr_get(e, XB, 0), false, true)); }
LIFT(xscvuxdsp) { set_scalar(e, w, int_to_fp(e, vsr_get(e, XB, 0), true, true)); }

/* Singles live in word 0. */
LIFT(xscvdpspn) { set_bits(e, w, both_words(e, double_to_single(e, vsr_get(e, XB, 0)))); }
LIFT(xscvspdpn) { set_bits(e, w, single_to_double(e, op_shr(e, vsr_get(e, XB, 0), imm(e, 32)))); }
LIFT(xscvdpsp)
{
    fval rounded = fp_round_single(e, scalar(e, XB));
    set_bits(e, w, both_words(e, double_to_single(e, fval_bits(e, rounded))));
}
/* Rounding changes nothing but makes a signalling NaN quiet. */
LIFT(xscvspdp)
{
    val wide = single_to_double(e, op_shr(e, vsr_get(e, XB, 0), imm(e, 32)));
    set_scalar(e, w, fp_round_single(e, bits_fval(e, wide)));
}

LIFT(xsrdpi) { set_scalar(e, w, fp_to_integral(e, scalar(e, XB), ROUND_NEAREST_AWAY)); }
LIFT(xsrdpiz) { set_scalar(e, w, fp_to_integral(e, scalar(e, XB), ROUND_ZERO)); }
LIFT(xsrdpip) { set_scalar(e, w, fp_to_integral(e, scalar(e, XB), ROUND_UP)); }
LIFT(xsrdpim) { set_scalar(e, w, fp_to_integral(e, scalar(e, XB), ROUND_DOWN)); }
VSX_CALL(xsrdpic, t.d[0] = isnan(b.d[0]) ? fp_nan(b.ud[0], 0, 0, 1) : rint(b.d[0]))

/* --- compare, minimum, maximum, tests ------------------------------------------------------------------------------------ */

static void compare(struct emit *e, uint32_t w)
{
    fval a = scalar(e, XA), b = scalar(e, XB);
    crf_set(e, BF, fp_lt(e, a, b), fp_lt(e, b, a), fp_eq(e, a, b), fp_unordered(e, a, b));
}
LIFT(xscmpudp) { compare(e, w); }
LIFT(xscmpodp) { compare(e, w); }

VSX_CALL(xsmaxdp, t.ud[0] = vsx_extreme(a.ud[0], b.ud[0], false))
VSX_CALL(xsmindp, t.ud[0] = vsx_extreme(a.ud[0], b.ud[0], true))

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
