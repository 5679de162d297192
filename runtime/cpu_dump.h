/* cpu_dump.h -- registers as text, for crash reports and tests. */
#ifndef RUNTIME_CPU_DUMP_H
#define RUNTIME_CPU_DUMP_H

#include <stddef.h>
#include "runtime/cpu.h"

/* Fills `out` with lines (pc, special registers, GPRs four to a line) and returns the length, cut to size - 1. */
size_t cpu_dump(const struct cpu *cpu, char *out, size_t size);

#endif
