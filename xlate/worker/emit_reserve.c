/* emit_reserve.c -- reservations in the LLVM binding: the steps of runtime/reserve.h, word for word, without a call. */
#include <stddef.h>
#include "runtime/reserve.h"
#include "xlate/worker/emit_llvm.h"
#include "xlate/isa/emit.h"

static LLVMValueRef version_address(struct emit *e, LLVMValueRef ea)
{
    LLVMValueRef granule = LLVMBuildLShr(e->b, ea, const64(e, RESERVE_GRANULE_SHIFT), "");
    LLVMValueRef mixed = LLVMBuildXor(e->b, granule, LLVMBuildLShr(e->b, granule, const64(e, 12), ""), "");
    LLVMValueRef index = LLVMBuildAnd(e->b, mixed, const64(e, RESERVE_VERSIONS - 1), "");
    LLVMValueRef offset = LLVMBuildMul(e->b, index, const64(e, sizeof(struct reserve_version)), "");
    return LLVMBuildGEP2(e->b, e->i8, constant_load(e, e->ptr, CPU_FIELD(e, reserve_versions)), &offset, 1, "");
}

val load_reserve(struct emit *e, val ea, unsigned bytes)
{
    LLVMValueRef address = wrapped(e, ea);
    LLVMValueRef word = LLVMBuildLoad2(e->b, e->i64, version_address(e, address), "");
    LLVMSetVolatile(word, true);
    val value = load(e, ea, bytes);
    state_store(e, address, offsetof(struct cpu, reserve_ea));
    state_store(e, LLVMConstInt(e->i32, bytes, false), offsetof(struct cpu, reserve_size));
    state_store(e, value.v, offsetof(struct cpu, reserve_value));
    state_store(e, LLVMBuildAnd(e->b, word, const64(e, RESERVE_VERSION_MASK), ""), offsetof(struct cpu, reserve_version));
    return value;
}

/* i1: was it exchanged? */
static LLVMValueRef exchange(struct emit *e, LLVMValueRef address, LLVMValueRef seen, LLVMValueRef value)
{
    LLVMValueRef pair = LLVMBuildAtomicCmpXchg(e->b, address, seen, value, LLVMAtomicOrderingSequentiallyConsistent,
                                               LLVMAtomicOrderingSequentiallyConsistent, false);
    LLVMSetVolatile(pair, true);
    LLVMSetAlignment(pair, LLVMTypeOf(seen) == e->i8 ? 1 : LLVMTypeOf(seen) == e->i16 ? 2 : LLVMTypeOf(seen) == e->i32 ? 4 : 8);
    return LLVMBuildExtractValue(e->b, pair, 1, "");
}

static LLVMValueRef memory_order(struct emit *e, LLVMValueRef v, unsigned bytes)
{
    LLVMTypeRef type = LLVMIntTypeInContext(e->context, 8 * bytes);
    LLVMValueRef narrow = bytes == 8 ? v : LLVMBuildTrunc(e->b, v, type, "");
    return bytes == 1 ? narrow : intrinsic(e, "llvm.bswap", &type, 1, &narrow, 1);
}

/* With the version locked: the swap, and the version as it is to be then. */
static LLVMValueRef swap_and_unlock(struct emit *e, LLVMValueRef lock, LLVMValueRef version, val ea, val v, unsigned bytes)
{
    LLVMValueRef seen = memory_order(e, state_load(e, e->i64, offsetof(struct cpu, reserve_value)), bytes);
    LLVMValueRef stored = exchange(e, host_address(e, ea), seen, memory_order(e, v.v, bytes));
    LLVMValueRef raised = LLVMBuildAnd(e->b, LLVMBuildAdd(e->b, version, const64(e, RESERVE_VERSION_STEP), ""),
                                       const64(e, RESERVE_VERSION_MASK), "");
    LLVMValueRef unlock = LLVMBuildStore(e->b, LLVMBuildSelect(e->b, stored, raised, version, ""), lock);
    LLVMSetOrdering(unlock, LLVMAtomicOrderingRelease);
    LLVMSetAlignment(unlock, 8);
    return stored;
}

flag store_conditional(struct emit *e, val ea, val v, unsigned bytes)
{
    LLVMBasicBlockRef held = new_block(e), locked = new_block(e), done = new_block(e), starts[2];
    LLVMValueRef address = wrapped(e, ea);
    before_access(e);
    forward_forget(e);
    LLVMValueRef same_size = LLVMBuildICmp(e->b, LLVMIntEQ, state_load(e, e->i32, offsetof(struct cpu, reserve_size)),
                                           LLVMConstInt(e->i32, bytes, false), "");
    LLVMValueRef same_ea = LLVMBuildICmp(e->b, LLVMIntEQ, state_load(e, e->i64, offsetof(struct cpu, reserve_ea)), address, "");
    starts[0] = LLVMGetInsertBlock(e->b);
    branch_unlikely(e, LLVMBuildNot(e->b, LLVMBuildAnd(e->b, same_ea, same_size, ""), ""), done, held);

    enter_block(e, held);
    LLVMValueRef lock = version_address(e, address);
    LLVMValueRef version = state_load(e, e->i64, offsetof(struct cpu, reserve_version));
    LLVMValueRef owner = state_load(e, e->i64, offsetof(struct cpu, reserve_owner));
    LLVMValueRef taken = exchange(e, lock, version, LLVMBuildOr(e->b, version, owner, ""));
    starts[1] = LLVMGetInsertBlock(e->b);
    branch_unlikely(e, LLVMBuildNot(e->b, taken, ""), done, locked);

    enter_block(e, locked);
    LLVMValueRef stored = swap_and_unlock(e, lock, version, ea, v, bytes);
    locked = LLVMGetInsertBlock(e->b);
    LLVMBuildBr(e->b, done);

    enter_block(e, done);
    LLVMValueRef result = LLVMBuildPhi(e->b, e->i1, ""), no = LLVMConstInt(e->i1, 0, false);
    LLVMAddIncoming(result, (LLVMValueRef[]){no, no, stored}, (LLVMBasicBlockRef[]){starts[0], starts[1], locked}, 3);
    state_store(e, const64(e, CPU_NO_RESERVATION), offsetof(struct cpu, reserve_ea));
    return (flag){result};
}
