/* sys_directory.c -- names: reading directories, making, linking, renaming, removing, working directory. */
#include <dirent.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/directory_offset.h"
#include "syscalls/handlers.h"
#include "syscalls/path.h"

struct linux_dirent64 {         /* as getdents64(2) fills it */
    uint64_t d_ino;
    int64_t d_off;
    unsigned short d_reclen;
    unsigned char d_type;
    char d_name[];
};

static uint64_t tokens[DIRECTORY_TOKENS];
static atomic_uint next_token;

uint32_t directory_offset_token(uint64_t cookie)
{
    if (cookie < DIRECTORY_TOKEN)
        return (uint32_t)cookie;
    unsigned i = atomic_fetch_add(&next_token, 1) % DIRECTORY_TOKENS;
    tokens[i] = cookie;
    return DIRECTORY_TOKEN + i;
}

bool directory_offset_is_token(int64_t offset)
{
    return !guest.is64 && offset >= DIRECTORY_TOKEN && offset < DIRECTORY_TOKEN + DIRECTORY_TOKENS;
}

bool directory_offset_is_directory(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
}

int64_t directory_offset_resolve(int fd, int64_t offset)
{
    return directory_offset_is_directory(fd) ? (int64_t)tokens[offset - DIRECTORY_TOKEN] : offset;
}

/* Records for the guest out of one host buffer: bytes written; *resume is the position behind the last record taken, or
 * -1 when all were. */
static size_t convert_entries(const uint8_t *from, size_t from_size, uint8_t *to, size_t size, bool wide,
                              int64_t *resume)
{
    size_t used = 0;
    int64_t last = -1;
    for (size_t at = 0; at < from_size;) {
        const struct linux_dirent64 *h = (const struct linux_dirent64 *)(from + at);
        size_t n = wide ? aix64_dirent_put(to + used, size - used, (uint64_t)h->d_off, h->d_ino, h->d_name)
                        : aix32_dirent_put(to + used, size - used, directory_offset_token((uint64_t)h->d_off), h->d_ino,
                                           h->d_name);
        if (n == 0) {
            *resume = last;
            return used;
        }
        used += n;
        last = h->d_off;
        at += h->d_reclen;
    }
    *resume = -1;
    return used;
}

static int64_t read_directory(int fd, gva buffer, uint64_t size, bool wide)
{
    enum { CHUNK = 32768 };
    uint8_t host[CHUNK] __attribute__((aligned(8))), out[CHUNK];
    int64_t resume, start = lseek(fd, 0, SEEK_CUR);

    if (size > CHUNK)
        size = CHUNK;
    if (start < 0)
        return -errno;
    long n = syscall(SYS_getdents64, fd, host, size < 512 ? 512 : size);
    if (n <= 0)
        return n < 0 ? -errno : 0;
    size_t used = convert_entries(host, (size_t)n, out, size, wide, &resume);
    if (used < 1 || copyout(buffer, out, used) < 0) {
        lseek(fd, start, SEEK_SET);
        return used < 1 ? -EINVAL : -EFAULT;
    }
    if (resume >= 0 && lseek(fd, resume, SEEK_SET) < 0)
        return -errno;
    return (int64_t)used;
}

int64_t sys_getdirent(struct thread *t, int fd, gva buffer, uint64_t size)
{
    return read_directory(fd, buffer, size, guest.is64);
}
int64_t sys_getdirent64(struct thread *t, int fd, gva buffer, uint64_t size)
{
    return read_directory(fd, buffer, size, true);
}

static int64_t make_directory(int dirfd, gva path, uint32_t mode)
{
    close_path struct host_path p;
    int rc = path_lookup(dirfd, path, false, &p);
    return rc < 0 ? rc : host_result(mkdirat(p.dirfd, p.name, mode & 07777));
}

int64_t sys_mkdir(struct thread *t, gva path, uint32_t mode) { return make_directory(AIX_AT_FDCWD, path, mode); }
int64_t sys___vwpar_mkdirat(struct thread *t, int fd, gva path, uint32_t mode)
{
    return make_directory(fd, path, mode);
}

static int64_t remove_name(int dirfd, gva path, int host_flags)
{
    close_path struct host_path p;
    int rc = path_lookup(dirfd, path, false, &p);
    return rc < 0 ? rc : host_result(unlinkat(p.dirfd, p.name, host_flags));
}

int64_t sys_unlink(struct thread *t, gva path) { return remove_name(AIX_AT_FDCWD, path, 0); }
int64_t sys_rmdir(struct thread *t, gva path) { return remove_name(AIX_AT_FDCWD, path, AT_REMOVEDIR); }

int64_t sys___vwpar_unlinkat(struct thread *t, int fd, gva path, uint32_t flags)
{
    enum { AIX_AT_REMOVEDIR = 1 };
    if (flags & ~(uint32_t)AIX_AT_REMOVEDIR)
        return -EINVAL;
    return remove_name(fd, path, flags ? AT_REMOVEDIR : 0);
}

static int64_t rename_at(int from_fd, gva from, int to_fd, gva to)
{
    close_path struct host_path a = { .own = -1 }, b = { .own = -1 };
    int rc = path_lookup(from_fd, from, false, &a);
    if (rc == 0)
        rc = path_lookup(to_fd, to, false, &b);
    return rc < 0 ? rc : host_result(renameat(a.dirfd, a.name, b.dirfd, b.name));
}

int64_t sys_rename(struct thread *t, gva from, gva to) { return rename_at(AIX_AT_FDCWD, from, AIX_AT_FDCWD, to); }

int64_t sys___vwpar_renameat(struct thread *t, int from_fd, gva from, int to_fd, gva to)
{
    return rename_at(from_fd, from, to_fd, to);
}

int64_t sys_link(struct thread *t, gva from, gva to)
{
    close_path struct host_path a = { .own = -1 }, b = { .own = -1 };
    int rc = path_lookup(AIX_AT_FDCWD, from, true, &a);
    if (rc == 0)
        rc = path_lookup(AIX_AT_FDCWD, to, false, &b);
    int flags = a.at_flags & AT_SYMLINK_NOFOLLOW ? 0 : AT_SYMLINK_FOLLOW;
    return rc < 0 ? rc : host_result(linkat(a.dirfd, a.name, b.dirfd, b.name, flags));
}

int64_t sys_symlink(struct thread *t, gva target, gva path)
{
    char text[AIX_PATH_MAX + 1];
    close_path struct host_path p = { .own = -1 };
    int rc = copyinstr(text, target, sizeof text);
    if (rc == 0)
        rc = path_lookup(AIX_AT_FDCWD, path, false, &p);
    return rc < 0 ? rc : host_result(symlinkat(text, p.dirfd, p.name));
}

static int64_t read_link(int dirfd, gva path, gva buffer, uint64_t size)
{
    close_path struct host_path p;
    char text[PATH_MAX];
    int rc = path_lookup(dirfd, path, false, &p);
    if (rc < 0)
        return rc;
    ssize_t n = readlinkat(p.dirfd, p.name, text, size < sizeof text ? size : sizeof text);
    if (n < 0)
        return -errno;
    return copyout(buffer, text, (size_t)n) < 0 ? -EFAULT : n;
}

int64_t sys_readlink(struct thread *t, gva path, gva buffer, uint64_t size)
{
    return read_link(AIX_AT_FDCWD, path, buffer, size);
}

int64_t sys___vwpar_readlinkat(struct thread *t, int fd, gva path, gva buffer, uint64_t size)
{
    return read_link(fd, path, buffer, size);
}

int64_t sys_chdir(struct thread *t, gva path)
{
    close_path struct host_path p;
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    if (rc < 0)
        return rc;
    close_fd int fd = path_open(&p, O_PATH | O_DIRECTORY | O_CLOEXEC, 0);
    return fd < 0 ? fd : host_result(fchdir(fd));
}

int64_t sys_fchdir(struct thread *t, int fd) { return host_result(fchdir(fd)); }

/* The runner itself must stay reachable for execve, so the host process is not chroot()ed: lookups are confined
 * instead. */
int64_t sys_chroot(struct thread *t, gva path)
{
    close_path struct host_path p;
    if (geteuid() != 0)
        return -EPERM;
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    return rc < 0 ? rc : path_change_root(&p);
}

int64_t sys___vwpar_getcwd(struct thread *t, gva buffer, uint64_t size)
{
    char text[PATH_MAX];
    int rc = path_working_directory(text, sizeof text);
    if (rc < 0)
        return rc;
    size_t length = strlen(text) + 1;
    return length > size ? -ERANGE : copyout(buffer, text, length);
}
