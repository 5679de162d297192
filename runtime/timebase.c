/* timebase.c -- the guest's time base register (mftb) from the host's monotonic clock. */
#include "runtime/timebase.h"

#include <time.h>

uint64_t timebase_read(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * TIMEBASE_HZ + (uint64_t)now.tv_nsec * TIMEBASE_XFRAC / TIMEBASE_XINT;
}
