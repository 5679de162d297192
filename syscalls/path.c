/* path.c -- from a guest's path to what host *at calls take, inside options.root. */
#include "syscalls/path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/private_fd.h"
#include "syscalls/options.h"

enum { MAX_LINKS = 40 };

static int root_fd = -1;        /* opened at the first use; the runner's own */

static int open_root(void)
{
    if (root_fd < 0)
        root_fd = private_fd(open(syscall_options.root, O_PATH | O_DIRECTORY | O_CLOEXEC));
    return root_fd < 0 ? -errno : root_fd;
}

static int open_in_root(const char *absolute, int flags)
{
    int root = open_root();
    struct open_how how = { .flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_IN_ROOT };
    if (root < 0)
        return root;
    int fd = (int)syscall(SYS_openat2, root, absolute, &how, sizeof how);
    return fd < 0 ? -errno : fd;
}

/* What the host calls the directory, with the root taken off; "/" for places outside it. */
static int directory_in_root(int dirfd, char *out, size_t size)
{
    const char *root = syscall_options.root;
    char link[64], host[PATH_MAX];
    if (dirfd == AT_FDCWD)
        strcpy(link, "/proc/self/cwd");
    else
        snprintf(link, sizeof link, "/proc/self/fd/%d", dirfd);
    ssize_t n = readlink(link, host, sizeof host - 1);
    if (n < 0)
        return errno == ENOENT ? -EBADF : -errno;
    host[n] = '\0';
    size_t length = strlen(root);
    bool inside = strncmp(host, root, length) == 0 && (host[length] == '/' || host[length] == '\0');
    return snprintf(out, size, "%s", inside && host[length] ? host + length : "/") < (int)size ? 0 : -ENAMETOOLONG;
}

static int make_absolute(int dirfd, const char *path, char *out, size_t size)
{
    char base[PATH_MAX];
    if (path[0] == '/')
        return snprintf(out, size, "%s", path) < (int)size ? 0 : -ENAMETOOLONG;
    int rc = directory_in_root(dirfd, base, sizeof base);
    if (rc < 0)
        return rc;
    return snprintf(out, size, "%s/%s", base, path) < (int)size ? 0 : -ENAMETOOLONG;
}

/* Cuts the last component off an absolute path: *last points behind the parent's end. Paths that end in "." or ".." or
 * name the root have no last component of their own: "." of themselves. */
static void split_last(char *path, char *last, bool *slash_at_end)
{
    size_t n = strlen(path);
    *slash_at_end = n > 1 && path[n - 1] == '/';
    while (n > 1 && path[n - 1] == '/')
        path[--n] = '\0';
    char *slash = strrchr(path, '/');
    if (!slash[1] || strcmp(slash, "/.") == 0 || strcmp(slash, "/..") == 0) {
        strcpy(last, ".");
        return;
    }
    strcpy(last, slash + 1);
    slash[slash == path] = '\0';
}

static int lookup_in_root(char *path, bool follow, struct host_path *out)
{
    for (int links = 0; links < MAX_LINKS; links++) {
        bool slash_at_end;
        char target[PATH_MAX];
        split_last(path, out->name, &slash_at_end);
        out->own = out->dirfd = open_in_root(path, O_PATH | O_DIRECTORY);
        if (out->own < 0)
            return out->own;
        ssize_t n = follow || slash_at_end ? readlinkat(out->dirfd, out->name, target, sizeof target - 1) : -1;
        if (n < 0)
            return 0;
        target[n] = '\0';
        close(out->own);
        out->own = -1;
        size_t used = target[0] == '/' ? 0 : strlen(path);
        if (snprintf(path + used, PATH_MAX - used, used ? "/%s" : "%s", target) >= (int)(PATH_MAX - used))
            return -ENAMETOOLONG;
        follow = true;
    }
    return -ELOOP;
}

int path_lookup_text(int dirfd, const char *path, bool follow, struct host_path *out)
{
    char absolute[PATH_MAX];

    out->own = -1;
    out->dirfd = dirfd == AIX_AT_FDCWD ? AT_FDCWD : dirfd < 0 ? -1 : dirfd;
    out->at_flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
    if (!path[0])
        return -ENOENT;
    if (!syscall_options.root[0]) {
        strcpy(out->name, path);
        return 0;
    }
    int rc = make_absolute(out->dirfd, path, absolute, sizeof absolute);
    if (rc < 0)
        return rc;
    out->at_flags = AT_SYMLINK_NOFOLLOW;
    return lookup_in_root(absolute, follow, out);
}

int path_lookup(int dirfd, gva path, bool follow, struct host_path *out)
{
    char text[AIX_PATH_MAX + 1];
    int rc = copyinstr(text, path, sizeof text);
    out->own = -1;
    return rc < 0 ? rc : path_lookup_text(dirfd, text, follow, out);
}

void path_end(struct host_path *path)
{
    if (path->own >= 0)
        close(path->own);
    path->own = -1;
}

int path_open(const struct host_path *path, int flags, unsigned mode)
{
    if (path->at_flags & AT_SYMLINK_NOFOLLOW)
        flags |= O_NOFOLLOW;
    int fd = openat(path->dirfd, path->name, flags, mode);
    return fd < 0 ? -errno : fd;
}

int path_host_text(const struct host_path *path, char *text, size_t size)
{
    int n = path->dirfd == AT_FDCWD || path->name[0] == '/'
                ? snprintf(text, size, "%s", path->name)
                : snprintf(text, size, "/proc/self/fd/%d/%s", path->dirfd, path->name);
    return n < (int)size ? 0 : -ENAMETOOLONG;
}

int path_working_directory(char *text, size_t size)
{
    if (syscall_options.root[0])
        return directory_in_root(AT_FDCWD, text, size);
    return getcwd(text, size) ? 0 : -errno;
}

int path_change_root(const struct host_path *path)
{
    char link[64], host[PATH_MAX];
    close_fd int fd = path_open(path, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, host, sizeof host - 1);
    if (n < 0)
        return -errno;
    host[n] = '\0';
    char *root = strdup(strcmp(host, "/") == 0 ? "" : host);
    if (!root)
        return -ENOMEM;
    syscall_options.root = root;        /* the old one may be an option's text: not ours to free */
    if (root_fd >= 0)
        close(root_fd);
    root_fd = -1;
    return 0;
}
