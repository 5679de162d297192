/* store.h -- where WPARs are kept, and their definitions read, written and locked.
 *
 *   ROOT/etc/wpars/NAME.cf          the definition: a WPAR exists when this file does
 *   ROOT/etc/wpars/NAME.job         an operation that is not finished (job.h)
 *   ROOT/etc/wpars/NAME.image.json  what the file system could not be given when the image was restored (sidecar.h)
 *   ROOT/wpars/NAME                 its file tree, unless the definition names another directory
 *   ROOT/var/adm/wpars/NAME.log     its log
 *   ROOT/tmp/wpardata/NAME          what mkwpardata writes
 *   RUN/NAME.lock, RUN/NAME         its lock; what is there while it is loaded or active (active_wpar.h)
 *
 * ROOT is "" for root, $XDG_DATA_HOME/vwpar or ~/.local/share/vwpar for an ordinary user, and $WPAR_STATE when that is set (RUN is then
 * ROOT/run/vwpar). Files are replaced by rename, with the data and the directory on disk before the next step.
 */
#ifndef ROOTFS_TOOLS_STORE_H
#define ROOTFS_TOOLS_STORE_H

#include <limits.h>
#include "rootfs-tools/wpar/definition.h"

/* The definition of an application WPAR lies in its run directory, and goes with it. */
#define STORE_APPLICATION "/definition.cf"

struct store {
    char definitions[PATH_MAX], trees[PATH_MAX], logs[PATH_MAX], run[PATH_MAX], data[PATH_MAX];
};

/* The paths; nothing is made. */
int store_open(struct store *s, struct error *err);

/* The directories, where they are missing. */
int store_prepare(const struct store *s, struct error *err);

/* "DIRECTORY/NAME SUFFIX" into PATH_MAX bytes. */
void store_path(char *out, const char *directory, const char *name, const char *suffix);

/* A file of a WPAR in ROOT/etc/wpars: does it exist? */
bool store_has(const struct store *s, const char *name, const char *suffix);

/* The lock of a WPAR, held until store_unlock or the death of the process: a file descriptor; -1 with EBUSY while another command
 * has it. */
int store_lock(const struct store *s, const char *name, struct error *err);
void store_unlock(const struct store *s, const char *name, int lock);

int store_read(const struct store *s, const char *name, struct definition *d, struct error *err);
int store_write(const struct store *s, const char *name, const struct definition *d, struct error *err);

/* A specification file, wherever the user wants it. */
int store_write_specification(const struct definition *d, const char *path, struct error *err);

/* Replace or make a file, and remove one: on disk when they return. An absent file is removed already. */
int store_write_file(const char *path, const char *text, struct error *err);
int store_remove_file(const char *path, struct error *err);

/* The names that have a definition, or an unfinished job, sorted; to be freed with store_free_names. An application WPAR may have ended. */
int store_names(const struct store *s, char ***names, size_t *count, struct error *err);
void store_free_names(char **names, size_t count);

#endif
