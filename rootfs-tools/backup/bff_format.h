/* bff_format.h -- the records of an AIX backup-by-name image, byte for byte [backup-format 3-7].
 *
 * All integers are little-endian, except the id in an entry of an ACL; everything is aligned to 8 bytes. Tails of
 * fields and padding hold stale bytes of earlier records and mean nothing, but those inside a header are part of its
 * checksum.
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_FORMAT_H
#define ROOTFS_TOOLS_BACKUP_BFF_FORMAT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum bff_magic {
    BFF_PLAIN    = 0xEA6B,
    BFF_PACKED   = 0xEA6C,      /* the member's data are packed */
    BFF_BY_INODE = 0xEA6D,      /* another format: a backup by i-node */
    BFF_VOLUME_X = 0xEA6F,      /* a second volume header known to file(1), never seen */
};

enum bff_record_type { BFF_VOLUME = 0, BFF_END = 7, BFF_NAME_X = 11 };

enum {
    BFF_WORD         = 8,
    BFF_HEADER_MAX   = 255 * BFF_WORD,
    BFF_VOLUME_SIZE  = 0x48,
    BFF_END_SIZE     = 8,
    BFF_NAME_OFFSET  = 0x40,
    BFF_NAME_MAX     = BFF_HEADER_MAX - BFF_NAME_OFFSET - 1,
    BFF_SAC_SIZE     = 8,       /* the two sizes in front of ACL and PCL */
    BFF_SAC_USUAL    = 40,      /* sizes, ACL and PCL without extended entries */
    BFF_SAC_MAX      = 65536,   /* an ACL is a page at most; more is damage */
    BFF_TARGET_MAX   = 4095,
    BFF_CLUSTER      = 51200,   /* what an image is padded to */
};

/* Offsets of fields: the prefix of every record, then those of FS_VOLUME and FS_NAME_X. */
enum { P_LENGTH = 0, P_TYPE = 1, P_MAGIC = 2, P_CHECKSUM = 4 };
enum {
    V_NUMBER = 6,     V_DATE = 8,         V_DUMP_DATE = 12,     V_WORDS = 16,
    V_DISK = 20,      V_FILESYSTEM = 36,  V_USER = 52,          V_LEVEL = 68,
};
enum {
    N_NLINK = 0x06,     N_INO = 0x08,       N_MODE = 0x0C,       N_UID = 0x10,        N_GID = 0x14,
    N_SIZE = 0x18,      N_ATIME = 0x1C,     N_MTIME = 0x20,      N_CTIME = 0x24,      N_DEV_MAJOR = 0x28,
    N_DEV_MINOR = 0x2C, N_RDEV_MAJOR = 0x30, N_RDEV_MINOR = 0x34, N_DSIZE = 0x38,
};

#define BFF_MODE_EXTENDED_ACL 0x02000000u
#define BFF_WORDS_UNLIMITED   0x7FFFFFFFu

static inline uint16_t le16_at(const uint8_t *p) { uint16_t v; memcpy(&v, p, sizeof v); return v; }
static inline uint32_t le32_at(const uint8_t *p) { uint32_t v; memcpy(&v, p, sizeof v); return v; }
static inline void le16_put(uint8_t *p, uint16_t v) { memcpy(p, &v, sizeof v); }
static inline void le32_put(uint8_t *p, uint32_t v) { memcpy(p, &v, sizeof v); }
static inline uint32_t be32_at(const uint8_t *p) { return __builtin_bswap32(le32_at(p)); }
static inline uint64_t bff_round(uint64_t n) { return (n + BFF_WORD - 1) & ~(uint64_t)(BFF_WORD - 1); }

/* The checksum of a header of `n` bytes: all of them but its own two. */
uint16_t bff_checksum(const uint8_t *header, size_t n);

/* Does a header with a right checksum and a shape that fits its type stand here? Its length in bytes, or 0.
 * `n`: bytes there are. */
size_t bff_header_at(const uint8_t *p, size_t n);

#endif
