/* common.h -- AIX structures that are the same in both widths [aix-abi 4]. */
#ifndef SYSCALLS_ABI_COMMON_H
#define SYSCALLS_ABI_COMMON_H

#include "runtime/be.h"

struct aix_flock64 {            /* flock64 of 32-bit programs, flock of 64-bit ones */
    be16 l_type, l_whence;
    be32 l_sysid, l_pid, l_vfs;
    be64 l_start, l_len;
};

struct aix_rlimit64 {
    be64 rlim_cur, rlim_max;
};

struct aix_tms {
    be32 tms_utime, tms_stime, tms_cutime, tms_cstime;
};

struct aix_termios {
    be32 c_iflag, c_oflag, c_cflag, c_lflag;
    uint8_t c_cc[16];
};

struct aix_termio {
    be16 c_iflag, c_oflag, c_cflag, c_lflag;
    uint8_t c_line, c_cc[8];
    uint8_t pad;
};

struct aix_winsize {
    be16 ws_row, ws_col, ws_xpixel, ws_ypixel;
};

struct aix_utsname {
    char sysname[32], nodename[32], release[32], version[32], machine[32];
};

struct aix_xutsname {
    be32 nid, reserved;
    be64 longnid;
};

struct aix_pollfd {
    be32 fd;
    be16 events, revents;
};

struct aix_cmsghdr {            /* no padding between control messages */
    be32 cmsg_len, cmsg_level, cmsg_type;
};

struct aix_linger {
    be32 l_onoff, l_linger;
};

struct aix_sembuf {
    be16 sem_num, sem_op, sem_flg;
};

struct aix_ipc_perm {
    be32 uid, gid, cuid, cgid, mode;
    be16 seq, pad;
    be32 key;
};

#endif
