/* disasm.h -- instruction word -> assembler text, in base mnemonics ("rlwinm. r3,r4,2,0,29"); ".long 0x..." when
 * invalid. */
#ifndef XLATE_ISA_DISASM_H
#define XLATE_ISA_DISASM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes at most `size` bytes with the terminating zero. Branch targets are absolute, computed from pc. */
void insn_disassemble(uint32_t word, uint64_t pc, bool is64, char *text, size_t size);

#endif
