/* lift_float.c -- floating point: loads and stores, moves, arithmetic, conversion, compare, FPSCR. [ISA I 4.6]
 *
 * An FPR holds a double; a single-precision instruction rounds once to single and keeps the result in double format.
 * Estimates (fre, fres, frsqrte) are exact quotients, the root rounded before: the manual bounds their error from above
 * only.
 */
#include "xlate/isa/arith.h"
#include "xlate/isa/fpscr.h"
#include "xlate/isa/lift.h"

/* --- loads and stores --------------------------------------------------------------------------------------------- */

static void load_float(struct emit *e, uint32_t w, val ea, bool single, bool update)
{
    val v = load(e, ea, single ? 4 : 8);
    fpr_set(e, FRT, bits_fval(e, single ? single_to_double(e, v) : v));
    if (update)
        gpr_set(e, RA, ea);
}
static void store_float(struct emit *e, uint32_t w, val ea, bool single, bool update)
{
    val bits = fval_bits(e, fpr_get(e, FRS));
    store(e, ea, single ? double_to_single(e, bits) : bits, single ? 4 : 8);
    if (update)
        gpr_set(e, RA, ea);
}
#define FLOAT_ACCESS(name, access, single)                                      \
    LIFT(name) { access(e, w, ea_d(e, RA, SI), single, false); }                \
    LIFT(name##u) { access(e, w, ea_d(e, RA, SI), single, true); }              \
    LIFT(name##x) { access(e, w, ea_x(e, RA, RB), single, false); }             \
    LIFT(name##ux) { access(e, w, ea_x(e, RA, RB), single, true); }
FLOAT_ACCESS(lfs, load_float, true)
FLOAT_ACCESS(lfd, load_float, false)
FLOAT_ACCESS(stfs, store_float, true)
FLOAT_ACCESS(stfd, store_float, false)

LIFT(lfiwax) { fpr_set(e, FRT, bits_fval(e, sext(e, load(e, ea_x(e, RA, RB), 4), 32))); }
LIFT(lfiwzx) { fpr_set(e, FRT, bits_fval(e, load(e, ea_x(e, RA, RB), 4))); }
LIFT(stfiwx) { store(e, ea_x(e, RA, RB), fval_bits(e, fpr_get(e, FRS)), 4); }

/* --- moves: bits only --------------------------------------------------------------------------------------------- */

#define SIGN_BIT (UINT64_C(1) << 63)

static val frb_bits(struct emit *e, uint32_t w) { return fval_bits(e, fpr_get(e, FRB)); }
static void set_bits(struct emit *e, uint32_t w, val bits) { fpr_set(e, FRT, bits_fval(e, bits)); }

LIFT_FLOAT(fmr) { fpr_set(e, FRT, fpr_get(e, FRB)); }
LIFT_FLOAT(fneg) { set_bits(e, w, op_xor(e, frb_bits(e, w), imm(e, SIGN_BIT))); }
LIFT_FLOAT(fabs) { set_bits(e, w, op_and(e, frb_bits(e, w), imm(e, ~SIGN_BIT))); }
LIFT_FLOAT(fnabs) { set_bits(e, w, op_or(e, frb_bits(e, w), imm(e, SIGN_BIT))); }
LIFT_FLOAT(fcpsgn)
{
    val sign = op_and(e, fval_bits(e, fpr_get(e, FRA)), imm(e, SIGN_BIT));
    set_bits(e, w, op_or(e, sign, op_and(e, frb_bits(e, w), imm(e, ~SIGN_BIT))));
}
LIFT(fmrgew)
{
    val a = fval_bits(e, fpr_get(e, FRA)), b = frb_bits(e, w);
    set_bits(e, w, op_or(e, op_and(e, a, imm(e, UINT64_MAX << 32)), op_shr(e, b, imm(e, 32))));
}
LIFT(fmrgow)
{
    val a = fval_bits(e, fpr_get(e, FRA)), b = frb_bits(e, w);
    set_bits(e, w, op_or(e, op_shl(e, a, imm(e, 32)), zext(e, b, 32)));
}

/* FRC when FRA >= 0 (minus zero included), FRB when less or a NaN; on bits, since no exception may arise. */
LIFT_FLOAT(fsel)
{
    val a = fval_bits(e, fpr_get(e, FRA));
    flag less_or_nan = op_ult(e, imm(e, UINT64_C(0x7ff0000000000000)), a);
    flag take_b = flag_and(e, less_or_nan, op_ne(e, a, imm(e, SIGN_BIT)));
    set_bits(e, w, op_select(e, take_b, frb_bits(e, w), fval_bits(e, fpr_get(e, FRC))));
}

/* --- arithmetic --------------------------------------------------------------------------------------------------- */

#define FLOAT_BINARY(name, operate, op, second)                                                 \
    static void name##_any(struct emit *e, uint32_t w, bool single)                             \
    {                                                                                           \
        fval a = fpr_get(e, FRA), b = fpr_get(e, second);                                       \
        fpr_set(e, FRT, operate(e, a, b, single));                                              \
        fp_status(e, FP_STATUS(op, single, 0), a, b, b);                                        \
    }                                                                                           \
    LIFT_FLOAT(name) { name##_any(e, w, false); }                                               \
    LIFT_FLOAT(name##s) { name##_any(e, w, true); }
FLOAT_BINARY(fadd, fp_add, FP_ADD, FRB)
FLOAT_BINARY(fsub, fp_sub, FP_SUB, FRB)
FLOAT_BINARY(fmul, fp_mul, FP_MUL, FRC)
FLOAT_BINARY(fdiv, fp_div, FP_DIV, FRB)

static void multiply_add(struct emit *e, uint32_t w, enum fp_madd kind, enum fp_op op, bool single)
{
    fval a = fpr_get(e, FRA), c = fpr_get(e, FRC), b = fpr_get(e, FRB);
    fpr_set(e, FRT, fp_muladd(e, a, c, b, kind, single));
    fp_status(e, FP_STATUS(op, single, 0), a, c, b);
}
#define FLOAT_MADD(name, kind)                                                  \
    LIFT_FLOAT(name) { multiply_add(e, w, kind, FP_##kind, false); }            \
    LIFT_FLOAT(name##s) { multiply_add(e, w, kind, FP_##kind, true); }
FLOAT_MADD(fmadd, MADD)
FLOAT_MADD(fmsub, MSUB)
FLOAT_MADD(fnmadd, NMADD)
FLOAT_MADD(fnmsub, NMSUB)

/* A result made of FRB alone, by an operation that FPSCR tells of. */
static void set_from(struct emit *e, uint32_t w, fval result, uint32_t operation, fval b)
{
    fpr_set(e, FRT, result);
    fp_status(e, operation, b, b, b);
}
static void square_root(struct emit *e, uint32_t w, bool single)
{
    fval b = fpr_get(e, FRB);
    set_from(e, w, fp_sqrt(e, b, single), FP_STATUS(FP_SQRT, single, 0), b);
}
LIFT_FLOAT(fsqrt) { square_root(e, w, false); }
LIFT_FLOAT(fsqrts) { square_root(e, w, true); }

static void reciprocal(struct emit *e, uint32_t w, fval of, bool single)
{
    fval one = bits_fval(e, imm(e, UINT64_C(0x3ff0000000000000)));
    fpr_set(e, FRT, fp_div(e, one, of, single));
    fp_status(e, FP_STATUS(FP_DIV, single, 0), one, of, of);
}
LIFT_FLOAT(fre) { reciprocal(e, w, fpr_get(e, FRB), false); }
LIFT_FLOAT(fres) { reciprocal(e, w, fpr_get(e, FRB), true); }
LIFT_FLOAT(frsqrte) { reciprocal(e, w, fp_sqrt(e, fpr_get(e, FRB), false), false); }
LIFT_FLOAT(frsqrtes) { reciprocal(e, w, fp_sqrt(e, fpr_get(e, FRB), false), true); }

/* --- rounding and conversion -------------------------------------------------------------------------------------- */

LIFT_FLOAT(frsp)
{
    fval b = fpr_get(e, FRB);
    set_from(e, w, fp_round_single(e, b), FP_STATUS(FP_ROUND, true, 0), b);
}

#define FLOAT_TO_INT(name, mode, bits, is_unsigned)                                                             \
    LIFT_FLOAT(name)                                                                                            \
    {                                                                                                           \
        fval b = fpr_get(e, FRB), result = bits_fval(e, fp_to_int(e, b, mode, bits, is_unsigned));              \
        set_from(e, w, result, FP_STATUS(FP_TO_INT, false, FP_TO_INT_HOW(mode, bits, is_unsigned)), b);         \
    }
FLOAT_TO_INT(fctid, ROUND_CURRENT, 64, false)
FLOAT_TO_INT(fctidz, ROUND_ZERO, 64, false)
FLOAT_TO_INT(fctidu, ROUND_CURRENT, 64, true)
FLOAT_TO_INT(fctiduz, ROUND_ZERO, 64, true)
FLOAT_TO_INT(fctiw, ROUND_CURRENT, 32, false)
FLOAT_TO_INT(fctiwz, ROUND_ZERO, 32, false)
FLOAT_TO_INT(fctiwu, ROUND_CURRENT, 32, true)
FLOAT_TO_INT(fctiwuz, ROUND_ZERO, 32, true)

#define INT_TO_FLOAT(name, is_unsigned, single)                                                                 \
    LIFT_FLOAT(name)                                                                                            \
    {                                                                                                           \
        fval b = fpr_get(e, FRB), result = int_to_fp(e, fval_bits(e, b), is_unsigned, single);                  \
        set_from(e, w, result, FP_STATUS(is_unsigned ? FP_FROM_UNSIGNED : FP_FROM_SIGNED, single, 0), b);       \
    }
INT_TO_FLOAT(fcfid, false, false)
INT_TO_FLOAT(fcfidu, true, false)
INT_TO_FLOAT(fcfids, false, true)
INT_TO_FLOAT(fcfidus, true, true)

static void round_to_integral(struct emit *e, uint32_t w, enum fp_round mode)
{
    fval b = fpr_get(e, FRB), result = fp_to_integral(e, b, mode);
    set_from(e, w, result, FP_STATUS(FP_INTEGRAL, false, 0), result);
}
LIFT_FLOAT(frin) { round_to_integral(e, w, ROUND_NEAREST_AWAY); }
LIFT_FLOAT(friz) { round_to_integral(e, w, ROUND_ZERO); }
LIFT_FLOAT(frip) { round_to_integral(e, w, ROUND_UP); }
LIFT_FLOAT(frim) { round_to_integral(e, w, ROUND_DOWN); }

/* --- compare ------------------------------------------------------------------------------------------------------ */

static void compare_float(struct emit *e, uint32_t w, bool ordered)
{
    fval a = fpr_get(e, FRA), b = fpr_get(e, FRB);
    crf_set(e, BF, fp_lt(e, a, b), fp_lt(e, b, a), fp_eq(e, a, b), fp_unordered(e, a, b));
    fp_compared(e, a, b, ordered);
}
LIFT(fcmpu) { compare_float(e, w, false); }
LIFT(fcmpo) { compare_float(e, w, true); }

static unsigned biased_exponent(uint64_t bits) { return bits >> 52 & 0x7ff; }
static bool is_zero(uint64_t bits) { return bits << 1 == 0; }

static void set_test(struct cpu *cpu, uint32_t w, bool fg, bool fe)
{
    uint8_t *cr = &cpu->cr[4 * BF];
    cr[0] = 1;
    cr[1] = fg;
    cr[2] = fe;
    cr[3] = 0;
}

/* Whether software may divide or take the root by iteration: exponents out of the safe range set fe, special operands
 * fg. */
LIFT_CALL(ftdiv)
{
    uint64_t a = *cpu_fpr(cpu, FRA), b = *cpu_fpr(cpu, FRB);
    int ea = (int)biased_exponent(a) - 1023, eb = (int)biased_exponent(b) - 1023;
    bool infinite_or_zero = ea == 1024 || eb == 1024 || is_zero(b);
    bool denormal = eb == -1023;
    bool range = eb <= -1022 || eb >= 1021 || (!is_zero(a) && (ea - eb >= 1023 || ea - eb <= -1021 || ea <= -970));
    set_test(cpu, w, (ea == 1024 && a << 12 == 0) || (eb == 1024 && b << 12 == 0) || is_zero(b) || denormal,
             infinite_or_zero || range);
}
LIFT_CALL(ftsqrt)
{
    uint64_t b = *cpu_fpr(cpu, FRB);
    int eb = (int)biased_exponent(b) - 1023;
    bool denormal = eb == -1023;
    set_test(cpu, w, (eb == 1024 && b << 12 == 0) || denormal,
             eb == 1024 || is_zero(b) || (b & SIGN_BIT) || eb <= -970);
}

/* --- FPSCR -------------------------------------------------------------------------------------------------------- */

static void record_cr1(struct cpu *cpu, uint32_t w)
{
    uint32_t status = RC ? fpscr_read(cpu) >> 28 : 0;
    for (unsigned bit = 0; RC && bit < 4; bit++)
        cpu->cr[4 + bit] = status >> (3 - bit) & 1;
}

LIFT_CALL(mffs)
{
    *cpu_fpr(cpu, FRT) = fpscr_read(cpu);
    record_cr1(cpu, w);
}

/* Copies a field and clears its exception bits. */
LIFT_CALL(mcrfs)
{
    uint32_t fpscr = fpscr_read(cpu), shift = 28 - 4 * BFA;
    for (unsigned bit = 0; bit < 4; bit++)
        cpu->cr[4 * BF + bit] = fpscr >> (shift + 3 - bit) & 1;
    fpscr_write(cpu, fpscr & ~(0xfu << shift & (FPSCR_FX | FPSCR_EXCEPTIONS)));
}

static void write_masked(struct cpu *cpu, uint32_t value, uint32_t mask)
{
    fpscr_write(cpu, (fpscr_read(cpu) & ~mask) | (value & mask));
}

LIFT_CALL(mtfsfi)
{
    unsigned shift = 28 - 4 * BF;
    write_masked(cpu, BITS(w, 16, 19) << shift, BITS(w, 15, 15) ? 0 : 0xfu << shift);
    record_cr1(cpu, w);
}

/* FLM has a bit per field; bit 6 takes them all; bit 15 means the upper word, which has nothing writable before decimal
 * arithmetic. */
LIFT_CALL(mtfsf)
{
    uint32_t mask = 0;
    for (unsigned field = 0; field < 8; field++)
        if (FLM >> (7 - field) & 1)
            mask |= 0xf0000000u >> 4 * field;
    if (BITS(w, 15, 15))
        mask = 0;
    if (BITS(w, 6, 6))
        mask = UINT32_MAX;
    write_masked(cpu, (uint32_t)*cpu_fpr(cpu, FRB), mask);
    record_cr1(cpu, w);
}

LIFT_CALL(mtfsb0)
{
    write_masked(cpu, 0, 0x80000000u >> BT);
    record_cr1(cpu, w);
}

/* Setting an exception bit that was clear also sets FX. */
LIFT_CALL(mtfsb1)
{
    uint32_t bit = 0x80000000u >> BT, fpscr = fpscr_read(cpu);
    fpscr_write(cpu, fpscr | bit | (bit & FPSCR_EXCEPTIONS & ~fpscr ? FPSCR_FX : 0));
    record_cr1(cpu, w);
}
