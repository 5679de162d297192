/* remove_tree.h -- removing a WPAR's file tree. */
#ifndef ROOTFS_TOOLS_REMOVE_TREE_H
#define ROOTFS_TOOLS_REMOVE_TREE_H

#include "runtime/error.h"

/* The directory with all below it, never across a mount point or a symbolic link. An absent one is removed already. */
int remove_tree(const char *path, struct error *err);

#endif
