/* optimize.c -- the passes that run over a unit's IR before code generation.
 *
 * A short list: the default<O2> pipeline costs several times as much for code that is hardly better. instcombine must not verify
 * its fixpoint, or LLVM aborts the process on some inputs. The pass names are those of LLVM 19.
 */
#include "xlate/worker/optimize.h"

#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <stdlib.h>

static const char passes[] = "function(mem2reg,early-cse,simplifycfg,instcombine<no-verify-fixpoint>,adce)";

int optimize_module(LLVMModuleRef module, LLVMTargetMachineRef machine, struct error *err)
{
    LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
    LLVMErrorRef failed = LLVMRunPasses(module, passes, machine, options);
    LLVMDisposePassBuilderOptions(options);
    if (!failed)
        return 0;
    char *message = LLVMGetErrorMessage(failed);
    error_set(err, 0, "LLVM passes: %s", message);
    LLVMDisposeErrorMessage(message);
    return -1;
}
