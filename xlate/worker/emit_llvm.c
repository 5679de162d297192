/* emit_llvm.c -- building blocks of the LLVM binding: registers, flushing and reloading them, integer arithmetic. */
#include "xlate/worker/emit_llvm.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "runtime/log.h"
#include "xlate/isa/emit.h"
#include "xlate/worker/codegen.h"

/* --- blocks, constants, calls -------------------------------------------------------------------------------------- */

LLVMValueRef const64(struct emit *e, uint64_t c) { return LLVMConstInt(e->i64, c, false); }

/* The symbol is absolute, and its value known to be a word where addresses are words, so that it becomes an immediate as a number would. */
static LLVMValueRef address_symbol(struct emit *e, uint64_t pc)
{
    char name[40];
    snprintf(name, sizeof name, ADDRESS_PREFIX "%" PRIx64, pc);
    LLVMValueRef symbol = LLVMGetNamedGlobal(e->module, name);
    if (symbol)
        return symbol;
    LLVMMetadataRef bounds[] = {LLVMValueAsMetadata(const64(e, e->is64 ? UINT64_MAX : 0)),
                                LLVMValueAsMetadata(const64(e, e->is64 ? UINT64_MAX : UINT64_C(1) << 32))};
    symbol = LLVMAddGlobal(e->module, e->i8, name);
    LLVMSetVisibility(symbol, LLVMHiddenVisibility);
    LLVMSetAlignment(symbol, 4);
    LLVMGlobalSetMetadata(symbol, LLVMGetMDKindIDInContext(e->context, "absolute_symbol", strlen("absolute_symbol")),
                          LLVMMDNodeInContext2(e->context, bounds, 2));
    return symbol;
}

static LLVMValueRef address_of_type(struct emit *e, uint64_t pc, LLVMTypeRef type)
{
    return e->unit->moves ? LLVMConstPtrToInt(address_symbol(e, pc), type) : LLVMConstInt(type, pc, false);
}

LLVMValueRef code_address(struct emit *e, uint64_t pc) { return address_of_type(e, pc, e->i64); }

static LLVMValueRef in_width(struct emit *e, LLVMValueRef pc) { return e->is64 ? pc : LLVMBuildTrunc(e->b, pc, e->i32, ""); }

LLVMValueRef is_code_address(struct emit *e, LLVMValueRef pc, uint64_t expected)
{
    LLVMValueRef v = in_width(e, pc);
    return LLVMBuildICmp(e->b, LLVMIntEQ, v, address_of_type(e, expected, LLVMTypeOf(v)), "");
}

LLVMValueRef distance_from(struct emit *e, LLVMValueRef pc, uint64_t from)
{
    LLVMValueRef v = in_width(e, pc);
    return LLVMBuildZExt(e->b, LLVMBuildSub(e->b, v, address_of_type(e, from, LLVMTypeOf(v)), ""), e->i64, "");
}

void set_pc(struct emit *e, LLVMValueRef pc)
{
    state_store(e, in_width(e, pc), offsetof(struct cpu, pc));
}

LLVMBasicBlockRef new_block(struct emit *e) { return LLVMAppendBasicBlockInContext(e->context, e->function, ""); }
void enter_block(struct emit *e, LLVMBasicBlockRef block) { LLVMPositionBuilderAtEnd(e->b, block); }

void branch_unlikely(struct emit *e, LLVMValueRef condition, LLVMBasicBlockRef if_true, LLVMBasicBlockRef if_false)
{
    LLVMValueRef branch = LLVMBuildCondBr(e->b, condition, if_true, if_false);
    LLVMSetMetadata(branch, e->kind_prof, e->unlikely);
}

LLVMValueRef intrinsic(struct emit *e, const char *name, LLVMTypeRef *types, unsigned type_count, LLVMValueRef *args, unsigned count)
{
    unsigned id = LLVMLookupIntrinsicID(name, strlen(name));
    LLVMValueRef function = LLVMGetIntrinsicDeclaration(e->module, id, types, type_count);
    return LLVMBuildCall2(e->b, LLVMGlobalGetValueType(function), function, args, count, "");
}

LLVMValueRef call_helper(struct emit *e, enum helper_id which, LLVMTypeRef result, LLVMValueRef *args, unsigned count)
{
    LLVMTypeRef types[8];
    for (unsigned i = 0; i < count; i++)
        types[i] = LLVMTypeOf(args[i]);
    LLVMTypeRef type = LLVMFunctionType(result, types, count, false);
    LLVMValueRef table = constant_load(e, e->ptr, CPU_FIELD(e, helpers));
    LLVMValueRef index = const64(e, which);
    LLVMValueRef helper = constant_load(e, e->ptr, LLVMBuildGEP2(e->b, e->ptr, table, &index, 1, ""));
    return LLVMBuildCall2(e->b, type, helper, args, count, "");
}

void call_keeping_helper(struct emit *e, enum helper_id which, LLVMValueRef *args, unsigned count)
{
    LLVMSetInstructionCallConv(call_helper(e, which, LLVMVoidTypeInContext(e->context), args, count), LLVMPreserveAllCallConv);
}

/* --- struct cpu ------------------------------------------------------------------------------------------------------ */

LLVMValueRef cpu_address(struct emit *e, size_t offset)
{
    LLVMValueRef index = const64(e, offset);
    return offset ? LLVMBuildGEP2(e->b, e->i8, e->cpu, &index, 1, "") : e->cpu;
}

LLVMValueRef state_load(struct emit *e, LLVMTypeRef type, size_t offset)
{
    LLVMValueRef v = LLVMBuildLoad2(e->b, type, cpu_address(e, offset), "");
    LLVMSetMetadata(v, e->kind_tbaa, e->tag_state);
    return v;
}

void state_store(struct emit *e, LLVMValueRef v, size_t offset)
{
    LLVMValueRef store = LLVMBuildStore(e->b, v, cpu_address(e, offset));
    LLVMSetMetadata(store, e->kind_tbaa, e->tag_state);
}

LLVMValueRef constant_load(struct emit *e, LLVMTypeRef type, LLVMValueRef address)
{
    LLVMValueRef v = LLVMBuildLoad2(e->b, type, address, "");
    LLVMSetMetadata(v, e->kind_invariant, e->no_operands);
    return v;
}

static size_t slot_offset(unsigned slot)
{
    if (slot < REG_FPR)
        return offsetof(struct cpu, gpr) + 8 * slot;
    if (slot < REG_CR)
        return offsetof(struct cpu, vsr) + sizeof(struct vsr) * (slot - REG_FPR);
    if (slot < REG_LR)
        return offsetof(struct cpu, cr) + (slot - REG_CR);
    switch (slot) {
    case REG_LR: return offsetof(struct cpu, lr);
    case REG_CTR: return offsetof(struct cpu, ctr);
    case REG_SO: return offsetof(struct cpu, so);
    case REG_OV: return offsetof(struct cpu, ov);
    default: return offsetof(struct cpu, ca);
    }
}

static bool slot_is_flag(unsigned slot) { return slot >= REG_CR && slot != REG_LR && slot != REG_CTR; }

LLVMTypeRef slot_type(struct emit *e, unsigned slot)
{
    if (slot_is_flag(slot))
        return e->i1;
    if (slot >= REG_FPR && slot < REG_CR)
        return e->f64;
    return e->is64 ? e->i64 : e->i32;
}

LLVMValueRef slot_load(struct emit *e, unsigned slot)
{
    if (!slot_is_flag(slot))
        return state_load(e, slot_type(e, slot), slot_offset(slot));
    return LLVMBuildTrunc(e->b, state_load(e, e->i8, slot_offset(slot)), e->i1, "");
}

static LLVMValueRef slot_store(struct emit *e, unsigned slot, LLVMValueRef v)
{
    if (slot_is_flag(slot))
        v = LLVMBuildZExt(e->b, v, e->i8, "");
    LLVMValueRef store = LLVMBuildStore(e->b, v, cpu_address(e, slot_offset(slot)));
    LLVMSetMetadata(store, e->kind_tbaa, e->tag_state);
    return store;
}

static LLVMValueRef home(struct emit *e, unsigned slot)
{
    if (!e->home[slot])
        BUG("word %08x uses register slot %u, which its record does not name", e->word, slot);
    return e->home[slot];
}

static LLVMValueRef home_get(struct emit *e, unsigned slot)
{
    struct slot_set one = {{0, 0}};
    slot_add(&one, slot);
    reload_waiting(e, one);
    return LLVMBuildLoad2(e->b, slot_type(e, slot), home(e, slot), "");
}

static void home_set(struct emit *e, unsigned slot, LLVMValueRef v)
{
    LLVMBuildStore(e->b, v, home(e, slot));
    slot_remove(&e->waiting, slot);
    if (slot_in(unit_written_through(e->unit), slot))
        LLVMSetVolatile(slot_store(e, slot, v), true);
    else
        slot_add(&e->dirty, slot);
}

static void slot_flush(struct emit *e, unsigned slot)
{
    if (slot >= REG_FPR && slot < REG_FPR + 32)
        check_fprs(e, UINT32_C(1) << (slot - REG_FPR));
    LLVMSetVolatile(slot_store(e, slot, home_get(e, slot)), e->unit->precise);
}

void flush_homes(struct emit *e, struct slot_set slots)
{
    for (unsigned i = 0; i < SLOT_COUNT; i++)
        if (slot_in(slots, i))
            slot_flush(e, i);
}

/* Often on one of several ways: what were checked here would be taken for checked on the others. */
void flush(struct emit *e, struct slot_set slots)
{
    for (unsigned r = 0; r < 32; r++)
        if (e->unchecked_fpr[r] && slot_in(slots, REG_FPR + r))
            BUG("word %08x: f%u leaves the unit unchecked", e->word, r);
    flush_homes(e, slots);
    status_flush(e);
}

void reload(struct emit *e, struct slot_set slots)
{
    for (unsigned i = 0; i < SLOT_COUNT; i++)
        if (slot_in(slots, i))
            LLVMBuildStore(e->b, slot_load(e, i), home(e, i));
}

void reload_waiting(struct emit *e, struct slot_set slots)
{
    slots = slot_and(slots, e->waiting);
    e->waiting = slot_minus(e->waiting, slots);
    reload(e, slots);
}

/* --- registers as the lifters see them ---------------------------------------------------------------------------------- */

static val widen(struct emit *e, LLVMValueRef v) { return (val){e->is64 ? v : LLVMBuildZExt(e->b, v, e->i64, "")}; }
static LLVMValueRef narrow(struct emit *e, val v) { return e->is64 ? v.v : LLVMBuildTrunc(e->b, v.v, e->i32, ""); }

val imm(struct emit *e, uint64_t c) { return (val){const64(e, c)}; }
val imm_pc(struct emit *e, uint64_t pc) { return (val){code_address(e, pc)}; }
flag flag_imm(struct emit *e, bool c) { return (flag){LLVMConstInt(e->i1, c, false)}; }

val gpr_get(struct emit *e, unsigned r) { return widen(e, home_get(e, REG_GPR + r)); }
void gpr_set(struct emit *e, unsigned r, val v)
{
    if (r == 1)
        forward_forget(e);
    home_set(e, REG_GPR + r, narrow(e, v));
}
val lr_get(struct emit *e) { return widen(e, home_get(e, REG_LR)); }
void lr_set(struct emit *e, val v) { home_set(e, REG_LR, narrow(e, v)); }
val ctr_get(struct emit *e) { return widen(e, home_get(e, REG_CTR)); }
void ctr_set(struct emit *e, val v) { home_set(e, REG_CTR, narrow(e, v)); }

flag cr_get(struct emit *e, unsigned bit) { return (flag){home_get(e, REG_CR + bit)}; }
void cr_set(struct emit *e, unsigned bit, flag f) { home_set(e, REG_CR + bit, f.v); }
/* Gathered from struct cpu: a byte a bit there, in the opposite order of a vector's elements in an integer. */
val cr_word(struct emit *e)
{
    struct slot_set cr = {{0, 0}};
    for (unsigned bit = 0; bit < 32; bit++)
        slot_add(&cr, REG_CR + bit);
    flush_homes(e, slot_and(e->dirty, cr));
    e->dirty = slot_minus(e->dirty, cr);
    LLVMValueRef bytes = state_load(e, LLVMVectorType(e->i8, 32), offsetof(struct cpu, cr)), order[32];
    LLVMSetAlignment(bytes, 1);
    for (unsigned bit = 0; bit < 32; bit++)
        order[bit] = LLVMConstInt(e->i32, 31 - bit, false);
    bytes = LLVMBuildShuffleVector(e->b, bytes, LLVMGetPoison(LLVMTypeOf(bytes)), LLVMConstVector(order, 32), "");
    LLVMValueRef bits = LLVMBuildTrunc(e->b, bytes, LLVMVectorType(e->i1, 32), "");
    return (val){LLVMBuildZExt(e->b, LLVMBuildBitCast(e->b, bits, e->i32, ""), e->i64, "")};
}
flag so_get(struct emit *e) { return (flag){home_get(e, REG_SO)}; }
void so_set(struct emit *e, flag f) { home_set(e, REG_SO, f.v); }
flag ov_get(struct emit *e) { return (flag){home_get(e, REG_OV)}; }
void ov_set(struct emit *e, flag f) { home_set(e, REG_OV, f.v); }
flag ca_get(struct emit *e) { return (flag){home_get(e, REG_CA)}; }
void ca_set(struct emit *e, flag f) { home_set(e, REG_CA, f.v); }

fval fpr_get(struct emit *e, unsigned r)
{
    unsigned waits = e->unchecked_fpr[r];
    return (fval){waits ? e->unchecked[waits - 1].raw : home_get(e, REG_FPR + r)};
}

void fpr_set(struct emit *e, unsigned r, fval v)
{
    e->unchecked_fpr[r] = 0;
    for (unsigned i = 0; i < e->unchecked_count; i++)
        if (e->unchecked[i].raw == v.v && !e->unchecked[i].checked)
            e->unchecked_fpr[r] = i + 1;
    home_set(e, REG_FPR + r, v.v);
}

static val word_field(struct emit *e, LLVMTypeRef type, size_t offset)
{
    return (val){LLVMBuildZExt(e->b, state_load(e, type, offset), e->i64, "")};
}

val mq_get(struct emit *e) { return word_field(e, e->i32, offsetof(struct cpu, mq)); }
void mq_set(struct emit *e, val v) { state_store(e, LLVMBuildTrunc(e->b, v.v, e->i32, ""), offsetof(struct cpu, mq)); }
val vrsave_get(struct emit *e) { return word_field(e, e->i32, offsetof(struct cpu, vrsave)); }
void vrsave_set(struct emit *e, val v) { state_store(e, LLVMBuildTrunc(e->b, v.v, e->i32, ""), offsetof(struct cpu, vrsave)); }

val xer_low_get(struct emit *e)
{
    val byte = word_field(e, e->i8, offsetof(struct cpu, xer_byte));
    return op_or(e, op_shl(e, byte, imm(e, 8)), word_field(e, e->i8, offsetof(struct cpu, xer_count)));
}

void xer_low_set(struct emit *e, val v)
{
    val count = op_and(e, v, imm(e, 0x7f));
    state_store(e, LLVMBuildTrunc(e->b, op_shr(e, v, imm(e, 8)).v, e->i8, ""), offsetof(struct cpu, xer_byte));
    state_store(e, LLVMBuildTrunc(e->b, count.v, e->i8, ""), offsetof(struct cpu, xer_count));
}

val vsr_get(struct emit *e, unsigned n, unsigned half)
{
    if (n < 32 && half == 0)
        return fval_bits(e, fpr_get(e, n));
    return (val){state_load(e, e->i64, offsetof(struct cpu, vsr) + sizeof(struct vsr) * n + 8 * half)};
}

void vsr_set(struct emit *e, unsigned n, unsigned half, val v)
{
    if (n < 32 && half == 0)
        fpr_set(e, n, bits_fval(e, v));
    else
        state_store(e, v.v, offsetof(struct cpu, vsr) + sizeof(struct vsr) * n + 8 * half);
}

/* --- integer arithmetic -------------------------------------------------------------------------------------------------- */

val op_add(struct emit *e, val a, val b) { return (val){LLVMBuildAdd(e->b, a.v, b.v, "")}; }
val op_sub(struct emit *e, val a, val b) { return (val){LLVMBuildSub(e->b, a.v, b.v, "")}; }
val op_mul(struct emit *e, val a, val b) { return (val){LLVMBuildMul(e->b, a.v, b.v, "")}; }
val op_and(struct emit *e, val a, val b) { return (val){LLVMBuildAnd(e->b, a.v, b.v, "")}; }
val op_or(struct emit *e, val a, val b) { return (val){LLVMBuildOr(e->b, a.v, b.v, "")}; }
val op_xor(struct emit *e, val a, val b) { return (val){LLVMBuildXor(e->b, a.v, b.v, "")}; }
val op_not(struct emit *e, val a) { return (val){LLVMBuildNot(e->b, a.v, "")}; }
val op_neg(struct emit *e, val a) { return (val){LLVMBuildNeg(e->b, a.v, "")}; }
val op_shl(struct emit *e, val a, val n) { return (val){LLVMBuildShl(e->b, a.v, n.v, "")}; }
val op_shr(struct emit *e, val a, val n) { return (val){LLVMBuildLShr(e->b, a.v, n.v, "")}; }
val op_sar(struct emit *e, val a, val n) { return (val){LLVMBuildAShr(e->b, a.v, n.v, "")}; }

static val high_half(struct emit *e, LLVMValueRef a, LLVMValueRef b)
{
    LLVMValueRef product = LLVMBuildMul(e->b, a, b, "");
    return (val){LLVMBuildTrunc(e->b, LLVMBuildLShr(e->b, product, LLVMConstInt(e->i128, 64, false), ""), e->i64, "")};
}

val op_mulhu(struct emit *e, val a, val b)
{
    return high_half(e, LLVMBuildZExt(e->b, a.v, e->i128, ""), LLVMBuildZExt(e->b, b.v, e->i128, ""));
}

val op_mulhs(struct emit *e, val a, val b)
{
    return high_half(e, LLVMBuildSExt(e->b, a.v, e->i128, ""), LLVMBuildSExt(e->b, b.v, e->i128, ""));
}

/* The quotient with the cases the host traps on replaced by a division by one, and its result by zero. */
static val guarded_division(struct emit *e, val a, val b, flag bad, bool is_signed)
{
    LLVMValueRef divisor = LLVMBuildSelect(e->b, bad.v, const64(e, 1), b.v, "");
    LLVMValueRef quotient = is_signed ? LLVMBuildSDiv(e->b, a.v, divisor, "") : LLVMBuildUDiv(e->b, a.v, divisor, "");
    return (val){LLVMBuildSelect(e->b, bad.v, const64(e, 0), quotient, "")};
}

val op_divu(struct emit *e, val a, val b) { return guarded_division(e, a, b, op_eq(e, b, imm(e, 0)), false); }

val op_divs(struct emit *e, val a, val b)
{
    flag overflow = flag_and(e, op_eq(e, a, imm(e, UINT64_C(1) << 63)), op_eq(e, b, imm(e, UINT64_MAX)));
    return guarded_division(e, a, b, flag_or(e, op_eq(e, b, imm(e, 0)), overflow), true);
}

static LLVMValueRef unary(struct emit *e, const char *name, LLVMTypeRef type, LLVMValueRef a)
{
    return intrinsic(e, name, &type, 1, &a, 1);
}

static LLVMValueRef rotate(struct emit *e, LLVMTypeRef type, LLVMValueRef a, LLVMValueRef n)
{
    LLVMValueRef args[] = {a, a, n};
    return intrinsic(e, "llvm.fshl", &type, 1, args, 3);
}

static LLVMValueRef count_zeros(struct emit *e, const char *name, LLVMTypeRef type, LLVMValueRef a)
{
    LLVMValueRef args[] = {a, LLVMConstInt(e->i1, 0, false)};
    return intrinsic(e, name, &type, 1, args, 2);
}

static LLVMValueRef low_word(struct emit *e, val a) { return LLVMBuildTrunc(e->b, a.v, e->i32, ""); }
static val from_word(struct emit *e, LLVMValueRef w) { return (val){LLVMBuildZExt(e->b, w, e->i64, "")}; }

val op_rotl(struct emit *e, val a, val n) { return (val){rotate(e, e->i64, a.v, n.v)}; }
val op_rotl32(struct emit *e, val a, val n) { return from_word(e, rotate(e, e->i32, low_word(e, a), low_word(e, n))); }
val op_clz(struct emit *e, val a) { return (val){count_zeros(e, "llvm.ctlz", e->i64, a.v)}; }
val op_clz32(struct emit *e, val a) { return from_word(e, count_zeros(e, "llvm.ctlz", e->i32, low_word(e, a))); }
val op_ctz(struct emit *e, val a) { return (val){count_zeros(e, "llvm.cttz", e->i64, a.v)}; }
val op_popcnt(struct emit *e, val a) { return (val){unary(e, "llvm.ctpop", e->i64, a.v)}; }
val op_bswap(struct emit *e, val a) { return (val){unary(e, "llvm.bswap", e->i64, a.v)}; }

val op_popcntb(struct emit *e, val a)
{
    LLVMTypeRef bytes = LLVMVectorType(e->i8, 8);
    LLVMValueRef counts = unary(e, "llvm.ctpop", bytes, LLVMBuildBitCast(e->b, a.v, bytes, ""));
    return (val){LLVMBuildBitCast(e->b, counts, e->i64, "")};
}

static LLVMValueRef compare_lanes(struct emit *e, LLVMIntPredicate how, LLVMValueRef a, LLVMValueRef b)
{
    return LLVMBuildSExt(e->b, LLVMBuildICmp(e->b, how, a, b, ""), LLVMTypeOf(a), "");
}

static LLVMValueRef binary_lanes(struct emit *e, const char *name, LLVMValueRef a, LLVMValueRef b)
{
    LLVMTypeRef type = LLVMTypeOf(a);
    LLVMValueRef args[] = {a, b};
    return intrinsic(e, name, &type, 1, args, 2);
}

/* Counts modulo the width of a lane. */
static LLVMValueRef lane_counts(struct emit *e, unsigned bits, LLVMValueRef counts)
{
    LLVMValueRef all[8];
    for (unsigned i = 0; i < 64 / bits; i++)
        all[i] = LLVMConstInt(LLVMIntTypeInContext(e->context, bits), bits - 1, false);
    return LLVMBuildAnd(e->b, counts, LLVMConstVector(all, 64 / bits), "");
}

static LLVMValueRef lanes(struct emit *e, enum lane_op op, unsigned bits, LLVMValueRef a, LLVMValueRef b)
{
    switch (op) {
    case LANE_ADD: return LLVMBuildAdd(e->b, a, b, "");
    case LANE_SUB: return LLVMBuildSub(e->b, a, b, "");
    case LANE_EQ: return compare_lanes(e, LLVMIntEQ, a, b);
    case LANE_GTU: return compare_lanes(e, LLVMIntUGT, a, b);
    case LANE_GTS: return compare_lanes(e, LLVMIntSGT, a, b);
    case LANE_MAXU: return binary_lanes(e, "llvm.umax", a, b);
    case LANE_MAXS: return binary_lanes(e, "llvm.smax", a, b);
    case LANE_MINU: return binary_lanes(e, "llvm.umin", a, b);
    case LANE_MINS: return binary_lanes(e, "llvm.smin", a, b);
    case LANE_SHL: return LLVMBuildShl(e->b, a, lane_counts(e, bits, b), "");
    case LANE_SHR: return LLVMBuildLShr(e->b, a, lane_counts(e, bits, b), "");
    case LANE_SAR: return LLVMBuildAShr(e->b, a, lane_counts(e, bits, b), "");
    case LANE_ROTL: return rotate(e, LLVMTypeOf(a), a, b);
    }
    BUG("lane operation %d", op);
}

val op_lanes(struct emit *e, enum lane_op op, unsigned bits, val a, val b)
{
    LLVMTypeRef type = LLVMVectorType(LLVMIntTypeInContext(e->context, bits), 64 / bits);
    LLVMValueRef x = LLVMBuildBitCast(e->b, a.v, type, ""), y = LLVMBuildBitCast(e->b, b.v, type, "");
    return (val){LLVMBuildBitCast(e->b, lanes(e, op, bits, x, y), e->i64, "")};
}

static LLVMTypeRef int_type(struct emit *e, unsigned bits) { return LLVMIntTypeInContext(e->context, bits); }

val sext(struct emit *e, val a, unsigned bits)
{
    return (val){LLVMBuildSExt(e->b, LLVMBuildTrunc(e->b, a.v, int_type(e, bits), ""), e->i64, "")};
}

val zext(struct emit *e, val a, unsigned bits)
{
    return (val){LLVMBuildZExt(e->b, LLVMBuildTrunc(e->b, a.v, int_type(e, bits), ""), e->i64, "")};
}

val op_select(struct emit *e, flag c, val a, val b) { return (val){LLVMBuildSelect(e->b, c.v, a.v, b.v, "")}; }

flag op_eq(struct emit *e, val a, val b) { return (flag){LLVMBuildICmp(e->b, LLVMIntEQ, a.v, b.v, "")}; }
flag op_ult(struct emit *e, val a, val b) { return (flag){LLVMBuildICmp(e->b, LLVMIntULT, a.v, b.v, "")}; }
flag op_slt(struct emit *e, val a, val b) { return (flag){LLVMBuildICmp(e->b, LLVMIntSLT, a.v, b.v, "")}; }
val flag_val(struct emit *e, flag f) { return (val){LLVMBuildZExt(e->b, f.v, e->i64, "")}; }
flag flag_not(struct emit *e, flag a) { return (flag){LLVMBuildNot(e->b, a.v, "")}; }
flag flag_and(struct emit *e, flag a, flag b) { return (flag){LLVMBuildAnd(e->b, a.v, b.v, "")}; }
flag flag_or(struct emit *e, flag a, flag b) { return (flag){LLVMBuildOr(e->b, a.v, b.v, "")}; }
flag flag_xor(struct emit *e, flag a, flag b) { return (flag){LLVMBuildXor(e->b, a.v, b.v, "")}; }
