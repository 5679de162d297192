/* program_check.c -- see program_check.h. */
#include "rootfs-tools/wpar/program_check.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"

/* The mount that `path` lies on (longest directory wins), and the rest of the path below it. */
static const char *mount_of(const struct wpar_spec *spec, const char *base, const char *path, const char **rest)
{
    const struct wpar_mount *root = wpar_root_mount(spec);
    const char *dev = root ? root->dev : base;
    size_t best = 0;
    *rest = path;
    for (size_t i = 0; i < spec->mount_count; i++) {
        const struct wpar_mount *m = &spec->mounts[i];
        size_t n = strlen(m->directory);
        if (!m->dev || n <= 1 || n < best || strncmp(path, m->directory, n) != 0 || (path[n] != '/' && path[n] != '\0'))
            continue;
        best = n;
        dev = m->dev;
        *rest = path + n;
    }
    return dev;
}

static int open_inside(const char *dir, const char *path)
{
    close_fd int root = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (root < 0)
        return -1;
    struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK, .resolve = RESOLVE_IN_ROOT };
    return (int)syscall(SYS_openat2, root, *path ? path : "/", &how, sizeof how);
}

/* XCOFF32, XCOFF64 or a script [aix-abi 1.1, 2.5]. */
static int has_known_magic(const unsigned char *head, ssize_t n)
{
    return n >= 2 && ((head[0] == 0x01 && (head[1] == 0xDF || head[1] == 0xF7)) || (head[0] == '#' && head[1] == '!'));
}

int program_check(const struct wpar_spec *spec, const char *base, struct error *err)
{
    const char *path = spec->command[0], *rest;
    if (path[0] != '/')
        return error_set(err, EINVAL, "the command must be an absolute path in the WPAR: %s", path);
    const char *dir = mount_of(spec, base, path, &rest);
    close_fd int fd = open_inside(dir, rest);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    struct stat st;
    unsigned char head[4] = { 0 };
    if (fstat(fd, &st) || !S_ISREG(st.st_mode))
        return error_set(err, EACCES, "%s: not a regular file", path);
    if (!(st.st_mode & 0111))
        return error_set(err, EACCES, "%s: not executable", path);
    ssize_t n = read(fd, head, sizeof head);
    if (!has_known_magic(head, n))
        return error_set(err, ENOEXEC, "%s: not an AIX program (no XCOFF magic number, no #!)", path);
    return 0;
}
