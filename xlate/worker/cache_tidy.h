/* cache_tidy.h -- keep the number and the size of cache files within bounds.
 *
 * Merging makes one segment of many small ones; what it replaces is renamed and stays for a while, since a runner may have been told its
 * name and not have opened it yet.
 */
#ifndef XLATE_WORKER_CACHE_TIDY_H
#define XLATE_WORKER_CACHE_TIDY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/error.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_use.h"

/* Orders the segments by size and returns how many, from the smallest on, are worth merging: 0, or at least 2. A unit is
 * written again only when the segment it is in has at least doubled, so merging costs log(size) times what translating wrote. */
size_t tidy_choose(struct cache_segment **segments, size_t count);

/* Files that were replaced, with the time. */
struct tidy_replaced {
    struct { char name[CACHE_NAME_LEN]; uint64_t since; } *files;
    size_t count, room;
};
void tidy_replace(struct tidy_replaced *r, int dir, const char *name, uint64_t now_ms);
/* Removes the files that were replaced at least `age_ms` ago. */
void tidy_remove(struct tidy_replaced *r, int dir, uint64_t now_ms, uint64_t age_ms);
/* Removes what a translator left that was killed: replaced and half-written files. */
void tidy_remove_left(int dir);

/* Which units to keep so that about `bytes` are left: those used last. Files of other builds go before our own units do. */
struct tidy_limit {
    const struct cache_use *use;        /* NULL: every unit is as old as the other */
    uint16_t today;
    unsigned oldest;                    /* in days; younger units stay */
};
struct tidy_limit tidy_limit(struct cache_segment *const *segments, size_t count, const struct cache_use *use, uint64_t bytes);
bool tidy_wanted(const struct cache_unit *unit, const void *limit);     /* a cache_keep */

struct tidy_builds {                    /* what lies in a cache beside our own segments */
    unsigned builds;
    uint64_t files, bytes;
};
struct tidy_builds tidy_other_builds(int dir);

/* Removes whole builds, those used longest ago first, until theirs are at most `bytes`. A build whose translator runs stays. Returns
 * how many bytes were freed. */
uint64_t tidy_trim_builds(int dir, uint64_t bytes);

#endif
