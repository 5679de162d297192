/* random_code.h -- random instructions and values for tests that run both on two machines (xlate_machine.h).
 *
 * Instructions that access memory take their address from registers 1 and 2, which point into the data, and 3, a small offset. Values at
 * the edges are likelier than by chance. Everything follows from the seed. */
#ifndef TESTS_ISA_RANDOM_CODE_H
#define TESTS_ISA_RANDOM_CODE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/isa/decode.h"

void random_seed(uint64_t seed);
uint64_t random64(void);
uint64_t random_value(void);        /* an integer */
uint64_t random_double(void);       /* of any kind, as bits */
uint32_t random_single(void);       /* in its own format */
uint64_t random_lane(void);         /* a doubleword of a vector-scalar register: a double, two singles, or integers */

/* Registers of random_value() and random_double(), 1-3 as above; FPSCR is 0. */
void random_cpu(struct cpu *cpu);

/* A word of a table line, by random operands; of a line that takes RA, often with addresses as above. */
uint32_t random_word(enum insn_id id);

/* An instruction of any line that leaves 1-3 alone, goes on with the next, and whose results are the same at all times. */
uint32_t random_insn(uint64_t pc, bool is64);

/* Of a memory instruction whose address comes from registers 1-3. */
gva access_address(const struct cpu *cpu, uint32_t word);

/* It reads the time base or the real-time clock. */
bool shows_time(uint32_t word, enum insn_id id);

#endif
