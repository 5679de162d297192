/* sys/ipc.h -- System V IPC [aix-abi 4.11]. */
#ifndef _H_IPC
#define _H_IPC

#include <sys/types.h>

#define IPC_CREAT  0020000
#define IPC_EXCL   0002000
#define IPC_NOWAIT 0004000
#define IPC_ALLOC  0100000
#define IPC_RMID   0
#define IPC_SET    101
#define IPC_STAT   102
#define IPC_PRIVATE ((key_t)-1)

struct ipc_perm {
    uid_t uid;
    gid_t gid;
    uid_t cuid;
    gid_t cgid;
    mode_t mode;
    unsigned short seq;
    key_t key;
};

key_t ftok(const char *, int);

#endif
