/* bff_link.h -- where a symbolic link's target stands, and whether a hard link repeats its data.
 *
 * Independent readers disagree on both and no sample settles it [backup-format 13.1, 13.2]: each layout is tried, and
 * the one is taken behind which the next header stands.
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_LINK_H
#define ROOTFS_TOOLS_BACKUP_BFF_LINK_H

#include <stdbool.h>
#include "rootfs-tools/backup/bff_reader.h"

/* The source stands behind the header. Fills m->target, and *length with the bytes that target and ACL block take. -1:
 * none fits. */
int bff_link_target(struct image_source *s, struct bff_member *m, size_t *length);

/* Is there a header at this position? 1, 0, or -1: cannot be told without reading on. */
int bff_record_at(struct image_source *s, uint64_t at);

#endif
