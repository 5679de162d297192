/* codegen.h -- from a unit's IR to its bytes: LLVM emits an ELF object in memory, which is taken apart here. */
#ifndef XLATE_WORKER_CODEGEN_H
#define XLATE_WORKER_CODEGEN_H

#include <llvm-c/TargetMachine.h>
#include "runtime/error.h"
#include "xlate/worker/unit_code.h"

/* The prefix of the symbols that stand for link slots; the guest pc follows in hexadecimal. */
#define SLOT_PREFIX "slot_"

/* The prefix of the symbols that stand for addresses of guest code, with the address in hexadecimal. */
#define ADDRESS_PREFIX "guest_"

/* What a debug line means: the guest pc relative to the unit's entry, in instructions. */
enum { LINE_OF_ENTRY = 1 << 20 };

/* Fills text, size, links and pcs of out. */
int codegen_module(LLVMModuleRef module, LLVMTargetMachineRef machine, struct unit_code *out, struct error *err);

#endif
