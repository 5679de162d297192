/* emit_flow.c -- how control moves in the LLVM binding: branches, calls, returns, safepoints, and ways out of a unit.
 *
 * Calls are host calls, returns host returns of the guest pc to go on at. A callee that comes back with another pc than the one behind
 * the call (longjmp, exceptions, a pending safepoint) has struct cpu exact already: the caller just hands the pc upward. Jumps out of
 * the unit are tail calls, so that loops over several units do not grow the host's stack.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include "xlate/worker/codegen.h"
#include "xlate/worker/emit_llvm.h"
#include "xlate/isa/emit.h"

/* enum trap_kind of the runner. */
enum { KIND_ILLEGAL = 0, KIND_TRAP = 1 };

static void return_pc(struct emit *e, LLVMValueRef pc) { LLVMBuildRet(e->b, pc); }

static LLVMValueRef volatile_load(struct emit *e, LLVMTypeRef type, LLVMValueRef address)
{
    LLVMValueRef v = LLVMBuildLoad2(e->b, type, address, "");
    LLVMSetVolatile(v, true);
    return v;
}

static LLVMValueRef is_null(struct emit *e, LLVMValueRef v) { return LLVMBuildIsNull(e->b, v, ""); }

/* --- finding code ------------------------------------------------------------------------------------------------------ */

/* The pointer that came along one of two ways. */
static LLVMValueRef either(struct emit *e, LLVMValueRef a, LLVMBasicBlockRef from_a, LLVMValueRef b, LLVMBasicBlockRef from_b)
{
    LLVMValueRef phi = LLVMBuildPhi(e->b, e->ptr, "");
    LLVMValueRef values[] = {a, b};
    LLVMBasicBlockRef blocks[] = {from_a, from_b};
    LLVMAddIncoming(phi, values, blocks, 2);
    return phi;
}

/* code, or where there is none the runner's own way to run what is at pc. */
static LLVMValueRef or_cold(struct emit *e, LLVMValueRef code, LLVMValueRef pc)
{
    LLVMBasicBlockRef from = LLVMGetInsertBlock(e->b), missing = new_block(e), join = new_block(e);
    branch_unlikely(e, is_null(e, code), missing, join);
    enter_block(e, missing);
    set_pc(e, pc);
    LLVMValueRef cold = constant_load(e, e->ptr, CPU_FIELD(e, cold));
    LLVMBuildBr(e->b, join);
    enter_block(e, join);
    return either(e, code, from, cold, missing);
}

/* The link slot of a pc known now. */
static LLVMValueRef linked_code(struct emit *e, uint64_t pc)
{
    char name[40];
    snprintf(name, sizeof name, SLOT_PREFIX "%" PRIx64, pc);
    LLVMValueRef slot = LLVMGetNamedGlobal(e->module, name);
    if (!slot) {
        slot = LLVMAddGlobal(e->module, e->ptr, name);
        LLVMSetVisibility(slot, LLVMHiddenVisibility);
        LLVMSetAlignment(slot, 8);
    }
    return or_cold(e, volatile_load(e, e->ptr, slot), code_address(e, pc));
}

/* 32-bit guests: one table over all of text. */
static LLVMValueRef flat_code(struct emit *e, LLVMValueRef pc)
{
    LLVMValueRef table = constant_load(e, e->ptr, CPU_FIELD(e, flat));
    LLVMValueRef index = LLVMBuildLShr(e->b, pc, const64(e, 2), "");
    return or_cold(e, volatile_load(e, e->ptr, LLVMBuildGEP2(e->b, e->ptr, table, &index, 1, "")), pc);
}

/* 64-bit guests: the thread's jump cache, and behind it the runner, which always has an answer. */
static LLVMValueRef cached_code(struct emit *e, LLVMValueRef pc)
{
    LLVMValueRef table = constant_load(e, e->ptr, CPU_FIELD(e, jumps));
    LLVMValueRef index = LLVMBuildAnd(e->b, LLVMBuildLShr(e->b, pc, const64(e, 2), ""), const64(e, JUMP_CACHE_ENTRIES - 1), "");
    LLVMValueRef offset = LLVMBuildMul(e->b, index, const64(e, sizeof(struct jump_entry)), "");
    LLVMValueRef entry = LLVMBuildGEP2(e->b, e->i8, table, &offset, 1, "");
    LLVMValueRef code_offset = const64(e, offsetof(struct jump_entry, code));
    LLVMValueRef found = volatile_load(e, e->i64, entry);
    LLVMValueRef hit = volatile_load(e, e->ptr, LLVMBuildGEP2(e->b, e->i8, entry, &code_offset, 1, ""));

    LLVMBasicBlockRef from = LLVMGetInsertBlock(e->b), miss = new_block(e), join = new_block(e);
    branch_unlikely(e, LLVMBuildICmp(e->b, LLVMIntNE, found, pc, ""), miss, join);
    enter_block(e, miss);
    LLVMValueRef args[] = {e->cpu, pc};
    LLVMValueRef looked_up = call_helper(e, HELPER_lookup, e->ptr, args, 2);
    LLVMBuildBr(e->b, join);
    enter_block(e, join);
    return either(e, looked_up, miss, hit, from);
}

static LLVMValueRef indirect_code(struct emit *e, LLVMValueRef pc) { return e->is64 ? cached_code(e, pc) : flat_code(e, pc); }

/* --- ways out ------------------------------------------------------------------------------------------------------------- */

static void tail_call(struct emit *e, LLVMValueRef code)
{
    LLVMValueRef result = LLVMBuildCall2(e->b, e->code, code, &e->cpu, 1, "");
    LLVMSetTailCallKind(result, LLVMTailCallKindMustTail);
    LLVMBuildRet(e->b, result);
}

static LLVMBasicBlockRef way_out(struct emit *e, uint64_t pc)
{
    LLVMBasicBlockRef here = LLVMGetInsertBlock(e->b), out = new_block(e);
    enter_block(e, out);
    flush(e, e->dirty);
    tail_call(e, linked_code(e, pc));
    enter_block(e, here);
    return out;
}

void safepoint(struct emit *e, uint64_t pc, LLVMBasicBlockRef go_on)
{
    LLVMBasicBlockRef leave = new_block(e);
    LLVMValueRef poll = volatile_load(e, e->i32, CPU_FIELD(e, poll));
    branch_unlikely(e, LLVMBuildICmp(e->b, LLVMIntNE, poll, LLVMConstInt(e->i32, 0, false), ""), leave, go_on);
    enter_block(e, leave);
    flush(e, e->dirty);
    return_pc(e, code_address(e, pc));
}

LLVMBasicBlockRef way_to(struct emit *e, uint64_t pc)
{
    int block = unit_block_at(e->unit, e->insn->instance, pc);
    if (block < 0)
        return way_out(e, pc);
    if (pc > e->pc)
        return status_way_to(e, block);
    LLVMBasicBlockRef here = LLVMGetInsertBlock(e->b), check = new_block(e);
    enter_block(e, check);
    safepoint(e, pc, status_way_to(e, block));
    enter_block(e, here);
    return check;
}

/* Behind the followed call that the current instruction belongs to. */
static LLVMBasicBlockRef behind_followed(struct emit *e)
{
    return status_way_to(e, unit_block_behind(e->unit, e->insn->instance));
}

/* Behind a call: what the following code wants is loaded again. */
static void go_on_behind_call(struct emit *e)
{
    if (!unit_puts_off(e->unit, e->block))
        reload(e, unit_reloaded(e->unit, e->block));
    e->dirty = (struct slot_set){{0, 0}};
    status_forget(e);
    LLVMBuildBr(e->b, e->insn->end == END_TAIL_CALL ? behind_followed(e) : way_to(e, e->pc + 4));
}

/* if (condition) { go_on } else { other }, the second being unlikely. */
static void branch_unless(struct emit *e, LLVMValueRef condition, LLVMBasicBlockRef other, LLVMBasicBlockRef go_on)
{
    branch_unlikely(e, LLVMBuildNot(e->b, condition, ""), other, go_on);
}

/* Hand pc upward unless it is the expected one; then the current block goes on. */
static void return_unless(struct emit *e, LLVMValueRef pc, uint64_t expected_pc)
{
    LLVMBasicBlockRef other = new_block(e), expected = new_block(e);
    branch_unless(e, is_code_address(e, pc, expected_pc), other, expected);
    enter_block(e, other);
    return_pc(e, pc);
    enter_block(e, expected);
}

/* back: where the callee is expected to return to. */
static void call(struct emit *e, LLVMValueRef code, uint64_t back)
{
    return_unless(e, LLVMBuildCall2(e->b, e->code, code, &e->cpu, 1, ""), back);
    go_on_behind_call(e);
}

/* --- the words -------------------------------------------------------------------------------------------------------------- */

static bool is_never(flag f) { return LLVMIsAConstantInt(f.v) && !LLVMConstIntGetZExtValue(f.v); }
static bool is_always(flag f) { return LLVMIsAConstantInt(f.v) && LLVMConstIntGetZExtValue(f.v); }

/* Enter a block that is reached when cond holds; otherwise control goes on with the next instruction. */
static void when(struct emit *e, flag cond)
{
    if (is_always(cond))
        return;
    LLVMBasicBlockRef yes = new_block(e);
    LLVMBuildCondBr(e->b, cond.v, yes, way_to(e, e->pc + 4));
    enter_block(e, yes);
}

void branch_direct(struct emit *e, flag cond, uint64_t target, bool link)
{
    if (!e->is64)
        target = (uint32_t)target;
    if (e->insn->end == END_INLINE) {
        LLVMBuildBr(e->b, status_way_to(e, unit_block_at(e->unit, e->insn->callee, target)));
    } else if (link && target != e->pc + 4) {
        when(e, cond);
        flush(e, e->dirty);
        call(e, linked_code(e, target), e->pc + 4);
    } else if (is_always(cond)) {
        LLVMBuildBr(e->b, way_to(e, target));
    } else {
        LLVMBasicBlockRef taken = way_to(e, target);
        LLVMBuildCondBr(e->b, cond.v, taken, target == e->pc + 4 ? taken : way_to(e, e->pc + 4));
    }
}

/* Distances in instructions from the unit's lowest address: dense enough for the host's own jump table. */
static void switch_to(struct emit *e, LLVMValueRef pc)
{
    const struct unit *u = e->unit;
    LLVMBasicBlockRef elsewhere = new_block(e);
    LLVMValueRef distance = LLVMBuildLShr(e->b, distance_from(e, pc, u->insns[0].pc), const64(e, 2), "");
    LLVMValueRef choice = LLVMBuildSwitch(e->b, distance, elsewhere, u->target_count);
    for (unsigned i = 0; i < u->target_count; i++)
        LLVMAddCase(choice, const64(e, (u->targets[i] - u->insns[0].pc) / 4), way_to(e, u->targets[i]));
    enter_block(e, elsewhere);
    flush(e, e->dirty);
    tail_call(e, indirect_code(e, pc));
}

/* blr of a followed function, when it goes behind the call; that is certain when nothing in the function wrote LR. */
static void return_inside(struct emit *e, LLVMValueRef pc)
{
    const struct unit_instance *inside = &e->unit->instances[e->insn->instance];
    if (!inside->writes_lr) {
        LLVMBuildBr(e->b, behind_followed(e));
        return;
    }
    LLVMBasicBlockRef leave = new_block(e);
    branch_unless(e, is_code_address(e, pc, inside->back), leave, behind_followed(e));
    enter_block(e, leave);
    flush(e, e->dirty);
    return_pc(e, pc);
}

void branch_indirect(struct emit *e, flag cond, val target, enum indirect via, bool link)
{
    LLVMValueRef pc = LLVMBuildAnd(e->b, target.v, const64(e, e->is64 ? ~UINT64_C(3) : 0xfffffffc), "");
    when(e, cond);
    if (e->insn->end == END_SWITCH) {
        switch_to(e, pc);
        return;
    }
    if (e->insn->end == END_RETURN && unit_block_behind(e->unit, e->insn->instance) >= 0) {
        return_inside(e, pc);
        return;
    }
    flush(e, e->dirty);
    if (!link && via == VIA_LR) {
        return_pc(e, pc);
        return;
    }
    LLVMValueRef code = indirect_code(e, pc);
    if (e->insn->end == END_TAIL_CALL)
        call(e, code, e->unit->instances[e->insn->instance].back);       /* behind the followed call */
    else if (link)
        call(e, code, e->pc + 4);
    else
        tail_call(e, code);
}

static void raise_trap(struct emit *e, unsigned kind)
{
    flush(e, e->dirty);
    set_pc(e, code_address(e, e->pc));
    LLVMValueRef args[] = {e->cpu, const64(e, kind)};
    return_pc(e, call_helper(e, HELPER_trap, e->i64, args, 2));
}

/* What is unchecked is checked before the ways part. */
void trap_if(struct emit *e, flag cond)
{
    if (is_never(cond))
        return;
    check_fprs(e, ~UINT32_C(0));
    LLVMBasicBlockRef trapped = new_block(e), go_on = new_block(e);
    branch_unlikely(e, cond.v, trapped, go_on);
    enter_block(e, trapped);
    raise_trap(e, KIND_TRAP);
    enter_block(e, go_on);
}

void illegal(struct emit *e) { raise_trap(e, KIND_ILLEGAL); }

void sysenter(struct emit *e)
{
    flush(e, e->dirty);
    set_pc(e, code_address(e, e->pc));
    return_pc(e, call_helper(e, HELPER_syscall, e->i64, &e->cpu, 1));
}

/* The helper answers zero when the instruction was done; else the word is no instruction after all. */
void by_interpreter(struct emit *e)
{
    flush(e, e->dirty);
    e->dirty = (struct slot_set){{0, 0}};
    set_pc(e, code_address(e, e->pc));
    LLVMValueRef args[] = {e->cpu, const64(e, e->word)};
    LLVMValueRef refused = call_helper(e, HELPER_interp_insn, e->i64, args, 2);
    LLVMBasicBlockRef no = new_block(e), done = new_block(e);
    branch_unlikely(e, LLVMBuildICmp(e->b, LLVMIntNE, refused, const64(e, 0), ""), no, done);
    enter_block(e, no);
    raise_trap(e, KIND_ILLEGAL);
    enter_block(e, done);
    go_on_behind_call(e);
}
