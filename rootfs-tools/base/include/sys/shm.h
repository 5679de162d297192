/* sys/shm.h -- shared memory [aix-abi 4.11]. */
#ifndef _H_SHM
#define _H_SHM

#include <sys/ipc.h>

#define SHM_RDONLY 010000
#define SHM_RND    020000
#define SHM_PIN    004000
#define SHM_MAP    004000
#define SHM_SIZE   6            /* recalled */
#define SHM_LOCK   201
#define SHM_UNLOCK 202
#define SHM_LGPAGE 0x80000000
#define SHMLBA     0x10000000
#define SHMLBA_EXTSHM 0x1000

typedef unsigned short shmatt_t;
struct shmid_ds {               /* 32-bit offsets inferred */
    struct ipc_perm shm_perm;
    size_t shm_segsz;
    pid_t shm_lpid, shm_cpid;
    unsigned int shm_nattch, shm_cnattch;
    time_t shm_atime, shm_dtime, shm_ctime;
    unsigned long shm_handle;
    int shm_extshm;
    long long shm_pagesize;
    unsigned long long shm_lba;
    int shm_reserved[2];
};

int shmget(key_t, size_t, int);
void *shmat(int, const void *, int);
int shmdt(const void *);
int shmctl(int, int, struct shmid_ds *);

#endif
