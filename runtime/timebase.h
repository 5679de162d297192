/* timebase.h -- the guest's time base register (mftb) from the host's clock. */
#ifndef RUNTIME_TIMEBASE_H
#define RUNTIME_TIMEBASE_H

#include <stdint.h>

/* 512 MHz: 64 ticks take 125 ns, so nanoseconds = ticks * TIMEBASE_XINT / TIMEBASE_XFRAC, which is what _system_configuration
 * tells programs [aix-abi 7.4]. */
enum { TIMEBASE_HZ = 512000000, TIMEBASE_XINT = 125, TIMEBASE_XFRAC = 64 };

uint64_t timebase_read(void);

#endif
