/* execute_block.h -- how lift_runner.c has a few instructions executed: by the interpreter, or by translated code. */
#ifndef TESTS_ISA_EXECUTE_BLOCK_H
#define TESTS_ISA_EXECUTE_BLOCK_H

#include "runtime/cpu.h"
#include "xlate/run/interp.h"

/* Runs the `count` words at cpu->pc, behind which stands an illegal one. Afterwards as interp_block(). */
enum interp_exit execute_block(struct cpu *cpu, unsigned count);

#endif
