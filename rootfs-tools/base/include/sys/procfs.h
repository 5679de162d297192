/* sys/procfs.h -- records of /proc/PID/map [AIX /proc File]. Partitions have this machine's /proc, which has no such file. */
#ifndef _H_PROCFS
#define _H_PROCFS

#include <stdint.h>
#include <sys/types.h>

#define PRMAPSZ 64

#define MA_EXEC     0x00000001
#define MA_WRITE    0x00000002
#define MA_READ     0x00000004
#define MA_SHARED   0x00000008
#define MA_BREAK    0x00000010
#define MA_STACK    0x00000020
#define MA_KERNTEXT 0x40000000
#define MA_MAINEXEC 0x80000000

typedef struct prmap {
    uint64_t pr_size;
    uint64_t pr_vaddr;
    char pr_mapname[PRMAPSZ];
    uint64_t pr_off;
    uint32_t pr_mflags;
    uint32_t pr_pathoff;
    int32_t pr_alias;
    uint32_t pr_pad;
} prmap_t;

#endif
