/* cache_append.h -- the translator's side of the code cache: what is there already, and how finished units get into it. */
#ifndef XLATE_WORKER_CACHE_APPEND_H
#define XLATE_WORKER_CACHE_APPEND_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"
#include "xlate/cache/cache_format.h"
#include "xlate/worker/unit_code.h"

struct cache;

/* Opens the cache, creating the directory (one level), and merges many small segments into one. NULL with the reason; EBUSY: another
 * translator of this build serves it. */
struct cache *cache_attach(const char *path, struct error *err);
void cache_detach(struct cache *c);
int cache_directory(const struct cache *c);

/* The name of the segment that holds the unit asked for, made from these very bytes and undamaged; NULL when there is none. */
const char *cache_contains(struct cache *c, const struct unit_request *request);

/* A finished unit waits for cache_flush(). Takes over what `code` points to. */
void cache_append(struct cache *c, const struct unit_request *request, struct unit_code *code);
size_t cache_waiting(const struct cache *c);

/* Writes the waiting units as one segment and names it. They are dropped when that fails. */
int cache_flush(struct cache *c, char name[CACHE_NAME_LEN], struct error *err);

unsigned cache_segments(const struct cache *c);

#endif
