/* cache_write.h -- write a segment of the code cache; merge several into one. */
#ifndef XLATE_CACHE_WRITE_H
#define XLATE_CACHE_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/cpu.h"
#include "runtime/error.h"
#include "xlate/cache/cache_format.h"
#include "xlate/cache/cache_map.h"

struct cache_record_link { uint32_t offset; gva target; };      /* a pc-relative field in the code, to the slot of target */

struct cache_record {                   /* one unit to be written; points into memory of others */
    uint64_t key;
    gva entry;
    struct cache_hash content;
    uint32_t flags, insn_count;
    const uint8_t *code;                size_t code_size;
    const struct cache_range *ranges;   size_t range_count;
    const struct cache_record_link *links; size_t link_count;
    const struct cache_move *moves;     size_t move_count;
    const struct cache_pc *pcs;         size_t pc_count;
};

/* Writes one segment and publishes it under a name made of its contents: same records, same file. Of units that are the same
 * (key, entry and content) the first is taken. */
int cache_write(int dir, const struct cache_record *records, size_t count, char name[CACHE_NAME_LEN], struct error *err);

/* The bytes of such a file, header->file_size of them, allocated; NULL with the reason. */
uint8_t *cache_build(const struct cache_record *records, size_t count, struct error *err);

/* A unit of s as it was before it was written, but for its link fields: links has room for link_count of them. */
void cache_record_of(struct cache_record *r, const struct cache_segment *s, const struct cache_unit *u, struct cache_record_link *links);

/* Writes one segment with all sound units of the given ones that `keep` wants; NULL wants all. The given ones stay: when their files
 * may go is the caller's to know. */
typedef bool (*cache_keep)(const struct cache_unit *unit, const void *context);
int cache_merge(int dir, struct cache_segment *const *segments, size_t count, cache_keep keep, const void *context,
                char name[CACHE_NAME_LEN], struct error *err);

#endif
