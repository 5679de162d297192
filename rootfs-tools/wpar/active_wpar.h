/* active_wpar.h -- the run directory of one active WPAR: its lock, its bundle, and their removal.
 *
 *   RUN/NAME.lock      held while the WPAR is active: a second one of the same name is refused
 *   RUN/NAME/          the OCI bundle (config.json; rootfs/ when the WPAR has none of its own)
 *   RUN/oci/           the OCI runtime's state
 */
#ifndef ROOTFS_TOOLS_ACTIVE_WPAR_H
#define ROOTFS_TOOLS_ACTIVE_WPAR_H

#include <limits.h>
#include "rootfs-tools/wpar/rootfs.h"

struct active_wpar {
    int lock;
    char lock_path[PATH_MAX];
    char bundle[PATH_MAX];
    char oci_state[PATH_MAX];
    struct rootfs rootfs;
};

/* Take the name and prepare the bundle; write its configuration; take everything away again. */
int active_wpar_begin(struct active_wpar *w, const char *run, const struct wpar_spec *spec, struct error *err);
int active_wpar_configure(struct active_wpar *w, const char *config, struct error *err);
void active_wpar_end(struct active_wpar *w);

#endif
