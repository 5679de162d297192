/* oci_runtime.h -- the OCI runtime's command line (runc, crun): choosing one, and its verbs on one container.
 *
 * The command line is the stable interface [isolation 1]; WPAR_RUNTIME names another program.
 */
#ifndef ROOTFS_TOOLS_OCI_RUNTIME_H
#define ROOTFS_TOOLS_OCI_RUNTIME_H

#include <jansson.h>
#include <limits.h>
#include <sys/types.h>
#include "runtime/error.h"

struct oci {
    const char *program;            /* the runtime */
    const char *name;               /* the container */
    char state[PATH_MAX];           /* the runtime's own state: RUN/oci */
    char log[PATH_MAX];             /* where it writes why it failed; read and removed at once */
};

/* crun where cgroups are purely version 2 and it is installed, else runc; -1 when neither is. `run`: the store's run directory. */
int oci_open(struct oci *o, const char *run, const char *name, struct error *err);

/* Run the bundle to its end with our stdio; the exit status, or -1. Signals that end the caller are passed on to the WPAR, so that
 * clean-up still happens. */
int oci_run(const struct oci *o, const char *bundle, const char *pid_file, struct error *err);

/* Without stdio; `pid_file` gets the pid of the first process, which waits for oci_start. */
int oci_create(const struct oci *o, const char *bundle, const char *pid_file, struct error *err);
int oci_start(const struct oci *o, struct error *err);
int oci_kill(const struct oci *o, int signo, struct error *err);

/* Kills what is left in it; nothing is said when there is nothing. */
void oci_delete(const struct oci *o);

/* Change limits of an active one; `resources` as in config.json. */
int oci_update(const struct oci *o, json_t *resources, struct error *err);

/* Run one more process in it with our stdio, on a pseudo-terminal when `terminal`; its exit status, or -1. */
struct oci_process {
    int terminal;
    uid_t uid;
    gid_t gid;
    const char *cwd;
    char *const *environment;       /* NULL-terminated, added to the container's own */
    char *const *words;             /* NULL-terminated */
};
int oci_exec(const struct oci *o, const struct oci_process *p, struct error *err);

#endif
