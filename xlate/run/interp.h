/* interp.h -- the interpreter: runs cold guest code, and single instructions for translated code. */
#ifndef XLATE_RUN_INTERP_H
#define XLATE_RUN_INTERP_H

#include <stdint.h>
#include "runtime/cpu.h"

enum interp_exit {
    INTERP_NEXT,        /* the instruction was executed, control goes on behind it (interp_insn only) */
    INTERP_JUMP,        /* taken direct branch, no link; also after INTERP_RUN instructions without a branch */
    INTERP_CALL,        /* taken branch with link */
    INTERP_RETURN,      /* taken bclr without link */
    INTERP_INDIRECT,    /* taken bcctr without link */
    INTERP_SYSCALL,     /* sc */
    INTERP_TRAP,        /* tw, td whose condition holds */
    INTERP_ILLEGAL,
};

enum { INTERP_RUN = 1000 };

/* Executes from cpu->pc until control leaves the straight line. Then cpu->pc is where to go on; for SYSCALL, TRAP and
 * ILLEGAL it is the instruction itself. cpu->pc is exact at every memory access and instruction fetch. Adds to
 * cpu->insn_count, counting also the instruction that ended the block. */
enum interp_exit interp_block(struct cpu *cpu);

/* Executes one instruction, standing at cpu->pc, which stays: INTERP_NEXT, or for a branch, trap or illegal word what
 * interp_block would return, with cpu->pc set as there. */
uint64_t interp_insn(struct cpu *cpu, uint32_t word);

#endif
