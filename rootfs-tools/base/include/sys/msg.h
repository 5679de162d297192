/* sys/msg.h -- message queues [aix-abi 4.11]. */
#ifndef _H_MSG
#define _H_MSG

#include <sys/ipc.h>

#define MSG_NOERROR 010000
typedef unsigned long msgqnum_t, msglen_t;
struct msqid_ds {
    struct ipc_perm msg_perm;
    void *msg_first, *msg_last;
    unsigned int msg_cbytes;
    msgqnum_t msg_qnum;
    msglen_t msg_qbytes;
    pid_t msg_lspid, msg_lrpid;
    time_t msg_stime, msg_rtime, msg_ctime;
    int msg_rwait, msg_wwait;
    unsigned short msg_reqevents;
};

int msgget(key_t, int);
int msgsnd(int, const void *, size_t, int);
ssize_t msgrcv(int, void *, size_t, long, int);
int msgctl(int, int, struct msqid_ds *);

#endif
