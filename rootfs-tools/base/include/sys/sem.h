/* sys/sem.h -- semaphore sets [aix-abi 4.11]. */
#ifndef _H_SEM
#define _H_SEM

#include <sys/ipc.h>

#define SEM_UNDO 010000
#define GETNCNT 3
#define GETPID  4
#define GETVAL  5
#define GETALL  6
#define GETZCNT 7
#define SETVAL  8
#define SETALL  9

struct sembuf {
    unsigned short sem_num;
    short sem_op, sem_flg;
};
struct semid_ds {               /* recalled */
    struct ipc_perm sem_perm;
    void *sem_base;
    unsigned short sem_nsems;
    time_t sem_otime, sem_ctime;
};

int semget(key_t, int, int);
int semop(int, struct sembuf *, size_t);
int semctl(int, int, int, ...);

#endif
