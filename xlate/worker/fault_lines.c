/* fault_lines.c -- a walk over the users of volatile loads. Instructions that do not access memory may carry any line. */
#include "xlate/worker/fault_lines.h"

#include <llvm-c/DebugInfo.h>
#include <stdbool.h>
#include <stddef.h>

enum { REACH = 3 };             /* operations between a load and what takes it in: an extension, a swap, a comparison */

static bool is_guest_load(LLVMValueRef v) { return LLVMIsALoadInst(v) && LLVMGetVolatile(v); }

static bool is_intrinsic(LLVMValueRef v)
{
    return LLVMIsACallInst(v) && LLVMIsAFunction(LLVMGetCalledValue(v)) && LLVMGetIntrinsicID(LLVMGetCalledValue(v));
}

/* Works on values alone. */
static bool is_plain(LLVMValueRef v)
{
    return LLVMIsACastInst(v) || LLVMIsABinaryOperator(v) || LLVMIsACmpInst(v) || LLVMIsASelectInst(v) || LLVMIsAShuffleVectorInst(v) ||
           LLVMIsAUnaryOperator(v) || LLVMIsAInsertElementInst(v) || is_intrinsic(v);
}

/* With two loads behind it an instruction can take in only the later one, which comes last here. */
static void set_lines(LLVMValueRef v, LLVMMetadataRef line, unsigned reach)
{
    for (LLVMUseRef use = LLVMGetFirstUse(v); reach && use; use = LLVMGetNextUse(use)) {
        LLVMValueRef user = LLVMGetUser(use);
        if (!is_plain(user))
            continue;
        LLVMInstructionSetDebugLoc(user, line);
        set_lines(user, line, reach - 1);
    }
}

/* The load, at the same address and in the same block, that a stored value is made from; NULL: none. */
static LLVMValueRef source_of(LLVMValueRef v, LLVMValueRef address, LLVMBasicBlockRef block, unsigned reach)
{
    if (!LLVMIsAInstruction(v) || LLVMGetInstructionParent(v) != block)
        return NULL;
    if (is_guest_load(v))
        return LLVMGetOperand(v, 0) == address ? v : NULL;
    LLVMValueRef found = NULL;
    for (int i = 0; reach && is_plain(v) && !found && i < LLVMGetNumOperands(v); i++)
        found = source_of(LLVMGetOperand(v, (unsigned)i), address, block, reach - 1);
    return found;
}

/* The value passes through something that code generation cannot see into. */
static void keep_apart(LLVMBuilderRef b, LLVMValueRef load)
{
    LLVMTypeRef type = LLVMTypeOf(load);
    if (LLVMGetTypeKind(type) != LLVMIntegerTypeKind)
        return;
    LLVMTypeRef function = LLVMFunctionType(type, &type, 1, false);
    LLVMValueRef nothing = LLVMGetInlineAsm(function, "", 0, "=r,0", 4, false, false, LLVMInlineAsmDialectATT, false);
    LLVMPositionBuilderBefore(b, LLVMGetNextInstruction(load));
    LLVMValueRef passed = LLVMBuildCall2(b, function, nothing, &load, 1, "");
    LLVMInstructionSetDebugLoc(passed, LLVMInstructionGetDebugLoc(load));
    LLVMReplaceAllUsesWith(load, passed);
    LLVMSetOperand(passed, 0, load);
}

static void keep_lines_in(LLVMBuilderRef b, LLVMBasicBlockRef block)
{
    for (LLVMValueRef v = LLVMGetFirstInstruction(block); v; v = LLVMGetNextInstruction(v)) {
        if (is_guest_load(v)) {
            set_lines(v, LLVMInstructionGetDebugLoc(v), REACH);
        } else if (LLVMIsAStoreInst(v) && LLVMGetVolatile(v)) {
            LLVMValueRef load = source_of(LLVMGetOperand(v, 0), LLVMGetOperand(v, 1), block, REACH);
            if (load)
                keep_apart(b, load);
        }
    }
}

void keep_fault_lines(LLVMModuleRef module)
{
    LLVMBuilderRef b = LLVMCreateBuilderInContext(LLVMGetModuleContext(module));
    for (LLVMValueRef f = LLVMGetFirstFunction(module); f; f = LLVMGetNextFunction(f))
        for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(f); block; block = LLVMGetNextBasicBlock(block))
            keep_lines_in(b, block);
    LLVMDisposeBuilder(b);
}
