/* install_paths.h -- where the engine's parts lie, seen from the running command: build tree or installed tree.
 *
 *   build/bin/{wpar,aixrun,xlated,vinit,wparinit,vcache} and build/base
 *   PREFIX/bin/{wpar,aixrun,xlated}, PREFIX/lib/vwpar/{vinit,wparinit,vcache,base}
 */
#ifndef ROOTFS_TOOLS_INSTALL_PATHS_H
#define ROOTFS_TOOLS_INSTALL_PATHS_H

#include <limits.h>
#include <sys/types.h>
#include "runtime/error.h"

struct install_paths {
    char aixrun[PATH_MAX];
    char xlated[PATH_MAX];
    char vinit[PATH_MAX];
    char wparinit[PATH_MAX];
    char vcache[PATH_MAX];
    char base[PATH_MAX];        /* the builtin libraries' rootfs */
    char cache[PATH_MAX];       /* the user's translation cache; made when absent */
    char run[PATH_MAX];         /* where the user's translators are reached; made when absent */
};

int install_paths_find(struct install_paths *paths, struct error *err);

/* The root of what WPARs keep (store.h), and where active ones are noted: the paths alone, PATH_MAX bytes. */
int install_state_root(char *out, struct error *err);
int install_run_directory(char *out, struct error *err);

/* Is it a directory that only the user can write? Others could have made one of the same name in a public place. */
int install_check_own(const char *path, struct error *err);

/* `path` and what is missing above it. */
int install_make_directories(const char *path, mode_t mode, struct error *err);

#endif
