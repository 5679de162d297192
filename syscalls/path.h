/* path.h -- from a guest's path to what host *at calls take, inside options.root.
 *
 * Without a root, guest paths are host paths. With one, "/" is that directory, and no symbolic link or ".." leads out
 * of it: the parent is opened with RESOLVE_IN_ROOT, a symbolic link in the last place is followed by hand, and the
 * object is then named by (parent descriptor, last component), to be used without following.
 */
#ifndef SYSCALLS_PATH_H
#define SYSCALLS_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include "runtime/cpu.h"

enum { AIX_PATH_MAX = 1023, AIX_AT_FDCWD = -2 };

struct host_path {
    int dirfd;                  /* for the *at call */
    int own;                    /* to be closed, -1: none */
    int at_flags;               /* AT_SYMLINK_NOFOLLOW when the last component must not be followed (any more) */
    char name[PATH_MAX];
};

/* dirfd: a guest descriptor or AIX_AT_FDCWD. follow: a symbolic link as last component is followed. 0 or -errno; `path`
 * may be left without path_end() after an error. */
int path_lookup(int dirfd, gva path, bool follow, struct host_path *out);
int path_lookup_text(int dirfd, const char *path, bool follow, struct host_path *out);
void path_end(struct host_path *path);
#define close_path __attribute__((cleanup(path_end)))

/* Open what a looked-up path names; host flags. */
int path_open(const struct host_path *path, int flags, unsigned mode);

/* The host path of a looked-up object, for calls that take no directory descriptor: "/proc/self/fd/N/name". */
int path_host_text(const struct host_path *path, char *text, size_t size);

/* The working directory as the guest knows it. */
int path_working_directory(char *text, size_t size);

/* The guest becomes chroot()ed: `path` is the new root. */
int path_change_root(const struct host_path *path);

#endif
