/* huffman_pack.h -- making packed data: a file's bytes are counted, then coded [backup-format 8, encoder].
 */
#ifndef ROOTFS_TOOLS_BACKUP_HUFFMAN_PACK_H
#define ROOTFS_TOOLS_BACKUP_HUFFMAN_PACK_H

#include <sys/types.h>
#include "rootfs-tools/backup/huffman.h"

enum { HUFFMAN_END_SYMBOL = 256, HUFFMAN_SYMBOLS };

struct huffman_code {
    uint8_t length[HUFFMAN_SYMBOLS];    /* bits; 0: does not occur */
    uint32_t code[HUFFMAN_SYMBOLS];
    uint8_t table[HUFFMAN_TABLE_MAX];
    size_t table_size;
    uint64_t packed_size;               /* table, codes and end, in bytes */
    uint64_t bits;                      /* of the output, not written yet: the low `count` */
    unsigned count;
};

/* The code for bytes that occur so often. -1: none occurs, or a code would be longer than 24 bits; such a file is
 * stored plain. */
int huffman_plan(struct huffman_code *c, const uint64_t counts[256]);

/* The codes of n bytes into `out`, which has room for 3 * n + 4; whole bytes only. The number of them, -1 for a byte
 * that has no code. */
ssize_t huffman_encode(struct huffman_code *c, const uint8_t *in, size_t n, uint8_t *out);

/* The end's code and the rest of the last byte: up to 5 bytes. */
size_t huffman_finish(struct huffman_code *c, uint8_t *out);

#endif
