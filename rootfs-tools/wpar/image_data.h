/* image_data.h -- image.data of a WPAR: what a backup says of the system in it [backup-format 11]. */
#ifndef ROOTFS_TOOLS_IMAGE_DATA_H
#define ROOTFS_TOOLS_IMAGE_DATA_H

#include "rootfs-tools/wpar/definition.h"

/* Its text, with the size of what is in the tree now; to be freed by the caller. NULL with the reason. */
char *image_data_text(const struct definition *d, struct error *err);

#endif
