/* message_flags.h -- MSG_ bits of send and receive calls. */
#ifndef SYSCALLS_MESSAGE_FLAGS_H
#define SYSCALLS_MESSAGE_FLAGS_H

#include <stdint.h>

/* Bits without an equivalent are logged and left out. */
int message_flags_to_host(uint32_t flags);

#endif
