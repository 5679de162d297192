/* guest_user.h -- users of a WPAR's /etc/passwd and /etc/group. */
#ifndef ROOTFS_TOOLS_GUEST_USER_H
#define ROOTFS_TOOLS_GUEST_USER_H

#include <limits.h>
#include <sys/types.h>
#include "runtime/error.h"

struct guest_user {
    char name[64];
    uid_t uid;
    gid_t gid;
    char home[512], shell[512];     /* "/" and "/usr/bin/sh" where the line says none */
};

/* root is known without a file. */
int guest_user_find(struct guest_user *u, const char *directory, const char *name, struct error *err);

/* Is `path` a file in the tree that a program can be, resolved as it is seen inside? */
int guest_file_exists(const char *directory, const char *path);

/* Is `path` a directory of the tree, resolved as it is seen inside? */
int guest_directory_exists(const char *directory, const char *path);

/* A command word as a path: itself when it has a slash, else the first place of AIX's standard PATH that has it. -1: none. */
int guest_command_find(char out[PATH_MAX], const char *const *directories, const char *word);

#endif
