/* link_table.h -- the first name of each file that has several, by device and i-node number.
 */
#ifndef ROOTFS_TOOLS_BACKUP_LINK_TABLE_H
#define ROOTFS_TOOLS_BACKUP_LINK_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct link_entry {
    uint32_t dev_major, dev_minor, ino, size, mtime;
    char *path;
};

struct link_table {
    struct link_entry *slots;       /* open addressing; path NULL: free */
    size_t room, used;              /* room: a power of two, or 0 */
};

/* The entry of this file, or NULL. */
const struct link_entry *link_table_find(const struct link_table *t, uint32_t dev_major, uint32_t dev_minor,
                                         uint32_t ino);

/* Remember it; a path of its own is kept. -1 when memory is short. */
int link_table_add(struct link_table *t, struct link_entry entry);
void link_table_free(struct link_table *t);

#endif
