/* guest_file.c -- see guest_file.h. */
#include "rootfs-tools/wpar/guest_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "rootfs-tools/backup/safe_tree.h"
#include "runtime/cleanup.h"

enum { TEXT_MAX_BYTES = 1 << 20 };

static int write_leaf(int parent, const char *leaf, const char *text)
{
    if (tree_remove(parent, leaf) && errno != ENOENT)
        return -1;
    close_fd int fd = openat(parent, leaf, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    size_t n = strlen(text);
    return fd < 0 || write(fd, text, n) != (ssize_t)n || fsync(fd) ? -1 : 0;
}

int guest_file_write(const char *directory, const char *path, const char *text, struct error *err)
{
    struct safe_tree tree;
    const char *leaf;
    if (tree_open(&tree, directory, err))
        return -1;
    int parent = tree_parent(&tree, path, &leaf, err), rc = parent < 0 ? -1 : 0;
    if (rc == 0 && write_leaf(parent, leaf, text))
        rc = error_set(err, errno, "%s/%s: %s", directory, path, strerror(errno));
    tree_close(&tree);
    return rc;
}

char *guest_file_read(const char *directory, const char *path)
{
    close_fd int root = open(directory, O_PATH | O_DIRECTORY | O_CLOEXEC);
    struct open_how how = { .flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
    close_fd int fd = root < 0 ? -1 : (int)syscall(SYS_openat2, root, path, &how, sizeof how);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || st.st_size > TEXT_MAX_BYTES)
        return NULL;
    char *text = malloc((size_t)st.st_size + 1);
    ssize_t n = text ? read(fd, text, (size_t)st.st_size) : -1;
    if (n < 0) {
        free(text);
        return NULL;
    }
    text[n] = '\0';
    return text;
}
