/* wait_status.h -- AIX wait status words [aix-abi 4.5]. */
#ifndef SYSCALLS_WAIT_STATUS_H
#define SYSCALLS_WAIT_STATUS_H

#include <signal.h>
#include <stdint.h>

/* From what waitid() reports; signal numbers become AIX's. */
uint32_t wait_status_from_host(const siginfo_t *info);

#endif
