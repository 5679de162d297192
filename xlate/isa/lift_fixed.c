/* lift_fixed.c -- fixed-point arithmetic, compare, select, logic. [ISA I 3.3.9, 3.3.10, 3.3.12, 3.3.13]
 *
 * Carry, overflow and CR0 belong to the mode's width. Where the manual leaves the high word of a result undefined it is
 * zero here.
 */
#include "xlate/isa/lift.h"

static val word_imm(struct emit *e, int64_t c) { return imm(e, IS64 ? (uint64_t)c : (uint32_t)c); }
static val word_not(struct emit *e, val v) { return word_unsigned(e, op_not(e, v)); }

static void set_result(struct emit *e, uint32_t w, val result, flag overflow)
{
    gpr_set(e, RT, result);
    if (OE)
        overflow_record(e, overflow);
    if (RC)
        cr0_record(e, result);
}

/* Results of logic: RA, no OE. */
static void set_logic(struct emit *e, uint32_t w, val result)
{
    gpr_set(e, RA, result);
    if (RC)
        cr0_record(e, result);
}

/* The sum of a and b has the sign of neither. */
static flag add_overflows(struct emit *e, val a, val b, val sum)
{
    return word_negative(e, op_and(e, op_xor(e, a, sum), op_xor(e, b, sum)));
}

/* b - a */
static flag subtract_overflows(struct emit *e, val a, val b, val difference)
{
    return word_negative(e, op_and(e, op_xor(e, a, b), op_xor(e, b, difference)));
}

/* Carry out of a + b, operands unsigned words of the mode, sum not yet cut. */
static flag carry_of(struct emit *e, val a, val sum)
{
    return IS64 ? op_ult(e, sum, a) : op_ult(e, imm(e, UINT32_MAX), sum);
}

LIFT(addi) { gpr_set(e, RT, op_add(e, gpr_or_zero(e, RA), imm(e, (uint64_t)SI))); }
LIFT(addis) { gpr_set(e, RT, op_add(e, gpr_or_zero(e, RA), imm(e, (uint64_t)SI << 16))); }

LIFT(add)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB), sum = op_add(e, a, b);
    set_result(e, w, sum, OE ? add_overflows(e, a, b, sum) : flag_imm(e, false));
}

LIFT(subf)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB), difference = op_sub(e, b, a);
    set_result(e, w, difference, OE ? subtract_overflows(e, a, b, difference) : flag_imm(e, false));
}

static val add_immediate_carrying(struct emit *e, uint32_t w)
{
    val a = gpr_get(e, RA), sum = op_add(e, a, word_imm(e, SI));
    ca_set(e, carry_of(e, a, sum));
    gpr_set(e, RT, sum);
    return sum;
}
LIFT(addic) { add_immediate_carrying(e, w); }
LIFT(addic_) { cr0_record(e, add_immediate_carrying(e, w)); }

LIFT(subfic)
{
    val a = gpr_get(e, RA), b = word_imm(e, SI);
    ca_set(e, flag_not(e, op_ult(e, b, a)));
    gpr_set(e, RT, op_sub(e, b, a));
}

LIFT(addc)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB), sum = op_add(e, a, b);
    ca_set(e, carry_of(e, a, sum));
    set_result(e, w, sum, OE ? add_overflows(e, a, b, sum) : flag_imm(e, false));
}

LIFT(subfc)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB), difference = op_sub(e, b, a);
    ca_set(e, flag_not(e, op_ult(e, b, a)));
    set_result(e, w, difference, OE ? subtract_overflows(e, a, b, difference) : flag_imm(e, false));
}

/* a + b + CA -> RT, CA: all extended forms, RA being complemented by the subtracting ones. */
static void add_extended(struct emit *e, uint32_t w, val a, val b)
{
    val first = op_add(e, a, b), sum = op_add(e, first, flag_val(e, ca_get(e)));
    ca_set(e, IS64 ? flag_or(e, op_ult(e, first, a), op_ult(e, sum, first)) : carry_of(e, a, sum));
    set_result(e, w, sum, OE ? add_overflows(e, a, b, sum) : flag_imm(e, false));
}
LIFT(adde) { add_extended(e, w, gpr_get(e, RA), gpr_get(e, RB)); }
LIFT(addme) { add_extended(e, w, gpr_get(e, RA), word_imm(e, -1)); }
LIFT(addze) { add_extended(e, w, gpr_get(e, RA), imm(e, 0)); }
LIFT(subfe) { add_extended(e, w, word_not(e, gpr_get(e, RA)), gpr_get(e, RB)); }
LIFT(subfme) { add_extended(e, w, word_not(e, gpr_get(e, RA)), word_imm(e, -1)); }
LIFT(subfze) { add_extended(e, w, word_not(e, gpr_get(e, RA)), imm(e, 0)); }

LIFT(neg)
{
    val a = gpr_get(e, RA);
    set_result(e, w, op_neg(e, a), op_eq(e, a, imm(e, IS64 ? UINT64_C(1) << 63 : UINT64_C(1) << 31)));
}

/* --- multiply ----------------------------------------------------------------------------------------------------- */

LIFT(mulli) { gpr_set(e, RT, op_mul(e, gpr_get(e, RA), imm(e, (uint64_t)SI))); }

LIFT(mullw)
{
    val product = op_mul(e, sext(e, gpr_get(e, RA), 32), sext(e, gpr_get(e, RB), 32));
    set_result(e, w, product, OE ? op_ne(e, product, sext(e, product, 32)) : flag_imm(e, false));
}

LIFT(mulld)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB), product = op_mul(e, a, b);
    set_result(e, w, product,
               OE ? op_ne(e, op_mulhs(e, a, b), op_sar(e, product, imm(e, 63))) : flag_imm(e, false));
}

/* XO form without OE. */
static void set_high(struct emit *e, uint32_t w, val result)
{
    gpr_set(e, RT, result);
    if (RC)
        cr0_record(e, result);
}
LIFT(mulhw)
{
    set_high(e, w, op_shr(e, op_mul(e, sext(e, gpr_get(e, RA), 32), sext(e, gpr_get(e, RB), 32)), imm(e, 32)));
}
LIFT(mulhwu)
{
    set_high(e, w, op_shr(e, op_mul(e, zext(e, gpr_get(e, RA), 32), zext(e, gpr_get(e, RB), 32)), imm(e, 32)));
}
LIFT(mulhd) { set_high(e, w, op_mulhs(e, gpr_get(e, RA), gpr_get(e, RB))); }
LIFT(mulhdu) { set_high(e, w, op_mulhu(e, gpr_get(e, RA), gpr_get(e, RB))); }

/* High doubleword of RA * RB + RC: the carry out of the low one counts. */
static val madd_carry(struct emit *e, uint32_t w)
{
    val low = op_mul(e, gpr_get(e, RA), gpr_get(e, RB));
    return flag_val(e, op_ult(e, op_add(e, low, gpr_get(e, REGC)), low));
}
LIFT(maddhd)
{
    val high = op_add(e, op_mulhs(e, gpr_get(e, RA), gpr_get(e, RB)), op_sar(e, gpr_get(e, REGC), imm(e, 63)));
    gpr_set(e, RT, op_add(e, high, madd_carry(e, w)));
}
LIFT(maddhdu) { gpr_set(e, RT, op_add(e, op_mulhu(e, gpr_get(e, RA), gpr_get(e, RB)), madd_carry(e, w))); }
LIFT(maddld) { gpr_set(e, RT, op_add(e, op_mul(e, gpr_get(e, RA), gpr_get(e, RB)), gpr_get(e, REGC))); }

/* --- divide: undefined quotients are 0, as op_divs and op_divu give them ------------------------------------------ */

static flag is_zero(struct emit *e, val v) { return op_eq(e, v, imm(e, 0)); }
static flag divides_minimum(struct emit *e, val a, val b, uint64_t minimum)
{
    return flag_and(e, op_eq(e, a, imm(e, minimum)), op_eq(e, b, imm(e, UINT64_MAX)));
}

LIFT(divw)
{
    val a = sext(e, gpr_get(e, RA), 32), b = sext(e, gpr_get(e, RB), 32);
    flag undefined = flag_or(e, is_zero(e, b), divides_minimum(e, a, b, (uint64_t)INT32_MIN));
    val quotient = op_select(e, undefined, imm(e, 0), op_divs(e, a, b));
    set_result(e, w, zext(e, quotient, 32), undefined);
}
LIFT(divwu)
{
    val b = zext(e, gpr_get(e, RB), 32);
    set_result(e, w, op_divu(e, zext(e, gpr_get(e, RA), 32), b), is_zero(e, b));
}
LIFT(divwe)
{
    val a = op_shl(e, gpr_get(e, RA), imm(e, 32)), b = sext(e, gpr_get(e, RB), 32), quotient = op_divs(e, a, b);
    flag undefined = flag_or(e, is_zero(e, b), divides_minimum(e, a, b, UINT64_C(1) << 63));
    undefined = flag_or(e, undefined, op_ne(e, quotient, sext(e, quotient, 32)));
    set_result(e, w, op_select(e, undefined, imm(e, 0), zext(e, quotient, 32)), undefined);
}
LIFT(divweu)
{
    val a = zext(e, gpr_get(e, RA), 32), b = zext(e, gpr_get(e, RB), 32);
    flag undefined = flag_not(e, op_ult(e, a, b));
    val quotient = op_divu(e, op_shl(e, a, imm(e, 32)), b);
    set_result(e, w, op_select(e, undefined, imm(e, 0), quotient), undefined);
}
LIFT(divd)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    set_result(e, w, op_divs(e, a, b), flag_or(e, is_zero(e, b), divides_minimum(e, a, b, UINT64_C(1) << 63)));
}
LIFT(divdu)
{
    val b = gpr_get(e, RB);
    set_result(e, w, op_divu(e, gpr_get(e, RA), b), is_zero(e, b));
}

static void call_result(struct cpu *cpu, uint32_t w, uint64_t result, bool overflow)
{
    cpu->gpr[RT] = result;
    if (OE) {
        cpu->ov = overflow;
        cpu->so |= overflow;
    }
    if (RC) {
        cpu->cr[0] = (int64_t)result < 0;
        cpu->cr[1] = (int64_t)result > 0;
        cpu->cr[2] = result == 0;
        cpu->cr[3] = cpu->so;
    }
}

/* RA || 64 zeros divided by RB. */
LIFT_CALL(divde)
{
    __int128 a = (__int128)((unsigned __int128)cpu->gpr[RA] << 64), b = (int64_t)cpu->gpr[RB];
    bool undefined = b == 0 || (b == -1 && cpu->gpr[RA] == UINT64_C(1) << 63);
    __int128 quotient = undefined ? 0 : a / b;
    undefined = undefined || quotient != (int64_t)quotient;
    call_result(cpu, w, undefined ? 0 : (uint64_t)quotient, undefined);
}
LIFT_CALL(divdeu)
{
    bool undefined = cpu->gpr[RA] >= cpu->gpr[RB];
    call_result(cpu, w, undefined ? 0 : (uint64_t)(((unsigned __int128)cpu->gpr[RA] << 64) / cpu->gpr[RB]), undefined);
}

/* a - (a / b) * b; the quotient of the undefined cases does not matter. */
static void set_remainder(struct emit *e, uint32_t w, val a, val b, val quotient)
{
    gpr_set(e, RT, op_select(e, is_zero(e, b), imm(e, 0), op_sub(e, a, op_mul(e, quotient, b))));
}
LIFT(modsw)
{
    val a = sext(e, gpr_get(e, RA), 32), b = sext(e, gpr_get(e, RB), 32);
    set_remainder(e, w, a, b, op_divs(e, a, b));
}
LIFT(moduw)
{
    val a = zext(e, gpr_get(e, RA), 32), b = zext(e, gpr_get(e, RB), 32);
    set_remainder(e, w, a, b, op_divu(e, a, b));
}
LIFT(modsd)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    flag minus_one = op_eq(e, b, imm(e, UINT64_MAX));
    set_remainder(e, w, op_select(e, minus_one, imm(e, 0), a), b, op_divs(e, op_select(e, minus_one, imm(e, 0), a), b));
}
LIFT(modud)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    set_remainder(e, w, a, b, op_divu(e, a, b));
}

/* --- compare, select ---------------------------------------------------------------------------------------------- */

/* L = 1 compares doublewords; a 32-bit guest has none. */
static bool compares_words(struct emit *e, uint32_t w) { return !IS64 || !L1; }

LIFT(cmp)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    bool words = compares_words(e, w);
    crf_compare_signed(e, BF, words ? sext(e, a, 32) : a, words ? sext(e, b, 32) : b);
}
LIFT(cmpi)
{
    val a = gpr_get(e, RA);
    crf_compare_signed(e, BF, compares_words(e, w) ? sext(e, a, 32) : a, imm(e, (uint64_t)SI));
}
LIFT(cmpl)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    bool words = compares_words(e, w);
    crf_compare_unsigned(e, BF, words ? zext(e, a, 32) : a, words ? zext(e, b, 32) : b);
}
LIFT(cmpli)
{
    val a = gpr_get(e, RA);
    crf_compare_unsigned(e, BF, compares_words(e, w) ? zext(e, a, 32) : a, imm(e, UI));
}

LIFT(setb)
{
    val positive = flag_val(e, cr_get(e, 4 * BFA + 1));
    gpr_set(e, RT, op_select(e, cr_get(e, 4 * BFA), imm(e, UINT64_MAX), positive));
}

LIFT(isel) { gpr_set(e, RT, op_select(e, cr_get(e, BC), gpr_or_zero(e, RA), gpr_get(e, RB))); }

/* --- logic -------------------------------------------------------------------------------------------------------- */

static void and_immediate(struct emit *e, uint32_t w, uint64_t mask)
{
    val result = op_and(e, gpr_get(e, RS), imm(e, mask));
    gpr_set(e, RA, result);
    cr0_record(e, result);
}
LIFT(andi_) { and_immediate(e, w, UI); }
LIFT(andis_) { and_immediate(e, w, UI << 16); }
LIFT(ori) { gpr_set(e, RA, op_or(e, gpr_get(e, RS), imm(e, UI))); }
LIFT(oris) { gpr_set(e, RA, op_or(e, gpr_get(e, RS), imm(e, UI << 16))); }
LIFT(xori) { gpr_set(e, RA, op_xor(e, gpr_get(e, RS), imm(e, UI))); }
LIFT(xoris) { gpr_set(e, RA, op_xor(e, gpr_get(e, RS), imm(e, UI << 16))); }

LIFT(and) { set_logic(e, w, op_and(e, gpr_get(e, RS), gpr_get(e, RB))); }
LIFT(nand) { set_logic(e, w, op_not(e, op_and(e, gpr_get(e, RS), gpr_get(e, RB)))); }
LIFT(nor) { set_logic(e, w, op_not(e, op_or(e, gpr_get(e, RS), gpr_get(e, RB)))); }
LIFT(eqv) { set_logic(e, w, op_not(e, op_xor(e, gpr_get(e, RS), gpr_get(e, RB)))); }
LIFT(andc) { set_logic(e, w, op_and(e, gpr_get(e, RS), op_not(e, gpr_get(e, RB)))); }
LIFT(orc) { set_logic(e, w, op_or(e, gpr_get(e, RS), op_not(e, gpr_get(e, RB)))); }

/* The same register twice: mr, and the idiom for zero. */
LIFT(or) { set_logic(e, w, RS == RB ? gpr_get(e, RS) : op_or(e, gpr_get(e, RS), gpr_get(e, RB))); }
LIFT(xor) { set_logic(e, w, RS == RB ? imm(e, 0) : op_xor(e, gpr_get(e, RS), gpr_get(e, RB))); }

LIFT(extsb) { set_logic(e, w, sext(e, gpr_get(e, RS), 8)); }
LIFT(extsh) { set_logic(e, w, sext(e, gpr_get(e, RS), 16)); }
LIFT(extsw) { set_logic(e, w, sext(e, gpr_get(e, RS), 32)); }
LIFT(cntlzw) { set_logic(e, w, op_clz32(e, gpr_get(e, RS))); }
LIFT(cntlzd) { set_logic(e, w, op_clz(e, gpr_get(e, RS))); }
LIFT(cnttzw) { set_logic(e, w, op_ctz(e, op_or(e, gpr_get(e, RS), imm(e, UINT64_C(1) << 32)))); }
LIFT(cnttzd) { set_logic(e, w, op_ctz(e, gpr_get(e, RS))); }

LIFT(popcntb) { gpr_set(e, RA, op_popcntb(e, gpr_get(e, RS))); }
LIFT(popcntd) { gpr_set(e, RA, op_popcnt(e, gpr_get(e, RS))); }

/* f of each word of s, for counts. */
static val count_words(struct emit *e, val s)
{
    val low = op_popcnt(e, zext(e, s, 32));
    return IS64 ? op_or(e, low, op_shl(e, op_popcnt(e, op_shr(e, s, imm(e, 32))), imm(e, 32))) : low;
}
LIFT(popcntw) { gpr_set(e, RA, count_words(e, gpr_get(e, RS))); }

/* Parity of the lowest bits of the bytes. */
static val low_bits(struct emit *e, val s) { return op_and(e, s, imm(e, UINT64_C(0x0101010101010101))); }
LIFT(prtyw)
{
    gpr_set(e, RA, op_and(e, count_words(e, low_bits(e, gpr_get(e, RS))), imm(e, UINT64_C(0x0000000100000001))));
}
LIFT(prtyd) { gpr_set(e, RA, op_and(e, op_popcnt(e, low_bits(e, gpr_get(e, RS))), imm(e, 1))); }

/* 0xff where bytes are equal: adding 0x7f to the low seven bits of a difference carries into bit 7 unless they are
 * zero. */
LIFT(cmpb)
{
    val seven = imm(e, UINT64_C(0x7f7f7f7f7f7f7f7f));
    val x = op_xor(e, gpr_get(e, RS), gpr_get(e, RB));
    val differs = op_or(e, op_or(e, op_add(e, op_and(e, x, seven), seven), x), seven);
    gpr_set(e, RA, op_mul(e, op_shr(e, op_not(e, differs), imm(e, 7)), imm(e, 0xff)));
}

LIFT_CALL(bpermd)
{
    uint64_t result = 0;
    for (unsigned i = 0; i < 8; i++) {
        unsigned index = cpu->gpr[RS] >> (56 - 8 * i) & 0xff;
        if (index < 64)
            result |= (cpu->gpr[RB] >> (63 - index) & 1) << (7 - i);
    }
    cpu->gpr[RA] = result;
}
