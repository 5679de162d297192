/* recorded.h -- what a sidecar says of a member, put back into it for making an image.
 */
#ifndef ROOTFS_TOOLS_BACKUP_RECORDED_H
#define ROOTFS_TOOLS_BACKUP_RECORDED_H

#include <jansson.h>
#include "rootfs-tools/backup/bff_acl.h"
#include "rootfs-tools/backup/bff_reader.h"

enum { RECORDED_ACL_MAX = ACL_BASE_SIZE + 256 * ACL_ENTRY_SIZE };

/* Owner, mode and extended ACL (into `acl`, RECORDED_ACL_MAX bytes) when the sidecar has the member's name; sidecar may
 * be NULL. */
void recorded_attributes(const json_t *sidecar, struct bff_member *m, uint8_t *acl);

/* The text of an NFS4 ACL's pseudo member; NULL for other entries. */
const char *recorded_nfs4_acl(const json_t *entry);

/* A device: type and numbers into m. False for other entries. */
bool recorded_device(const json_t *entry, struct bff_member *m);
uint32_t recorded_time(const json_t *entry);

#endif
