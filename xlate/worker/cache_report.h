/* cache_report.h -- what is in a cache, told to a person; and whether two caches say the same. */
#ifndef XLATE_WORKER_CACHE_REPORT_H
#define XLATE_WORKER_CACHE_REPORT_H

#include <stddef.h>
#include <stdio.h>
#include "xlate/worker/cache_append.h"

void report_stats(struct cache *c, FILE *out);

struct report_checked { size_t units, damaged, compared, different; };

/* Every hash of every segment; a line for each part that is damaged. */
void report_check(struct cache *c, struct report_checked *sum, FILE *out);

/* Units that are in both caches, made from the same bytes, must be the same; a line for each that is not. */
void report_compare(struct cache *c, struct cache *again, struct report_checked *sum, FILE *out);

#endif
