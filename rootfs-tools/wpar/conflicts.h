/* conflicts.h -- what of a definition cannot be, because of other WPARs, this machine or what does not exist here: told before anything
 * is changed. */
#ifndef ROOTFS_TOOLS_CONFLICTS_H
#define ROOTFS_TOOLS_CONFLICTS_H

#include "rootfs-tools/wpar/store.h"

/* 0, or the first conflict. `self`: the WPAR's present name, whose own settings are none. `resolve` (-a): directory, host name and
 * addresses that are taken are replaced or dropped, a line on stderr in `command`'s name for each. `new_tree`: the directory will be
 * made. */
int conflicts_check(const struct store *s, struct definition *d, const char *command, const char *self, bool resolve, bool new_tree,
                    struct error *err);

#endif
