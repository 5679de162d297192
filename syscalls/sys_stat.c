/* sys_stat.c -- what files are: stat in its forms, access, owners, modes, times [aix-abi 4.1, 3.5]. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/handlers.h"
#include "syscalls/path.h"

enum { STX_LINK = 1, STX_64 = 010, STX_64X = 020 };

enum { AIX_AT_SYMLINK_NOFOLLOW = 1, AIX_AT_EACCESS = 1 };

static int64_t copyout_cut(gva buffer, const void *from, size_t size, uint64_t room)
{
    return copyout(buffer, from, room && room < size ? room : size);
}

/* stat64x keeps 64-bit size and no reserved words of the head's kind; always the LP64 layout. */
static int64_t put_stat64x(gva buffer, uint64_t room, const struct stat *st)
{
    struct aix64_stat64 g;
    aix64_stat64_put(&g, st);
    be64_put((be64 *)&g.head.st_ssize, st->st_size);
    be64_put(&g.st_size, 0);
    return copyout_cut(buffer, &g, sizeof g, room);
}

static int64_t put_stat(gva buffer, uint64_t room, uint32_t cmd, const struct stat *st)
{
    struct aix64_stat64 g64;
    struct aix32_stat64 g32;

    if (cmd & STX_64X)
        return put_stat64x(buffer, room, st);
    if (guest.is64)
        return aix64_stat64_put(&g64, st) ? copyout_cut(buffer, &g64, sizeof g64, room) : -EOVERFLOW;
    if (!aix32_stat64_put(&g32, st) || (!(cmd & STX_64) && st->st_size > INT32_MAX))
        return -EOVERFLOW;
    return copyout_cut(buffer, &g32, cmd & STX_64 ? sizeof g32 : sizeof g32.head, room);
}

static int64_t stat_at(int dirfd, gva path, gva buffer, uint64_t room, uint32_t cmd)
{
    close_path struct host_path p;
    struct stat st;
    int rc = path_lookup(dirfd, path, !(cmd & STX_LINK), &p);
    if (rc < 0)
        return rc;
    if (fstatat(p.dirfd, p.name, &st, p.at_flags) < 0)
        return -errno;
    return put_stat(buffer, room, cmd, &st);
}

int64_t sys_statx(struct thread *t, gva path, gva buffer, uint64_t room, uint32_t cmd)
{
    return stat_at(AIX_AT_FDCWD, path, buffer, room, cmd);
}

int64_t sys___vwpar_statxat(struct thread *t, int fd, gva path, gva buffer, uint64_t room, uint32_t cmd, uint32_t flags)
{
    return stat_at(fd, path, buffer, room, flags & AIX_AT_SYMLINK_NOFOLLOW ? cmd | STX_LINK : cmd);
}

int64_t sys_fstatx(struct thread *t, int fd, gva buffer, uint64_t room, uint32_t cmd)
{
    struct stat st;
    return fstat(fd, &st) < 0 ? -errno : put_stat(buffer, room, cmd, &st);
}

/* --- access ------------------------------------------------------------------------------------------------------- */

/* accessx's `who`: the effective ids, the real ones, everybody else, or everybody. */
enum { ACC_SELF = 0, ACC_INVOKER = 1, ACC_OTHERS = 8, ACC_ALL = 0x20 };

/* Others (and the group of everyone else) have the permission by the mode bits; for ACC_ALL the owner too. */
static int64_t access_by_mode(const struct stat *st, uint32_t mode, uint32_t who)
{
    unsigned have = (st->st_mode >> 3) & st->st_mode & 7;
    if (who == ACC_ALL)
        have &= st->st_mode >> 6;
    return (mode & ~have & 7) ? -EACCES : 0;
}

static int64_t access_at(int dirfd, gva path, uint32_t mode, uint32_t who)
{
    close_path struct host_path p;
    struct stat st;
    int rc = path_lookup(dirfd, path, true, &p);
    if (rc < 0)
        return rc;
    if (mode > 7)
        return -EINVAL;
    if (who == ACC_SELF || who == ACC_INVOKER)
        return host_result(faccessat(p.dirfd, p.name, (int)mode, p.at_flags | (who == ACC_SELF ? AT_EACCESS : 0)));
    if (fstatat(p.dirfd, p.name, &st, p.at_flags) < 0)
        return -errno;
    return access_by_mode(&st, mode, who);
}

int64_t sys_access(struct thread *t, gva path, uint32_t mode)
{
    return access_at(AIX_AT_FDCWD, path, mode, ACC_INVOKER);
}
int64_t sys_accessx(struct thread *t, gva path, uint32_t mode, uint32_t who)
{
    return access_at(AIX_AT_FDCWD, path, mode, who);
}

int64_t sys___vwpar_faccessat(struct thread *t, int fd, gva path, uint32_t mode, uint32_t flags)
{
    return access_at(fd, path, mode, flags & AIX_AT_EACCESS ? ACC_SELF : ACC_INVOKER);
}

int64_t sys_faccessx(struct thread *t, int fd, uint32_t mode, uint32_t who)
{
    struct stat st;
    if (fstat(fd, &st) < 0)
        return -errno;
    if (who == ACC_SELF || who == ACC_INVOKER)
        return host_result(faccessat(fd, "", (int)mode, AT_EMPTY_PATH | (who == ACC_SELF ? AT_EACCESS : 0)));
    return access_by_mode(&st, mode, who);
}

/* --- modes, owners, times ----------------------------------------------------------------------------------------- */

int64_t sys_chmod(struct thread *t, gva path, uint32_t mode)
{
    close_path struct host_path p;
    char text[PATH_MAX];
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    if (rc == 0)
        rc = path_host_text(&p, text, sizeof text);
    return rc < 0 ? rc : host_result(chmod(text, mode & 07777));
}

int64_t sys_fchmod(struct thread *t, int fd, uint32_t mode) { return host_result(fchmod(fd, mode & 07777)); }

static int64_t change_owner(gva path, int uid, int gid, bool follow)
{
    close_path struct host_path p;
    int rc = path_lookup(AIX_AT_FDCWD, path, follow, &p);
    return rc < 0 ? rc : host_result(fchownat(p.dirfd, p.name, (uid_t)uid, (gid_t)gid, p.at_flags));
}

int64_t sys_chown(struct thread *t, gva path, int uid, int gid) { return change_owner(path, uid, gid, true); }
int64_t sys_lchown(struct thread *t, gva path, int uid, int gid) { return change_owner(path, uid, gid, false); }
int64_t sys_fchown(struct thread *t, int fd, int uid, int gid)
{
    return host_result(fchown(fd, (uid_t)uid, (gid_t)gid));
}

/* chown with flags: which of the two stays as it is. */
static int kept(uint32_t flags, uint32_t bit, int id) { return flags & bit ? -1 : id; }
enum { T_OWNER_AS_IS = 1, T_GROUP_AS_IS = 2 };

int64_t sys_chownx(struct thread *t, gva path, int uid, int gid, uint32_t flags)
{
    return change_owner(path, kept(flags, T_OWNER_AS_IS, uid), kept(flags, T_GROUP_AS_IS, gid), true);
}

int64_t sys_fchownx(struct thread *t, int fd, int uid, int gid, uint32_t flags)
{
    return sys_fchown(t, fd, kept(flags, T_OWNER_AS_IS, uid), kept(flags, T_GROUP_AS_IS, gid));
}

int64_t sys_utimes(struct thread *t, gva path, gva times)
{
    close_path struct host_path p;
    struct timeval tv[2];
    struct timespec ts[2];
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    for (unsigned i = 0; i < 2 && rc == 0 && times; i++) {
        rc = ABI_CALL(timeval_copyin, &tv[i], times + i * ABI_SIZE(timeval));
        ts[i] = (struct timespec){ tv[i].tv_sec, tv[i].tv_usec * 1000 };
    }
    return rc < 0 ? rc : host_result(utimensat(p.dirfd, p.name, times ? ts : NULL, p.at_flags));
}

int64_t sys___vwpar_utimensat(struct thread *t, int fd, gva path, gva times, uint32_t flags)
{
    enum { AIX_UTIME_NOW = -2, AIX_UTIME_OMIT = -3 };
    close_path struct host_path p;
    struct timespec ts[2];
    int rc = path_lookup(fd, path, !(flags & AIX_AT_SYMLINK_NOFOLLOW), &p);
    for (unsigned i = 0; i < 2 && rc == 0 && times; i++) {
        rc = ABI_CALL(timespec_copyin, &ts[i], times + i * ABI_SIZE(timespec));
        if (ts[i].tv_nsec == AIX_UTIME_NOW)
            ts[i].tv_nsec = UTIME_NOW;
        else if (ts[i].tv_nsec == AIX_UTIME_OMIT)
            ts[i].tv_nsec = UTIME_OMIT;
    }
    return rc < 0 ? rc : host_result(utimensat(p.dirfd, p.name, times ? ts : NULL, p.at_flags));
}

int64_t sys_umask(struct thread *t, uint32_t mask) { return umask(mask & 0777); }

/* The device number of a 64-bit process arrives cut to the 16:16 split, which AIX's makedev uses too [aix-abi 8.1]. */
int64_t sys_mknod(struct thread *t, gva path, uint32_t mode, uint32_t dev)
{
    close_path struct host_path p;
    int rc = path_lookup(AIX_AT_FDCWD, path, false, &p);
    return rc < 0 ? rc
                  : host_result(mknodat(p.dirfd, p.name, mode & (S_IFMT | 07777), makedev(dev >> 16, dev & 0xFFFF)));
}
