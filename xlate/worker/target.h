/* target.h -- the host machine code is made for: one LLVM target machine with fixed features, the same on every host. */
#ifndef XLATE_WORKER_TARGET_H
#define XLATE_WORKER_TARGET_H

#include <llvm-c/TargetMachine.h>
#include "runtime/error.h"

LLVMTargetMachineRef target_new(struct error *err);

/* Tell the module which machine it is for (triple and data layout). */
void target_describe(LLVMTargetMachineRef machine, LLVMModuleRef module);

#endif
