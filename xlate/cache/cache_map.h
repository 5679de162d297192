/* cache_map.h -- open, check, map and search segments of the code cache. */
#ifndef XLATE_CACHE_MAP_H
#define XLATE_CACHE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "runtime/cpu.h"
#include "runtime/error.h"
#include "xlate/cache/cache_format.h"

struct cache_segment {
    char name[CACHE_NAME_LEN];
    ino_t inode;                        /* a damaged file may have been replaced by a sound one of the same name */
    const struct cache_header *header;
    const struct cache_block *blocks;
    const struct cache_unit *units;         /* of a sound block only: see cache_block_sound() */
    const struct cache_range *ranges;
    const gva *targets;                 /* of the slots, sorted */
    const struct cache_link *links;
    const struct cache_move *moves;
    const struct cache_pc *pcs;
    const uint8_t *code;                /* executable when mapped for running */
    code_fn *slots;                     /* this process's; NULL when mapped for reading only */
    uint8_t *checked;                   /* per unit, then per block: what is known of it */
    size_t mapped;
    bool moved;                         /* no file: cache_move.c made it */
};

/* The directory of a cache, which must belong to us or to root and be writable by nobody else. -1 with the reason. */
int cache_open_directory(const char *path, struct error *err);

/* Names in the directory that are segments of this build; returns the count, or -1. The caller frees. */
long cache_list(int dir, char (**names)[CACHE_NAME_LEN], struct error *err);

/* What a segment is renamed to when it was merged: not listed any more, but still opened under its old name for a while. */
void cache_replaced_name(char out[CACHE_NAME_LEN], const char *name);

/* NULL when the file is not a sound segment of this build. `run`: code executable, slots behind it. */
struct cache_segment *cache_open(int dir, const char *name, bool run, struct error *err);
void cache_close(struct cache_segment *s);

/* A segment whose bytes are in memory already, taken over with their pages: `mapped` bytes at `base`, slots at their end. */
struct cache_segment *cache_adopt(uint8_t *base, size_t mapped, const char *name, struct error *err);
uint64_t cache_slot_bytes(const struct cache_header *h);

/* Is s what is in the directory under its name? */
bool cache_current(const struct cache_segment *s, int dir);

/* The index of the first unit of this key, and how many have it. Units of damaged blocks are not found. */
size_t cache_find(struct cache_segment *s, uint64_t key, size_t *first);

/* Are the index entries of this block, or is the unit with all that belongs to it, as they were written? Remembers the answer. */
bool cache_block_sound(struct cache_segment *s, size_t block);
bool cache_unit_sound(struct cache_segment *s, size_t unit);

/* The slot for a target, NULL when no unit of this segment links to it. */
code_fn *cache_slot(const struct cache_segment *s, gva target);

/* The guest pc that host code belongs to; false when it is in no unit of s. */
bool cache_guest_pc(struct cache_segment *s, const void *host, gva *pc);

/* What the writer stores and the reader compares, of a unit of s: its links must name slots there are. */
uint64_t cache_payload_hash(const struct cache_segment *s, const struct cache_unit *unit);
uint64_t cache_block_hash(const struct cache_unit *units, size_t count, const struct cache_range *ranges, size_t range_count);
uint64_t cache_index_hash(const struct cache_block *blocks, size_t count);
uint64_t cache_header_hash(const struct cache_header *header);

/* Where the parts of a segment begin, computed from the header's counts. */
struct cache_layout { uint64_t blocks, units, ranges, targets, links, moves, pcs, end; };
struct cache_layout cache_layout(const struct cache_header *header);

/* Is the header one of a segment of this build, whole and in agreement with the file's size? */
int cache_check_header(const struct cache_header *header, uint64_t file_size, const char *name, struct error *err);
int cache_check_blocks(const struct cache_segment *s, struct error *err);

#endif
