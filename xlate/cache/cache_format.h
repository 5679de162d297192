/* cache_format.h -- a segment of the code cache: one file that is written once, then only mapped.
 *
 *      header | blocks | units (sorted by key, entry) | ranges | slot targets | links | moves | host-to-guest table | padding | code
 *
 * The code begins at a page boundary and ends the file; behind it the runner maps one pointer per slot target ("slots"). Code of a
 * unit reaches its slots through pc-relative fields that were filled in for that distance when the segment was written, so the
 * mapped bytes are those of the file and shared by all processes. All numbers are host-endian; a file never leaves its host.
 *
 * A reader checks only what it needs, so that mapping a large segment costs no more than a small one: header and blocks, a few
 * bytes per CACHE_BLOCK units, when it is mapped; a block's units and their ranges when they are first searched; what belongs to one
 * unit (its links with their slots' targets, its table, its code) at the unit's first use.
 *
 * A unit is found by its guest bytes and where it was made for (`entry`). The same bytes at another address have the same code, but for
 * the words of `moves`: cache_move.c makes such a segment.
 *
 * Version history: 1 first; 2 blocks, slot targets under payload_hash; 3 keys and content without addresses, moves.
 */
#ifndef XLATE_CACHE_FORMAT_H
#define XLATE_CACHE_FORMAT_H

#include <stdint.h>

#define CACHE_MAGIC "VWCACHE\n"

enum {
    CACHE_VERSION = 3,
    CACHE_PAGE = 4096,
    CACHE_NAME_LEN = 32,                /* "FFFFFFFF-HHHHHHHHHHHHHHHH.seg" and its end */
    CACHE_KEY_BYTES = 64,               /* guest bytes at the entry that are part of the lookup key */
    CACHE_CODE_MAX = 1 << 30,           /* pc-relative fields reach over code and slots */
    CACHE_BLOCK = 64,                   /* units whose index entries are checked together */
};

struct cache_hash { uint64_t low, high; };

struct cache_header {
    char magic[8];
    uint32_t version;
    uint32_t header_size;
    struct cache_hash fingerprint;      /* of the translator that made it */
    uint64_t file_size;
    uint32_t unit_count, range_count, slot_count, link_count, move_count, pc_count;
    uint32_t block_count;               /* unit_count / CACHE_BLOCK, rounded up */
    uint32_t reserved;
    uint64_t code_offset, code_size;    /* both multiples of CACHE_PAGE */
    uint64_t index_hash;                /* XXH3-64 of the blocks */
    uint64_t header_hash;               /* XXH3-64 of the header before this field */
};

struct cache_block {                    /* of CACHE_BLOCK units, the last of fewer */
    uint64_t key;                       /* of its first unit */
    uint64_t hash;                      /* XXH3-64 of its units and their ranges */
    uint64_t code_offset;               /* of its first unit */
};

enum { CACHE_UNIT_64 = 1, CACHE_UNIT_PRECISE = 2, CACHE_UNIT_FIXED = 4 };     /* FIXED: right only at its entry */

struct cache_unit {
    uint64_t key;                       /* cache_lookup_key() */
    uint64_t entry;                     /* guest pc */
    struct cache_hash content;          /* XXH3-128 over all ranges: bounds from the entry, and guest bytes */
    uint64_t payload_hash;              /* XXH3-64 of links, the targets of their slots, moves, table and code */
    uint32_t flags;
    uint32_t insn_count;
    uint32_t code_offset, code_size;    /* in the code area; ascending with the index */
    uint32_t range_first, range_count;
    uint32_t link_first, link_count;
    uint32_t move_first, move_count;
    uint32_t pc_first, pc_count;
};

struct cache_range { uint64_t lo, hi; };        /* guest bytes that were decoded */
struct cache_link { uint32_t offset, slot; };   /* the field at code[offset] of the unit reaches slot */
struct cache_move { uint32_t offset, size; };   /* the field of 4 or 8 bytes holds an address of guest code */
struct cache_pc { uint32_t host, guest; };      /* code from `host` on belongs to guest pc entry + (int32_t)guest; sorted */

_Static_assert(sizeof(struct cache_header) == 104, "header without padding");
_Static_assert(sizeof(struct cache_block) == 24, "block without padding");
_Static_assert(sizeof(struct cache_unit) == 88, "unit without padding");

#endif
