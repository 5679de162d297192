/* create_data.h -- a file's bytes into an image, as they are or packed.
 */
#ifndef ROOTFS_TOOLS_BACKUP_CREATE_DATA_H
#define ROOTFS_TOOLS_BACKUP_CREATE_DATA_H

#include "rootfs-tools/backup/bff_writer.h"
#include "rootfs-tools/backup/huffman_pack.h"

/* Count the file's bytes and plan a code; 1 when packing makes it smaller. m->packed and m->dsize
 * are set accordingly. */
int create_plan_packing(int fd, struct bff_member *m, struct huffman_code *code);

/* The data due to the writer, from the file's start; code NULL: plain. When the file is not what it was (or cannot be
 * read), the rest is zeros and *why tells it. -1: the image cannot be written. */
int create_data(struct bff_writer *w, int fd, struct huffman_code *code, uint32_t size, const char **why,
                struct error *err);

#endif
