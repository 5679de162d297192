/* wpar_spec.c -- checking and filling a WPAR specification. */
#include "rootfs-tools/wpar/wpar_spec.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int wpar_check_name(const char *name, struct error *err)
{
    size_t length = strlen(name);
    if (length == 0 || length > WPAR_NAME_MAX)
        return error_set(err, EINVAL, "the name must have 1 to %d characters", WPAR_NAME_MAX);
    if (name[0] == '-' || name[0] == '0')
        return error_set(err, EINVAL, "the name '%s' must not start with '-' or '0'", name);
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-@");
    if (good != length)
        return error_set(err, EINVAL, "the name '%s' must not contain '%c'", name, name[good]);
    return 0;
}

/* "attr=value" when `word` starts with `attr=`: the value, else NULL. */
static const char *attribute(const char *word, const char *attr)
{
    size_t n = strlen(attr);
    return strncmp(word, attr, n) == 0 && word[n] == '=' ? word + n + 1 : NULL;
}

static void set_text(char **field, const char *value)
{
    free(*field);
    *field = strdup(value);
}

static int set_attribute(struct wpar_mount *m, const char *word, struct error *err)
{
    const char *value;
    if ((value = attribute(word, "directory")))
        set_text(&m->directory, value);
    else if ((value = attribute(word, "dev")))
        set_text(&m->dev, value);
    else if ((value = attribute(word, "vfs")))
        set_text(&m->vfs, value);
    else if ((value = attribute(word, "mountopts"))) {
        if (strcmp(value, "ro") != 0 && strcmp(value, "rw") != 0)
            return error_set(err, EINVAL, "mountopts=%s: only ro and rw are known", value);
        m->read_only = strcmp(value, "ro") == 0;
    } else
        return error_set(err, EINVAL, "-M: unknown attribute '%s' (directory, dev, vfs, mountopts)", word);
    return 0;
}

static int check_mount(struct wpar_mount *m, struct error *err)
{
    if (!m->directory)
        return error_set(err, EINVAL, "-M: directory=... is missing");
    if (m->directory[0] != '/')
        return error_set(err, EINVAL, "-M: directory=%s is not an absolute path", m->directory);
    if (!m->vfs)
        set_text(&m->vfs, "namefs");
    bool tmpfs = strcmp(m->vfs, "tmpfs") == 0;
    if (!tmpfs && strcmp(m->vfs, "namefs") != 0)
        return error_set(err, ENOTSUP, "-M: vfs=%s is not supported (namefs, tmpfs)", m->vfs);
    if (!tmpfs && !m->dev)
        return error_set(err, EINVAL, "-M: dev=... is missing for directory=%s", m->directory);
    if (tmpfs)
        return 0;
    char *path = realpath(m->dev, NULL);
    if (!path)
        return error_set(err, errno, "-M: dev=%s: %s", m->dev, strerror(errno));
    free(m->dev);
    m->dev = path;
    return 0;
}

int wpar_add_mount(struct wpar_spec *spec, char *const *words, size_t count, struct error *err)
{
    spec->mounts = realloc(spec->mounts, (spec->mount_count + 1) * sizeof *spec->mounts);
    if (!spec->mounts)
        return error_set(err, ENOMEM, "out of memory");
    struct wpar_mount *m = &spec->mounts[spec->mount_count++];
    *m = (struct wpar_mount){ 0 };
    for (size_t i = 0; i < count; i++)
        if (set_attribute(m, words[i], err))
            return -1;
    return check_mount(m, err);
}

const struct wpar_mount *wpar_root_mount(const struct wpar_spec *spec)
{
    for (size_t i = 0; i < spec->mount_count; i++)
        if (strcmp(spec->mounts[i].directory, "/") == 0)
            return &spec->mounts[i];
    return NULL;
}

void wpar_spec_free(struct wpar_spec *spec)
{
    for (size_t i = 0; i < spec->mount_count; i++) {
        free(spec->mounts[i].directory);
        free(spec->mounts[i].dev);
        free(spec->mounts[i].vfs);
    }
    free(spec->mounts);
    free(spec->name);
    free(spec->hostname);
    free(spec->cwd);
}
