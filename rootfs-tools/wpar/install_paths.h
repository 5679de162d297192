/* install_paths.h -- where the engine's parts lie, seen from the running command: build tree or installed tree.
 *
 *   build/bin/{wpar,aixrun,xlated,vinit,wparinit,vcache} and build/base
 *   PREFIX/bin/{wpar,aixrun,xlated}, PREFIX/lib/vwpar/{vinit,wparinit,vcache,base,base-rootfs}
 *
 * The base rootfs is looked for in build/rootfs or PREFIX/lib/vwpar/rootfs; VWPAR_ROOTFS names another, or none where it is empty.
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
    char rootfs[PATH_MAX];      /* the base rootfs where it is built (`wpar base-rootfs`), else the same as base */
    char cache[PATH_MAX];       /* the user's translation cache; made when absent */
    char run[PATH_MAX];         /* where the user's translators are reached; made when absent */
};

int install_paths_find(struct install_paths *paths, struct error *err);

/* The root of what WPARs keep (store.h), and where active ones are noted: the paths alone, PATH_MAX bytes. */
int install_state_root(char *out, struct error *err);
int install_run_directory(char *out, struct error *err);

/* Is it a directory that only the user can write? Others could have made one of the same name in a public place. */
int install_check_own(const char *path, struct error *err);

/* The script that builds the base rootfs, and where it keeps sources and programs: beside it, or in the user's cache. PATH_MAX bytes. */
int install_base_rootfs(char *script, char *keep, struct error *err);

/* `path` and what is missing above it. */
int install_make_directories(const char *path, mode_t mode, struct error *err);

#endif
