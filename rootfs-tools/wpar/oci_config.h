/* oci_config.h -- WPAR specification -> OCI bundle configuration, a function of its arguments and of this machine's size alone. */
#ifndef ROOTFS_TOOLS_OCI_CONFIG_H
#define ROOTFS_TOOLS_OCI_CONFIG_H

#include <stdbool.h>
#include <sys/types.h>
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/wpar_spec.h"

struct oci_host {
    bool rootless;          /* map the caller's ids to root of a user namespace */
    uid_t uid;
    gid_t gid;
    const char *rootfs;     /* host directory that becomes / */
    const char *socket_dir; /* host directory holding the translator's socket; NULL: no translator */
    const char *console;    /* host file that a system WPAR's messages go to; NULL: none */
};

/* The text of config.json; to be freed by the caller. */
char *oci_config_text(const struct wpar_spec *spec, const struct install_paths *paths, const struct oci_host *host);

#endif
