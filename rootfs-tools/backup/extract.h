/* extract.h -- the members of an image as files below a directory: hostile names, links, devices and sizes do no harm.
 *
 * Root gives files their owners and modes; an ordinary user gets files of its own (no set-user-ID bits) and a sidecar
 * that tells the rest. Devices and sockets are never made, only recorded: AIX's device numbers mean other devices here.
 */
#ifndef ROOTFS_TOOLS_BACKUP_EXTRACT_H
#define ROOTFS_TOOLS_BACKUP_EXTRACT_H

#include "rootfs-tools/backup/bff_reader.h"
#include "rootfs-tools/backup/dir_list.h"
#include "rootfs-tools/backup/link_table.h"
#include "rootfs-tools/backup/safe_tree.h"
#include "rootfs-tools/backup/sidecar.h"

struct extract_limits { uint64_t bytes, members; };

struct extract_counts { uint64_t files, directories, links, symlinks, fifos, recorded, acls, failed, bytes; };

struct extraction {
    struct safe_tree tree;
    struct sidecar sidecar;
    struct link_table links;
    struct dir_list directories;
    struct extract_limits limits;
    struct extract_counts counts;
    bool as_root;
    void (*tell)(void *context, const char *text);      /* a member that could not be made: one line */
    void *context;
};

/* `x` is zeroed but for limits, tell and context. The sidecar is written to sidecar_path when there is anything to
 * record. */
int extract_begin(struct extraction *x, const char *directory, const char *sidecar_path, struct error *err);

/* The current member of the reader. 0 also when it alone failed (told and counted); -1: nothing more
 * can be extracted. */
int extract_member(struct extraction *x, struct bff_reader *r, struct error *err);

/* Modes and times of directories, and the sidecar; frees everything. */
int extract_end(struct extraction *x, struct error *err);

/* What the file system of a directory has room for, a twentieth kept free. */
int extract_default_limits(const char *directory, struct extract_limits *limits, struct error *err);

#endif
