/* optimize.h -- the passes that run over a unit's IR before code generation. */
#ifndef XLATE_WORKER_OPTIMIZE_H
#define XLATE_WORKER_OPTIMIZE_H

#include <llvm-c/TargetMachine.h>
#include "runtime/error.h"

int optimize_module(LLVMModuleRef module, LLVMTargetMachineRef machine, struct error *err);

#endif
