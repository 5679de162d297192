/* fault_lines.h -- every host instruction that accesses guest memory stands for the guest instruction that does.
 *
 * LLVM may fold a load into the instruction that uses its value, or a load, an operation and a store into one; the result carries the
 * debug line of the last of them. A fault there would be told from a later guest instruction than the one that caused it.
 */
#ifndef XLATE_WORKER_FAULT_LINES_H
#define XLATE_WORKER_FAULT_LINES_H

#include <llvm-c/Core.h>

/* After the passes, before code generation: what may take a load in gets the load's line, and loads whose value goes back to the same
 * place are kept apart from their stores. */
void keep_fault_lines(LLVMModuleRef module);

#endif
