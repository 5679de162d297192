/* cache_key.h -- what makes two translations the same: the hashes of the code cache. */
#ifndef XLATE_CACHE_KEY_H
#define XLATE_CACHE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/cpu.h"
#include "xlate/cache/cache_format.h"

/* Of everything that shapes code but is not guest code: sources of the translator, LLVM, format. Made by the build. */
struct cache_hash cache_fingerprint(void);

/* Under this key a unit is found: width, precision, and the first guest bytes (at most CACHE_KEY_BYTES, fewer when the mapping that
 * holds the entry ends earlier). Where they lie is no part of it. */
uint64_t cache_lookup_key(bool is64, bool precise, const uint8_t *bytes, size_t available);

/* Of all guest bytes that were decoded, and where they lie around the entry. `at_entry` points to the byte of `entry`; ranges lie around it
 * in the same memory. */
struct cache_hash cache_content_hash(gva entry, const uint8_t *at_entry, const struct cache_range *ranges, size_t count);

static inline bool cache_hash_equal(struct cache_hash a, struct cache_hash b) { return a.low == b.low && a.high == b.high; }

/* Names in the cache directory begin with eight digits of the fingerprint: translators of different builds share a directory. */
void cache_file_name(char *out, size_t size, const char *suffix);

#endif
