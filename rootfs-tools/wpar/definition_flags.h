/* definition_flags.h -- the flags by which mkwpar, wparexec and chwpar change a definition, as wpar_attributes.def gives them. */
#ifndef ROOTFS_TOOLS_DEFINITION_FLAGS_H
#define ROOTFS_TOOLS_DEFINITION_FLAGS_H

#include "rootfs-tools/wpar/cli.h"
#include "rootfs-tools/wpar/definition.h"

/* Every use of a flag that stands in the table; `remove` as chwpar -K. */
int definition_from_flags(struct definition *d, const struct cli *c, bool remove, struct error *err);

/* Settings of another WPAR (-e): all but its name, host name, directory, level, addresses and UUID. */
int definition_copy_settings(struct definition *to, const struct definition *from, struct error *err);

/* A random one, for -U without a value and for new WPARs. */
void new_uuid(char out[37]);

#endif
