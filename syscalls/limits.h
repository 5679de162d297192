/* limits.h -- limits of resources that the runner itself holds the guest to. */
#ifndef SYSCALLS_LIMITS_H
#define SYSCALLS_LIMITS_H

#include <stdint.h>

uint64_t limits_data(void);     /* RLIMIT_DATA, in bytes; all ones: none */

#endif
