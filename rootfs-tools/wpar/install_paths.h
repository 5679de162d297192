/* install_paths.h -- where the engine's parts lie, seen from the running command: build tree or installed tree.
 *
 *   build/bin/{wpar,aixrun,xlated,vinit} and build/base
 *   PREFIX/bin/{wpar,aixrun,xlated}, PREFIX/lib/vwpar/{vinit,base}
 */
#ifndef ROOTFS_TOOLS_INSTALL_PATHS_H
#define ROOTFS_TOOLS_INSTALL_PATHS_H

#include <limits.h>
#include "runtime/error.h"

struct install_paths {
    char aixrun[PATH_MAX];
    char xlated[PATH_MAX];
    char vinit[PATH_MAX];
    char base[PATH_MAX];        /* the builtin libraries' rootfs */
    char cache[PATH_MAX];       /* the user's translation cache; made when absent */
    char run[PATH_MAX];         /* state of active WPARs; made when absent */
};

int install_paths_find(struct install_paths *paths, struct error *err);

#endif
