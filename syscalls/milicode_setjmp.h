/* milicode_setjmp.h -- setjmp and longjmp of the builtin libc, done by the host: entries of milicode[]. */
#ifndef SYSCALLS_MILICODE_SETJMP_H
#define SYSCALLS_MILICODE_SETJMP_H

#include "runtime/cpu.h"

enum { SETJMP_AT = 0xC180, SETJMP_MASK_AT = 0xC1C0, LONGJMP_AT = 0xC200 };

/* r3: the jmp_buf. Fills it, the second with the thread's signal mask; r3 becomes 0. */
uint64_t host_setjmp(struct cpu *cpu);
uint64_t host_setjmp_mask(struct cpu *cpu);

/* r3: a filled jmp_buf, r4: value, r5: does the signal mask count? If it does and is not the thread's, returns 0 and nothing is done; else
 * goes on behind setjmp, with r3 the value, or 1 for 0. */
uint64_t host_longjmp(struct cpu *cpu);

#endif
