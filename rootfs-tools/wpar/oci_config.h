/* oci_config.h -- WPAR specification -> OCI bundle configuration, a pure function of its arguments.
 *
 * The runner, the builtin libraries and the translation cache are mounted read-only under /dev/.vwpar: /dev is a tmpfs made by
 * the OCI runtime, so that nothing is created in the rootfs itself.
 */
#ifndef ROOTFS_TOOLS_OCI_CONFIG_H
#define ROOTFS_TOOLS_OCI_CONFIG_H

#include <stdbool.h>
#include <sys/types.h>
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/wpar_spec.h"

#define WPAR_ENGINE_DIR "/dev/.vwpar"

struct oci_host {
    bool rootless;          /* map the caller's ids to root of a user namespace */
    uid_t uid;
    gid_t gid;
    const char *rootfs;     /* host directory that becomes / */
    const char *socket_dir; /* host directory holding the translator's socket; NULL: no translator */
};

/* The text of config.json; to be freed by the caller. */
char *oci_config_text(const struct wpar_spec *spec, const struct install_paths *paths, const struct oci_host *host);

#endif
