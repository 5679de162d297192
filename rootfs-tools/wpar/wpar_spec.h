/* wpar_spec.h -- what is started: a definition made ready for the OCI runtime, with host directories checked, and the command.
 *
 * Strings belong to the specification; the definition must live as long.
 */
#ifndef ROOTFS_TOOLS_WPAR_SPEC_H
#define ROOTFS_TOOLS_WPAR_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include "rootfs-tools/wpar/definition.h"
#include "runtime/error.h"

enum { WPAR_NAME_MAX = 25 };

struct wpar_mount {
    char *directory;    /* where in the WPAR, absolute */
    char *dev;          /* host directory, absolute and existing; NULL for tmpfs */
    bool read_only;
};

struct wpar_spec {
    const struct definition *definition;
    const char *name, *hostname;
    bool system;                /* wparinit is its first process; else vinit with the command */
    bool shared_usr;            /* /usr is the builtin libraries', read-only */
    const char *cwd;            /* working directory inside; NULL: / */
    struct wpar_mount *mounts;  /* the one for "/" included, when there is one */
    size_t mount_count;
    char *const *environment;   /* VAR=value words before the command, environment_count of them */
    size_t environment_count;
    char *const *command;       /* NULL-terminated; NULL for a system WPAR */
};

/* IBM's rule: at most 25 bytes of letters, digits and underscore (also - and @ inside), not starting with - or 0. */
int wpar_check_name(const char *name, struct error *err);

/* Fill in what follows from the definition. */
int wpar_spec_from(struct wpar_spec *spec, const struct definition *d, struct error *err);

/* The mount of "/", NULL when the WPAR lives in the base libraries' own rootfs. */
const struct wpar_mount *wpar_root_mount(const struct wpar_spec *spec);

void wpar_spec_free(struct wpar_spec *spec);

#endif
