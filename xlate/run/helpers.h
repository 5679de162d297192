/* helpers.h -- the C functions of xlate/isa/helpers.def as translated code finds them. */
#ifndef XLATE_RUN_HELPERS_H
#define XLATE_RUN_HELPERS_H

#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/run/dispatch.h"

extern const void *const helper_table[];        /* by HELPER_ number */

/* The part of dispatch.c that helpers need. */
uint64_t dispatch_trap(struct cpu *cpu, enum trap_kind kind);

#endif
