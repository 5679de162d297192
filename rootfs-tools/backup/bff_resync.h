/* bff_resync.h -- finding the next header behind damage [backup-format 9.5], and what bff_reader.c shares with it.
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_RESYNC_H
#define ROOTFS_TOOLS_BACKUP_BFF_RESYNC_H

#include "rootfs-tools/backup/bff_reader.h"
#include "runtime/host.h"

/* The source stands on bytes that are no header. Tells what is lost and moves to the next one: 1, or 0 when there is
 * none. */
int bff_resync(struct bff_reader *r);

/* Is the end record here the image's own, or does too much follow? */
bool bff_end_is_last(struct image_source *s);

/* Report damage, counted. */
void bff_tell(struct bff_reader *r, uint64_t where, const char *format, ...) PRINTF_LIKE(3, 4);

/* The fields of an FS_NAME_X header of `length` bytes at p; -1 when its name does not end or is empty. */
int bff_parse_member(struct bff_member *m, const uint8_t *p, size_t length, uint64_t offset);

#endif
