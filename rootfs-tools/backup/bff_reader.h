/* bff_reader.h -- the members of a backup-by-name image, one after the other, in bounded memory [backup-format 9].
 *
 * Damage does not end the reading: what is lost is reported, and the reader goes on at the next header whose checksum
 * is right.
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_READER_H
#define ROOTFS_TOOLS_BACKUP_BFF_READER_H

#include <stdbool.h>
#include <stdint.h>
#include "rootfs-tools/backup/bff_format.h"
#include "rootfs-tools/backup/huffman.h"
#include "rootfs-tools/backup/image_source.h"

struct bff_volume {
    unsigned number, level;
    uint32_t date, dump_date;
    char disk[17], filesystem[17], user[17];
};

struct bff_member {
    uint64_t offset;                /* of its header */
    char name[BFF_NAME_MAX + 1];    /* as stored */
    uint16_t nlink;
    uint32_t ino, mode, uid, gid, size, atime, mtime, ctime;
    uint32_t dev_major, dev_minor, rdev_major, rdev_minor;
    uint32_t dsize;
    bool packed;
    bool has_data;                  /* bytes follow for bff_data to read */
    char target[BFF_TARGET_MAX + 1];    /* of a symbolic link */
    size_t acl_size;                /* bytes of the ACL that was stored; acl points to them until the next call */
    const uint8_t *acl;
};

/* What was lost: one line, told as it is met. `where`: position in the image. */
struct bff_damage_sink {
    void (*tell)(void *context, uint64_t where, const char *text);
    void *context;
};

struct bff_reader {
    struct image_source *source;
    struct bff_damage_sink damage;
    struct bff_volume volume;
    struct bff_member member;
    uint64_t members, damages;
    uint64_t data_left, padding;    /* of the current member, in the image */
    uint64_t bytes_due;             /* of the current member, unpacked */
    bool ended;                     /* the end record was met */
    bool uncertain;                 /* behind damage: records met may be those of a package that is a member */
    struct huffman *huffman;
    uint8_t *unpacked;              /* one step's output */
    uint8_t *sac;                   /* the current member's ACL block */
};

/* Reads the volume header; the source must stand on it. */
int bff_open(struct bff_reader *r, struct image_source *source, struct bff_damage_sink damage, struct error *err);
void bff_close(struct bff_reader *r);

/* 1: r->member is the next one; 0: the end; -1: the image cannot be read any further. */
int bff_next(struct bff_reader *r, struct error *err);

/* The next bytes of the member, unpacked: how many, 0 at its end, -1 when they are damaged or missing (bff_next goes on
 * behind them). */
ssize_t bff_data(struct bff_reader *r, const uint8_t **data, struct error *err);

/* A pseudo member that holds the NFS4 ACL of an object, not a file. */
bool bff_is_nfs4_acl(const struct bff_member *m);

#endif
