/* recorded.c -- see recorded.h. */
#include "rootfs-tools/backup/recorded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static uint32_t number_of(const json_t *entry, const char *key)
{
    return (uint32_t)json_integer_value(json_object_get(entry, key));
}

/* "permit rw- u:204", as acl_entry_text writes it. */
static bool parse_entry(const char *text, struct acl_entry *e)
{
    char word[16], rights[4], kind;
    unsigned type = ACL_PERMIT;
    if (!text || sscanf(text, "%15s %3s %c:%u", word, rights, &kind, &e->id) != 4 || strlen(rights) != 3)
        return false;
    if (strcmp(word, "permit") != 0 && (sscanf(word, "type%u", &type) != 1 || type > 3))
        return false;
    e->access = (uint16_t)(type << 14 | (rights[0] == 'r') << 2 | (rights[1] == 'w') << 1 | (rights[2] == 'x'));
    e->id_kind = kind == 'u' ? ACL_USER : kind == 'g' ? ACL_GROUP : 0;
    return true;
}

static void take_acl(const json_t *list, struct bff_member *m, uint8_t *acl)
{
    size_t n = 0, i;
    json_t *value;
    json_array_foreach((json_t *)list, i, value) {
        struct acl_entry e;
        if (ACL_BASE_SIZE + (n + 1) * ACL_ENTRY_SIZE <= RECORDED_ACL_MAX && parse_entry(json_string_value(value), &e))
            acl_entry_put(acl, n++, &e);
    }
    if (n == 0)
        return;
    m->mode |= BFF_MODE_EXTENDED_ACL;
    m->acl = acl;
    m->acl_size = ACL_BASE_SIZE + n * ACL_ENTRY_SIZE;
}

void recorded_attributes(const json_t *sidecar, struct bff_member *m, uint8_t *acl)
{
    const json_t *entry = sidecar ? json_object_get(sidecar, m->name + 2) : NULL;      /* behind "./" */
    const char *mode = json_string_value(json_object_get(entry, "mode"));
    if (!mode)
        return;
    m->mode = (m->mode & S_IFMT) | ((uint32_t)strtoul(mode, NULL, 8) & 07777);
    m->uid = number_of(entry, "uid");
    m->gid = number_of(entry, "gid");
    take_acl(json_object_get(entry, "acl"), m, acl);
}

const char *recorded_nfs4_acl(const json_t *entry)
{
    return json_string_value(json_object_get(entry, "nfs4_acl"));
}

bool recorded_device(const json_t *entry, struct bff_member *m)
{
    const char *type = json_string_value(json_object_get(entry, "type"));
    const json_t *rdev = json_object_get(entry, "rdev");
    bool block = type && strcmp(type, "block") == 0;
    if (!type || (!block && strcmp(type, "character") != 0))
        return false;
    m->mode = block ? S_IFBLK : S_IFCHR;
    m->rdev_major = (uint32_t)json_integer_value(json_array_get(rdev, 0));
    m->rdev_minor = (uint32_t)json_integer_value(json_array_get(rdev, 1));
    return true;
}

uint32_t recorded_time(const json_t *entry) { return number_of(entry, "mtime"); }
