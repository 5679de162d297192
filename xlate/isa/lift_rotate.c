/* lift_rotate.c -- rotate and shift. [ISA I 3.3.14] */
#include "xlate/isa/lift.h"

static void set_rotated(struct emit *e, uint32_t w, val result)
{
    gpr_set(e, RA, result);
    if (RC)
        cr0_record(e, result);
}

/* ROTL32 of the manual: the rotated word stands in both halves, which shows only under a mask that wraps. */
static val rotate_word(struct emit *e, uint32_t w, val n)
{
    val word = op_rotl32(e, gpr_get(e, RS), n);
    return IS64 && MB > ME ? op_or(e, word, op_shl(e, word, imm(e, 32))) : word;
}
static uint64_t word_mask(struct emit *e, uint32_t w)
{
    uint64_t mask = mask64(MB + 32, ME + 32);
    return IS64 ? mask : (uint32_t)mask;
}

LIFT(rlwinm) { set_rotated(e, w, op_and(e, rotate_word(e, w, imm(e, SH)), imm(e, word_mask(e, w)))); }
LIFT(rlwnm)
{
    val n = op_and(e, gpr_get(e, RB), imm(e, 31));
    set_rotated(e, w, op_and(e, rotate_word(e, w, n), imm(e, word_mask(e, w))));
}

static val insert(struct emit *e, val into, val v, uint64_t mask)
{
    return op_or(e, op_and(e, v, imm(e, mask)), op_and(e, into, imm(e, ~mask)));
}
LIFT(rlwimi) { set_rotated(e, w, insert(e, gpr_get(e, RA), rotate_word(e, w, imm(e, SH)), word_mask(e, w))); }

static val rotate_doubleword(struct emit *e, uint32_t w) { return op_rotl(e, gpr_get(e, RS), imm(e, SH6)); }
static val rotate_by_register(struct emit *e, uint32_t w)
{
    return op_rotl(e, gpr_get(e, RS), op_and(e, gpr_get(e, RB), imm(e, 63)));
}
LIFT(rldicl) { set_rotated(e, w, op_and(e, rotate_doubleword(e, w), imm(e, mask64(MB6, 63)))); }
LIFT(rldicr) { set_rotated(e, w, op_and(e, rotate_doubleword(e, w), imm(e, mask64(0, MB6)))); }
LIFT(rldic) { set_rotated(e, w, op_and(e, rotate_doubleword(e, w), imm(e, mask64(MB6, 63 - SH6)))); }
LIFT(rldimi) { set_rotated(e, w, insert(e, gpr_get(e, RA), rotate_doubleword(e, w), mask64(MB6, 63 - SH6))); }
LIFT(rldcl) { set_rotated(e, w, op_and(e, rotate_by_register(e, w), imm(e, mask64(MB6, 63)))); }
LIFT(rldcr) { set_rotated(e, w, op_and(e, rotate_by_register(e, w), imm(e, mask64(0, MB6)))); }

/* --- shifts: six bits of RB count for words, seven for doublewords ------------------------------------------------ */

static val count_of(struct emit *e, uint32_t w, unsigned mask) { return op_and(e, gpr_get(e, RB), imm(e, mask)); }

LIFT(slw) { set_rotated(e, w, zext(e, op_shl(e, gpr_get(e, RS), count_of(e, w, 63)), 32)); }
LIFT(srw) { set_rotated(e, w, op_shr(e, zext(e, gpr_get(e, RS), 32), count_of(e, w, 63))); }

/* Bits shifted out of a negative number set CA. n < 64, s sign-extended. */
static void shift_algebraic(struct emit *e, uint32_t w, val s, val n, flag all_out)
{
    val lost = op_and(e, s, op_sub(e, op_shl(e, imm(e, 1), n), imm(e, 1)));
    flag any_lost = flag_or(e, op_ne(e, lost, imm(e, 0)), all_out);
    ca_set(e, flag_and(e, op_slt(e, s, imm(e, 0)), any_lost));
    set_rotated(e, w, op_sar(e, s, n));
}
LIFT(srawi) { shift_algebraic(e, w, sext(e, gpr_get(e, RS), 32), imm(e, SH), flag_imm(e, false)); }
LIFT(sraw) { shift_algebraic(e, w, sext(e, gpr_get(e, RS), 32), count_of(e, w, 63), flag_imm(e, false)); }
LIFT(sradi) { shift_algebraic(e, w, gpr_get(e, RS), imm(e, SH6), flag_imm(e, false)); }

static flag count_over_63(struct emit *e, uint32_t w) { return op_ne(e, count_of(e, w, 64), imm(e, 0)); }
LIFT(srad)
{
    flag over = count_over_63(e, w);
    val n = op_select(e, over, imm(e, 63), count_of(e, w, 63));
    shift_algebraic(e, w, gpr_get(e, RS), n, over);
}
LIFT(sld)
{
    val shifted = op_shl(e, gpr_get(e, RS), count_of(e, w, 63));
    set_rotated(e, w, op_select(e, count_over_63(e, w), imm(e, 0), shifted));
}
LIFT(srd)
{
    val shifted = op_shr(e, gpr_get(e, RS), count_of(e, w, 63));
    set_rotated(e, w, op_select(e, count_over_63(e, w), imm(e, 0), shifted));
}
