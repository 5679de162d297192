/* safe_tree.h -- making files below one directory, whatever their names say.
 *
 * Every path is resolved by the kernel with openat2(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS), so that nothing, not even
 * what the same image made before, leads out of the directory; the last component is only ever created anew.
 */
#ifndef ROOTFS_TOOLS_BACKUP_SAFE_TREE_H
#define ROOTFS_TOOLS_BACKUP_SAFE_TREE_H

#include "rootfs-tools/backup/bff_format.h"
#include "runtime/error.h"

struct safe_tree {
    int root;
    int parent;                         /* the directory last used, kept open; -1 when none is */
    char parent_path[BFF_NAME_MAX + 1];
};

/* The directory is made when it is missing (not its parents). */
int tree_open(struct safe_tree *t, const char *directory, struct error *err);
void tree_close(struct safe_tree *t);

/* A stored name as a path below the directory: without "./" and doubled slashes, "" for the directory itself; `clean`
 * holds BFF_NAME_MAX + 1 bytes. Refused: empty and absolute names, and any "..". */
int tree_clean_name(const char *stored, char *clean, struct error *err);

/* The directory in which the last component of a clean path lies, made (0755) when missing; *leaf points into `path`.
 * The descriptor belongs to the tree and holds until the next call. -1 with the reason. */
int tree_parent(struct safe_tree *t, const char *path, const char **leaf, struct error *err);

/* A directory below the tree, open for reading; "" is the tree's own. The caller closes it. */
int tree_open_directory(struct safe_tree *t, const char *path);

/* Take away what lies at parent/leaf unless it is a directory that is not empty. */
int tree_remove(int parent, const char *leaf);

#endif
