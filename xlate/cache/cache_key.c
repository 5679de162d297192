/* cache_key.c -- the hashes of the code cache. */
#include "xlate/cache/cache_key.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>
#include "translator_hash.h"

struct cache_hash cache_fingerprint(void)
{
    static const char text[] = TRANSLATOR_HASH;
    XXH128_hash_t h = XXH3_128bits_withSeed(text, sizeof text, CACHE_VERSION);

    return (struct cache_hash){ h.low64, h.high64 };
}

uint64_t cache_lookup_key(bool is64, bool precise, const uint8_t *bytes, size_t available)
{
    struct { uint64_t mode; uint8_t bytes[CACHE_KEY_BYTES]; } key = { .mode = 0 };
    size_t size = available < CACHE_KEY_BYTES ? available : CACHE_KEY_BYTES;

    key.mode = (is64 ? CACHE_UNIT_64 : 0) | (precise ? CACHE_UNIT_PRECISE : 0) | size << 8;
    memcpy(key.bytes, bytes, size);
    return XXH3_64bits(&key, sizeof key);
}

struct cache_hash cache_content_hash(gva entry, const uint8_t *at_entry, const struct cache_range *ranges, size_t count)
{
    XXH3_state_t state;

    XXH3_128bits_reset(&state);
    for (size_t i = 0; i < count; i++) {
        const struct cache_range around = { ranges[i].lo - entry, ranges[i].hi - entry };
        XXH3_128bits_update(&state, &around, sizeof around);
        XXH3_128bits_update(&state, at_entry + (int64_t)around.lo, ranges[i].hi - ranges[i].lo);
    }
    XXH128_hash_t h = XXH3_128bits_digest(&state);
    return (struct cache_hash){ h.low64, h.high64 };
}

void cache_file_name(char *out, size_t size, const char *suffix)
{
    snprintf(out, size, "%08x%s", (unsigned)cache_fingerprint().high, suffix);
}
