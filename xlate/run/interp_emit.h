/* interp_emit.h -- what a step of the interpreter carries: the `struct emit` of the binding emit_interp.h, for both
 * widths. */
#ifndef XLATE_RUN_INTERP_EMIT_H
#define XLATE_RUN_INTERP_EMIT_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/run/interp.h"

struct emit {
    struct cpu *cpu;
    uint64_t pc;                /* of the instruction; cpu->pc is the same */
    uint64_t next;              /* where to, when exit says JUMP, CALL, RETURN or INDIRECT */
    uint32_t exit;              /* enum interp_exit */
    uint32_t word;
    bool is64;
};

typedef void (*interp_fn)(struct emit *e, uint32_t word);

#endif
