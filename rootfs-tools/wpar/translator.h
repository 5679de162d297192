/* translator.h -- the translator stands outside the WPARs: one per cache, reached through a socket that is mounted in. */
#ifndef ROOTFS_TOOLS_TRANSLATOR_H
#define ROOTFS_TOOLS_TRANSLATOR_H

#include <limits.h>
#include "rootfs-tools/wpar/install_paths.h"

/* Make sure that xlated serves `paths->cache`; `socket_dir` (PATH_MAX bytes) gets the directory its socket lies in. 0, or -1:
 * WPARs then run with what the cache holds and interpret the rest. */
int translator_start(const struct install_paths *paths, char *socket_dir, struct error *err);

#endif
