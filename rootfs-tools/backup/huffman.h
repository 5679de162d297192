/* huffman.h -- packed members: System V pack(1)'s Huffman code without its file header [backup-format 8].
 *
 * The decoder works in steps of whatever input and output there is: nothing of a member is kept but its table.
 */
#ifndef ROOTFS_TOOLS_BACKUP_HUFFMAN_H
#define ROOTFS_TOOLS_BACKUP_HUFFMAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    HUFFMAN_LEVELS = 24,
    HUFFMAN_TABLE_MAX = 1 + HUFFMAN_LEVELS + 256,       /* bytes a stored table has at most */
    HUFFMAN_QUICK_BITS = 12,
};

/* MORE: give input or room for output; END: the code's own end was met. */
enum huffman_status { HUFFMAN_MORE, HUFFMAN_END };

struct huffman {
    unsigned levels;
    uint32_t leaves[HUFFMAN_LEVELS];        /* of each level, the end's own leaf included */
    uint32_t internal[HUFFMAN_LEVELS];      /* inner nodes of each level: codes from here on are leaves */
    uint32_t first[HUFFMAN_LEVELS];         /* where a level's symbols begin */
    uint8_t symbols[256];
    uint16_t quick[1 << HUFFMAN_QUICK_BITS];    /* next bits -> symbol and length; 0: a longer code, or the end */
    uint64_t bits;                          /* not used yet, in the top `count` bits */
    unsigned count;
};

/* Read the table at the head of packed data. Its length in bytes, or 0 when it is not one. */
size_t huffman_begin(struct huffman *h, const uint8_t *in, size_t n);

/* Decode; *used and *made tell how far it came. */
enum huffman_status huffman_decode(struct huffman *h, const uint8_t *in, size_t n, size_t *used,
                                   uint8_t *out, size_t room, size_t *made);

#endif
