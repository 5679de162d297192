/* sys/statvfs.h -- file systems, XPG form [aix-abi 4.13]. */
#ifndef _H_STATVFS
#define _H_STATVFS

#include <sys/types.h>

struct statvfs {
    unsigned long f_bsize, f_frsize;
    fsblkcnt_t f_blocks, f_bfree, f_bavail;
    fsfilcnt_t f_files, f_ffree, f_favail;
#ifdef __64BIT__
    fsid64_t f_fsid;
#else
    fsid_t f_fsid;
#endif
    char f_basetype[16];
    unsigned long f_flag, f_namemax;
    char f_fstr[32];
    unsigned long f_filler[16];
};
#define ST_RDONLY 0x01
#define ST_NOSUID 0x40
#define ST_NODEV  0x80

int statvfs(const char *__restrict, struct statvfs *__restrict);
int fstatvfs(int, struct statvfs *);

#endif
