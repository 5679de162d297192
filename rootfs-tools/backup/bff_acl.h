/* bff_acl.h -- the ACL and PCL block behind a header (sac_rec) and what an extended ACL in it grants [backup-format 6].
 */
#ifndef ROOTFS_TOOLS_BACKUP_BFF_ACL_H
#define ROOTFS_TOOLS_BACKUP_BFF_ACL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ACL_ENTRY_SIZE = 12, ACL_BASE_SIZE = 16, ACL_PERMIT = 1 };
enum acl_id_kind { ACL_USER = 1, ACL_GROUP = 2 };

struct acl_entry {
    uint16_t access;        /* as stored: low bits rwx */
    uint16_t id_kind;
    uint32_t id;
};

/* A block of two sizes, ACL and PCL at `p`: its length in bytes; 0 when the sizes cannot be (more than BFF_SAC_MAX), or
 * `n` is too short to hold even the sizes. */
size_t bff_sac_size(const uint8_t *p, size_t n);

/* The extended entries of an ACL of `n` bytes: how many. They are given one by one by acl_entry_at. */
size_t acl_entry_count(const uint8_t *acl, size_t n);
struct acl_entry acl_entry_at(const uint8_t *acl, size_t i);
void acl_entry_put(uint8_t *acl, size_t i, const struct acl_entry *e);

/* "permit rw- g:204", in the words of AIX's aclget; other kinds of access than permit keep their number. */
void acl_entry_text(const struct acl_entry *e, char *text, size_t room);

#endif
