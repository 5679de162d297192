/* execute_interp.c -- test vectors by the interpreter. */
#include "tests/isa/execute_block.h"

enum interp_exit execute_block(struct cpu *cpu, unsigned count) { return interp_block(cpu); }
