/* wpar_tree.h -- making the file tree of a system WPAR. */
#ifndef ROOTFS_TOOLS_WPAR_TREE_H
#define ROOTFS_TOOLS_WPAR_TREE_H

#include <stdbool.h>
#include "runtime/error.h"

/* From the builtin base rootfs `base`: directories and links as AIX has them, a writable /etc and, when `private_usr`, /usr; without it
 * /usr is an empty mount point. The directory and what is missing above it are made. */
int wpar_tree_from_base(const char *directory, const char *base, bool private_usr, struct error *err);

/* This machine's name resolution files (-r). */
int wpar_tree_copy_resolution(const char *directory, struct error *err);

#endif
