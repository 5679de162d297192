/* no_delay.h -- descriptors opened with O_NDELAY, which differs from O_NONBLOCK: where that answers EAGAIN, a read or write moves 0 bytes
 * [aix-abi 4.4]. The host has one flag for both. */
#ifndef SYSCALLS_NO_DELAY_H
#define SYSCALLS_NO_DELAY_H

#include <stdbool.h>
#include <stdint.h>

enum { AIX_O_NONBLOCK = 4, AIX_O_NDELAY = 0x8000 };

bool no_delay_of(int fd);
void no_delay_set(int fd, uint32_t aix_flags);      /* the flags it has now: O_NDELAY, and not O_NONBLOCK, sets it */
void no_delay_copy(int from, int64_t to);           /* to < 0: it was not duplicated */
void no_delay_forget(int fd, int end);              /* [fd, end) are closed */

/* What a transfer answers. */
static inline int64_t no_delay_result(int fd, int64_t result, int64_t would_block)
{
    return result == would_block && no_delay_of(fd) ? 0 : result;
}

#endif
