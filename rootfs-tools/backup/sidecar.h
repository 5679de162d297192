/* sidecar.h -- a JSON file beside an extracted tree, for what the file system could not be given: owners and modes when
 * an ordinary user extracts, devices, ACLs.
 *
 *   { "format": "vwpar-image-sidecar", "version": 1, "members": [
 *     { "name": "dev/null", "type": "character", "mode": "0666", "uid": 0, "gid": 0, "mtime": 0, "rdev": [2, 2],
 *       "acl": ["permit rw- u:204"], "nfs4_acl": "..." }, ... ] }
 *
 * One member a line, written as they come, so that a big image needs no memory. A name that is not UTF-8 stands as
 * "name_hex".
 */
#ifndef ROOTFS_TOOLS_BACKUP_SIDECAR_H
#define ROOTFS_TOOLS_BACKUP_SIDECAR_H

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include "rootfs-tools/backup/bff_reader.h"

struct sidecar {
    char *path, *temporary;     /* the file appears under its name when all is written */
    FILE *out;                  /* opened with the first entry, or by sidecar_open */
    uint64_t entries;
};

void sidecar_begin(struct sidecar *s, const char *path);
int sidecar_open(struct sidecar *s, struct error *err);        /* now, not only when there is something to add */
int sidecar_add(struct sidecar *s, const struct bff_member *m, const char *name, const char *nfs4_acl,
                struct error *err);
uint64_t sidecar_size(const struct sidecar *s);                /* bytes written so far */
int sidecar_commit(struct sidecar *s, struct error *err);      /* also frees; no file when nothing was added */
void sidecar_abandon(struct sidecar *s);

/* A member as JSON object, as the sidecar and `ls --json` show it. NULL when memory is short. */
json_t *member_json(const struct bff_member *m, const char *name);
const char *member_type_name(uint32_t mode);

/* A sidecar read back, for making an image: NULL with the reason. The result maps names to members. */
json_t *sidecar_load(const char *path, struct error *err);

#endif
