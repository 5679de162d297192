/* extract_data.h -- a member's bytes into a file, with holes where there are only zeros.
 */
#ifndef ROOTFS_TOOLS_BACKUP_EXTRACT_DATA_H
#define ROOTFS_TOOLS_BACKUP_EXTRACT_DATA_H

#include "rootfs-tools/backup/bff_reader.h"

/* The bytes written, -1 with the reason: damage in the image (EBADMSG), or the file cannot be written. */
int64_t extract_data(struct bff_reader *r, int fd, struct error *err);

#endif
