/* stats.c -- the lines of --stats. */
#include "xlate/run/stats.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include "xlate/run/dispatch.h"
#include "xlate/run/lookup.h"
#include "xlate/run/request.h"
#include "xlate/run/unit.h"

__thread uint64_t stats_since;
uint64_t stats_interpreter;
static uint64_t start_ticks, start_ns;

uint64_t stats_clock(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void stats_start(void)
{
    start_ticks = __rdtsc();
    start_ns = stats_clock();
}

void dispatch_print_stats(int fd)
{
    struct unit_stats units;
    struct request_stats requests;

    stats_leave_interpreter();
    unit_stats(&units);
    request_stats(&requests);
    double run = (double)(stats_clock() - start_ns) / 1e9, ticks = (double)(__rdtsc() - start_ticks);
    dprintf(fd, "instructions interpreted: %" PRIu64 "\n", lookup_insn_count());
    dprintf(fd, "units translated: %" PRIu64 "\n", requests.translated);
    dprintf(fd, "units from cache: %" PRIu64 "\n", units.published);
    dprintf(fd, "units moved: %" PRIu64 "\n", units.moved);
    dprintf(fd, "requests to translator: %" PRIu64 "\n", requests.sent);
    dprintf(fd, "time interpreting: %.3f s\n", (double)stats_interpreter * run / ticks);
    dprintf(fd, "time looking up: %.3f s\n", (double)units.lookup_ns / 1e9);
    dprintf(fd, "time mapping: %.3f s\n", (double)units.map_ns / 1e9);
    dprintf(fd, "time waiting for translator: %.3f s\n", (double)requests.wait_ns / 1e9);
    dprintf(fd, "time running: %.3f s\n", run);
    dprintf(fd, "units damaged: %" PRIu64 "\n", units.damaged);
}
