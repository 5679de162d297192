/* image_write.h -- a directory tree as an image file, for `wpar image create` and savewpar. */
#ifndef ROOTFS_TOOLS_IMAGE_WRITE_H
#define ROOTFS_TOOLS_IMAGE_WRITE_H

#include "rootfs-tools/backup/create.h"

/* `c` says what and how; its writer is set here. `image`: "-" is standard output; a file has its name when it is whole. */
int image_write(struct creation *c, const char *directory, const char *image, struct error *err);

#endif
