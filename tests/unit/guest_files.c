/* guest_files.c -- files, owners, memory, processes and identities: what guest_syscalls.c leaves out of them.
 *
 * Stands on /unix alone. Offsets and numbers are aix-abi's, written out here.
 *
 *      guest_files DIRECTORY       writable and empty
 */
#include "guest_kernel.h"

extern int open(const char *, int, int), creat(const char *, int), close(int), access(const char *, int);
extern int kopen(const char *, int, int), openx(const char *, int, int, int), kopenx(const char *, int, int, int);
extern int kopen64x(const char *, int, int, int);
extern long kread(int, void *, ulong), lseek(int, long, int), _lseek(int, long, int),
    kwritev(int, void *, int, int), kreadv(int, void *, int, int);
extern int kpwrite(int, const void *, ulong, s64), kfcntl(int, int, long);
extern int lockf(int, int, long), klockf(int, int, s64), _lockf(int, int, long), _klockf(int, int, s64);
extern int statx(const char *, void *, ulong, int), fstatx(int, void *, ulong, int);
extern long getdirent64(int, void *, ulong);
extern int ktruncate(const char *, s64), truncate(const char *, long), ftruncate(int, long), kftruncate(int, s64);
extern int fsync(int), kfsync_range(int, int, s64, s64), syncvfs(const char *, int);
extern void sync(void);
extern long fclear(int, ulong), kfclear(int, s64);
extern int accessx(const char *, int, int), faccessx(int, int, int), chdir(const char *), fchdir(int), chroot(const char *);
extern int chmod(const char *, int), fchmod(int, int), chown(const char *, int, int), lchown(const char *, int, int);
extern int fchown(int, int, int), chownx(const char *, int, int, int), fchownx(int, int, int, int);
extern int mknod(const char *, int, int), utimes(const char *, void *), statfs(const char *, void *), fstatfs(int, void *);
extern int statfs64(const char *, void *), fstatfs64(int, void *), mntctl(int, int, void *);
extern int mkdir(const char *, int), rmdir(const char *), unlink(const char *), symlink(const char *, const char *);
extern int __vwpar_openat(int, const char *, int, int), __vwpar_statxat(int, const char *, void *, ulong, int, int);
extern int __vwpar_unlinkat(int, const char *, int), __vwpar_faccessat(int, const char *, int, int);
extern long __vwpar_readlinkat(int, const char *, char *, ulong);
extern int __vwpar_utimensat(int, const char *, void *, int), __vwpar_mkdirat(int, const char *, int);
extern int __vwpar_renameat(int, const char *, int, const char *), __vwpar_getcwd(char *, ulong);
extern int getmsg(int, void *, void *, void *), putmsg(int, void *, void *, int);
extern int getpmsg(int, void *, void *, void *, void *), putpmsg(int, void *, void *, int, int);
extern int pipe(int *), kioctl(int, int, void *, void *), kioctl32(int, int, void *, void *);
extern int brk(void *), munmap(void *, ulong), msync(void *, ulong, int), madvise(void *, ulong, int);
extern void *sbrk(long), *__libc_sbrk(long), *kmmap(void *, ulong, int, int, int, s64), *mmap(void *, ulong, int, int, int, long);
extern void *shmat(int, void *, int);
extern int shmdt(void *), mincore(void *, ulong, void *), disclaim(void *, ulong, int), vmgetinfo(void *, int, int);
extern int kwaitpid64(int *, int, int, void *, void *), kill(int, int);
extern int kra_fork(int, ulong, int), ra_execve(int, ulong, int, const char *, char **, char **);
extern int _getpid(void), _getppid(void), _getpgrp(void), _getpgrpx(int), kgetpgidx(int), kgetsidx(int), kgetsid(int);
extern int _setpgid(int, int), _setpgrp(void), _setsid(void), yield(void), times(void *), mycpu(void);
extern int getrpid(int, int, int), getrtid(int), getvtid(int), appgetrusage(int, void *), getrusage64(int, void *);
extern int appgetrlimit(int, void *), appsetrlimit(int, void *), getrlimit64(int, void *), setrlimit64(int, void *);
extern long appulimit(int, long);
extern int getuidx(int), getgidx(int), setuidx(int, int), setgidx(int, int), setuid(int), setgid(int), seteuid(int),
    setreuid(int, int), getgroups(int, void *), setgroups(int, void *);
extern int unamex(void *), gethostname(char *, int), sethostname(const char *, int), getdomainname(char *, int);
extern int setdomainname(const char *, int), gethostid(void), __vwpar_ncpus(void), __vwpar_physpages(void);

enum { RDONLY = 0, RDWR = 2, CREAT = 0x100, TRUNC = 0x200 };

/* --- files -------------------------------------------------------------------------------------------------------- */

static long size_of(const char *path)
{
    u8 st[200];
    clear(st, sizeof st);
    EQ(statx(path, st, W(116, 176), 0), 0);
    return W((long)word(st, 28), wide(st, 168));
}

static int owner_of(const char *path, int link, ulong field)
{
    u8 st[200];
    EQ(statx(path, st, W(116, 176), link), 0);
    return (int)word(st, field);
}

static void opening(void)
{
    int fd = creat("made", 0640);
    TRUE(fd >= 0);
    ulong iov[4] = { (ulong)"abc", 3, (ulong)"defgh", 5 };
    EQ(kwritev(fd, iov, 2, 0), 8);
    EQ(_lseek(fd, 2, 0), 2);
    FAILS(kread(fd, iov, 1), EBADF);                        /* creat opens for writing alone */
    EQ(fsync(fd), 0);
    EQ(kfsync_range(fd, 0x10, 0, 0), 0);
    EQ(close(fd), 0);
    fd = kopen("made", RDONLY, 0);
    u8 st[200];
    EQ(fstatx(fd, st, W(116, 176), 0), 0);
    EQ(word(st, W(8, 16)), 0100640);
    FAILS(fstatx(1234, st, W(116, 176), 0), EBADF);
    close(fd);
    fd = openx("made", RDWR, 0, 0);
    TRUE(fd >= 0);
    close(fd);
    fd = kopenx("made", RDWR, 0, 0);
    TRUE(fd >= 0);
    close(fd);
    fd = kopen64x("made", RDWR, 0, 0);
    TRUE(fd >= 0);
    close(fd);
    FAILS(creat("no/such", 0600), ENOENT);
    sync();
    EQ(syncvfs("/", 0), 0);
}

static void truncating(void)
{
    EQ(truncate("made", 5), 0);
    EQ(size_of("made"), 5);
    EQ(ktruncate("made", 6), 0);
    EQ(size_of("made"), 6);
    int fd = open("made", RDWR, 0);
    EQ(ftruncate(fd, 7), 0);
    EQ(size_of("made"), 7);
    FAILS(kftruncate(fd, -1), EINVAL);
    FAILS(truncate("none", 0), ENOENT);
    FAILS(ftruncate(1234, 0), EBADF);
    /* fclear: zeros from here on, the place moves, the file grows */
    char text[16];
    ftruncate(fd, 0);
    EQ(kpwrite(fd, "0123456789", 10, 0), 10);
    EQ(lseek(fd, 4, 0), 4);
    EQ(fclear(fd, 3), 3);
    EQ(lseek(fd, 0, 1), 7);
    EQ(lseek(fd, 0, 0), 0);
    EQ(kread(fd, text, 16), 10);
    TRUE(same(text, "0123\0\0\000789", 10));
    EQ(lseek(fd, 8, 0), 8);
    EQ(kfclear(fd, 100000), 100000);
    EQ(size_of("made"), 100008);
    EQ(lseek(fd, 0, 0), 0);
    EQ(kread(fd, text, 9), 9);
    TRUE(same(text, "0123\0\0\0007\0", 9));
    close(fd);
    fd = open("made", RDONLY, 0);
    FAILS(kfclear(fd, 1), EBADF);
    close(fd);
}

static volatile int lock_fd;
static void lock_elsewhere(void)                            /* POSIX: EACCES or EAGAIN */
{
    FAILS(lockf(lock_fd, 2, 10), EAGAIN);                   /* F_TLOCK */
    FAILS(lockf(lock_fd, 3, 10), EACCES);                   /* F_TEST */
    FAILS(klockf(lock_fd, 2, 10), EAGAIN);
    FAILS(_lockf(lock_fd, 2, 10), EAGAIN);
    FAILS(_klockf(lock_fd, 2, 10), EAGAIN);
}

static void locking(void)
{
    int fd = lock_fd = open("made", RDWR, 0);
    EQ(lockf(fd, 1, 10), 0);                                /* F_LOCK */
    EQ(status_of(lock_elsewhere), 0);
    EQ(lockf(fd, 0, 10), 0);                                /* F_ULOCK */
    EQ(klockf(fd, 3, 10), 0);
    EQ(_lockf(fd, 3, 10), 0);
    EQ(_klockf(fd, 3, 10), 0);
    FAILS(lockf(fd, 9, 10), EINVAL);
    close(fd);
}

static void access_as_user(void)
{
    EQ(setuid(12345), 0);
    FAILS(accessx("made", 2, 0), EACCES);                   /* W_OK, ACC_SELF */
    FAILS(access("made", 2), EACCES);
    FAILS(chown("made", 0, 0), EPERM);
    FAILS(chroot("."), EPERM);
    FAILS(mknod("device", 0020600, 0), EACCES);
}

static void modes(void)
{
    EQ(chmod("made", 0604), 0);
    EQ(owner_of("made", 0, W(8, 16)), 0100604);
    int fd = open("made", RDWR, 0);
    EQ(fchmod(fd, 0600), 0);
    EQ(owner_of("made", 0, W(8, 16)), 0100600);
    EQ(accessx("made", 6, 0), 0);
    FAILS(accessx("none", 0, 0), ENOENT);
    EQ(faccessx(fd, 6, 0), 0);
    FAILS(faccessx(1234, 6, 0), EBADF);
    EQ(access("made", 4), 0);
    symlink("made", "pointer");
    int root = getuidx(1) == 0, uid = root ? 11 : -1, gid = root ? 12 : -1;
    EQ(chown("made", uid, gid), 0);
    EQ(lchown("pointer", root ? 21 : -1, -1), 0);
    EQ(fchown(fd, -1, -1), 0);
    if (root) {
        EQ(owner_of("made", 0, W(16, 24)), 11);
        EQ(owner_of("made", 0, W(20, 28)), 12);
        EQ(owner_of("pointer", 1, W(16, 24)), 21);
        EQ(fchown(fd, 31, 32), 0);
        EQ(owner_of("made", 0, W(16, 24)), 31);
        EQ(chownx("made", 41, 42, 0), 0);
        EQ(owner_of("made", 0, W(20, 28)), 42);
        EQ(chownx("made", 51, 52, 1), 0);                   /* the owner as it is */
        EQ(owner_of("made", 0, W(16, 24)), 41);
        EQ(owner_of("made", 0, W(20, 28)), 52);
        EQ(fchownx(fd, 0, 0, 2), 0);                        /* the group as it is */
        EQ(owner_of("made", 0, W(16, 24)), 0);
        EQ(owner_of("made", 0, W(20, 28)), 52);
        EQ(chmod(".", 0755), 0);
        EQ(status_of(access_as_user), 0);
    }
    FAILS(chmod("none", 0600), ENOENT);
    FAILS(fchmod(1234, 0600), EBADF);
    FAILS(chown("none", -1, -1), ENOENT);
    FAILS(lchown("none", -1, -1), ENOENT);
    FAILS(fchown(1234, -1, -1), EBADF);
    unlink("pointer");
    close(fd);
}

static void names(void)
{
    u8 st[200], times2[32];
    EQ(mknod("fifo", 0010600, 0), 0);
    EQ(owner_of("fifo", 0, W(8, 16)), 0010600);
    EQ(unlink("fifo"), 0);
    clear(times2, sizeof times2);                           /* two timevals: access, modification */
    *(long *)times2 = 1000;
    *(long *)(times2 + W(8, 16)) = 2000;
    EQ(utimes("made", times2), 0);
    EQ(statx("made", st, W(116, 176), 0), 0);
    EQ(wide(st, W(32, 48)), 1000);                          /* st_atim */
    EQ(wide(st, W(40, 64)), 2000);                          /* st_mtim */
    FAILS(utimes("none", times2), ENOENT);
    mkdir("dir", 0700);
    int fd = open("dir", RDONLY, 0), here = open(".", RDONLY, 0);
    char where[256];
    EQ(fchdir(fd), 0);
    EQ(__vwpar_getcwd(where, sizeof where), 0);
    TRUE(same(where + length(where) - 4, "/dir", 4));
    EQ(fchdir(here), 0);
    FAILS(fchdir(1234), EBADF);
    close(creat("dir/entry", 0600));
    u8 buffer[1024];
    int found = 0;
    long n;
    while ((n = getdirent64(fd, buffer, sizeof buffer)) > 0)
        for (long at = 0; at < n; at += half(buffer, (ulong)at + 16))           /* the 64-bit record in both widths */
            found += same(buffer + at + 20, "entry", 6);
    EQ(n, 0);
    EQ(found, 1);
    FAILS(getdirent64(1234, buffer, sizeof buffer), EBADF);
    unlink("dir/entry");
    close(fd);
    close(here);
}

static void relative_names(void)
{
    u8 st[200], times2[32];
    char text[16];
    int fd = open("dir", RDONLY, 0);
    int file = __vwpar_openat(fd, "inner", RDWR | CREAT, 0600);
    TRUE(file >= 0);
    close(file);
    EQ(__vwpar_statxat(fd, "inner", st, W(116, 176), 0, 0), 0);
    EQ(word(st, W(8, 16)), 0100600);
    EQ(__vwpar_faccessat(fd, "inner", 4, 0), 0);
    FAILS(__vwpar_faccessat(fd, "none", 4, 0), ENOENT);
    clear(times2, sizeof times2);                           /* two timespecs */
    *(long *)times2 = 3000;
    *(long *)(times2 + W(8, 16)) = 4000;
    EQ(__vwpar_utimensat(fd, "inner", times2, 0), 0);
    EQ(statx("dir/inner", st, W(116, 176), 0), 0);
    EQ(wide(st, W(40, 64)), 4000);
    EQ(__vwpar_mkdirat(fd, "sub", 0700), 0);
    EQ(__vwpar_renameat(fd, "inner", -2, "outer"), 0);      /* AT_FDCWD */
    EQ(access("outer", 0), 0);
    symlink("target", "dir/link");
    EQ(__vwpar_readlinkat(fd, "link", text, sizeof text), 6);
    TRUE(same(text, "target", 6));
    EQ(__vwpar_unlinkat(fd, "link", 0), 0);
    EQ(__vwpar_unlinkat(fd, "sub", 1), 0);                  /* AT_REMOVEDIR */
    FAILS(__vwpar_unlinkat(fd, "sub", 1), ENOENT);
    EQ(unlink("outer"), 0);
    close(fd);
    EQ(rmdir("dir"), 0);
}

static void file_systems(void)
{
    u8 fs[200];
    u32 needed[2];
    clear(fs, sizeof fs);
    EQ(statfs(".", fs), 0);
    TRUE(wide(fs, 8) > 0);                                  /* f_bsize */
    TRUE(wide(fs, W(12, 16)) > 0);                          /* f_blocks */
    int fd = open(".", RDONLY, 0);
    clear(fs, sizeof fs);
    EQ(fstatfs(fd, fs), 0);
    TRUE(wide(fs, 8) > 0);
    FAILS(statfs("none", fs), ENOENT);
    FAILS(fstatfs(1234, fs), EBADF);
    EQ(statfs64(".", fs), 0);
    EQ(fstatfs64(fd, fs), 0);
    EQ(mntctl(2, sizeof needed, needed), 0);                /* too small: the size needed */
    TRUE(needed[0] > 44);
    FAILS(mntctl(1, sizeof needed, needed), EINVAL);
    close(fd);
}

static void streams(void)
{
    int fds[2];
    pipe(fds);
    FAILS(getmsg(fds[0], 0, 0, 0), ENOSTR);
    FAILS(putmsg(fds[1], 0, 0, 0), ENOSTR);
    FAILS(getpmsg(fds[0], 0, 0, 0, 0), ENOSTR);
    FAILS(putpmsg(fds[1], 0, 0, 0, 0), ENOSTR);
    FAILS(getmsg(1234, 0, 0, 0), EBADF);
    int waiting = -1;
    EQ(kioctl(fds[0], 0x4004667F, &waiting, 0), 0);         /* FIONREAD */
    EQ(waiting, 0);
    kwrite(fds[1], "abc", 3);
    EQ(kioctl32(fds[0], 0x4004667F, &waiting, 0), 0);
    EQ(waiting, 3);
    close(fds[0]), close(fds[1]);
}

/* O_NDELAY: nothing to read is 0 bytes; O_NONBLOCK: EAGAIN [aix-abi 4.4]. */
static void no_delay(void)
{
    char text[4];
    EQ(mknod("fifo", 0010600, 0), 0);
    int fd = open("fifo", RDWR | 0x8000, 0), copy = kfcntl(fd, 0, 50);       /* O_NDELAY; F_DUPFD */
    TRUE(fd >= 0 && copy >= 50);
    EQ(kfcntl(fd, 3, 0) & 0x8004, 0x8000);                  /* F_GETFL */
    EQ(kread(fd, text, 4), 0);
    EQ(kread(copy, text, 4), 0);
    ulong iov[2] = { (ulong)text, 4 };
    EQ(kreadv(fd, iov, 1, 0), 0);
    EQ(kwrite(fd, "ab", 2), 2);
    EQ(kread(fd, text, 4), 2);
    EQ(kfcntl(fd, 4, 4), 0);                                /* F_SETFL O_NONBLOCK */
    EQ(kfcntl(fd, 3, 0) & 0x8004, 4);
    FAILS(kread(fd, text, 4), EAGAIN);
    close(fd), close(copy);
    fd = open("fifo", RDWR | 4, 0);                         /* the same number again */
    FAILS(kread(fd, text, 4), EAGAIN);
    close(fd);
    EQ(unlink("fifo"), 0);
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

static void memory(void)
{
    char *top = sbrk(0);
    EQ(brk(top + 50000), 0);
    TRUE((char *)sbrk(0) == top + 50000);
    top[49999] = 1;
    TRUE((char *)__libc_sbrk(0) == top + 50000);
    EQ(brk(top), 0);
    FAILS(brk((void *)4096), 12);                           /* ENOMEM */
    int fd = open("made", RDWR | TRUNC, 0);
    kpwrite(fd, "x", 1, 8191);
    char *p = kmmap(0, 8192, 3, 1, fd, 0);                  /* MAP_SHARED */
    TRUE(p != (char *)-1 && p[8191] == 'x');
    p[0] = 'y';
    EQ(msync(p, 8192, 0x20), 0);                            /* MS_SYNC */
    char first;
    EQ(kread(fd, &first, 1), 1);
    EQ(first, 'y');
    FAILS(msync(p + 1, 10, 0x20), EINVAL);
    EQ(madvise(p, 8192, 0), 0);
    FAILS(madvise(p, 8192, 77), EINVAL);
    char in[4];
    EQ(mincore(p, 8192, in), 0);
    EQ(in[0] & 1, 1);
    EQ(munmap(p, 8192), 0);
    char *q = kmmap(0, 4096, 3, 2, fd, 4096);               /* MAP_PRIVATE, from an offset on */
    EQ(q[4095], 'x');
    EQ(munmap(q, 4096), 0);
    char *file = shmat(fd, 0, 0x800);                       /* SHM_MAP: the descriptor's file */
    TRUE((ulong)file % W(0x10000000ul, 4096ul) == 0);
    EQ(file[8191], 'x');
    file[1] = 'z';
    lseek(fd, 1, 0);
    EQ(kread(fd, &first, 1), 1);
    EQ(first, 'z');
    EQ(shmdt(file), 0);
    FAILS((long)shmat(1234, 0, 0x800), EBADF);
    close(fd);
    p = mmap(0, 8192, 3, 0x12, -1, 0);
    p[5000] = 7;
    EQ(disclaim(p, 8192, 1), 0);                            /* ZERO_MEM */
    EQ(p[5000], 0);
    s64 info[2] = { (s64)(ulong)p, 0 };
    EQ(vmgetinfo(info, 7, sizeof info), 0);                 /* VM_PAGE_INFO */
    EQ((long)info[1], 4096);
    EQ(munmap(p, 8192), 0);
}

/* --- processes ---------------------------------------------------------------------------------------------------- */

static int parent;
static void family(void)
{
    EQ(_getppid(), parent);
    EQ(_setpgid(0, 0), 0);
    EQ(_getpgrp(), _getpid());
    EQ(_getpgrpx(0), _getpid());
    EQ(kgetpgidx(_getpid()), _getpid());
    FAILS(_setsid(), EPERM);                                /* the leader of a group */
    FAILS(kgetsidx(-5), ESRCH);
}

static void session(void)
{
    EQ(_setsid(), _getpid());
    EQ(kgetsidx(0), _getpid());
    EQ(kgetsid(0), _getpid());
    EQ(_setpgrp(), _getpid());
}

static void use_time(void)
{
    volatile long sum = 0;
    for (long i = 0; i < 200000; i++)
        sum += i;
}

static void processes(void)
{
    int status = 0, t[4];
    parent = _getpid();
    EQ(status_of(family), 0);
    EQ(status_of(session), 0);
    EQ(yield(), 0);
    TRUE(mycpu() >= 0);
    EQ(getrpid(_getpid(), 0, 0), _getpid());
    EQ(getrtid(5), 5);
    EQ(getvtid(5), 5);
    TRUE(times(t) != -1);
    FAILS(times(WILD), EFAULT);
    u8 usage[144];
    EQ(appgetrusage(0, usage), 0);
    TRUE(wide(usage, W(16, 32)) > 0);                       /* ru_maxrss */
    FAILS(appgetrusage(7, usage), EINVAL);
    EQ(getrusage64(0, usage), 0);
    TRUE(*(s64 *)(usage + 32) > 0);
    FAILS(getrusage64(0, WILD), EFAULT);
    int pid = kra_fork(0, 0, 0);
    if (pid == 0) {
        use_time();
        _exit(3);
    }
    EQ(kwaitpid64(&status, pid, 4, usage, 0), pid);
    EQ(status, 3 << 8);
    TRUE(*(s64 *)(usage + 32) > 0);
}

static void exec_self(void)
{
    extern char **guest_argv;
    char *argv[] = { "again", "exec", "child", 0 }, *envp[] = { 0 };
    ra_execve(0, 0, 0, guest_argv[0], argv, envp);
}
char **guest_argv;

static void limits(void)
{
    long limit[2];
    s64 limit64[2];
    EQ(appgetrlimit(4, limit), 0);                          /* RLIMIT_CORE */
    EQ(getrlimit64(7, limit64), 0);                         /* RLIMIT_NOFILE */
    TRUE(limit64[0] > 0 && limit64[0] <= limit64[1]);
    limit[0] = 0;
    EQ(appsetrlimit(4, limit), 0);
    EQ(getrlimit64(4, limit64), 0);
    EQ((long)limit64[0], 0);
    EQ(getrlimit64(2, limit64), 0);                         /* RLIMIT_DATA holds for the break */
    limit64[0] = 65536;
    EQ(setrlimit64(2, limit64), 0);
    TRUE(sbrk(60000) != (void *)-1);
    FAILS((long)sbrk(60000), 12);                           /* ENOMEM */
    TRUE(sbrk(-60000) != (void *)-1);
    FAILS(setrlimit64(77, limit64), EINVAL);
    EQ(appulimit(2, 8), 8);                                 /* SET_FSIZE, blocks of 512 bytes */
    EQ(appulimit(1, 0), 8);                                 /* GET_FSIZE */
    int fd = creat("limited", 0600);
    FAILS(kftruncate(fd, 4097), EFBIG);
    close(fd);
    unlink("limited");
    TRUE(appulimit(3, 0) != -1);                            /* GET_DATALIM */
    FAILS(appulimit(99, 0), EINVAL);
}

static void limits_in_child(void)
{
    extern int _sigaction(int, void *, void *);
    u8 ignore[48];
    clear(ignore, sizeof ignore);
    *(ulong *)ignore = 1;                                   /* SIG_IGN */
    EQ(_sigaction(25, ignore, 0), 0);                       /* SIGXFSZ */
    limits();
}

/* --- identity ----------------------------------------------------------------------------------------------------- */

static void change_ids(void)
{
    u32 groups[8] = { 5, 6 };
    EQ(setgroups(2, groups), 0);
    groups[0] = groups[1] = 0;
    EQ(getgroups(8, groups), 2);
    EQ(groups[0], 5);
    EQ(groups[1], 6);
    FAILS(getgroups(1, groups), EINVAL);
    EQ(setgidx(1 | 2, 100), 0);                             /* effective and real */
    EQ(getgidx(1), 100);
    EQ(getgidx(2), 100);
    EQ(setgid(101), 0);
    EQ(getgidx(4), 101);                                    /* saved */
    EQ(seteuid(200), 0);
    EQ(getuidx(1), 200);
    EQ(getuidx(2), 0);
    EQ(seteuid(0), 0);
    EQ(setuidx(1, 300), 0);
    EQ(getuidx(1), 300);
    EQ(setuidx(1, 0), 0);
    EQ(setreuid(400, 400), 0);
    EQ(getuidx(2), 400);
    FAILS(setuid(0), EPERM);
    FAILS(setgid(0), EPERM);
    FAILS(setgroups(2, groups), EPERM);
    FAILS(seteuid(0), EPERM);
    FAILS(setreuid(0, 0), EPERM);
}

static void new_root(void)
{
    mkdir("root", 0755);
    close(creat("root/inside", 0600));
    EQ(chroot("root"), 0);
    EQ(chdir("/"), 0);
    EQ(access("/inside", 4), 0);
    FAILS(access("/etc", 0), ENOENT);
    unlink("/inside");
}

static void identity(void)
{
    u32 groups[2];
    TRUE(getgroups(0, groups) >= 0);
    FAILS(getuidx(3), EINVAL);
    FAILS(setuidx(0, 1), EINVAL);
    FAILS(setgidx(64, 1), EINVAL);
    if (getuidx(1) != 0)
        return;
    EQ(status_of(change_ids), 0);
    EQ(status_of(new_root), 0);
    EQ(rmdir("root"), 0);
}

static void system_names(void)
{
    u8 x[16];
    char name[256], again[256];
    EQ(unamex(x), 0);
    TRUE(word(x, 0) != 0 && word(x, 12) == word(x, 0));     /* nid; longnid */
    FAILS(unamex(WILD), EFAULT);
    EQ(gethostname(name, sizeof name), 0);
    TRUE(length(name) > 0);
    FAILS(gethostname(name, -1), EINVAL);
    FAILS(sethostname(WILD, 5), EFAULT);
    FAILS(sethostname(name, 1000), EINVAL);
    if (sethostname(name, (int)length(name)) == 0) {
        EQ(gethostname(again, sizeof again), 0);
        TRUE(same(name, again, length(name) + 1));
    } else {
        EQ(errno, EPERM);
    }
    EQ(getdomainname(name, sizeof name), 0);
    FAILS(getdomainname(WILD, 10), EFAULT);
    FAILS(setdomainname(WILD, 5), EFAULT);
    if (length(name) && setdomainname(name, (int)length(name)) < 0)
        EQ(errno, EPERM);
    EQ(gethostid(), word(x, 0));
    TRUE(__vwpar_ncpus() > 0);
    TRUE(__vwpar_physpages() > 1000);
}

static int run(int argc, char **argv)
{
    if (argc == 3)
        return same(argv[1], "exec", 5) && same(argv[2], "child", 6) ? 57 : 1;
    if (argc != 2 || chdir(argv[1]) < 0)
        return 99;
    guest_argv = argv;
    opening();
    truncating();
    locking();
    modes();
    names();
    relative_names();
    file_systems();
    streams();
    no_delay();
    memory();
    processes();
    if (argv[0][0] == '/')
        EQ(status_of(exec_self), 57 << 8);
    EQ(status_of(limits_in_child), 0);
    identity();
    system_names();
    unlink("made");
    return failures ? 1 : 0;
}
