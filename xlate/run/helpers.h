/* helpers.h -- the C functions of xlate/isa/helpers.def as translated code finds them. */
#ifndef XLATE_RUN_HELPERS_H
#define XLATE_RUN_HELPERS_H

#include <stdint.h>
#include "runtime/cpu.h"
#include "xlate/run/dispatch.h"

/* By HELPER_ number. Translated code for a processor with AVX expects of what keeps registers that it keeps the upper halves, too. */
extern const void *const helper_table_sse[], *const helper_table_avx[];

/* The part of dispatch.c that helpers need. */
uint64_t dispatch_trap(struct cpu *cpu, enum trap_kind kind);

#endif
