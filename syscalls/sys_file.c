/* sys_file.c -- open files: open, close, read, write, lseek, fcntl, locks, pipe, fsync [aix-abi 3.5, 4.4]. */
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/private_fd.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/directory_offset.h"
#include "syscalls/flags.h"
#include "syscalls/guest_iov.h"
#include "syscalls/handlers.h"
#include "syscalls/no_delay.h"
#include "syscalls/path.h"

enum { AIX_O_ACCMODE = 3 };

enum {
    AIX_F_DUPFD = 0, AIX_F_GETFD, AIX_F_SETFD, AIX_F_GETFL, AIX_F_SETFL, AIX_F_GETLK, AIX_F_SETLK, AIX_F_SETLKW,
    AIX_F_GETOWN, AIX_F_SETOWN, AIX_F_CLOSEM, AIX_F_GETLK64, AIX_F_SETLK64, AIX_F_SETLKW64, AIX_F_DUP2FD, AIX_F_TSTLK,
    AIX_F_DUPFD_CLOEXEC,
};

/* Opening can block (FIFOs, terminals), so it goes through safe_syscall. */
static int64_t open_at(int dirfd, gva path, uint32_t oflags, uint32_t mode)
{
    close_path struct host_path p;
    uint32_t unknown;
    int flags = (int)(oflags & AIX_O_ACCMODE) | (int)flags_to_host(FLAGS_open, oflags & ~AIX_O_ACCMODE, &unknown);
    if (unknown)
        log_line(LOG_INFO, "open", "flags %#x have no equivalent", unknown);
    bool follow = !(flags & O_NOFOLLOW) && !((flags & O_CREAT) && (flags & O_EXCL));
    int rc = path_lookup(dirfd, path, follow, &p);
    if (rc < 0)
        return rc;
    if (p.at_flags & AT_SYMLINK_NOFOLLOW && !(flags & O_EXCL))
        flags |= O_NOFOLLOW;
    int64_t fd = restartable(safe_syscall(SYS_openat, p.dirfd, (long)p.name, flags, mode & 07777, 0, 0));
    if (fd >= 0)
        no_delay_set((int)fd, oflags);
    return fd;
}

int64_t sys_open(struct thread *t, gva path, uint32_t oflags, uint32_t mode)
{
    return open_at(AIX_AT_FDCWD, path, oflags, mode);
}
int64_t sys_kopen(struct thread *t, gva path, uint32_t oflags, uint32_t mode)
{
    return open_at(AIX_AT_FDCWD, path, oflags, mode);
}

int64_t sys_openx(struct thread *t, gva path, uint32_t oflags, uint32_t mode, int extension)
{
    return open_at(AIX_AT_FDCWD, path, oflags, mode);       /* extensions are for special device drivers */
}

int64_t sys_kopenx(struct thread *t, gva path, uint32_t oflags, uint32_t mode, int extension)
{
    return open_at(AIX_AT_FDCWD, path, oflags, mode);
}
int64_t sys_kopen64x(struct thread *t, gva path, uint32_t oflags, uint32_t mode, int extension)
{
    return open_at(AIX_AT_FDCWD, path, oflags, mode);
}

int64_t sys_creat(struct thread *t, gva path, uint32_t mode)
{
    return open_at(AIX_AT_FDCWD, path, 1 | 0x100 | 0x200, mode);    /* O_WRONLY|O_CREAT|O_TRUNC */
}

int64_t sys___vwpar_openat(struct thread *t, int dirfd, gva path, uint32_t oflags, uint32_t mode)
{
    return open_at(dirfd, path, oflags, mode);
}

int64_t sys_close(struct thread *t, int fd)
{
    private_fd_leave(fd, fd);
    no_delay_forget(fd, fd + 1);
    return host_result(close(fd));
}

/* A buffer of the guest as a host address; the host kernel finds unmapped pages itself. */
static int64_t transfer(long nr, int fd, gva buffer, uint64_t size, int64_t offset)
{
    void *p = guest_range(buffer, size);
    if (!p)
        return -EFAULT;
    return no_delay_result(fd, restartable(safe_syscall(nr, fd, (long)p, (long)size, offset, 0, 0)), -EAGAIN);
}

int64_t sys_kread(struct thread *t, int fd, gva buffer, uint64_t size)
{
    return transfer(SYS_read, fd, buffer, size, 0);
}
int64_t sys_kwrite(struct thread *t, int fd, gva buffer, uint64_t size)
{
    return transfer(SYS_write, fd, buffer, size, 0);
}

int64_t sys_kpread(struct thread *t, int fd, gva buffer, uint64_t size, int64_t offset)
{
    return transfer(SYS_pread64, fd, buffer, size, offset);
}

int64_t sys_kpwrite(struct thread *t, int fd, gva buffer, uint64_t size, int64_t offset)
{
    return transfer(SYS_pwrite64, fd, buffer, size, offset);
}

int guest_iov_copyin(struct iovec *to, gva ea, int count)
{
    uint64_t total = 0;
    if (count < 0 || count > AIX_UIO_MAXIOV)
        return -EINVAL;
    for (int i = 0; i < count; i++, ea += ABI_SIZE(iovec)) {
        uint64_t base, length;
        if (copyin_long(&base, ea) < 0 || copyin_long(&length, ea + ABI_SIZE(iovec) / 2) < 0)
            return -EFAULT;
        total += length;
        if (length > INT64_MAX || total > (guest.is64 ? (uint64_t)INT64_MAX : INT32_MAX))
            return -EINVAL;
        to[i].iov_base = length ? guest_range(base, length) : NULL;
        to[i].iov_len = length;
        if (length && !to[i].iov_base)
            return -EFAULT;
    }
    return 0;
}

static int64_t transfer_vector(long nr, int fd, gva iov, int count)
{
    struct iovec host[AIX_UIO_MAXIOV];
    int rc = guest_iov_copyin(host, iov, count);
    return rc < 0 ? rc : no_delay_result(fd, restartable(safe_syscall(nr, fd, (long)host, count, 0, 0, 0)), -EAGAIN);
}

int64_t sys_kreadv(struct thread *t, int fd, gva iov, int count, int extension)
{
    return transfer_vector(SYS_readv, fd, iov, count);
}
int64_t sys_kwritev(struct thread *t, int fd, gva iov, int count, int extension)
{
    return transfer_vector(SYS_writev, fd, iov, count);
}

static int64_t seek(int fd, int64_t offset, int whence)
{
    if (whence < 0 || whence > SEEK_END)
        return -EINVAL;
    if (whence == SEEK_SET && directory_offset_is_token(offset)) {
        int64_t rc = lseek(fd, directory_offset_resolve(fd, offset), SEEK_SET);
        return rc < 0 ? -errno : offset;
    }
    return host_result(lseek(fd, offset, whence));
}

int64_t sys_klseek(struct thread *t, int fd, int64_t offset, int whence, gva result)
{
    be64 at;
    int64_t rc = seek(fd, offset, whence);
    if (rc < 0)
        return rc;
    be64_put(&at, rc);
    return copyout(result, &at, sizeof at);
}

int64_t sys_lseek(struct thread *t, int fd, int64_t offset, int whence)
{
    int64_t rc = seek(fd, offset, whence);
    if (guest.is64 || rc <= INT32_MAX)
        return rc;
    return directory_offset_is_directory(fd) ? directory_offset_token((uint64_t)rc) : -EOVERFLOW;
}

int64_t sys__lseek(struct thread *t, int fd, int64_t offset, int whence) { return sys_lseek(t, fd, offset, whence); }

/* --- fcntl -------------------------------------------------------------------------------------------------------- */

/* AIX numbers lock types from 1 in the host's order: read, write, unlock. */
static int lock_from_guest(struct flock *h, int type, int whence, int64_t start, int64_t len)
{
    if (type < 1 || type > 3)
        return -EINVAL;
    *h = (struct flock){ .l_type = (short)(type - 1), .l_whence = (short)whence, .l_start = start, .l_len = len };
    return 0;
}

static int flock_copyin(struct flock *h, gva ea, bool wide)
{
    struct aix_flock64 g;
    struct aix32_flock g32;
    if (wide) {
        if (copyin(&g, ea, sizeof g) < 0)
            return -EFAULT;
        return lock_from_guest(h, be_get(g.l_type), (int16_t)be_get(g.l_whence), (int64_t)be_get(g.l_start),
                               (int64_t)be_get(g.l_len));
    }
    if (copyin(&g32, ea, sizeof g32) < 0)
        return -EFAULT;
    return lock_from_guest(h, be_get(g32.l_type), (int16_t)be_get(g32.l_whence), (int32_t)be_get(g32.l_start),
                           (int32_t)be_get(g32.l_len));
}

static int flock_copyout(gva ea, const struct flock *h, bool wide)
{
    struct aix_flock64 g = { 0 };
    struct aix32_flock g32 = { 0 };
    bool fits = true;
#define PUT(to)                                                                                     \
    (fits &= be_put(&(to).l_type, h->l_type + 1), fits &= be_put(&(to).l_whence, h->l_whence),      \
     fits &= be_put(&(to).l_start, h->l_start), fits &= be_put(&(to).l_len, h->l_len), be_put(&(to).l_pid, h->l_pid))
    if (wide) {
        PUT(g);
        return copyout(ea, &g, sizeof g);
    }
    PUT(g32);
#undef PUT
    return fits ? copyout(ea, &g32, sizeof g32) : -EOVERFLOW;
}

static int64_t lock_command(int fd, int cmd, gva ea)
{
    bool wide = guest.is64 || cmd >= AIX_F_GETLK64;
    int base = cmd >= AIX_F_GETLK64 ? AIX_F_GETLK64 : AIX_F_GETLK;
    static const int host_cmd[] = { F_GETLK, F_SETLK, F_SETLKW };
    struct flock lock;
    int rc = flock_copyin(&lock, ea, wide);
    if (rc < 0)
        return rc;
    int64_t result = restartable(safe_syscall(SYS_fcntl, fd, host_cmd[cmd - base], (long)&lock, 0, 0, 0));
    return result >= 0 && cmd == base ? flock_copyout(ea, &lock, wide) : result;
}

static int64_t get_flags(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0)
        return -errno;
    uint32_t aix = flags_to_aix(FLAGS_open, (uint32_t)(flags & ~O_ACCMODE), NULL);
    if (aix & AIX_O_NONBLOCK && no_delay_of(fd))
        aix ^= AIX_O_NONBLOCK | AIX_O_NDELAY;
    return (flags & O_ACCMODE) | (int)aix;
}

static int64_t set_flags(int fd, uint32_t aix)
{
    if (fcntl(fd, F_SETFL, (int)flags_to_host(FLAGS_open, aix, NULL)) < 0)
        return -errno;
    no_delay_set(fd, aix);
    return 0;
}

static int64_t duplicate(int fd, int cmd, int64_t from)
{
    if (from < 0 || from >= private_fd_base())
        return -EINVAL;
    int64_t copy = host_result(fcntl(fd, cmd == AIX_F_DUPFD ? F_DUPFD : F_DUPFD_CLOEXEC, (int)from));
    no_delay_copy(fd, copy);
    return copy;
}

static int64_t duplicate_to(int fd, int64_t to)
{
    if (to < 0 || to >= private_fd_base())
        return -EBADF;
    private_fd_leave((int)to, (int)to);
    int64_t copy = host_result(dup2(fd, (int)to));
    no_delay_copy(fd, copy);
    return copy;
}

int64_t sys_kfcntl(struct thread *t, int fd, int cmd, int64_t arg)
{
    gva ea = guest.is64 ? (gva)arg : (uint32_t)arg;
    switch (cmd) {
    case AIX_F_DUPFD:
    case AIX_F_DUPFD_CLOEXEC:
        return duplicate(fd, cmd, arg);
    case AIX_F_DUP2FD:
        return duplicate_to(fd, arg);
    case AIX_F_GETFD:
        return host_result(fcntl(fd, F_GETFD));
    case AIX_F_SETFD:
        return host_result(fcntl(fd, F_SETFD, (int)(arg & FD_CLOEXEC)));
    case AIX_F_GETFL:
        return get_flags(fd);
    case AIX_F_SETFL:
        return set_flags(fd, (uint32_t)arg);
    case AIX_F_GETLK:
    case AIX_F_SETLK:
    case AIX_F_SETLKW:
    case AIX_F_GETLK64:
    case AIX_F_SETLK64:
    case AIX_F_SETLKW64:
        return lock_command(fd, cmd, ea);
    case AIX_F_GETOWN: {
        struct f_owner_ex owner;
        if (fcntl(fd, F_GETOWN_EX, &owner) < 0)
            return -errno;
        return negative_result(owner.type == F_OWNER_PGRP ? -owner.pid : owner.pid);
    }
    case AIX_F_SETOWN:
        return host_result(fcntl(fd, F_SETOWN, (int)arg));
    case AIX_F_CLOSEM:
        private_fd_leave(fd, private_fd_base() - 1);
        no_delay_forget(fd, private_fd_base());
        return fd < 0 ? -EBADF : host_result(close_range((unsigned)fd, (unsigned)private_fd_base() - 1, 0));
    }
    log_line(LOG_INFO, "fcntl", "command %d is not known", cmd);
    return -EINVAL;
}

/* lockf: a write lock of `size` bytes from the current position. */
int64_t sys_klockf(struct thread *t, int fd, int function, int64_t size)
{
    enum { ULOCK, LOCK, TLOCK, TEST };
    struct flock lock = { .l_type = function == ULOCK ? F_UNLCK : F_WRLCK, .l_whence = SEEK_CUR, .l_len = size };
    if (function < ULOCK || function > TEST)
        return -EINVAL;
    int cmd = function == LOCK ? F_SETLKW : function == TEST ? F_GETLK : F_SETLK;
    int64_t rc = restartable(safe_syscall(SYS_fcntl, fd, cmd, (long)&lock, 0, 0, 0));
    if (rc < 0 || function != TEST)
        return rc;
    return lock.l_type == F_UNLCK ? 0 : -EACCES;
}

int64_t sys_lockf(struct thread *t, int fd, int function, int64_t size) { return sys_klockf(t, fd, function, size); }
int64_t sys__lockf(struct thread *t, int fd, int function, int64_t size) { return sys_klockf(t, fd, function, size); }
int64_t sys__klockf(struct thread *t, int fd, int function, int64_t size) { return sys_klockf(t, fd, function, size); }

/* --- the rest ----------------------------------------------------------------------------------------------------- */

int64_t sys_pipe(struct thread *t, gva fds)
{
    int pair[2];
    if (pipe(pair) < 0)
        return -errno;
    if (copyout_u32(fds, (uint32_t)pair[0]) == 0 && copyout_u32(fds + 4, (uint32_t)pair[1]) == 0)
        return 0;
    close(pair[0]);
    close(pair[1]);
    return -EFAULT;
}

int64_t sys_fsync(struct thread *t, int fd) { return host_result(fsync(fd)); }

int64_t sys_kfsync_range(struct thread *t, int fd, uint32_t how, int64_t offset, int64_t len)
{
    enum { DATA_ONLY = 0x400000 };      /* O_DSYNC; O_SYNC asks for everything */
    return host_result(how & DATA_ONLY ? fdatasync(fd) : fsync(fd));
}

int64_t sys_sync(struct thread *t)
{
    sync();
    return 0;
}

int64_t sys_syncvfs(struct thread *t, gva path, uint32_t command) { return sys_sync(t); }

static int64_t truncate_path(gva path, int64_t size)
{
    close_path struct host_path p;
    int rc = path_lookup(AIX_AT_FDCWD, path, true, &p);
    if (rc < 0)
        return rc;
    int fd = path_open(&p, O_WRONLY | O_CLOEXEC | O_NONBLOCK, 0);
    if (fd < 0)
        return fd;
    int64_t result = host_result(ftruncate(fd, size));
    close(fd);
    return result;
}

int64_t sys_ktruncate(struct thread *t, gva path, int64_t size) { return truncate_path(path, size); }
int64_t sys_truncate(struct thread *t, gva path, int64_t size) { return truncate_path(path, size); }
int64_t sys_kftruncate(struct thread *t, int fd, int64_t size) { return host_result(ftruncate(fd, size)); }
int64_t sys_ftruncate(struct thread *t, int fd, int64_t size) { return host_result(ftruncate(fd, size)); }

static int write_zeros(int fd, off_t at, off_t count)
{
    static const char zeros[65536];
    for (ssize_t n; count > 0; at += n, count -= n) {
        n = pwrite(fd, zeros, count < (off_t)sizeof zeros ? (size_t)count : sizeof zeros, at);
        if (n <= 0)
            return n < 0 ? -errno : -EIO;
    }
    return 0;
}

/* Zeros from the file's place on, which moves behind them; the file may grow. A hole where the host can make one. */
int64_t sys_kfclear(struct thread *t, int fd, int64_t count)
{
    off_t at = lseek(fd, 0, SEEK_CUR);
    struct stat st;
    int rc = 0;
    if (at < 0 || fstat(fd, &st) < 0)
        return -errno;
    if (count < 0 || !S_ISREG(st.st_mode))
        return -EINVAL;
    if ((fcntl(fd, F_GETFL) & O_ACCMODE) == O_RDONLY)
        return -EBADF;
    if (count > INT64_MAX - at || (at + count > st.st_size && ftruncate(fd, at + count) < 0))
        return -EFBIG;
    off_t inside = at + count < st.st_size ? count : st.st_size - at;
    if (inside > 0 && fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, at, inside) < 0)
        rc = write_zeros(fd, at, inside);
    return rc < 0 ? rc : lseek(fd, at + count, SEEK_SET) < 0 ? -errno : count;
}

int64_t sys_fclear(struct thread *t, int fd, int64_t count) { return sys_kfclear(t, fd, count); }
