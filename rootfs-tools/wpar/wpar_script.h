/* wpar_script.h -- the user's start and stop script (-u), run on this machine. */
#ifndef ROOTFS_TOOLS_WPAR_SCRIPT_H
#define ROOTFS_TOOLS_WPAR_SCRIPT_H

#include "rootfs-tools/wpar/definition.h"

/* "SCRIPT start|stop NAME"; 0 when there is none. */
int wpar_script(const struct definition *d, const char *event, struct error *err);

#endif
