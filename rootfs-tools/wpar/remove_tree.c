/* remove_tree.c -- see remove_tree.h. By descriptors, so that no name in the tree leads out of it. */
#include "rootfs-tools/wpar/remove_tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_entry(int parent, const char *name, dev_t device);

/* Another command may be removing the same tree. */
static int or_gone(int rc) { return rc && errno == ENOENT ? 0 : rc; }

/* An ordinary user's directory may deny its owner entry: give that back first. */
static DIR *open_directory(int parent, const char *name)
{
    int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, fd = openat(parent, name, flags);
    if ((fd < 0 || geteuid() != 0) && fchmodat(parent, name, 0700, 0) == 0 && fd < 0)
        fd = openat(parent, name, flags);
    DIR *directory = fd >= 0 ? fdopendir(fd) : NULL;
    if (!directory && fd >= 0)
        close(fd);
    return directory;
}

static int empty(DIR *directory, dev_t device)
{
    for (struct dirent *e; (errno = 0, e = readdir(directory));)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && remove_entry(dirfd(directory), e->d_name, device))
            return -1;
    return errno ? -1 : 0;
}

static int remove_entry(int parent, const char *name, dev_t device)
{
    struct stat st;
    if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW))
        return or_gone(-1);
    if (!S_ISDIR(st.st_mode))
        return or_gone(unlinkat(parent, name, 0));
    if (st.st_dev != device)
        return errno = EXDEV, -1;
    DIR *directory = open_directory(parent, name);
    if (!directory)
        return or_gone(-1);
    int rc = empty(directory, device), code = errno;
    closedir(directory);
    errno = code;
    return rc ? -1 : or_gone(unlinkat(parent, name, AT_REMOVEDIR));
}

int remove_tree(const char *path, struct error *err)
{
    struct stat st;
    if (lstat(path, &st))
        return errno == ENOENT ? 0 : error_set(err, errno, "%s: %s", path, strerror(errno));
    if (remove_entry(AT_FDCWD, path, st.st_dev))
        return error_set(err, errno, "%s: not removed: %s", path, strerror(errno));
    return 0;
}
