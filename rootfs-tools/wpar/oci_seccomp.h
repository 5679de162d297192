/* oci_seccomp.h -- the system calls a WPAR's processes are refused. */
#ifndef ROOTFS_TOOLS_OCI_SECCOMP_H
#define ROOTFS_TOOLS_OCI_SECCOMP_H

#include <jansson.h>

/* linux.seccomp of config.json. */
json_t *oci_seccomp(void);

#endif
