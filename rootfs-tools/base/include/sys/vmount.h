/* sys/vmount.h -- records of mounted file systems, as mntctl gives them [AIX vmount.h]. */
#ifndef _H_VMOUNT
#define _H_VMOUNT

#include <sys/types.h>

#define VMT_OBJECT   0          /* what is mounted */
#define VMT_STUB     1          /* where */
#define VMT_HOST     2
#define VMT_HOSTNAME 3
#define VMT_INFO     4
#define VMT_ARGS     5
#define VMT_LASTINDEX 5

struct vmount {
    unsigned int vmt_revision;
    unsigned int vmt_length;    /* of the record and its data: the next one begins there */
    fsid_t vmt_fsid;
    int vmt_vfsnumber;
    unsigned int vmt_time;
    unsigned int vmt_timepad;
    int vmt_flags;
    int vmt_gfstype;
    struct vmt_data {
        short vmt_off;          /* from the beginning of the record */
        short vmt_size;
    } vmt_data[VMT_LASTINDEX + 1];
};

#define vmt2dataptr(vmt, index)  ((char *)(vmt) + (vmt)->vmt_data[index].vmt_off)
#define vmt2datasize(vmt, index) ((vmt)->vmt_data[index].vmt_size)

#define MNT_READONLY  0x00000001
#define MNT_REMOVABLE 0x00000002
#define MNT_DEVICE    0x00000004
#define MNT_REMOTE    0x00000008

#define MNT_J2     0
#define MNT_AIX    MNT_J2
#define MNT_NAMEFS 1
#define MNT_NFS    2
#define MNT_JFS    3
#define MNT_CDROM  5
#define MNT_PROCFS 6
#define MNT_NFS3   18

#endif
