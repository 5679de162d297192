/* bff_acl.c -- see bff_acl.h. */
#include "rootfs-tools/backup/bff_acl.h"

#include <stdio.h>
#include "rootfs-tools/backup/bff_format.h"

size_t bff_sac_size(const uint8_t *p, size_t n)
{
    if (n < BFF_SAC_SIZE)
        return 0;
    uint64_t size = BFF_SAC_SIZE + ((uint64_t)le32_at(p) + le32_at(p + 4)) * BFF_WORD;
    return size <= BFF_SAC_MAX ? (size_t)size : 0;
}

size_t acl_entry_count(const uint8_t *acl, size_t n)
{
    if (n < ACL_BASE_SIZE)
        return 0;
    size_t length = le32_at(acl), count = 0;
    if (length > n)
        length = n;
    for (size_t at = ACL_BASE_SIZE; at + ACL_ENTRY_SIZE <= length && le16_at(acl + at) == ACL_ENTRY_SIZE;
         at += ACL_ENTRY_SIZE)
        count++;
    return count;
}

struct acl_entry acl_entry_at(const uint8_t *acl, size_t i)
{
    const uint8_t *p = acl + ACL_BASE_SIZE + i * ACL_ENTRY_SIZE;
    return (struct acl_entry){ .access = le16_at(p + 2), .id_kind = le16_at(p + 6), .id = be32_at(p + 8) };
}

void acl_entry_put(uint8_t *acl, size_t i, const struct acl_entry *e)
{
    uint8_t *p = acl + ACL_BASE_SIZE + i * ACL_ENTRY_SIZE;
    le16_put(p, ACL_ENTRY_SIZE);
    le16_put(p + 2, e->access);
    le16_put(p + 4, 8);
    le16_put(p + 6, e->id_kind);
    le32_put(p + 8, __builtin_bswap32(e->id));
}

void acl_entry_text(const struct acl_entry *e, char *text, size_t room)
{
    unsigned type = e->access >> 14;
    char word[16];
    snprintf(word, sizeof word, type == ACL_PERMIT ? "permit" : "type%u", type);
    snprintf(text, room, "%s %c%c%c %c:%u", word, e->access & 4 ? 'r' : '-', e->access & 2 ? 'w' : '-',
             e->access & 1 ? 'x' : '-', e->id_kind == ACL_USER ? 'u' : e->id_kind == ACL_GROUP ? 'g' : '?', e->id);
}
