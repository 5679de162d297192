/* xlate_machine.h -- a guest machine small enough for tests of translated code: a window of memory, one processor, no kernel. */
#ifndef TESTS_ISA_XLATE_MACHINE_H
#define TESTS_ISA_XLATE_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/run/interp.h"
#include "xlate/worker/unit_code.h"

enum {
    WINDOW_SIZE = 1 << 24,      /* guest addresses 0 .. are mapped; beyond is unmapped */
    TEXT_BASE = 0,              /* where compilers put the text of an object */
    TEXT_SIZE = 0x100000,
    HOLE = 0x2000,              /* a page that cannot be accessed */
    DATA_BASE = 0x400000,
    DATA_SIZE = 0x80000,
    STACK_TOP = 0x900000,
    RETURN_PC = 0xf00000,       /* where a test's function returns to */
};

struct machine {
    struct cpu cpu;
    uint8_t *mem;               /* = cpu.mem */
    unsigned traps;             /* helper calls that a test did not expect to go on after */
    enum interp_exit left_by;   /* INTERP_JUMP when translated code left its unit for other code, INTERP_RETURN when it did not;
                                   what the last instruction of machine_step() was */
};

struct machine *machine_new(bool is64);
void machine_free(struct machine *m);

/* Take over the registers and the memory of another processor. */
void machine_adopt(struct machine *m, const struct cpu *cpu);

/* An instruction at a guest address. */
void machine_put_word(struct machine *m, gva ea, uint32_t word);

/* The first instructions of the text, disassembled, to stderr. */
void machine_print_words(const struct machine *m, unsigned count);

/* Interpret `count` instructions from cpu.pc, fewer when control leaves the text. False when one is no instruction, or traps. */
bool machine_step(struct machine *m, unsigned count);

/* Interpret from cpu.pc until it leaves [TEXT_BASE, TEXT_BASE + TEXT_SIZE) or something traps; returns the instructions executed. */
uint64_t machine_interpret(struct machine *m);

/* Map a unit's code with its link slots behind it. The slots are NULL. */
struct mapped_unit {
    uint8_t *base;
    size_t size;
    code_fn code;
    code_fn *slots;             /* one per link of the unit */
};
void unit_map(const struct unit_code *unit, struct mapped_unit *out);
void unit_unmap(struct mapped_unit *u);

/* Name of the first part of two processors that differs (program counter and bookkeeping aside), or NULL. */
const char *cpu_difference(const struct cpu *a, const struct cpu *b);

#endif
