/* emit_memory.c -- guest memory in the LLVM binding.
 *
 * Accesses are volatile and not atomic: so byte order folds into movbe, nothing is invented, merged or dropped, and (on x86) the order
 * of a guest's accesses is at least as strong as POWER's. Guest memory and struct cpu are of different alias classes; all widths of
 * guest accesses are of one, for guests do store words and load doublewords.
 */
#include <stddef.h>
#include "xlate/worker/emit_llvm.h"
#include "xlate/isa/emit.h"

/* With the largest access behind it, less than GUEST_TOP. */
enum { MAX_DISPLACEMENT = 0x8000 + 256 };

/* In precise mode whatever differs is written back before an access; the program counter is found from the host address. */
void before_access(struct emit *e)
{
    if (!e->unit->precise || e->accessed)
        return;
    flush_homes(e, e->dirty);
    e->dirty = (struct slot_set){{0, 0}};
    e->accessed = true;
}

/* A small constant is taken off the address: it becomes a displacement of the host's instruction. The window is made for that
 * (runtime/address_space.h). */
static LLVMValueRef without_displacement(LLVMValueRef ea, int64_t *displacement)
{
    *displacement = 0;
    while (LLVMIsABinaryOperator(ea) && LLVMGetInstructionOpcode(ea) == LLVMAdd && LLVMIsAConstantInt(LLVMGetOperand(ea, 1))) {
        int64_t sum = *displacement + LLVMConstIntGetSExtValue(LLVMGetOperand(ea, 1));
        if (sum < -MAX_DISPLACEMENT || sum > MAX_DISPLACEMENT)
            break;
        *displacement = sum;
        ea = LLVMGetOperand(ea, 0);
    }
    return ea;
}

LLVMValueRef host_address(struct emit *e, val ea)
{
    int64_t displacement;
    val base = {without_displacement(ea.v, &displacement)};
    LLVMValueRef offset = e->is64 ? LLVMBuildAnd(e->b, base.v, e->window_mask, "") : zext(e, base, 32).v;
    LLVMValueRef at = LLVMBuildGEP2(e->b, e->i8, e->mem, &offset, 1, "");
    if (!displacement)
        return at;
    LLVMValueRef constant = const64(e, (uint64_t)displacement);
    return LLVMBuildGEP2(e->b, e->i8, at, &constant, 1, "");
}

static void mark(struct emit *e, LLVMValueRef access)
{
    LLVMSetVolatile(access, true);
    LLVMSetAlignment(access, 1);
    LLVMSetMetadata(access, e->kind_tbaa, e->tag_guest);
}

static LLVMValueRef raw_load(struct emit *e, val ea, LLVMTypeRef type)
{
    before_access(e);
    LLVMValueRef v = LLVMBuildLoad2(e->b, type, host_address(e, ea), "");
    mark(e, v);
    return v;
}

static void raw_store(struct emit *e, val ea, LLVMValueRef v)
{
    before_access(e);
    mark(e, LLVMBuildStore(e->b, v, host_address(e, ea)));
}

static LLVMValueRef swapped(struct emit *e, LLVMValueRef v, unsigned bytes)
{
    LLVMTypeRef type = LLVMTypeOf(v);
    return bytes == 1 ? v : intrinsic(e, "llvm.bswap", &type, 1, &v, 1);
}

static LLVMTypeRef access_type(struct emit *e, unsigned bytes) { return LLVMIntTypeInContext(e->context, 8 * bytes); }

/* Doublewords that go between memory and an FPR are turned around in the vector unit: movbe and a move between register files
 * cost several times as much. The value passes as the bit cast that bits_fval() and fval_bits() see through. */
static LLVMValueRef swapped_double(struct emit *e, LLVMValueRef v)
{
    LLVMTypeRef bytes = LLVMVectorType(e->i8, 8);
    LLVMValueRef order[8];
    for (unsigned i = 0; i < 8; i++)
        order[i] = LLVMConstInt(e->i32, 7 - i, false);
    LLVMValueRef vector = LLVMBuildBitCast(e->b, v, bytes, "");
    vector = LLVMBuildShuffleVector(e->b, vector, LLVMGetPoison(bytes), LLVMConstVector(order, 8), "");
    return LLVMBuildBitCast(e->b, vector, e->f64, "");
}

static bool writes_fpr(const struct unit_insn *insn) { return insn->writes.w[0] >> REG_FPR != 0; }

/* What the unit knows of the word of the stack that the current instruction accesses (unit_stack.h). */
static void remember(struct emit *e, LLVMValueRef v)
{
    unsigned slot = e->insn->stack_slot;
    if (slot == NO_STACK_SLOT)
        return;
    LLVMBuildStore(e->b, e->unit->stack_slots[slot].bytes == 8 ? v : LLVMBuildTrunc(e->b, v, e->i32, ""), e->stack_home[slot]);
}

static LLVMValueRef remembered(struct emit *e)
{
    unsigned slot = e->insn->stack_slot;
    bool whole = e->unit->stack_slots[slot].bytes == 8;
    LLVMValueRef v = LLVMBuildLoad2(e->b, whole ? e->i64 : e->i32, e->stack_home[slot], "");
    return whole ? v : LLVMBuildZExt(e->b, v, e->i64, "");
}

static val load_from_memory(struct emit *e, val ea, unsigned bytes)
{
    if (bytes == 8 && writes_fpr(e->insn)) {
        LLVMValueRef known = forwarded_double(e);
        if (known) {
            before_access(e);
            return (val){known};
        }
        LLVMValueRef v = swapped_double(e, raw_load(e, ea, e->f64));
        return (val){LLVMBuildBitCast(e->b, v, e->i64, "")};
    }
    LLVMValueRef v = swapped(e, raw_load(e, ea, access_type(e, bytes)), bytes);
    return (val){bytes == 8 ? v : LLVMBuildZExt(e->b, v, e->i64, "")};
}

val load(struct emit *e, val ea, unsigned bytes)
{
    if (e->insn->stack_known) {
        before_access(e);
        return (val){remembered(e)};
    }
    val v = load_from_memory(e, ea, bytes);
    remember(e, v.v);
    return v;
}

val load_reversed(struct emit *e, val ea, unsigned bytes)
{
    LLVMValueRef v = raw_load(e, ea, access_type(e, bytes));
    return (val){bytes == 8 ? v : LLVMBuildZExt(e->b, v, e->i64, "")};
}

static LLVMValueRef truncated(struct emit *e, val v, unsigned bytes)
{
    return bytes == 8 ? v.v : LLVMBuildTrunc(e->b, v.v, access_type(e, bytes), "");
}

void store(struct emit *e, val ea, val v, unsigned bytes)
{
    LLVMValueRef cast = bytes == 8 ? LLVMIsABitCastInst(v.v) : NULL;
    if (cast && LLVMTypeOf(LLVMGetOperand(cast, 0)) == e->f64)
        raw_store(e, ea, swapped_double(e, LLVMGetOperand(cast, 0)));
    else
        raw_store(e, ea, swapped(e, truncated(e, v, bytes), bytes));
    forward_store(e, v.v, bytes);
    remember(e, v.v);
}

void store_reversed(struct emit *e, val ea, val v, unsigned bytes)
{
    raw_store(e, ea, truncated(e, v, bytes));
    forward_forget(e);
}

/* Helpers that access guest memory fault inside the runner: struct cpu has to tell where. */
static LLVMValueRef memory_helper(struct emit *e, enum helper_id which, LLVMValueRef *args, unsigned count)
{
    before_access(e);
    forward_forget(e);
    set_pc(e, code_address(e, e->pc));
    return call_helper(e, which, e->i64, args, count);
}

LLVMValueRef wrapped(struct emit *e, val ea) { return e->is64 ? ea.v : zext(e, ea, 32).v; }

void zero_block(struct emit *e, val ea)
{
    forward_forget(e);
    LLVMTypeRef row = LLVMVectorType(e->i64, 4);
    val start = op_and(e, ea, imm(e, ~UINT64_C(127)));
    for (unsigned i = 0; i < 128; i += 32)
        raw_store(e, op_add(e, start, imm(e, i)), LLVMConstNull(row));
}

/* Only sync needs an instruction: the host orders everything else by itself, and volatile accesses stay in order here. */
void fence(struct emit *e, enum fence kind)
{
    if (kind == FENCE_SYNC)
        LLVMBuildFence(e->b, LLVMAtomicOrderingSequentiallyConsistent, false, "");
}

/* This very unit, and those that called it, may be what changed: control goes on from the dispatcher. */
void code_changed(struct emit *e, val ea)
{
    LLVMValueRef args[] = {e->cpu, wrapped(e, ea)};
    flush(e, e->dirty);
    memory_helper(e, HELPER_code_changed, args, 2);
    LLVMBuildRet(e->b, code_address(e, e->is64 ? e->pc + 4 : (uint32_t)(e->pc + 4)));
}

val timebase(struct emit *e) { return (val){call_helper(e, HELPER_timebase, e->i64, &e->cpu, 1)}; }
