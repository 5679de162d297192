/* rootfs.h -- the root directory of an application WPAR, prepared before and cleaned after.
 *
 * Without a mount on "/" it is a skeleton in the bundle: empty directories, AIX's links (/lib -> /usr/lib), with the builtin libraries'
 * usr and etc mounted over. With one, the OCI runtime makes mount points that are missing in the user's tree: those are remembered and
 * removed again, so that nothing is left behind.
 */
#ifndef ROOTFS_TOOLS_ROOTFS_H
#define ROOTFS_TOOLS_ROOTFS_H

#include <limits.h>
#include "rootfs-tools/wpar/wpar_spec.h"

struct rootfs {
    char path[PATH_MAX];        /* what becomes the WPAR's / */
    char **made;                /* directories that were missing, outermost first */
    size_t made_count;
    int is_skeleton;
};

int rootfs_begin(struct rootfs *r, const struct wpar_spec *spec, const char *bundle, struct error *err);
void rootfs_end(struct rootfs *r);

/* Leave everything as it is. */
void rootfs_keep(struct rootfs *r);

#endif
