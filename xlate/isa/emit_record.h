/* emit_record.h -- the binding of the instruction vocabulary that only takes notes: which registers, memory, control.
 * See record.h.
 *
 * Values are empty. A flag remembers whether it is a constant, to tell conditional branches from others.
 */
#ifndef XLATE_ISA_EMIT_RECORD_H
#define XLATE_ISA_EMIT_RECORD_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/host.h"
#include "xlate/isa/record.h"

enum known { UNKNOWN, KNOWN_FALSE, KNOWN_TRUE };
typedef struct { char nothing; } val;
typedef struct { enum known known; } flag;
typedef struct { char nothing; } fval;

#define EMIT_TYPES_DEFINED
#define VOCAB static inline UNUSED
#define LIFT_FN(name) record_##name

struct emit {
    uint64_t pc;
    uint32_t word;
    bool is64;
    struct insn_effects *out;
};

void record_by_operands(struct emit *e);        /* record.c */

#include "xlate/isa/emit.h"

#define NO_VAL  ((val){ 0 })
#define NO_FVAL ((fval){ 0 })
#define NO_FLAG ((flag){ UNKNOWN })

static inline void note_read(struct emit *e, unsigned reg)
{
    if (!reg_set_has(&e->out->writes, reg))
        reg_set_add(&e->out->reads, reg);
}
static inline void note_write(struct emit *e, unsigned reg) { reg_set_add(&e->out->writes, reg); }

VOCAB val imm(struct emit *e, uint64_t c) { return NO_VAL; }
VOCAB val imm_pc(struct emit *e, uint64_t pc) { return NO_VAL; }
VOCAB flag flag_imm(struct emit *e, bool c) { return (flag){ c ? KNOWN_TRUE : KNOWN_FALSE }; }
VOCAB val gpr_get(struct emit *e, unsigned r) { note_read(e, REG_GPR + r); return NO_VAL; }
VOCAB void gpr_set(struct emit *e, unsigned r, val v) { note_write(e, REG_GPR + r); }
VOCAB flag cr_get(struct emit *e, unsigned bit) { note_read(e, REG_CR + bit); return NO_FLAG; }
VOCAB void cr_set(struct emit *e, unsigned bit, flag f) { note_write(e, REG_CR + bit); }
VOCAB val cr_word(struct emit *e)
{
    for (unsigned bit = 0; bit < 32; bit++)
        note_read(e, REG_CR + bit);
    return NO_VAL;
}
VOCAB fval fpr_get(struct emit *e, unsigned r) { note_read(e, REG_FPR + r); return NO_FVAL; }
VOCAB void fpr_set(struct emit *e, unsigned r, fval v) { note_write(e, REG_FPR + r); }
VOCAB val vsr_get(struct emit *e, unsigned n, unsigned half) { note_read(e, reg_of_vsr(n, half)); return NO_VAL; }
VOCAB void vsr_set(struct emit *e, unsigned n, unsigned half, val v) { note_write(e, reg_of_vsr(n, half)); }

#define SPECIAL(name, type, none, reg)                                                  \
    VOCAB type name##_get(struct emit *e) { note_read(e, reg); return none; }           \
    VOCAB void name##_set(struct emit *e, type v) { note_write(e, reg); }
SPECIAL(lr, val, NO_VAL, REG_LR)
SPECIAL(ctr, val, NO_VAL, REG_CTR)
SPECIAL(so, flag, NO_FLAG, REG_SO)
SPECIAL(ov, flag, NO_FLAG, REG_OV)
SPECIAL(ca, flag, NO_FLAG, REG_CA)
SPECIAL(mq, val, NO_VAL, REG_MQ)
SPECIAL(xer_low, val, NO_VAL, REG_XERLOW)
SPECIAL(vrsave, val, NO_VAL, REG_VRSAVE)
#undef SPECIAL

#define UNARY(name) VOCAB val name(struct emit *e, val a) { return NO_VAL; }
#define BINARY(name) VOCAB val name(struct emit *e, val a, val b) { return NO_VAL; }
#define COMPARE(name) VOCAB flag name(struct emit *e, val a, val b) { return NO_FLAG; }
BINARY(op_add) BINARY(op_sub) BINARY(op_mul) BINARY(op_mulhu) BINARY(op_mulhs) BINARY(op_divu) BINARY(op_divs)
BINARY(op_and) BINARY(op_or) BINARY(op_xor) BINARY(op_shl) BINARY(op_shr) BINARY(op_sar)
BINARY(op_rotl) BINARY(op_rotl32)
UNARY(op_not) UNARY(op_neg) UNARY(op_clz) UNARY(op_clz32) UNARY(op_ctz) UNARY(op_popcnt) UNARY(op_popcntb)
UNARY(op_bswap)
UNARY(single_to_double) UNARY(double_to_single)
COMPARE(op_eq) COMPARE(op_ult) COMPARE(op_slt)
#undef UNARY
#undef BINARY
#undef COMPARE
VOCAB val sext(struct emit *e, val a, unsigned bits) { return NO_VAL; }
VOCAB val zext(struct emit *e, val a, unsigned bits) { return NO_VAL; }
VOCAB val op_select(struct emit *e, flag c, val a, val b) { return NO_VAL; }
VOCAB val op_lanes(struct emit *e, enum lane_op op, unsigned bits, val a, val b) { return NO_VAL; }
VOCAB val flag_val(struct emit *e, flag f) { return NO_VAL; }

VOCAB flag flag_not(struct emit *e, flag a)
{
    return (flag){ a.known == KNOWN_TRUE ? KNOWN_FALSE : a.known == KNOWN_FALSE ? KNOWN_TRUE : UNKNOWN };
}
VOCAB flag flag_and(struct emit *e, flag a, flag b)
{
    if (a.known == KNOWN_FALSE || b.known == KNOWN_FALSE)
        return (flag){ KNOWN_FALSE };
    return a.known == KNOWN_TRUE ? b : b.known == KNOWN_TRUE ? a : NO_FLAG;
}
VOCAB flag flag_or(struct emit *e, flag a, flag b) { return flag_not(e, flag_and(e, flag_not(e, a), flag_not(e, b))); }
VOCAB flag flag_xor(struct emit *e, flag a, flag b) { return NO_FLAG; }

static inline void note_access(struct emit *e, bool stores)
{
    e->out->memory = true;
    e->out->stores |= stores;
}
VOCAB val load(struct emit *e, val ea, unsigned bytes) { note_access(e, false); return NO_VAL; }
VOCAB void store(struct emit *e, val ea, val v, unsigned bytes) { note_access(e, true); }
VOCAB val load_reversed(struct emit *e, val ea, unsigned bytes) { note_access(e, false); return NO_VAL; }
VOCAB void store_reversed(struct emit *e, val ea, val v, unsigned bytes) { note_access(e, true); }
VOCAB void fence(struct emit *e, enum fence kind) { e->out->orders = true; }
VOCAB val load_reserve(struct emit *e, val ea, unsigned bytes)
{
    note_access(e, false);
    e->out->orders = true;
    return NO_VAL;
}
VOCAB flag store_conditional(struct emit *e, val ea, val v, unsigned bytes) { note_access(e, true); return NO_FLAG; }
VOCAB void zero_block(struct emit *e, val ea) { note_access(e, true); }
VOCAB void code_changed(struct emit *e, val ea) { e->out->control = CONTROL_LEAVE; }
VOCAB val timebase(struct emit *e) { return NO_VAL; }

VOCAB val fval_bits(struct emit *e, fval v) { return NO_VAL; }
VOCAB fval bits_fval(struct emit *e, val v) { return NO_FVAL; }
VOCAB fval fp_add(struct emit *e, fval a, fval b, bool single) { return NO_FVAL; }
VOCAB fval fp_sub(struct emit *e, fval a, fval b, bool single) { return NO_FVAL; }
VOCAB fval fp_mul(struct emit *e, fval a, fval c, bool single) { return NO_FVAL; }
VOCAB fval fp_div(struct emit *e, fval a, fval b, bool single) { return NO_FVAL; }
VOCAB fval fp_sqrt(struct emit *e, fval b, bool single) { return NO_FVAL; }
VOCAB fval fp_muladd(struct emit *e, fval a, fval c, fval b, enum fp_madd kind, bool single) { return NO_FVAL; }
VOCAB fval fp_round_single(struct emit *e, fval b) { return NO_FVAL; }
VOCAB fval fp_to_integral(struct emit *e, fval b, enum fp_round mode) { return NO_FVAL; }
VOCAB val fp_to_int(struct emit *e, fval b, enum fp_round mode, unsigned bits, bool is_unsigned) { return NO_VAL; }
VOCAB fval int_to_fp(struct emit *e, val v, bool is_unsigned, bool single) { return NO_FVAL; }
VOCAB flag fp_lt(struct emit *e, fval a, fval b) { return NO_FLAG; }
VOCAB flag fp_eq(struct emit *e, fval a, fval b) { return NO_FLAG; }
VOCAB flag fp_unordered(struct emit *e, fval a, fval b) { return NO_FLAG; }
VOCAB void fp_status(struct emit *e, uint32_t operation, fval a, fval b, fval c) { e->out->sets_fprf = true; }
VOCAB void fp_compared(struct emit *e, fval a, fval b, bool ordered) { e->out->sets_fpcc = true; }

VOCAB void branch_direct(struct emit *e, flag cond, uint64_t target, bool link)
{
    e->out->control = CONTROL_DIRECT;
    e->out->target = target;
    e->out->conditional = cond.known != KNOWN_TRUE;
    e->out->link = link;
}
VOCAB void branch_indirect(struct emit *e, flag cond, val target, enum indirect via, bool link)
{
    e->out->control = CONTROL_INDIRECT;
    e->out->via_ctr = via == VIA_CTR;
    e->out->conditional = cond.known != KNOWN_TRUE;
    e->out->link = link;
}
VOCAB void trap_if(struct emit *e, flag cond)
{
    if (cond.known == KNOWN_FALSE)
        return;
    e->out->control = CONTROL_TRAP;
    e->out->conditional = cond.known != KNOWN_TRUE;
}
VOCAB void illegal(struct emit *e) { e->out->control = CONTROL_ILLEGAL; }
VOCAB void sysenter(struct emit *e) { e->out->control = CONTROL_SYSCALL; }
VOCAB void by_interpreter(struct emit *e) { record_by_operands(e); }

#endif
