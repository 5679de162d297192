/* options.h -- the options of syscall_init(), for the handlers that need them. */
#ifndef SYSCALLS_OPTIONS_H
#define SYSCALLS_OPTIONS_H

#include "syscalls/syscall.h"

extern struct syscall_options syscall_options;      /* root is never NULL */

#endif
