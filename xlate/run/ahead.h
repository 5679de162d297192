/* ahead.h -- translate before anything runs: from entries on, everything that direct branches reach. */
#ifndef XLATE_RUN_AHEAD_H
#define XLATE_RUN_AHEAD_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/cpu.h"
#include "runtime/error.h"

struct ahead {
    const gva *entries;
    size_t count;
    bool (*wanted)(gva pc);                     /* is what a branch leads to to be translated, too? */
    void (*translated)(gva lo, gva hi);         /* this code is in the cache now; may come more than once */
    void (*progress)(size_t done, size_t known);    /* units; now and then, and at the end */
};

struct ahead_result {
    size_t units;               /* in the cache now */
    size_t found;               /* of these there before */
    size_t refused;             /* no code begins there */
};

/* Returns when all is in the cache. Doing it again finds what is there already, so that an interruption costs nothing. -1 when the
 * translator cannot be reached or gets nothing done for a long time. */
int ahead_translate(const struct ahead *a, struct ahead_result *result, struct error *err);

#endif
