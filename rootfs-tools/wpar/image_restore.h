/* image_restore.h -- an image into a directory, for mkwpar, restwpar and restwparfiles. */
#ifndef ROOTFS_TOOLS_IMAGE_RESTORE_H
#define ROOTFS_TOOLS_IMAGE_RESTORE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/error.h"

struct image_restore {
    const char *command;        /* for messages */
    const char *image, *directory, *sidecar;
    char **names;               /* members wanted, NULL-terminated, and all below them; NULL: all */
    bool verbose;               /* print names */
    uint64_t files, bytes, lost;    /* lost: damages and members that could not be made */
};

/* 0 also when something was lost: told on stderr, a line each, and counted. -1: nothing more could be done. */
int image_restore(struct image_restore *r, struct error *err);

#endif
