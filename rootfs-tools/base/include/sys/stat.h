/* sys/stat.h -- file status [aix-abi 4.1: offsets and sizes]. */
#ifndef _H_STAT
#define _H_STAT

#include <sys/types.h>
#include <sys/time_types.h>

#if defined __64BIT__ || !defined _LARGE_FILES
struct stat {                   /* 116 bytes in 32-bit, 176 in 64-bit programs */
    dev_t st_dev;
    ino_t st_ino;
    mode_t st_mode;
    nlink_t st_nlink;
    unsigned short st_flag;
    uid_t st_uid;
    gid_t st_gid;
    dev_t st_rdev;
#ifdef __64BIT__
    int st_ssize;
#else
    off_t st_size;
#endif
    time_t st_atime;
    int st_atime_n;
    time_t st_mtime;
    int st_mtime_n;
    time_t st_ctime;
    int st_ctime_n;
    blksize_t st_blksize;
    blkcnt_t st_blocks;
    int st_vfstype;
    unsigned int st_vfs, st_type, st_gen;
    unsigned int st_reserved[9];
#ifdef __64BIT__
    unsigned int st_padto_ll;
    off_t st_size;
#endif
};
#endif

#if defined __64BIT__ || defined _LARGE_FILES
#define stat64 stat
#define lstat64 lstat
#define fstat64 fstat
#define fstatat64 fstatat
#endif
#ifndef __64BIT__
struct stat64 {                 /* 128 bytes; under _LARGE_FILES this is struct stat */
    dev_t st_dev;
    ino_t st_ino;
    mode_t st_mode;
    nlink_t st_nlink;
    unsigned short st_flag;
    uid_t st_uid;
    gid_t st_gid;
    dev_t st_rdev;
    int st_ssize;
    time_t st_atime;
    int st_atime_n;
    time_t st_mtime;
    int st_mtime_n;
    time_t st_ctime;
    int st_ctime_n;
    blksize_t st_blksize;
    blkcnt_t st_blocks;
    int st_vfstype;
    unsigned int st_vfs, st_type, st_gen;
    unsigned int st_reserved[10];
    off64_t st_size;
};
#endif

struct stat64x {                /* 176 bytes; 6.1 and later */
    dev64_t st_dev;
    ino64_t st_ino;
    mode_t st_mode;
    nlink_t st_nlink;
    unsigned short st_flag;
    uid_t st_uid;
    gid_t st_gid;
    dev64_t st_rdev;
    off64_t st_size;
    time64_t st_atime;
    int st_atime_n, st_atime_pad;
    time64_t st_mtime;
    int st_mtime_n, st_mtime_pad;
    time64_t st_ctime;
    int st_ctime_n, st_ctime_pad;
    long long st_blksize;
    long long st_blocks;
    int st_vfstype;
    unsigned int st_vfs, st_type, st_gen;
    unsigned int st_reserved[11];
    unsigned int st_padto_ll;
};

#define S_IFMT   0170000
#define S_IFREG  0100000
#define S_IFDIR  0040000
#define S_IFBLK  0060000
#define S_IFCHR  0020000
#define S_IFIFO  0010000
#define S_IFLNK  0120000
#define S_IFSOCK 0140000
#define S_ISUID  0004000
#define S_ISGID  0002000
#define S_ISVTX  0001000
#define S_IRWXU  0000700
#define S_IRUSR  0000400
#define S_IWUSR  0000200
#define S_IXUSR  0000100
#define S_IRWXG  0000070
#define S_IRGRP  0000040
#define S_IWGRP  0000020
#define S_IXGRP  0000010
#define S_IRWXO  0000007
#define S_IROTH  0000004
#define S_IWOTH  0000002
#define S_IXOTH  0000001
#define S_IREAD  S_IRUSR
#define S_IWRITE S_IWUSR
#define S_IEXEC  S_IXUSR
#define S_ISREG(m)  (((m) & S_IFMT) == S_IFREG)
#define S_ISDIR(m)  (((m) & S_IFMT) == S_IFDIR)
#define S_ISBLK(m)  (((m) & S_IFMT) == S_IFBLK)
#define S_ISCHR(m)  (((m) & S_IFMT) == S_IFCHR)
#define S_ISFIFO(m) (((m) & S_IFMT) == S_IFIFO)
#define S_ISLNK(m)  (((m) & S_IFMT) == S_IFLNK)
#define S_ISSOCK(m) (((m) & S_IFMT) == S_IFSOCK)

/* statx commands; the length limits the copy [aix-abi 3.5]. */
#define STX_NORMAL 0
#define STX_LINK   01
#define STX_MOUNT  02
#define STX_HIDDEN 04
#define STX_64     010
#define STX_64X    020
#define STATSIZE   sizeof(struct stat)
#define FULLSTAT   STATSIZE

int chmod(const char *, mode_t);
int fchmod(int, mode_t);
int fchmodat(int, const char *, mode_t, int);
int stat(const char *__restrict, struct stat *__restrict) __LARGE(stat);
int lstat(const char *__restrict, struct stat *__restrict) __LARGE(lstat);
int fstat(int, struct stat *) __LARGE(fstat);
int fstatat(int, const char *__restrict, struct stat *__restrict, int) __LARGE(fstatat);
#ifndef stat64
int stat64(const char *__restrict, struct stat64 *__restrict);
int lstat64(const char *__restrict, struct stat64 *__restrict);
int fstat64(int, struct stat64 *);
int fstatat64(int, const char *__restrict, struct stat64 *__restrict, int);
#endif
int stat64x(const char *__restrict, struct stat64x *__restrict);
int lstat64x(const char *__restrict, struct stat64x *__restrict);
int fstat64x(int, struct stat64x *);
int statx(const char *, void *, int, int);
int fstatx(int, void *, int, int);
int mkdir(const char *, mode_t);
int mkdirat(int, const char *, mode_t);
int mkfifo(const char *, mode_t);
int mknod(const char *, mode_t, dev_t);
mode_t umask(mode_t);
int utimensat(int, const char *, const struct timespec[2], int);
int futimens(int, const struct timespec[2]);
#define UTIME_NOW  (-2)         /* recalled */
#define UTIME_OMIT (-3)         /* recalled */

#endif
