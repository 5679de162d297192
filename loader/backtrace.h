/* backtrace.h -- the chain of calls a guest thread is in. */
#ifndef LOADER_BACKTRACE_H
#define LOADER_BACKTRACE_H

#include <stdbool.h>
#include "runtime/cpu.h"

struct guest_frame {
    gva pc;                     /* the instruction; of callers, the one behind the call */
    gva sp;
    bool interrupted;           /* a signal came here: the frame before it is a handler's */
};

/* From the state of a thread that stands still, the innermost frame first: how many there are, at most `max`. Reads guest memory with
 * copyin(); stops where a frame makes no sense. */
int guest_backtrace(const struct cpu *cpu, struct guest_frame *frames, int max);

#endif
