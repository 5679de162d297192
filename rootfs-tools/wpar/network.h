/* network.h -- addresses and routes of a WPAR: a veth pair per address, by iproute2's `ip`. Root only.
 *
 * The WPAR's end is en0, en1 ... The host's end joins the bridge that interface= names; without one it is a point-to-point link with a
 * host route, and the WPAR's default route leads through it.
 */
#ifndef ROOTFS_TOOLS_NETWORK_H
#define ROOTFS_TOOLS_NETWORK_H

#include <sys/types.h>
#include "rootfs-tools/wpar/definition.h"

/* Into the network namespace of the process. 0 also when there is nothing to do. */
int network_begin(const struct definition *d, pid_t init, struct error *err);

/* The host's ends, as far as they are left: they go with the namespace by themselves. */
void network_end(const struct definition *d);

#endif
