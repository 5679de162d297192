/* lift_old.c -- instructions of the original POWER architecture that PowerPC dropped and AIX emulates. [aix-abi 7.3]
 *
 * Words only, also in a 64-bit guest. MQ is the multiply-quotient register. Shifts rotate, keep the rotated word in MQ,
 * and merge it under a mask with zeros, signs or the old MQ.
 */
#include "xlate/isa/lift.h"

static val word(struct emit *e, unsigned r) { return zext(e, gpr_get(e, r), 32); }
static val signed_word(struct emit *e, unsigned r) { return sext(e, gpr_get(e, r), 32); }

static void set_result(struct emit *e, uint32_t w, val result, val recorded, flag overflow)
{
    gpr_set(e, RT, zext(e, result, 32));
    if (OE)
        overflow_record(e, overflow);
    if (RC)
        crf_compare_signed(e, 0, sext(e, recorded, 32), imm(e, 0));
}

static void set_shifted(struct emit *e, uint32_t w, val result)
{
    gpr_set(e, RA, zext(e, result, 32));
    if (RC)
        crf_compare_signed(e, 0, sext(e, result, 32), imm(e, 0));
}

/* --- arithmetic --------------------------------------------------------------------------------------------------- */

LIFT(abs)
{
    val a = signed_word(e, RA), result = op_select(e, op_slt(e, a, imm(e, 0)), op_neg(e, a), a);
    set_result(e, w, result, result, op_eq(e, result, imm(e, UINT64_C(1) << 31)));
}
LIFT(nabs)
{
    val a = signed_word(e, RA), result = op_select(e, op_slt(e, a, imm(e, 0)), a, op_neg(e, a));
    set_result(e, w, result, result, flag_imm(e, false));
}

/* Difference or zero. */
static val difference_or_zero(struct emit *e, val a, val b)
{
    return op_select(e, op_slt(e, b, a), imm(e, 0), op_sub(e, b, a));
}
LIFT(doz)
{
    val result = difference_or_zero(e, signed_word(e, RA), signed_word(e, RB));
    set_result(e, w, result, result, op_slt(e, imm(e, INT32_MAX), result));
}
LIFT(dozi) { gpr_set(e, RT, zext(e, difference_or_zero(e, signed_word(e, RA), imm(e, (uint64_t)SI)), 32)); }

/* RT || MQ = RA * RB; CR0 tells of MQ. */
LIFT(mul)
{
    val product = op_mul(e, signed_word(e, RA), signed_word(e, RB));
    mq_set(e, zext(e, product, 32));
    set_result(e, w, op_shr(e, product, imm(e, 32)), product, op_ne(e, product, sext(e, product, 32)));
}

/* RA || MQ by RB: RT quotient, MQ remainder, which CR0 tells of. Overflow leaves results undefined. */
LIFT(div)
{
    val a = op_or(e, op_shl(e, word(e, RA), imm(e, 32)), mq_get(e)), b = signed_word(e, RB);
    val quotient = op_divs(e, a, b), remainder = op_sub(e, a, op_mul(e, quotient, b));
    flag minimum = flag_and(e, op_eq(e, a, imm(e, UINT64_C(1) << 63)), op_eq(e, b, imm(e, UINT64_MAX)));
    flag overflow = flag_or(e, flag_or(e, op_eq(e, b, imm(e, 0)), minimum), op_ne(e, quotient, sext(e, quotient, 32)));
    mq_set(e, zext(e, remainder, 32));
    set_result(e, w, quotient, remainder, overflow);
}
LIFT(divs)
{
    val a = signed_word(e, RA), b = signed_word(e, RB);
    val quotient = op_divs(e, a, b), remainder = op_sub(e, a, op_mul(e, quotient, b));
    flag overflow = flag_or(e, op_eq(e, b, imm(e, 0)), op_eq(e, quotient, imm(e, UINT64_C(1) << 31)));
    mq_set(e, zext(e, remainder, 32));
    set_result(e, w, quotient, remainder, overflow);
}

/* --- rotates and masks -------------------------------------------------------------------------------------------- */

static val merge(struct emit *e, val v, val other, val mask)
{
    return op_or(e, op_and(e, v, mask), op_and(e, other, op_not(e, mask)));
}
static val count(struct emit *e, uint32_t w) { return op_and(e, gpr_get(e, RB), imm(e, 31)); }

LIFT(rlmi)
{
    val mask = imm(e, (uint32_t)mask64(MB + 32, ME + 32));
    set_shifted(e, w, merge(e, op_rotl32(e, gpr_get(e, RS), count(e, w)), word(e, RA), mask));
}

/* Bit 0 of RS into bit n of RA. */
LIFT(rrib)
{
    val n = count(e, w), bit = op_shr(e, imm(e, UINT64_C(1) << 31), n);
    set_shifted(e, w, merge(e, op_shr(e, word(e, RS), n), word(e, RA), bit));
}

/* Ones from bit RS[27:31] to bit RB[27:31], around the end when the second lies before the first. */
LIFT(maskg)
{
    val start = op_and(e, gpr_get(e, RS), imm(e, 31)), stop = op_and(e, gpr_get(e, RB), imm(e, 31));
    val from = op_shr(e, imm(e, UINT32_MAX), start), to = op_shl(e, imm(e, UINT32_MAX), op_sub(e, imm(e, 31), stop));
    set_shifted(e, w, op_select(e, op_ult(e, stop, start), op_or(e, from, to), op_and(e, from, to)));
}
LIFT(maskir) { set_shifted(e, w, merge(e, word(e, RS), word(e, RA), word(e, RB))); }

/* --- shifts with MQ: left by n rotates left by n, right by n rotates left by 32 - n ------------------------------- */

static val left_mask(struct emit *e, val n) { return zext(e, op_shl(e, imm(e, UINT32_MAX), n), 32); }
static val right_mask(struct emit *e, val n) { return op_shr(e, imm(e, UINT32_MAX), n); }
static val rotated_left(struct emit *e, uint32_t w, val n) { return op_rotl32(e, gpr_get(e, RS), n); }
static val rotated_right(struct emit *e, uint32_t w, val n)
{
    return op_rotl32(e, gpr_get(e, RS), op_and(e, op_sub(e, imm(e, 32), n), imm(e, 31)));
}
static flag count_over_31(struct emit *e, uint32_t w)
{
    return op_ne(e, op_and(e, gpr_get(e, RB), imm(e, 32)), imm(e, 0));
}

/* The rotated word under the mask, `fill` elsewhere; the rotated word to MQ. */
static void shift_to_mq(struct emit *e, uint32_t w, val rotated, val mask, val fill)
{
    val result = merge(e, rotated, fill, mask);
    mq_set(e, rotated);
    set_shifted(e, w, result);
}
LIFT(sle) { shift_to_mq(e, w, rotated_left(e, w, count(e, w)), left_mask(e, count(e, w)), imm(e, 0)); }
LIFT(sleq) { shift_to_mq(e, w, rotated_left(e, w, count(e, w)), left_mask(e, count(e, w)), mq_get(e)); }
LIFT(sliq) { shift_to_mq(e, w, rotated_left(e, w, imm(e, SH)), left_mask(e, imm(e, SH)), imm(e, 0)); }
LIFT(slliq) { shift_to_mq(e, w, rotated_left(e, w, imm(e, SH)), left_mask(e, imm(e, SH)), mq_get(e)); }
LIFT(slq)
{
    val mask = op_select(e, count_over_31(e, w), imm(e, 0), left_mask(e, count(e, w)));
    shift_to_mq(e, w, rotated_left(e, w, count(e, w)), mask, imm(e, 0));
}
LIFT(sre) { shift_to_mq(e, w, rotated_right(e, w, count(e, w)), right_mask(e, count(e, w)), imm(e, 0)); }
LIFT(sreq) { shift_to_mq(e, w, rotated_right(e, w, count(e, w)), right_mask(e, count(e, w)), mq_get(e)); }
LIFT(sriq) { shift_to_mq(e, w, rotated_right(e, w, imm(e, SH)), right_mask(e, imm(e, SH)), imm(e, 0)); }
LIFT(srliq) { shift_to_mq(e, w, rotated_right(e, w, imm(e, SH)), right_mask(e, imm(e, SH)), mq_get(e)); }
LIFT(srq)
{
    val mask = op_select(e, count_over_31(e, w), imm(e, 0), right_mask(e, count(e, w)));
    shift_to_mq(e, w, rotated_right(e, w, count(e, w)), mask, imm(e, 0));
}

/* sllq, srlq: MQ is only read; a count over 31 merges zeros with MQ, the mask standing the other way round. */
static void shift_long(struct emit *e, uint32_t w, val rotated, val mask)
{
    val mq = mq_get(e);
    set_shifted(e, w, op_select(e, count_over_31(e, w), op_and(e, mq, mask), merge(e, rotated, mq, mask)));
}
LIFT(sllq) { shift_long(e, w, rotated_left(e, w, count(e, w)), left_mask(e, count(e, w))); }
LIFT(srlq) { shift_long(e, w, rotated_right(e, w, count(e, w)), right_mask(e, count(e, w))); }

/* Algebraic: signs come in; CA when ones are lost from a negative number. */
static void shift_algebraic(struct emit *e, uint32_t w, val n, val mask)
{
    val s = signed_word(e, RS), rotated = rotated_right(e, w, n), lost = op_and(e, rotated, op_not(e, mask));
    flag negative = op_slt(e, s, imm(e, 0));
    val result = merge(e, rotated, op_select(e, negative, imm(e, UINT32_MAX), imm(e, 0)), mask);
    mq_set(e, rotated);
    ca_set(e, flag_and(e, negative, op_ne(e, lost, imm(e, 0))));
    set_shifted(e, w, result);
}
LIFT(sraiq) { shift_algebraic(e, w, imm(e, SH), right_mask(e, imm(e, SH))); }
LIFT(srea) { shift_algebraic(e, w, count(e, w), right_mask(e, count(e, w))); }
LIFT(sraq)
{
    shift_algebraic(e, w, count(e, w), op_select(e, count_over_31(e, w), imm(e, 0), right_mask(e, count(e, w))));
}

/* --- cache -------------------------------------------------------------------------------------------------------- */

/* Line size of any cache: 128 bytes, 64 to 4096 being allowed. */
LIFT(clcs) { gpr_set(e, RT, imm(e, 128)); }

/* Flushes have nothing to do but to leave the address in RA. */
static void address_to_ra(struct emit *e, uint32_t w)
{
    if (RA)
        gpr_set(e, RA, ea_x(e, RA, RB));
}
LIFT(clf) { address_to_ra(e, w); }
LIFT(dclst) { address_to_ra(e, w); }
