/* wpar_spec.c -- see wpar_spec.h. */
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

/* `dev`: NULL for a file system in memory. */
static int add_mount(struct wpar_spec *spec, const char *directory, const char *dev, bool read_only, struct error *err)
{
    struct wpar_mount *bigger = realloc(spec->mounts, (spec->mount_count + 1) * sizeof *bigger);
    if (!bigger)
        return error_set(err, ENOMEM, "out of memory");
    spec->mounts = bigger;
    char *path = dev ? realpath(dev, NULL) : NULL;
    if (dev && !path)
        return error_set(err, errno, "dev=%s: %s", dev, strerror(errno));
    spec->mounts[spec->mount_count++] = (struct wpar_mount){ strdup(directory), path, read_only };
    return 0;
}

static int add_record(struct wpar_spec *spec, const struct record *r, struct error *err)
{
    const char *directory = record_get(r, ATTR_mount_directory), *dev = record_get(r, ATTR_mount_dev);
    bool tmpfs = strcmp(record_get(r, ATTR_mount_vfs), "tmpfs") == 0;
    if (!tmpfs && !*dev)
        return error_set(err, EINVAL, "-M: dev=... is missing for directory=%s", directory);
    return add_mount(spec, directory, tmpfs ? NULL : dev, strcmp(record_get(r, ATTR_mount_mountopts), "ro") == 0, err);
}

int wpar_spec_from(struct wpar_spec *spec, const struct definition *d, struct error *err)
{
    const char *hostname = definition_get(d, ATTR_general_hostname);
    spec->definition = d;
    spec->name = definition_get(d, ATTR_general_name);
    spec->hostname = *hostname ? hostname : spec->name;
    spec->system = strcmp(definition_get(d, ATTR_general_type), "S") == 0;
    spec->shared_usr = spec->system && !definition_is(d, ATTR_general_privateusr);
    if (spec->system && add_mount(spec, "/", definition_get(d, ATTR_general_directory), false, err))
        return -1;
    const struct record *r;
    for (size_t from = 0; (r = definition_next(d, STANZA_mount, &from));)
        if (add_record(spec, r, err))
            return -1;
    return 0;
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
    }
    free(spec->mounts);
}
