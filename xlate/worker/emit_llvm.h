/* emit_llvm.h -- the binding of the instruction vocabulary that builds LLVM IR: lift_*.c compiled against it are the translator.
 *
 * Guest registers that a unit touches have a home (an alloca that mem2reg turns into SSA) each, of the register's own width;
 * struct cpu is exact wherever a host call is made and where the unit is left (unit_cfg.h says which homes to write back or to
 * load there). State that is seldom used (MQ, VRSAVE, vector halves) is not kept in homes at all.
 */
#ifndef XLATE_WORKER_EMIT_LLVM_H
#define XLATE_WORKER_EMIT_LLVM_H

#include <llvm-c/Core.h>
#include <stdbool.h>
#include <stdint.h>
#include "xlate/isa/arith.h"
#include "xlate/isa/helpers.h"
#include "xlate/worker/unit_cfg.h"

typedef struct { LLVMValueRef v; } val;         /* i64 */
typedef struct { LLVMValueRef v; } flag;        /* i1 */
typedef struct { LLVMValueRef v; } fval;        /* double */

#define EMIT_TYPES_DEFINED
#define VOCAB extern
#define LIFT_FN(name) lift_##name

/* A word of the guest's stack whose value is known (emit_forward.c). */
struct stack_word {
    int32_t offset;             /* from r1 */
    LLVMValueRef value;         /* i64, zero-extended word */
};
enum { STACK_WORDS = 8 };

#define WINDOW64_MASK ((UINT64_C(1) << 46) - 1)         /* runtime/address_space.h */

/* The last operation that sets FPSCR's result bits, and the comparison behind it, as far as they are not in struct cpu
 * (emit_status.c). */
struct status {
    uint32_t operation;         /* 0: none */
    bool compared;
    LLVMValueRef operands[3], sides[2];
};

/* The result of a double-precision operation in the current block that may be another NaN than PowerPC's (emit_nan.c). */
struct unchecked {
    LLVMValueRef raw, checked;  /* the latter once there is one */
    LLVMValueRef operands[3];   /* of fp_nan, in the order of the operation's C expression */
    unsigned count, depth;      /* operands; operations behind it that are unchecked, it included */
    enum fp_op op;
};

struct emit {
    uint64_t pc;                /* of the instruction being lifted */
    uint32_t word;
    bool is64;

    const struct unit *unit;
    const struct unit_insn *insn;
    const struct unit_block *block;
    struct slot_set dirty;      /* homes that may differ from struct cpu here */
    struct slot_set waiting;    /* homes to be loaded when somebody wants them */
    bool accessed;              /* the precise flush of this instruction is done */
    struct stack_word stack_words[STACK_WORDS];
    unsigned stack_word_count;
    struct status status;
    struct unchecked *unchecked;
    unsigned unchecked_count, unchecked_room;
    unsigned unchecked_fpr[32]; /* by FPR: 1 + which of them it holds; 0: none */
    unsigned char *replaces;    /* by block index: what it makes of the status before */

    LLVMContextRef context;
    LLVMModuleRef module;
    LLVMBuilderRef b;
    LLVMValueRef function, cpu, mem;
    LLVMValueRef window_mask;   /* 64-bit guests */
    LLVMTypeRef i1, i8, i16, i32, i64, i128, f32, f64, ptr, code;
    LLVMValueRef home[SLOT_COUNT];
    LLVMValueRef stack_home[STACK_SLOTS];
    LLVMBasicBlockRef *blocks;  /* by block index of the unit */
    LLVMValueRef tag_state, tag_guest, no_operands, unlikely;       /* metadata */
    unsigned kind_tbaa, kind_invariant, kind_prof;
};

/* --- what the parts of the binding share ------------------------------------------------------------------------------ */

/* The address of a field of struct cpu. */
#define CPU_FIELD(e, field) cpu_address(e, offsetof(struct cpu, field))
LLVMValueRef cpu_address(struct emit *e, size_t offset);
LLVMValueRef state_load(struct emit *e, LLVMTypeRef type, size_t offset);
void state_store(struct emit *e, LLVMValueRef v, size_t offset);
LLVMValueRef constant_load(struct emit *e, LLVMTypeRef type, LLVMValueRef address);     /* of what never changes while code runs */

LLVMValueRef slot_load(struct emit *e, unsigned slot);                  /* from struct cpu, as the home's type */
LLVMTypeRef slot_type(struct emit *e, unsigned slot);
void flush_homes(struct emit *e, struct slot_set slots);                /* homes -> struct cpu */
void flush(struct emit *e, struct slot_set slots);                      /* homes and status -> struct cpu */
void reload(struct emit *e, struct slot_set slots);                     /* struct cpu -> homes */
void reload_waiting(struct emit *e, struct slot_set slots);             /* those of them that were put off */
void before_access(struct emit *e);                                     /* a guest memory access follows */
LLVMValueRef wrapped(struct emit *e, val ea);                           /* the guest address in the mode's width */
LLVMValueRef host_address(struct emit *e, val ea);

LLVMValueRef check_later(struct emit *e, LLVMValueRef result, const LLVMValueRef *operands, unsigned count, enum fp_op op);
LLVMValueRef checked(struct emit *e, LLVMValueRef v);                   /* v, right also where it is NaN */
void check_fprs(struct emit *e, uint32_t fprs);                         /* those of these registers (a bit each) that are unchecked */
void check_forget(struct emit *e);                                      /* another block begins */

void status_prepare(struct emit *e);                                    /* once for a unit */
void status_forget(struct emit *e);                                     /* struct cpu has it, or will get a newer one */
void status_flush(struct emit *e);                                      /* -> struct cpu */
LLVMBasicBlockRef status_way_to(struct emit *e, int block);             /* the way to a block of the unit */

void forward_forget(struct emit *e);
void forward_store(struct emit *e, LLVMValueRef v, unsigned bytes);     /* the current instruction stores v */
LLVMValueRef forwarded_double(struct emit *e);                          /* what it loads, if known: i64; else NULL */

LLVMValueRef call_helper(struct emit *e, enum helper_id which, LLVMTypeRef result, LLVMValueRef *args, unsigned count);
void call_keeping_helper(struct emit *e, enum helper_id which, LLVMValueRef *args, unsigned count);    /* one that KEEPS_REGISTERS */
LLVMValueRef intrinsic(struct emit *e, const char *name, LLVMTypeRef *types, unsigned type_count, LLVMValueRef *args, unsigned count);
LLVMValueRef const64(struct emit *e, uint64_t c);

/* Addresses of guest code go through these: where the unit runs elsewhere, they are others (unit_code.h). 32-bit guests: as words, which
 * leaves the upper half of cpu->pc as it is, zero; a whole slot would have no immediate for an address above 2^31. */
LLVMValueRef code_address(struct emit *e, uint64_t pc);                                 /* i64 */
LLVMValueRef is_code_address(struct emit *e, LLVMValueRef pc, uint64_t expected);       /* i1 */
LLVMValueRef distance_from(struct emit *e, LLVMValueRef pc, uint64_t from);             /* i64 */
void set_pc(struct emit *e, LLVMValueRef pc);                                           /* cpu->pc */
LLVMBasicBlockRef new_block(struct emit *e);
void enter_block(struct emit *e, LLVMBasicBlockRef block);
/* if (condition) { if_true } else { if_false }, the first being unlikely; does not move the builder. */
void branch_unlikely(struct emit *e, LLVMValueRef condition, LLVMBasicBlockRef if_true, LLVMBasicBlockRef if_false);

/* Where control goes for guest pc: a block of the unit (with a safepoint on the way, when it lies behind) or out of the unit. */
LLVMBasicBlockRef way_to(struct emit *e, uint64_t pc);

/* Leave for the dispatcher, to come back at pc, when cpu->poll is set; else go on. Ends the current block. */
void safepoint(struct emit *e, uint64_t pc, LLVMBasicBlockRef go_on);

#endif
