/* index_masks.c -- a walk over the addresses of a unit. */
#include "xlate/worker/index_masks.h"

#include <llvm-c/Core.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/guest_guard.h"
#include "xlate/worker/emit_llvm.h"

enum { SMALL = GUEST_GUARD / 2, REACH = 6 };    /* with a displacement and the access, still inside the guard */

static bool is_operation(LLVMValueRef v, LLVMOpcode which) { return LLVMIsAInstruction(v) && LLVMGetInstructionOpcode(v) == which; }

static uint64_t constant_or(LLVMValueRef v, uint64_t other)
{
    return LLVMIsAConstantInt(v) && LLVMGetIntTypeWidth(LLVMTypeOf(v)) <= 64 ? LLVMConstIntGetZExtValue(v) : other;
}

static uint64_t bound_of_type(LLVMValueRef v)
{
    unsigned width = LLVMGetIntTypeWidth(LLVMTypeOf(v));
    return width < 64 ? (UINT64_C(1) << width) - 1 : UINT64_MAX;
}

static uint64_t smaller(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* No value of v is larger, as an unsigned number. */
static uint64_t bound(LLVMValueRef v, unsigned reach)
{
    uint64_t own = bound_of_type(v);
    if (LLVMIsAConstantInt(v))
        return constant_or(v, own);
    if (!reach || !LLVMIsAInstruction(v))
        return own;
    LLVMValueRef a = LLVMGetNumOperands(v) > 0 ? LLVMGetOperand(v, 0) : NULL, b = LLVMGetNumOperands(v) > 1 ? LLVMGetOperand(v, 1) : NULL;
    switch (LLVMGetInstructionOpcode(v)) {
    case LLVMZExt: return bound(a, reach - 1);
    case LLVMAnd: return smaller(bound(a, reach - 1), bound(b, reach - 1));
    case LLVMLShr: return constant_or(b, 64) < 64 ? bound(a, reach - 1) >> constant_or(b, 0) : own;
    case LLVMShl: {
        uint64_t shifted = bound(a, reach - 1), by = constant_or(b, 64);
        return by < 32 && shifted < SMALL ? smaller(own, shifted << by) : own;
    }
    default: return own;
    }
}

static bool is_window_mask(LLVMValueRef v)
{
    return constant_or(v, 0) == WINDOW64_MASK || (LLVMIsACallInst(v) && LLVMIsAInlineAsm(LLVMGetCalledValue(v)));
}

/* mem + ((a + index) & mask) is made mem + (a & mask) + index. */
static void free_index(LLVMBuilderRef b, LLVMValueRef address)
{
    LLVMValueRef masked = LLVMGetOperand(address, 1);
    if (!is_operation(masked, LLVMAnd) || !is_window_mask(LLVMGetOperand(masked, 1)))
        return;
    LLVMValueRef sum = LLVMGetOperand(masked, 0);
    if (!is_operation(sum, LLVMAdd))
        return;
    unsigned small = bound(LLVMGetOperand(sum, 1), REACH) < SMALL ? 1 : 0;
    LLVMValueRef index = LLVMGetOperand(sum, small), rest = LLVMGetOperand(sum, !small);
    if (LLVMIsAConstantInt(index) || bound(index, REACH) >= SMALL)
        return;
    LLVMTypeRef byte = LLVMInt8TypeInContext(LLVMGetTypeContext(LLVMTypeOf(address)));
    LLVMPositionBuilderBefore(b, address);
    LLVMValueRef base = LLVMBuildAnd(b, rest, LLVMGetOperand(masked, 1), "");
    base = LLVMBuildGEP2(b, byte, LLVMGetOperand(address, 0), &base, 1, "");
    LLVMReplaceAllUsesWith(address, LLVMBuildGEP2(b, byte, base, &index, 1, ""));
}

void free_indexes_of_masks(LLVMModuleRef module)
{
    LLVMBuilderRef b = LLVMCreateBuilderInContext(LLVMGetModuleContext(module));
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
        for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(f); block; block = LLVMGetNextBasicBlock(block))
            for (LLVMValueRef v = LLVMGetFirstInstruction(block); v; v = LLVMGetNextInstruction(v))
                if (LLVMIsAGetElementPtrInst(v) && LLVMGetNumOperands(v) == 2)
                    free_index(b, v);
    LLVMDisposeBuilder(b);
}
