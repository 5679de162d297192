/* record.h -- what an instruction reads, writes and does to control, without doing it.
 *
 * Discovery of units and liveness of registers are made of this. The facts come from running the very semantics of
 * lift_*.c against a binding that only takes notes (emit_record.h); for instructions left to the interpreter they come
 * from the operands column of power_isa.def and may be larger than the truth.
 */
#ifndef XLATE_ISA_RECORD_H
#define XLATE_ISA_RECORD_H

#include <stdbool.h>
#include <stdint.h>

/* One numbering of everything in struct cpu that instructions name. */
enum reg_id {
    REG_GPR = 0,                /* REG_GPR + n */
    REG_FPR = 32,               /* FPR n: doubleword 0 of vector-scalar register n */
    REG_CR = 64,                /* REG_CR + bit */
    REG_LR = 96,
    REG_CTR, REG_SO, REG_OV, REG_CA, REG_MQ, REG_XERLOW, REG_VRSAVE,
    REG_VSR1 = 128,             /* doubleword 1 of vector-scalar register n = 0..63 */
    REG_VR0 = 192,              /* doubleword 0 of VR n (vector-scalar register 32 + n), n = 0..31 */
    REG_COUNT = 224,
};

struct reg_set { uint64_t bits[4]; };
static inline bool reg_set_has(const struct reg_set *s, unsigned reg) { return s->bits[reg / 64] >> (reg % 64) & 1; }
static inline void reg_set_add(struct reg_set *s, unsigned reg) { s->bits[reg / 64] |= UINT64_C(1) << (reg % 64); }

/* The number of a doubleword of a vector-scalar register. */
static inline unsigned reg_of_vsr(unsigned n, unsigned half)
{
    return half ? REG_VSR1 + n : n < 32 ? REG_FPR + n : REG_VR0 + n - 32;
}

enum control {
    CONTROL_NONE,               /* goes on with the next word */
    CONTROL_DIRECT,             /* to `target` */
    CONTROL_INDIRECT,           /* through LR or CTR */
    CONTROL_SYSCALL,
    CONTROL_TRAP,               /* trap that may not be taken: goes on when its condition is false */
    CONTROL_ILLEGAL,
    CONTROL_LEAVE,              /* for the dispatcher, to go on with the next word */
};

struct insn_effects {
    struct reg_set reads;       /* values used that the instruction did not write itself before */
    struct reg_set writes;      /* values it may replace */
    enum control control;
    uint64_t target;            /* CONTROL_DIRECT */
    bool conditional;           /* control may also go on with the next word */
    bool link;
    bool via_ctr;               /* CONTROL_INDIRECT: through CTR, else LR */
    bool memory;                /* accesses memory: can fault */
    bool stores;
    bool orders;                /* barriers and reservations: orders accesses */
    bool sets_fprf, sets_fpcc;  /* FR, FI and FPRF of FPSCR; FPCC alone */
    bool calls_interpreter;     /* by_interpreter: struct cpu must be exact for `reads`, and `writes` be loaded again */
};

void insn_record(uint32_t word, uint64_t pc, bool is64, struct insn_effects *out);

#endif
