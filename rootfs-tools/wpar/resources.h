/* resources.h -- resource controls (-R) as the OCI runtime takes them [wpar 9]. */
#ifndef ROOTFS_TOOLS_RESOURCES_H
#define ROOTFS_TOOLS_RESOURCES_H

#include <jansson.h>
#include "rootfs-tools/wpar/definition.h"

/* linux.resources: for config.json, and for `update` of an active WPAR. */
json_t *resources_json(const struct definition *d);

/* linux.sysctl: percentages of the IPC identifiers. */
json_t *resources_sysctl(const struct definition *d);

/* How many pseudo-terminals at most; 0: any number. */
unsigned long resources_ptys(const struct definition *d);

#endif
