/* container.h -- finding the backup stream: in a file of its own, as a file of a tape image, inside an ISO
 * [backup-format 11].
 *
 * Tape images are either a SIMH tape file (records framed by their lengths, tape marks between files) or the tape's
 * files one behind the other, as dd makes them. The rootvg image is the tape's 4th file; taken is the last file that is
 * a backup, since the only other one, the 2nd, comes before. In an ISO it is the file usr/sys/inst.images/mksysb_image.
 */
#ifndef ROOTFS_TOOLS_BACKUP_CONTAINER_H
#define ROOTFS_TOOLS_BACKUP_CONTAINER_H

#include "rootfs-tools/backup/image_source.h"

enum image_container { IMAGE_PLAIN, IMAGE_TAPE, IMAGE_SIMH_TAPE, IMAGE_ISO };

/* Open `name` ("-": standard input) and stand on the volume header. What it was found in goes to *container, when not
 * NULL. Bytes that look like none of these are left for bff_open to refuse. */
int image_open(struct image_source *s, const char *name, enum image_container *container, struct error *err);

/* The backends behind it. */
int iso_open(struct image_source *s, const char *name, struct error *err);
int simh_tape_open(struct image_source *s, const char *name, struct error *err);

/* Does a SIMH tape file begin here? */
bool simh_tape_is(struct image_source *s);

#endif
