/* lift.h -- what every lift_*.c includes: the binding, the vocabulary, the field names, and small shared phrases.
 *
 * LIFT(name) { ... }       semantics in the vocabulary of emit.h, for every binding
 * LIFT_CALL(name) { ... }  semantics as plain C on `cpu`, compiled into the interpreter only; translated code calls the
 *                          interpreter's function for it (string loads, vector arithmetic: too large to inline)
 * LIFT_FLOAT(name) { ... } as LIFT; with Rc = 1 translated code leaves the instruction to the interpreter, because CR1
 * shows FPSCR
 */
#ifndef XLATE_ISA_LIFT_H
#define XLATE_ISA_LIFT_H

#include EMIT_BINDING
#include "xlate/isa/emit.h"
#include "xlate/isa/power_fields.h"

#define LIFT(name) void LIFT_FN(name)(struct emit *e, uint32_t w UNUSED)

/* Every instruction has one. */
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) \
    void LIFT_FN(mnemonic)(struct emit *e, uint32_t w);
#include "xlate/isa/power_isa.def"
#undef INSN

/* EMIT_IS_INTERP: the binding has CALL_BODY(e, body, w), which runs the C body on its struct cpu. */
#ifndef EMIT_IS_INTERP
#define CALL_BODY(e, body, w) by_interpreter(e)
#define RECORD_CR1(e) ((void)0)
#define LEAVE_TO_INTERPRETER(e, when) if (when) { by_interpreter(e); return; }
#else
#define LEAVE_TO_INTERPRETER(e, when)
#endif

#define LIFT_CALL(name)                                                                         \
    static void UNUSED name##_body(struct cpu *cpu, uint32_t w);                                \
    LIFT(name) { CALL_BODY(e, name##_body, w); }                                                \
    static void UNUSED name##_body(struct cpu *cpu UNUSED, uint32_t w UNUSED)

#define LIFT_FLOAT(name)                                                                        \
    static void name##_float(struct emit *e, uint32_t w);                                       \
    LIFT(name)                                                                                  \
    {                                                                                           \
        LEAVE_TO_INTERPRETER(e, RC)                                                             \
        name##_float(e, w);                                                                     \
        if (RC)                                                                                 \
            RECORD_CR1(e);                                                                      \
    }                                                                                           \
    static void name##_float(struct emit *e, uint32_t w UNUSED)

/* A binding that knows the mode when it is compiled says so. */
#ifndef IS64
#define IS64 (e->is64)
#endif

/* --- phrases ------------------------------------------------------------------------------------------------------ */

/* (RA|0): register 0 reads as zero in address and immediate forms. */
static inline val gpr_or_zero(struct emit *e, unsigned r) { return r ? gpr_get(e, r) : imm(e, 0); }

/* Addresses of D and X forms. */
static inline val ea_d(struct emit *e, unsigned ra, int64_t d)
{
    return ra ? op_add(e, gpr_get(e, ra), imm(e, (uint64_t)d)) : imm(e, IS64 ? (uint64_t)d : (uint32_t)d);
}
static inline val ea_x(struct emit *e, unsigned ra, unsigned rb)
{
    return ra ? op_add(e, gpr_get(e, ra), gpr_get(e, rb)) : gpr_get(e, rb);
}

/* A register as a signed or unsigned number of the mode's width. */
static inline val word_signed(struct emit *e, val v) { return IS64 ? v : sext(e, v, 32); }
static inline val word_unsigned(struct emit *e, val v) { return IS64 ? v : zext(e, v, 32); }
static inline flag word_negative(struct emit *e, val v) { return op_slt(e, word_signed(e, v), imm(e, 0)); }

static inline flag op_ne(struct emit *e, val a, val b) { return flag_not(e, op_eq(e, a, b)); }
static inline flag flag_select(struct emit *e, flag c, flag a, flag b)
{
    return flag_or(e, flag_and(e, c, a), flag_and(e, flag_not(e, c), b));
}

/* CR field from three flags, SO copied. */
static inline void crf_set(struct emit *e, unsigned field, flag lt, flag gt, flag eq, flag so)
{
    cr_set(e, 4 * field, lt);
    cr_set(e, 4 * field + 1, gt);
    cr_set(e, 4 * field + 2, eq);
    cr_set(e, 4 * field + 3, so);
}

/* CR field from a comparison; operands already extended to 64 bits. */
static inline void crf_compare_signed(struct emit *e, unsigned field, val a, val b)
{
    crf_set(e, field, op_slt(e, a, b), op_slt(e, b, a), op_eq(e, a, b), so_get(e));
}
static inline void crf_compare_unsigned(struct emit *e, unsigned field, val a, val b)
{
    crf_set(e, field, op_ult(e, a, b), op_ult(e, b, a), op_eq(e, a, b), so_get(e));
}

/* Rc = 1: the result against zero. After OE, since SO is copied. */
static inline void cr0_record(struct emit *e, val v) { crf_compare_signed(e, 0, word_signed(e, v), imm(e, 0)); }

/* OE = 1. */
static inline void overflow_record(struct emit *e, flag ov)
{
    ov_set(e, ov);
    so_set(e, flag_or(e, so_get(e), ov));
}

/* MASK(mb, me) of the manual, bits of a doubleword; wraps when mb > me. */
static inline uint64_t mask64(unsigned mb, unsigned me)
{
    uint64_t from = UINT64_MAX >> mb, to = UINT64_MAX << (63 - me);
    return mb <= me ? from & to : from | to;
}

#endif
