/* rootfs.c -- see rootfs.h. */
#include "rootfs-tools/wpar/rootfs.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"

/* Mount points every WPAR has (oci_config.c). */
static const char *const system_directories[] = { "/proc", "/dev", "/tmp" };

static int exists_inside(int root, const char *path)
{
    struct open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT };
    close_fd int fd = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
    return fd >= 0;
}

static void remember(struct rootfs *r, const char *relative)
{
    char **bigger = realloc(r->made, (r->made_count + 1) * sizeof *bigger);
    if (!bigger)
        return;
    r->made = bigger;
    if (asprintf(&r->made[r->made_count], "%s%s", r->path, relative) > 0)
        r->made_count++;
}

/* Every missing component of the path will be made for the mount. */
static void note_missing(struct rootfs *r, int root, const char *path)
{
    char part[PATH_MAX];
    for (const char *p = path + 1;; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        size_t n = (size_t)(p - path);
        if (n < sizeof part) {
            memcpy(part, path, n);
            part[n] = '\0';
            if (n > 1 && p[-1] != '/' && !exists_inside(root, part))
                remember(r, part);
        }
        if (!*p)
            return;
    }
}

static int use_given(struct rootfs *r, const struct wpar_spec *spec, const char *dir, struct error *err)
{
    snprintf(r->path, sizeof r->path, "%s", dir);
    close_fd int root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return error_set(err, errno, "%s: %s", dir, strerror(errno));
    for (size_t i = 0; i < ARRAY_LEN(system_directories); i++)
        note_missing(r, root, system_directories[i]);
    for (size_t i = 0; i < spec->mount_count; i++)
        if (strcmp(spec->mounts[i].directory, "/") != 0)
            note_missing(r, root, spec->mounts[i].directory);
    return 0;
}

static int make_skeleton(struct rootfs *r, const char *bundle, struct error *err)
{
    static const char *const directories[] = { "", "/usr", "/etc", "/dev", "/proc", "/tmp", "/var", "/var/tmp", "/home", "/opt" };
    static const char *const links[][2] = { { "/usr/lib", "/lib" }, { "/usr/bin", "/bin" } };
    char path[PATH_MAX + 16];
    r->is_skeleton = 1;
    snprintf(r->path, sizeof r->path, "%s/rootfs", bundle);
    for (size_t i = 0; i < ARRAY_LEN(directories); i++) {
        snprintf(path, sizeof path, "%s%s", r->path, directories[i]);
        if (mkdir(path, 0755) && errno != EEXIST)
            return error_set(err, errno, "%s: %s", path, strerror(errno));
    }
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        snprintf(path, sizeof path, "%s%s", r->path, links[i][1]);
        if (symlink(links[i][0], path) && errno != EEXIST)
            return error_set(err, errno, "%s: %s", path, strerror(errno));
    }
    return 0;
}

int rootfs_begin(struct rootfs *r, const struct wpar_spec *spec, const char *bundle, struct error *err)
{
    const struct wpar_mount *root = wpar_root_mount(spec);
    *r = (struct rootfs){ 0 };
    return root ? use_given(r, spec, root->dev, err) : make_skeleton(r, bundle, err);
}

/* Only what a skeleton is made of: links and empty directories, never across a mount. */
static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st, (void)where;
    if (kind == FTW_DP)
        rmdir(path);
    else
        unlink(path);
    return 0;
}

void rootfs_end(struct rootfs *r)
{
    if (r->is_skeleton)
        nftw(r->path, remove_entry, 8, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    while (r->made_count > 0) {
        rmdir(r->made[--r->made_count]);
        free(r->made[r->made_count]);
    }
    free(r->made);
}

void rootfs_keep(struct rootfs *r)
{
    while (r->made_count > 0)
        free(r->made[--r->made_count]);
    free(r->made);
}
