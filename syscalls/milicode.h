/* milicode.h -- fixed addresses in segment 0 that AIX code branches to, and the host functions that answer
 * [aix-abi 6.5].
 *
 * aixrun.c registers them with the dispatcher; they are entered with cpu->lr as the way back, which they return.
 */
#ifndef SYSCALLS_MILICODE_H
#define SYSCALLS_MILICODE_H

#include "runtime/cpu.h"

struct milicode {
    gva address;
    code_fn code;
    const char *name;
};

extern const struct milicode milicode[];
extern const unsigned milicode_count;

#endif
