/* no_delay.c -- a bit per descriptor. Duplicates share the open file, but here each has its own bit: F_SETFL on one of them is not seen
 * by the others. */
#include "syscalls/no_delay.h"

#include <stdatomic.h>

enum { DESCRIPTORS = 65536, BITS = 64 };

static _Atomic uint64_t bits[DESCRIPTORS / BITS];

static bool in_table(int fd) { return fd >= 0 && fd < DESCRIPTORS; }

static void put(int fd, bool on)
{
    uint64_t bit = UINT64_C(1) << fd % BITS;
    if (on)
        atomic_fetch_or(&bits[fd / BITS], bit);
    else
        atomic_fetch_and(&bits[fd / BITS], ~bit);
}

bool no_delay_of(int fd) { return in_table(fd) && atomic_load(&bits[fd / BITS]) >> fd % BITS & 1; }

void no_delay_set(int fd, uint32_t aix_flags)
{
    if (in_table(fd))
        put(fd, (aix_flags & (AIX_O_NDELAY | AIX_O_NONBLOCK)) == AIX_O_NDELAY);
}

void no_delay_copy(int from, int64_t to)
{
    if (to >= 0 && to < DESCRIPTORS)
        put((int)to, no_delay_of(from));
}

void no_delay_forget(int fd, int end)
{
    for (int i = fd < 0 ? 0 : fd; i < end && i < DESCRIPTORS; i++)
        if (no_delay_of(i))
            put(i, false);
}
