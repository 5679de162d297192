/* target.c -- the host machine code is made for.
 *
 * The x86-64-v3 level, never the features of the host at hand: a cache then serves every machine of that level, its keys do not
 * depend on where it was filled, and the AVX-512 domain reassignment pass (a quarter of code generation time) stays away.
 * FMA is a must: without it llvm.fma becomes a call of libm.
 */
#include "xlate/worker/target.h"

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>
#include <pthread.h>
#include <stdio.h>
#include "xlate/worker/unit_code.h"

static const char triple[] = "x86_64-unknown-linux-gnu";
#define TARGET_CPU "x86-64-v3"

static void register_target(void)
{
    LLVMInitializeX86TargetInfo();
    LLVMInitializeX86Target();
    LLVMInitializeX86TargetMC();
    LLVMInitializeX86AsmPrinter();
    LLVMInitializeX86AsmParser();       /* of the one line of assembly in lift.c */
}

LLVMTargetMachineRef target_new(struct error *err)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_target);

    LLVMTargetRef target;
    char *message = NULL;
    if (LLVMGetTargetFromTriple(triple, &target, &message)) {
        error_set(err, 0, "LLVM has no target %s: %s", triple, message);
        LLVMDisposeMessage(message);
        return NULL;
    }
    LLVMTargetMachineRef machine = LLVMCreateTargetMachine(target, triple, TARGET_CPU, "", LLVMCodeGenLevelLess, LLVMRelocPIC,
                                                           LLVMCodeModelSmall);
    if (!machine)
        error_set(err, 0, "LLVM refuses the processor " TARGET_CPU);
    return machine;
}

void target_describe(LLVMTargetMachineRef machine, LLVMModuleRef module)
{
    LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(machine);
    LLVMSetTarget(module, triple);
    LLVMSetModuleDataLayout(module, layout);
    LLVMDisposeTargetData(layout);
}

static char fingerprint[80];

static void make_fingerprint(void)
{
    unsigned major, minor, patch;
    LLVMGetVersion(&major, &minor, &patch);
    snprintf(fingerprint, sizeof fingerprint, "LLVM %u.%u.%u %s O1", major, minor, patch, TARGET_CPU);
}

const char *translator_fingerprint(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_fingerprint);
    return fingerprint;
}
