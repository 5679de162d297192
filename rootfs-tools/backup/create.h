/* create.h -- a directory tree as members of an image: parents first, names sorted, "./" in front.
 *
 * Owners, modes, ACLs and devices come from the file system or, where it has the name, from a sidecar.
 */
#ifndef ROOTFS_TOOLS_BACKUP_CREATE_H
#define ROOTFS_TOOLS_BACKUP_CREATE_H

#include <jansson.h>
#include "rootfs-tools/backup/bff_writer.h"
#include "rootfs-tools/backup/link_table.h"
#include "rootfs-tools/backup/recorded.h"

enum create_choice { CREATE_AS_SET, CREATE_PLAIN, CREATE_LEAVE_OUT };

struct creation {
    struct bff_writer *writer;
    bool pack;                          /* files that become smaller by it */
    json_t *sidecar;                    /* names -> members; NULL without one */
    struct link_table links;
    uint8_t acl[RECORDED_ACL_MAX];      /* of the current member */
    uint32_t next_ino, next_directory;
    uint64_t members, failed;
    /* Asked of every member but the first when set: not packed, or left out (a directory without what is in it). */
    enum create_choice (*choose)(void *context, const char *name);
    void (*tell)(void *context, const char *text);      /* a file that could not be taken */
    void (*progress)(void *context, uint64_t written);
    void *context;
};

/* Everything below `directory`, itself included. -1 only when the image cannot be written. */
int create_tree(struct creation *c, const char *directory, struct error *err);
void create_free(struct creation *c);

#endif
