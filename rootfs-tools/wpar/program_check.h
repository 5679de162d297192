/* program_check.h -- is the command something that can run in the WPAR? Told before anything is started. */
#ifndef ROOTFS_TOOLS_PROGRAM_CHECK_H
#define ROOTFS_TOOLS_PROGRAM_CHECK_H

#include "rootfs-tools/wpar/wpar_spec.h"

/* `base` is the rootfs used when the specification mounts none on "/". The path is resolved as the WPAR will see it: symbolic links
 * stay inside the rootfs or the mount they stand in. */
int program_check(const struct wpar_spec *spec, const char *base, struct error *err);

#endif
