/* wpar_spec.h -- what a WPAR is: the specification the commands read, check and hand to the OCI runtime.
 *
 * Names follow IBM's attributes [wpar: mkwpar, wparexec]. Strings belong to the specification.
 */
#ifndef ROOTFS_TOOLS_WPAR_SPEC_H
#define ROOTFS_TOOLS_WPAR_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"

enum { WPAR_NAME_MAX = 25 };

struct wpar_mount {
    char *directory;    /* where in the WPAR, absolute */
    char *dev;          /* host directory; NULL for a vfs without one */
    char *vfs;          /* "namefs" (a host directory, the default) or "tmpfs" */
    bool read_only;     /* mountopts=ro */
};

struct wpar_spec {
    char *name;
    char *hostname;             /* NULL: the name */
    char *cwd;                  /* working directory inside; NULL: / */
    struct wpar_mount *mounts;  /* the one for "/" included, when given */
    size_t mount_count;
    char *const *environment;   /* VAR=value words before the command, environment_count of them */
    size_t environment_count;
    char *const *command;       /* NULL-terminated */
};

/* IBM's rule: at most 25 bytes of letters, digits and underscore (also - and @ inside), not starting with - or 0. */
int wpar_check_name(const char *name, struct error *err);

/* One -M attribute list: `words` up to the next flag. Appends a mount, or says which attribute is wrong. */
int wpar_add_mount(struct wpar_spec *spec, char *const *words, size_t count, struct error *err);

/* The mount of "/", NULL when the WPAR lives in the base libraries' own rootfs. */
const struct wpar_mount *wpar_root_mount(const struct wpar_spec *spec);

void wpar_spec_free(struct wpar_spec *spec);

#endif
