/* mkwpar.h -- making a system WPAR, for mkwpar and restwpar. */
#ifndef ROOTFS_TOOLS_MKWPAR_H
#define ROOTFS_TOOLS_MKWPAR_H

#include "rootfs-tools/wpar/session.h"

struct new_wpar {
    const char *command;
    struct definition definition;   /* with the name; directory, host name, owner and UUID are filled in when absent */
    const char *image;              /* NULL: from the builtin base rootfs, or from the directory that is there (keep) */
    bool versioned;                 /* -C: the image is of 5.2 or 5.3 */
    bool keep;                      /* -p: the file tree is there already */
    bool resolve;                   /* -a */
    bool force;                     /* -F: an incomplete image is good enough */
    bool copy_resolution;           /* -r */
    bool verbose;
};

/* Everything is checked first, and undone when a step fails. */
int new_wpar_make(struct new_wpar *n, struct error *err);

/* That it is made, on stdout; then `start` it. The exit status. */
int new_wpar_tell(const struct new_wpar *n, bool start);

/* `wpar translate` of programs and directories of its tree, separated by commas, with its progress; what could not be is said. It is made
 * already, and runs without: a warning at most. */
void new_wpar_translate(const struct new_wpar *n, const char *programs);

/* The definition made complete. */
int new_wpar_defaults(struct new_wpar *n, const struct store *s, struct error *err);

#endif
