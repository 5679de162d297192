/* active_wpar.h -- the run directory of one active WPAR: its lock, its bundle, and their removal.
 *
 *   RUN/NAME.lock      held while the WPAR is active: a second one of the same name is refused
 *   RUN/NAME/          the OCI bundle (config.json)
 *   RUN/oci/           the OCI runtime's state
 */
#ifndef ROOTFS_TOOLS_ACTIVE_WPAR_H
#define ROOTFS_TOOLS_ACTIVE_WPAR_H

#include <limits.h>
#include "runtime/error.h"

struct active_wpar {
    int lock;
    char lock_path[PATH_MAX];
    char bundle[PATH_MAX];
    char oci_state[PATH_MAX];
};

int active_wpar_begin(struct active_wpar *w, const char *run, const char *name, const char *config, struct error *err);
void active_wpar_end(struct active_wpar *w);

#endif
