/* cache_append.h -- the translator's side of the code cache: what is there already, and how finished units get into it. */
#ifndef XLATE_WORKER_CACHE_APPEND_H
#define XLATE_WORKER_CACHE_APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "runtime/error.h"
#include "xlate/cache/cache_format.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_write.h"
#include "xlate/worker/unit_code.h"

struct cache;

/* Opens the cache, creating the directory (one level). NULL with the reason; EBUSY: another translator of this build serves it.
 * most_bytes: what the cache may take, 0 for any. */
struct cache *cache_attach(const char *path, uint64_t most_bytes, struct error *err);
void cache_own(const struct cache *c);          /* this process is it now: its id goes into the lock file */
void cache_detach(struct cache *c);

/* The same only to look at, beside a translator that serves it: nothing is changed. */
struct cache *cache_view(const char *path, struct error *err);
int cache_directory(const struct cache *c);

/* The name of the segment that holds the unit asked for, made from these very bytes and undamaged; NULL when there is none. */
const char *cache_contains(struct cache *c, const struct unit_request *request);

/* A finished unit waits for cache_flush(). Takes over what `code` points to. */
void cache_append(struct cache *c, const struct unit_request *request, struct unit_code *code);
size_t cache_waiting(const struct cache *c);

/* Writes the waiting units as one segment and names it. They are dropped when that fails. */
int cache_flush(struct cache *c, char name[CACHE_NAME_LEN], struct error *err);

unsigned cache_segments(const struct cache *c);
struct cache_segment *cache_segment(const struct cache *c, unsigned index);

/* Merges, removes what was replaced long enough ago, keeps to the size. To be called every now and then; quick when nothing is to do.
 * Names handed out before stay good for at least CACHE_NAME_GOOD_MS. */
void cache_tend(struct cache *c);
enum { CACHE_NAME_GOOD_MS = 60000 };

/* The same at once: nobody has been given a name, or nobody is connected. */
void cache_clean(struct cache *c);

/* Makes the cache at most so large: other builds' segments go first, then units, those used longest ago. */
int cache_trim(struct cache *c, uint64_t bytes, struct error *err);
int cache_keep_only(struct cache *c, cache_keep keep, const void *context, struct error *err);

#endif
