/* clock.h -- AIX's clock numbers as the host's [aix-abi 4.2]. */
#ifndef SYSCALLS_CLOCK_H
#define SYSCALLS_CLOCK_H

#include <stdint.h>
#include <time.h>

enum { AIX_CLOCK_REALTIME = 9, AIX_CLOCK_MONOTONIC, AIX_CLOCK_PROCESS_CPUTIME, AIX_CLOCK_THREAD_CPUTIME };

/* The clock of another process's processor time: its number stands in the upper half. */
static inline int64_t clock_of_process(int pid) { return (int64_t)pid << 32 | AIX_CLOCK_PROCESS_CPUTIME; }

/* 0 or -EINVAL. */
int clock_to_host(int64_t id, clockid_t *clock);

#endif
