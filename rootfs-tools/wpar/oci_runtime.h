/* oci_runtime.h -- the OCI runtime's command line (runc, crun): choosing one and running a bundle.
 *
 * The command line is the stable interface [isolation 1]; WPAR_RUNTIME names another program.
 */
#ifndef ROOTFS_TOOLS_OCI_RUNTIME_H
#define ROOTFS_TOOLS_OCI_RUNTIME_H

#include "runtime/error.h"

/* crun where cgroups are purely version 2 and it is installed, else runc. NULL when neither is. */
const char *oci_runtime_choose(struct error *err);

/* Run the bundle to its end with our stdio; the exit status, or -1. `state_dir` is the runtime's own state. Signals that end the caller are
 * passed on to the WPAR, so that clean-up still happens. */
int oci_runtime_run(const char *runtime, const char *state_dir, const char *bundle, const char *name, struct error *err);

#endif
