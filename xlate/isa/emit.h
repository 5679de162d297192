/* emit.h -- the vocabulary in which instruction semantics are written, once.
 *
 * lift_*.c state what every instruction means in these words. The same files are compiled several times, each against
 * a binding named by -DEMIT_BINDING="\"...\"":
 *
 *   xlate/run/emit_interp.h     plain integers: the result *is* the interpreter (twice: -DGUEST64=0 and 1)
 *   xlate/isa/emit_record.h     nothing is computed; notes which registers are read and written, and how control leaves
 *   xlate/worker/emit_llvm.h    builds LLVM IR (prototypes; bodies in emit_llvm.c)
 *
 * Rules
 *   - val, flag and fval are one-field structs: C cannot branch on guest data by accident. C `if` is for facts of the
 *     instruction word (Rc, RA == 0), of the mode (e->is64) and of the address (e->pc).
 *   - A val is 64 bits wide in both modes. In 32-bit mode gpr_get gives a zero-extended word and gpr_set keeps the low
 *     word; LLVM narrows what can be narrowed. Word-sized facts (carry, CR0, compare) go through word_*() below.
 *   - Order: an instruction does its memory accesses before it sets any register, so that a fault leaves it undone.
 *   - None of these words may be used after a control word (branch_*, trap, illegal, sysenter) in the same instruction.
 */
#ifndef XLATE_ISA_EMIT_H
#define XLATE_ISA_EMIT_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"

/* What op_lanes() does with lanes x and y. Comparisons give all ones or zero; counts are taken modulo the width. */
#ifndef LANE_OPS_DEFINED
#define LANE_OPS_DEFINED
enum lane_op {
    LANE_ADD, LANE_SUB,
    LANE_EQ, LANE_GTU, LANE_GTS,
    LANE_MAXU, LANE_MAXS, LANE_MINU, LANE_MINS,
    LANE_SHL, LANE_SHR, LANE_SAR, LANE_ROTL,
};
#endif

/* The binding defines: struct emit with at least { uint64_t pc; uint32_t word; bool is64 }, val, flag, fval, VOCAB (a
 * storage class for the words) and LIFT_FN(name). */
#ifndef EMIT_TYPES_DEFINED
#error "include this through xlate/isa/lift.h, which includes the binding first"
#endif

/* --- constants and registers ------------------------------------------------------------------------------------- */
VOCAB val  imm(struct emit *e, uint64_t c);
VOCAB val  imm_pc(struct emit *e, uint64_t pc);                  /* an address of code near this: it moves when the code does */
VOCAB flag flag_imm(struct emit *e, bool c);
VOCAB val  gpr_get(struct emit *e, unsigned r);
VOCAB void gpr_set(struct emit *e, unsigned r, val v);
VOCAB flag cr_get(struct emit *e, unsigned bit);                /* CR bit 0..31 */
VOCAB void cr_set(struct emit *e, unsigned bit, flag f);
VOCAB val  cr_word(struct emit *e);                                 /* all of CR, bit 0 in front */
VOCAB val  lr_get(struct emit *e);
VOCAB void lr_set(struct emit *e, val v);
VOCAB val  ctr_get(struct emit *e);
VOCAB void ctr_set(struct emit *e, val v);
VOCAB flag so_get(struct emit *e);
VOCAB void so_set(struct emit *e, flag f);
VOCAB flag ov_get(struct emit *e);
VOCAB void ov_set(struct emit *e, flag f);
VOCAB flag ca_get(struct emit *e);
VOCAB void ca_set(struct emit *e, flag f);
VOCAB val  mq_get(struct emit *e);
VOCAB void mq_set(struct emit *e, val v);                       /* low word */
VOCAB val  xer_low_get(struct emit *e);                         /* XER[48:63]: lscbx byte << 8 | string count */
VOCAB void xer_low_set(struct emit *e, val v);
VOCAB val  vrsave_get(struct emit *e);
VOCAB void vrsave_set(struct emit *e, val v);

/* Doubleword half (0 or 1) of vector-scalar register n (0..63); FPR n is half 0 of n, VR n is register 32 + n. */
VOCAB val  vsr_get(struct emit *e, unsigned n, unsigned half);
VOCAB void vsr_set(struct emit *e, unsigned n, unsigned half, val v);

/* --- integer arithmetic, 64 bits wide ----------------------------------------------------------------------------- */
VOCAB val op_add(struct emit *e, val a, val b);
VOCAB val op_sub(struct emit *e, val a, val b);
VOCAB val op_mul(struct emit *e, val a, val b);
VOCAB val op_mulhu(struct emit *e, val a, val b);               /* high 64 of the unsigned 128-bit product */
VOCAB val op_mulhs(struct emit *e, val a, val b);
VOCAB val op_divu(struct emit *e, val a, val b);                /* x / 0 = 0 */
VOCAB val op_divs(struct emit *e, val a, val b);                /* x / 0 = 0, INT64_MIN / -1 = 0 */
VOCAB val op_and(struct emit *e, val a, val b);
VOCAB val op_or(struct emit *e, val a, val b);
VOCAB val op_xor(struct emit *e, val a, val b);
VOCAB val op_not(struct emit *e, val a);
VOCAB val op_neg(struct emit *e, val a);
VOCAB val op_shl(struct emit *e, val a, val n);                 /* n taken modulo 64 by the caller; n < 64 */
VOCAB val op_shr(struct emit *e, val a, val n);
VOCAB val op_sar(struct emit *e, val a, val n);
VOCAB val op_rotl(struct emit *e, val a, val n);                /* n modulo 64 */
VOCAB val op_rotl32(struct emit *e, val a, val n);              /* low word rotated by n modulo 32, zero-extended */
VOCAB val op_clz(struct emit *e, val a);                        /* 64 for 0 */
VOCAB val op_clz32(struct emit *e, val a);                      /* of the low word; 32 for 0 */
VOCAB val op_ctz(struct emit *e, val a);                        /* 64 for 0 */
VOCAB val op_popcnt(struct emit *e, val a);
VOCAB val op_popcntb(struct emit *e, val a);                    /* per byte */
VOCAB val op_bswap(struct emit *e, val a);                      /* 64 bits */
VOCAB val op_lanes(struct emit *e, enum lane_op op, unsigned bits, val a, val b);       /* each 8, 16, 32 or 64 bits by themselves */
VOCAB val sext(struct emit *e, val a, unsigned bits);           /* sign-extend the low 8, 16 or 32 bits */
VOCAB val zext(struct emit *e, val a, unsigned bits);
VOCAB val op_select(struct emit *e, flag c, val a, val b);      /* c ? a : b */

VOCAB flag op_eq(struct emit *e, val a, val b);
VOCAB flag op_ult(struct emit *e, val a, val b);
VOCAB flag op_slt(struct emit *e, val a, val b);
VOCAB val  flag_val(struct emit *e, flag f);                    /* 0 or 1 */
VOCAB flag flag_not(struct emit *e, flag a);
VOCAB flag flag_and(struct emit *e, flag a, flag b);
VOCAB flag flag_or(struct emit *e, flag a, flag b);
VOCAB flag flag_xor(struct emit *e, flag a, flag b);

/* --- memory: addresses wrap to the mode's width inside; values zero-extended; any alignment ----------------------- */
VOCAB val  load(struct emit *e, val ea, unsigned bytes);        /* 1, 2, 4, 8; big-endian */
VOCAB void store(struct emit *e, val ea, val v, unsigned bytes);
VOCAB val  load_reversed(struct emit *e, val ea, unsigned bytes);       /* little-endian */
VOCAB void store_reversed(struct emit *e, val ea, val v, unsigned bytes);
VOCAB val  load_reserve(struct emit *e, val ea, unsigned bytes);
VOCAB flag store_conditional(struct emit *e, val ea, val v, unsigned bytes);
VOCAB void zero_block(struct emit *e, val ea);                  /* dcbz: the aligned 128 bytes around ea */
enum fence { FENCE_SYNC, FENCE_LWSYNC, FENCE_EIEIO, FENCE_ISYNC };
VOCAB void fence(struct emit *e, enum fence kind);
VOCAB void code_changed(struct emit *e, val ea);                /* icbi; a control word */
VOCAB val  timebase(struct emit *e);

/* --- floating point: an fval is a double -------------------------------------------------------------------------- */
VOCAB fval fpr_get(struct emit *e, unsigned r);
VOCAB void fpr_set(struct emit *e, unsigned r, fval v);
VOCAB val  fval_bits(struct emit *e, fval v);
VOCAB fval bits_fval(struct emit *e, val v);
VOCAB val  single_to_double(struct emit *e, val word);          /* lfs: DOUBLE(word) on bits, exact, SNaN kept */
VOCAB val  double_to_single(struct emit *e, val bits);          /* stfs: SINGLE(bits), no rounding */
/* Arithmetic in the current rounding mode with PowerPC's NaN rules (first NaN operand of A, B, C quieted; generated NaN
 * is positive); `single` rounds once to single precision. Exception flags gather in the host and are merged when FPSCR
 * is read. */
VOCAB fval fp_add(struct emit *e, fval a, fval b, bool single);
VOCAB fval fp_sub(struct emit *e, fval a, fval b, bool single);
VOCAB fval fp_mul(struct emit *e, fval a, fval c, bool single);
VOCAB fval fp_div(struct emit *e, fval a, fval b, bool single);
VOCAB fval fp_sqrt(struct emit *e, fval b, bool single);
enum fp_madd { MADD, MSUB, NMADD, NMSUB };
VOCAB fval fp_muladd(struct emit *e, fval a, fval c, fval b, enum fp_madd kind, bool single);   /* +-(a*c +- b) */
VOCAB fval fp_round_single(struct emit *e, fval b);             /* frsp */
enum fp_round { ROUND_CURRENT, ROUND_ZERO, ROUND_NEAREST_AWAY, ROUND_UP, ROUND_DOWN };
VOCAB fval fp_to_integral(struct emit *e, fval b, enum fp_round mode);          /* frin, friz, frip, frim */
VOCAB val  fp_to_int(struct emit *e, fval b, enum fp_round mode, unsigned bits,
                     bool is_unsigned);         /* saturating; 32: high word undefined */
VOCAB fval int_to_fp(struct emit *e, val v, bool is_unsigned, bool single);
VOCAB flag fp_lt(struct emit *e, fval a, fval b);               /* false when unordered */
VOCAB flag fp_eq(struct emit *e, fval a, fval b);
VOCAB flag fp_unordered(struct emit *e, fval a, fval b);
/* FPSCR's FR, FI and FPRF come from this operation (FP_STATUS of arith.h), FPCC from this comparison. */
VOCAB void fp_status(struct emit *e, uint32_t operation, fval a, fval b, fval c);
VOCAB void fp_compared(struct emit *e, fval a, fval b, bool ordered);

/* --- leaving the straight line ------------------------------------------------------------------------------------ */
/* Direct branch when cond; link only says that it is a call (lr_set was done by the caller with the pc after). */
VOCAB void branch_direct(struct emit *e, flag cond, uint64_t target, bool link);
enum indirect { VIA_LR, VIA_CTR };
VOCAB void branch_indirect(struct emit *e, flag cond, val target, enum indirect via, bool link);
VOCAB void trap_if(struct emit *e, flag cond);                  /* tw, td: SIGTRAP; goes on when false */
VOCAB void illegal(struct emit *e);                             /* SIGILL at e->pc */
VOCAB void sysenter(struct emit *e);                            /* sc: AIX goes on at LR [aix-abi 3.2] */

/* Have the interpreter's version of this very instruction do it: state is flushed, called, reloaded. In the
 * interpreter's binding this word is the C body itself; see LIFT_CALL in lift.h. */
VOCAB void by_interpreter(struct emit *e);

#endif
