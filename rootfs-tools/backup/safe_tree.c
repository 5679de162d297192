/* safe_tree.c -- see safe_tree.h. */
#include "rootfs-tools/backup/safe_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_beneath(int root, const char *path, int flags)
{
    struct open_how how = { .flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
    return (int)syscall(SYS_openat2, root, *path ? path : ".", &how, sizeof how);
}

int tree_open(struct safe_tree *t, const char *directory, struct error *err)
{
    *t = (struct safe_tree){ -1, -1, "" };
    if (mkdir(directory, 0755) && errno != EEXIST)
        return error_set(err, errno, "%s: %s", directory, strerror(errno));
    t->root = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (t->root < 0)
        return error_set(err, errno, "%s: %s", directory, strerror(errno));
    int probe = open_beneath(t->root, "", O_PATH | O_DIRECTORY);
    if (probe < 0)
        return error_set(err, errno, "%s: cannot be written to safely (openat2: %s)", directory, strerror(errno));
    close(probe);
    return 0;
}

void tree_close(struct safe_tree *t)
{
    if (t->parent >= 0)
        close(t->parent);
    if (t->root >= 0)
        close(t->root);
    *t = (struct safe_tree){ -1, -1, "" };
}

int tree_clean_name(const char *stored, char *clean, struct error *err)
{
    char *to = clean;
    if (!*stored)
        return error_set(err, EINVAL, "a member without a name");
    if (*stored == '/')
        return error_set(err, EPERM, "%s: refused: an absolute name", stored);
    while (*stored) {
        size_t n = strcspn(stored, "/");
        if (n == 2 && stored[0] == '.' && stored[1] == '.')
            return error_set(err, EPERM, "refused: '..' in the name %s", stored);
        if (n > 0 && !(n == 1 && stored[0] == '.')) {
            if (to != clean)
                *to++ = '/';
            memcpy(to, stored, n);
            to += n;
        }
        stored += n + (stored[n] == '/');
    }
    *to = '\0';
    return 0;
}

/* Make what is missing of a path of directories, from the top. */
static int make_directories(struct safe_tree *t, const char *path)
{
    char part[BFF_NAME_MAX + 1];
    for (const char *slash = path; slash; ) {
        slash = strchr(slash, '/');
        size_t n = slash ? (size_t)(slash++ - path) : strlen(path);
        memcpy(part, path, n);
        part[n] = '\0';
        char *leaf = strrchr(part, '/');
        int in = t->root;
        if (leaf) {
            *leaf = '\0';
            in = open_beneath(t->root, part, O_PATH | O_DIRECTORY);
        }
        int rc = in < 0 ? -1 : mkdirat(in, leaf ? leaf + 1 : part, 0755), why = errno;
        if (leaf && in >= 0)
            close(in);
        if (rc && why != EEXIST)
            return errno = why, -1;
    }
    return 0;
}

static int why_not(const char *path, int code, struct error *err)
{
    if (code == ELOOP)
        return error_set(err, code, "%s: refused: its path leads through a symbolic link", path);
    if (code == EXDEV)
        return error_set(err, code, "%s: refused: its path leads out of the directory", path);
    return error_set(err, code, "%s: %s", path, strerror(code));
}

int tree_parent(struct safe_tree *t, const char *path, const char **leaf, struct error *err)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    *leaf = slash ? slash + 1 : path;
    if (n == 0)
        return t->root;
    if (t->parent >= 0 && strlen(t->parent_path) == n && memcmp(t->parent_path, path, n) == 0)
        return t->parent;
    if (t->parent >= 0)
        close(t->parent);
    memcpy(t->parent_path, path, n);
    t->parent_path[n] = '\0';
    t->parent = open_beneath(t->root, t->parent_path, O_PATH | O_DIRECTORY);
    if (t->parent < 0 && errno == ENOENT && make_directories(t, t->parent_path) == 0)
        t->parent = open_beneath(t->root, t->parent_path, O_PATH | O_DIRECTORY);
    return t->parent >= 0 ? t->parent : why_not(path, errno, err);
}

int tree_open_directory(struct safe_tree *t, const char *path)
{
    return open_beneath(t->root, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
}

int tree_remove(int parent, const char *leaf)
{
    return unlinkat(parent, leaf, 0) == 0 || (errno == EISDIR && unlinkat(parent, leaf, AT_REMOVEDIR) == 0) ? 0 : -1;
}
