/* dir_list.h -- directories that were made, to give them their modes and times when nothing more is put into them.
 */
#ifndef ROOTFS_TOOLS_BACKUP_DIR_LIST_H
#define ROOTFS_TOOLS_BACKUP_DIR_LIST_H

#include <stddef.h>
#include <stdint.h>

struct made_directory {
    char *path;
    uint32_t mode, atime, mtime;
};

struct dir_list {
    struct made_directory *list;
    size_t count, room;
};

int dir_list_add(struct dir_list *d, struct made_directory made); /* the path is copied; -1 when memory is short */
void dir_list_free(struct dir_list *d);

#endif
