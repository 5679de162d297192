/* initial_stack.h -- the first thread's stack with arguments and environment on it.
 */
#ifndef LOADER_INITIAL_STACK_H
#define LOADER_INITIAL_STACK_H

#include <stdbool.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

struct initial_stack {
    gva sp;                     /* first r1: 16-aligned, a zeroed link area above it */
    gva argc, argv, envp;
    gva lo, hi;                 /* the stack's mapping */
};

/* `size`: bytes the stack may grow to. -1 with E2BIG when the strings do not fit into half of it. */
int initial_stack_make(bool is64, uint64_t size, char *const *argv, char *const *envp, struct initial_stack *out,
                       struct error *err);

#endif
