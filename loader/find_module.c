/* find_module.c -- where libraries come from [aix-abi 2.6].
 *
 * Guest paths are opened inside the restored tree in the way chroot would resolve them: an absolute symbolic link stays
 * in the tree. Files that are neither XCOFF nor AIX archives are passed over, so that the host's own /usr/lib does no
 * harm when the guest's root is the host's.
 */
#include "loader/find_module.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "loader/big_archive.h"
#include "loader/library_choice.h"
#include "loader/xcoff_read.h"
#include "runtime/cleanup.h"

static const char default_path[] = "/usr/lib:/lib";

static int map_file(struct module_file *f, struct error *err)
{
    struct stat st;
    if (fstat(f->fd, &st) < 0)
        return error_set(err, errno, "%s", strerror(errno));
    if (!S_ISREG(st.st_mode) || st.st_size == 0)
        return error_set(err, ENOEXEC, "not an XCOFF module or AIX archive");
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, f->fd, 0);
    if (p == MAP_FAILED)
        return error_set(err, errno, "%s", strerror(errno));
    f->bytes = p;
    f->file_size = f->size = (uint64_t)st.st_size;
    f->dev = st.st_dev;
    f->ino = st.st_ino;
    return 0;
}

/* The module inside the mapped file. */
static int pick_member(struct module_file *f, const char *member, bool is64, struct error *err)
{
    if (archive_is(f->bytes, f->file_size)) {
        struct archive_member m;
        if (archive_find(f->bytes, f->file_size, member, is64, &m, err) < 0)
            return -1;
        f->offset = m.offset;
        f->size = m.size;
        free(f->member);
        f->member = strndup(m.name, m.name_length);
        return 0;
    }
    int width = xcoff_width(f->bytes, f->file_size);
    if (width == 0)
        return error_set(err, ENOEXEC, "not an XCOFF module or AIX archive");
    if (member[0])
        return error_set(err, ENOEXEC, "not an archive");
    if (width != (is64 ? 64 : 32))
        return error_set(err, ENOEXEC, "not %d-bit", is64 ? 64 : 32);
    return 0;
}

/* Takes over fd. */
static int module_file_from_fd(int fd, const char *guest_path, const char *member, bool is64, struct module_file *out,
                               struct error *err)
{
    *out = (struct module_file){ .fd = fd, .path = strdup(guest_path), .member = strdup(member) };
    if (map_file(out, err) < 0 || pick_member(out, member, is64, err) < 0) {
        module_file_close(out);
        return error_wrap(err, "%s", guest_path);
    }
    return 0;
}

int module_file_open(const char *host_path, const char *guest_path, const char *member, bool is64,
                     struct module_file *out, struct error *err)
{
    int fd = open(host_path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", guest_path, strerror(errno));
    return module_file_from_fd(fd, guest_path, member, is64, out, err);
}

void module_file_close(struct module_file *f)
{
    if (f->bytes)
        munmap((void *)f->bytes, f->file_size);
    if (f->fd >= 0)
        close(f->fd);
    free(f->path);
    free(f->member);
    *f = (struct module_file){ .fd = -1 };
}

/* Open a guest path below root; relative ones start at the current directory, which host and guest share. */
static int open_guest(const char *root, const char *path)
{
    if (path[0] != '/' || root[0] == 0)
        return open(path, O_RDONLY | O_CLOEXEC);
    close_fd int dir = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return -1;
    struct open_how how = { .flags = O_RDONLY | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS };
    int fd = (int)syscall(SYS_openat2, dir, path, &how, sizeof how);
    if (fd >= 0 || errno != ENOSYS)
        return fd;
    char host[PATH_MAX];
    if (snprintf(host, sizeof host, "%s%s", root, path) >= (int)sizeof host) {
        errno = ENAMETOOLONG;
        return -1;
    }
    return open(host, O_RDONLY | O_CLOEXEC);
}

struct request {                /* what is looked for, and the best reason so far why it was not found */
    const struct search_path *search;
    const char *base, *member;
    bool is64;
    struct module_file *out;
    struct error *err;
};

/* 0 found, -1 go on looking. The reason of a file that exists beats "no such file". */
static int try_fd(struct request *r, int fd, const char *guest_path)
{
    struct error why;
    if (fd < 0)
        return -1;
    if (module_file_from_fd(fd, guest_path, r->member, r->is64, r->out, &why) == 0)
        return 0;
    if (r->err->code == ENOENT)
        *r->err = why;
    if (r->err->code == ENOENT)
        r->err->code = ENOEXEC;
    return -1;
}

static int try_root(struct request *r, const char *directory)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s/%s", directory, r->base) >= (int)sizeof path)
        return -1;
    return try_fd(r, open_guest(r->search->root, path), path);
}

static const char *archive_name(const struct request *r)
{
    const char *slash = strrchr(r->base, '/');
    return slash ? slash + 1 : r->base;
}

/* The builtin libraries all stand in usr/lib, those with the host's behind them in usr/lib/bridge. */
static int try_base(struct request *r)
{
    char host[PATH_MAX], path[PATH_MAX];
    const char *name = archive_name(r), *base = r->search->base_dir;
    enum library_source wanted = library_choice(r->search->choices, name);
    if (wanted == LIBRARY_NATIVE)
        wanted = library_fallback(name);
    int fd = -1;
    if (!base || snprintf(host, sizeof host, "%s/usr/lib/bridge/%s", base, name) >= (int)sizeof host)
        return -1;
    if (wanted == LIBRARY_BRIDGE)
        fd = open(host, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        snprintf(host, sizeof host, "%s/usr/lib/%s", base, name);
        fd = open(host, O_RDONLY | O_CLOEXEC);
    }
    snprintf(path, sizeof path, "/usr/lib/%s", name);
    return try_fd(r, fd, path);
}

static bool is_system_directory(const char *directory)
{
    static const char *const names[] = { "/usr/lib", "/lib", "/usr/ccs/lib", "/usr/lpp/xlC/lib", "/usr/vac/lib",
                                         "/usr/lib/threads", "/usr/vacpp/lib" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(directory, names[i]) == 0)
            return true;
    return false;
}

static int try_directories(struct request *r, const char *list)
{
    for (const char *p = list; p; p = strchr(p, ':') ? strchr(p, ':') + 1 : NULL) {
        char directory[PATH_MAX];
        size_t length = strcspn(p, ":");
        if (length >= sizeof directory)
            continue;
        memcpy(directory, p, length);
        directory[length] = 0;
        while (length > 1 && directory[length - 1] == '/')
            directory[--length] = 0;
        if (try_root(r, length ? directory : ".") == 0 || (is_system_directory(directory) && try_base(r) == 0))
            return 0;
    }
    return -1;
}

/* A name with a directory in it is taken as it stands; nothing is searched. */
static int find_in_place(struct request *r, const char *path)
{
    if (path[0])
        return try_root(r, strcmp(path, "/") == 0 ? "" : path);
    return try_fd(r, open_guest(r->search->root, r->base), r->base);
}

int find_module(const struct search_path *search, const char *extra, const char *own_path, const char *program_path,
                const char *path, const char *base, const char *member, bool is64, struct module_file *out,
                struct error *err)
{
    struct request r = { search, base, member, is64, out, err };
    const char *lists[] = { extra, search->libpath, own_path, program_path, default_path };

    error_set(err, ENOENT, "not found");
    if (library_choice(search->choices, archive_name(&r)) != LIBRARY_NATIVE && try_base(&r) == 0)
        return 0;
    if (path[0] || strchr(base, '/')) {
        if (find_in_place(&r, path) == 0)
            return 0;
    } else {
        for (size_t i = 0; i < ARRAY_LEN(lists); i++)
            if (lists[i] && lists[i][0] && try_directories(&r, lists[i]) == 0)
                return 0;
    }
    return try_base(&r);
}
