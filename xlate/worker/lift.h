/* lift.h -- from a unit's instructions to one LLVM function. (The vocabulary the instructions are stated in: xlate/isa/lift.h.) */
#ifndef XLATE_WORKER_LIFT_H
#define XLATE_WORKER_LIFT_H

#include <llvm-c/Core.h>
#include "xlate/worker/unit_cfg.h"

/* Adds the function to an empty module. */
void lift_unit(const struct unit *unit, LLVMModuleRef module);

#endif
