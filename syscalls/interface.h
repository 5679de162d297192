/* interface.h -- ioctls about network interfaces. */
#ifndef SYSCALLS_INTERFACE_H
#define SYSCALLS_INTERFACE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"

bool interface_ioctl_is(uint32_t command);
int64_t interface_ioctl(int fd, uint32_t command, gva arg);     /* 0 or -errno */

#endif
