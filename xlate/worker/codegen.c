/* codegen.c -- from a unit's IR to its bytes. */
#include "xlate/worker/codegen.h"

#include <llvm-c/Core.h>
#include "xlate/worker/object.h"

int codegen_module(LLVMModuleRef module, LLVMTargetMachineRef machine, struct unit_code *out, struct error *err)
{
    char *message = NULL;
    LLVMMemoryBufferRef buffer;
    if (LLVMTargetMachineEmitToMemoryBuffer(machine, module, LLVMObjectFile, &message, &buffer)) {
        error_set(err, 0, "LLVM code generation: %s", message);
        LLVMDisposeMessage(message);
        return -1;
    }
    int result = object_read((char *)LLVMGetBufferStart(buffer), LLVMGetBufferSize(buffer), out, err);
    LLVMDisposeMemoryBuffer(buffer);
    return result;
}
