/* kernel_exports.h -- what the loader asks of the kernel side: the names that /unix exports.
 *
 * The loader binds imports from /unix through this callback table, handed over by aixrun.c, so that it needs to know
 * nothing of system calls.
 */
#ifndef LOADER_KERNEL_EXPORTS_H
#define LOADER_KERNEL_EXPORTS_H

#include <stdbool.h>
#include "runtime/cpu.h"

struct kernel_exports {
    /* Guest address of the descriptor (functions) or of the object (data) called `name`. Functions never fail: an
     * unknown one gets a descriptor whose call gives ENOSYS and is logged. Which it is, *is_data tells. 0: no such data
     * object. */
    gva (*lookup)(const char *name, bool is64, bool *is_data);
};

#endif
