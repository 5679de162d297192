/* fcntl.h -- files and their control [aix-abi 4.4]. */
#ifndef _H_FCNTL
#define _H_FCNTL

#include <sys/types.h>
#include <sys/mode.h>

#define O_RDONLY     0
#define O_WRONLY     1
#define O_RDWR       2
#define O_ACCMODE    3
#define O_NONBLOCK   0x00000004
#define O_APPEND     0x00000008
#define O_SYNC       0x00000010
#define O_SNAPSHOT   0x00000040
#define O_CIO        0x00000080
#define O_CREAT      0x00000100
#define O_TRUNC      0x00000200
#define O_EXCL       0x00000400
#define O_NOCTTY     0x00000800
#define O_RSHARE     0x00001000
#define O_DEFER      0x00002000
#define O_DELAY      0x00004000
#define O_NDELAY     0x00008000     /* read returns 0 where O_NONBLOCK gives EAGAIN */
#define O_NSHARE     0x00010000
#define O_ASYNC      0x00020000
#define O_DIRECTORY  0x00080000
#define O_NOCACHE    0x00100000
#define O_RSYNC      0x00200000
#define O_DSYNC      0x00400000
#define O_CLOEXEC    0x00800000     /* 6.1 and later */
#define O_NOFOLLOW   0x01000000     /* 6.1 and later */
#define O_LARGEFILE  0x04000000
#define O_DIRECT     0x08000000
#define FASYNC       O_ASYNC
#define FAPPEND      O_APPEND
#define FNDELAY      O_NDELAY
#define FNONBLOCK    O_NONBLOCK

#define F_DUPFD    0
#define F_GETFD    1
#define F_SETFD    2
#define F_GETFL    3
#define F_SETFL    4
#if defined __64BIT__ || defined _LARGE_FILES
#define F_GETLK    11
#define F_SETLK    12
#define F_SETLKW   13
#else
#define F_GETLK    5
#define F_SETLK    6
#define F_SETLKW   7
#endif
#define F_GETOWN   8
#define F_SETOWN   9
#define F_CLOSEM   10
#define POSIX_FADV_NORMAL     0         /* values: this project's own */
#define POSIX_FADV_RANDOM     1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED   3
#define POSIX_FADV_DONTNEED   4
#define POSIX_FADV_NOREUSE    5
#define F_GETLK64  11
#define F_SETLK64  12
#define F_SETLKW64 13
#define F_DUP2FD   14
#define F_TSTLK    15
#define F_DUPFD_CLOEXEC 16
#define FD_CLOEXEC 1
#define F_RDLCK    1
#define F_WRLCK    2
#define F_UNLCK    3

#define AT_FDCWD            (-2)
#define AT_SYMLINK_NOFOLLOW 1
#define AT_SYMLINK_FOLLOW   2
#define AT_REMOVEDIR        1
#define AT_EACCESS          1

struct flock64 {
    short l_type, l_whence;
    unsigned int l_sysid;
    int l_pid;
    int l_vfs;
    long long l_start, l_len;
};
#if defined __64BIT__ || defined _LARGE_FILES
struct flock {
    short l_type, l_whence;
    unsigned int l_sysid;
    int l_pid;
    int l_vfs;
    off_t l_start, l_len;
};
#else
struct flock {
    short l_type, l_whence;
    off_t l_start, l_len;
    unsigned int l_sysid;
    int l_pid;
    int l_vfs;
};
#endif

int creat(const char *, mode_t) __LARGE(creat);
int creat64(const char *, mode_t);
int fcntl(int, int, ...);
int open(const char *, int, ...) __LARGE(open);
int open64(const char *, int, ...);
int openx(const char *, int, mode_t, int);
int openat(int, const char *, int, ...) __LARGE(openat);
int openat64(int, const char *, int, ...);

int posix_fadvise(int, off_t, off_t, int);
int posix_fallocate(int, off_t, off_t);

#endif
