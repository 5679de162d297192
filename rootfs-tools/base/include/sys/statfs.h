/* sys/statfs.h -- file systems [aix-abi 4.13]. */
#ifndef _H_STATFS
#define _H_STATFS

#include <sys/types.h>

struct statfs {                 /* 132 bytes in 32-bit programs */
    int f_version, f_type;
    unsigned long f_bsize;
    fsblkcnt_t f_blocks, f_bfree, f_bavail;
    fsfilcnt_t f_files, f_ffree;
#ifdef __64BIT__
    fsid64_t f_fsid;
#else
    fsid_t f_fsid;
#endif
    int f_vfstype;
    unsigned long f_fsize;
    int f_vfsnumber, f_vfsoff, f_vfslen, f_vfsvers;
    char f_fname[32], f_fpack[32];
    int f_name_max;
};
int statfs(const char *, struct statfs *);
int fstatfs(int, struct statfs *);

#endif
