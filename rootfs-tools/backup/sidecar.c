/* sidecar.c -- see sidecar.h. */
#include "rootfs-tools/backup/sidecar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "rootfs-tools/backup/bff_acl.h"
#include "runtime/cleanup.h"

static const struct { uint32_t type; const char *name; } types[] = {
    { S_IFIFO, "fifo" }, { S_IFCHR, "character" }, { S_IFDIR, "directory" }, { S_IFBLK, "block" },
    { S_IFREG, "file" }, { S_IFLNK, "symlink" },   { S_IFSOCK, "socket" },
};

const char *member_type_name(uint32_t mode)
{
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i].type == (mode & S_IFMT))
            return types[i].name;
    return "unknown";
}

static void set_text(json_t *o, const char *key, const char *value)
{
    json_t *text = json_string(value);
    if (text) {
        json_object_set_new(o, key, text);
        return;
    }
    char name[64];
    free_ptr char *hex = malloc(2 * strlen(value) + 1);
    if (!hex)
        return;
    for (size_t i = 0; value[i]; i++)
        snprintf(hex + 2 * i, 3, "%02x", (unsigned char)value[i]);
    snprintf(name, sizeof name, "%s_hex", key);
    json_object_set_new(o, name, json_string(hex));
}

static void set_acl(json_t *o, const struct bff_member *m)
{
    size_t n = acl_entry_count(m->acl, m->acl_size);
    if (!(m->mode & BFF_MODE_EXTENDED_ACL) || n == 0)
        return;
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        char text[64];
        struct acl_entry e = acl_entry_at(m->acl, i);
        acl_entry_text(&e, text, sizeof text);
        json_array_append_new(list, json_string(text));
    }
    json_object_set_new(o, "acl", list);
}

json_t *member_json(const struct bff_member *m, const char *name)
{
    char mode[8];
    json_t *o = json_object();
    if (!o)
        return NULL;
    snprintf(mode, sizeof mode, "%04o", m->mode & 07777);
    set_text(o, "name", name);
    json_object_set_new(o, "type", json_string(member_type_name(m->mode)));
    json_object_set_new(o, "mode", json_string(mode));
    json_object_set_new(o, "uid", json_integer(m->uid));
    json_object_set_new(o, "gid", json_integer(m->gid));
    json_object_set_new(o, "mtime", json_integer(m->mtime));
    if (S_ISREG(m->mode))
        json_object_set_new(o, "size", json_integer(m->size));
    if (S_ISLNK(m->mode))
        set_text(o, "target", m->target);
    if (S_ISCHR(m->mode) || S_ISBLK(m->mode))
        json_object_set_new(o, "rdev", json_pack("[I, I]", (json_int_t)m->rdev_major, (json_int_t)m->rdev_minor));
    set_acl(o, m);
    return o;
}

void sidecar_begin(struct sidecar *s, const char *path)
{
    *s = (struct sidecar){ .path = strdup(path) };
    if (asprintf(&s->temporary, "%s.new", path) < 0)
        s->temporary = NULL;
}

/* As an error of the file system: without its sidecar an extraction must not go on. */
static int failed(const struct sidecar *s, struct error *err)
{
    return error_set(err, EIO, "%s: %s", s->path ? s->path : "the sidecar file", strerror(errno));
}

int sidecar_open(struct sidecar *s, struct error *err)
{
    if (s->out)
        return 0;
    int fd = s->temporary ? open(s->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644) : -1;
    s->out = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (!s->out)
        return failed(s, err);
    fputs("{ \"format\": \"vwpar-image-sidecar\", \"version\": 1, \"members\": [\n", s->out);
    return 0;
}

int sidecar_add(struct sidecar *s, const struct bff_member *m, const char *name, const char *nfs4_acl,
                struct error *err)
{
    if (sidecar_open(s, err))
        return -1;
    json_t *o = member_json(m, name);
    if (!o)
        return error_set(err, ENOMEM, "out of memory");
    if (nfs4_acl)
        set_text(o, "nfs4_acl", nfs4_acl);
    if (s->entries++)
        fputs(",\n", s->out);
    int rc = json_dumpf(o, s->out, JSON_COMPACT);
    json_decref(o);
    return rc || ferror(s->out) ? failed(s, err) : 0;
}

uint64_t sidecar_size(const struct sidecar *s)
{
    off_t n = s->out ? ftello(s->out) : 0;
    return n > 0 ? (uint64_t)n : 0;
}

static void release(struct sidecar *s)
{
    free(s->path);
    free(s->temporary);
    *s = (struct sidecar){ 0 };
}

int sidecar_commit(struct sidecar *s, struct error *err)
{
    int rc = 0;
    if (s->out) {
        fputs("\n] }\n", s->out);
        int bad = ferror(s->out);
        if ((fclose(s->out) | bad) || rename(s->temporary, s->path))
            rc = failed(s, err);
    }
    release(s);
    return rc;
}

void sidecar_abandon(struct sidecar *s)
{
    if (s->out) {
        fclose(s->out);
        remove(s->temporary);
    }
    release(s);
}

json_t *sidecar_load(const char *path, struct error *err)
{
    json_error_t why;
    size_t i;
    json_t *member, *file = json_load_file(path, 0, &why), *map = json_object();
    if (!file || !map || strcmp(json_string_value(json_object_get(file, "format")) ?: "", "vwpar-image-sidecar") != 0) {
        error_set(err, EINVAL, "%s: %s", path, file ? "not a sidecar file" : why.text);
        json_decref(file);
        json_decref(map);
        return NULL;
    }
    json_array_foreach(json_object_get(file, "members"), i, member) {
        const char *name = json_string_value(json_object_get(member, "name"));
        if (name)
            json_object_set(map, name, member);
    }
    json_decref(file);
    return map;
}
