/* stats.h -- how much was interpreted and translated, and where the time went: the lines of --stats.
 *
 * Time in the interpreter is taken with the time-stamp counter whenever a thread changes between interpreter and translations.
 */
#ifndef XLATE_RUN_STATS_H
#define XLATE_RUN_STATS_H

#include <stdint.h>
#include <x86intrin.h>

extern __thread uint64_t stats_since;           /* counter at entering the interpreter; 0: not in it */
extern uint64_t stats_interpreter;              /* counter ticks of all threads */

void stats_start(void);
uint64_t stats_clock(void);                     /* nanoseconds, monotonic */

static inline void stats_enter_interpreter(void)
{
    if (!stats_since)
        stats_since = __rdtsc();
}

static inline void stats_leave_interpreter(void)
{
    if (!stats_since)
        return;
    __atomic_fetch_add(&stats_interpreter, __rdtsc() - stats_since, __ATOMIC_RELAXED);
    stats_since = 0;
}

#endif
