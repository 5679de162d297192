/* bff_writer.h -- writing a backup-by-name image [backup-format 10].
 *
 * What no source settles is written so that every known reader copes: a symbolic link's target directly behind its
 * header, the data of a hard-linked file with each of its names.
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_WRITER_H
#define ROOTFS_TOOLS_BACKUP_BFF_WRITER_H

#include "rootfs-tools/backup/bff_reader.h"

struct bff_writer {
    int fd;
    const char *name;           /* for messages */
    uint8_t *buffer;
    size_t used;
    uint64_t written;           /* bytes of the image so far */
    uint64_t data_due;          /* of the current member */
    uint32_t data_size;
};

int bff_write_begin(struct bff_writer *w, int fd, const char *name, uint32_t date, const char *user, struct error *err);

/* Header, ACL block and, for a symbolic link, its target. Of a file, `dsize` bytes of data are then due,
 * packed when m->packed. */
int bff_write_member(struct bff_writer *w, const struct bff_member *m, struct error *err);
int bff_write_data(struct bff_writer *w, const void *data, size_t n, struct error *err);

/* The end record and the padding; flushes. */
int bff_write_end(struct bff_writer *w, struct error *err);
void bff_write_free(struct bff_writer *w);

#endif
