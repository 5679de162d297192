/* image_packages.h -- what kind of image this is, and the filesets of an installp package [backup-format 11].
 */
#ifndef ROOTFS_TOOLS_IMAGE_PACKAGES_H
#define ROOTFS_TOOLS_IMAGE_PACKAGES_H

#include "rootfs-tools/wpar/image_session.h"

/* Told by the members that only such an image has. */
struct image_kind { bool image_data, bosinst_data, wpar_spec, lpp_name; };

void image_kind_note(struct image_kind *k, const struct bff_member *m);
const char *image_kind_name(const struct image_kind *k);

/* `wpar image ls --packages`: fileset, level and description, a line each. */
int image_list_packages(const struct image_options *o);

#endif
