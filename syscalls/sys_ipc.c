/* sys_ipc.c -- System V semaphores and message queues, on the host's [aix-abi 4.11]. */
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"
#include "syscalls/ipc_perm.h"

static int get_flags(uint32_t flags) { return (int)(flags_to_host(FLAGS_ipc, flags & ~0777u, NULL) | (flags & 0777)); }

/* --- semaphores --------------------------------------------------------------------------------------------------- */

enum { AIX_GETNCNT = 3, AIX_GETPID, AIX_GETVAL, AIX_GETALL, AIX_GETZCNT, AIX_SETVAL, AIX_SETALL };
enum { SEMAPHORES_MAX = 65536, AIX_SEM_UNDO = 0x1000 };

union semun {                   /* the host leaves its definition to the caller */
    int val;
    struct semid_ds *buf;
    unsigned short *array;
};

int64_t sys_semget(struct thread *t, int key, int count, uint32_t flags)
{
    return host_result(semget(ipc_key(key), count, get_flags(flags)));
}

static int64_t operate(int id, gva operations, uint64_t count, const struct timespec *timeout)
{
    enum { OPERATIONS_MAX = 1024 };
    struct aix_sembuf g[OPERATIONS_MAX];
    struct sembuf h[OPERATIONS_MAX];
    if (count > OPERATIONS_MAX)
        return -E2BIG;
    if (copyin(g, operations, count * sizeof *g) < 0)
        return -EFAULT;
    for (uint64_t i = 0; i < count; i++) {
        uint32_t flags = be_get(g[i].sem_flg);
        h[i].sem_num = be_get(g[i].sem_num);
        h[i].sem_op = (short)be_get(g[i].sem_op);
        h[i].sem_flg = (short)((flags & AIX_SEM_UNDO ? SEM_UNDO : 0) |
                               (int)flags_to_host(FLAGS_ipc, flags & ~(uint32_t)AIX_SEM_UNDO, NULL));
    }
    return never_restart(safe_syscall(SYS_semtimedop, id, (long)h, (long)count, (long)timeout, 0, 0));
}

int64_t sys___semop(struct thread *t, int id, gva operations, uint64_t count)
{
    return operate(id, operations, count, NULL);
}

int64_t sys___semtimedop(struct thread *t, int id, gva operations, uint64_t count, gva timeout_ea)
{
    struct timespec timeout;
    int rc = timeout_ea ? ABI_CALL(timespec_copyin, &timeout, timeout_ea) : 0;
    return rc < 0 ? rc : operate(id, operations, count, timeout_ea ? &timeout : NULL);
}

static int semaphore_count(int id)
{
    struct semid_ds ds;
    return semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }) < 0 ? -errno : (int)ds.sem_nsems;
}

/* The array of all values: u16 each, in the guest's order. */
static int64_t all_values(int id, int host_cmd, gva array)
{
    int n = semaphore_count(id);
    if (n < 0)
        return n;
    free_ptr unsigned short *h = calloc((size_t)n + 1, sizeof *h);
    free_ptr be16 *g = calloc((size_t)n + 1, sizeof *g);
    if (!h || !g)
        return -ENOMEM;
    if (host_cmd == SETALL && copyin(g, array, (size_t)n * sizeof *g) < 0)
        return -EFAULT;
    for (int i = 0; i < n; i++)
        h[i] = be_get(g[i]);
    if (semctl(id, 0, host_cmd, (union semun){ .array = h }) < 0)
        return -errno;
    for (int i = 0; i < n; i++)
        be_put(&g[i], h[i]);
    return host_cmd == GETALL ? copyout(array, g, (size_t)n * sizeof *g) : 0;
}

/* IPC_STAT's record ends after the permissions' fields that are public; the rest of it is not. */
static int64_t semaphore_owner(int id, int cmd, gva buffer)
{
    struct semid_ds ds;
    struct aix_ipc_perm perm;
    if (semctl(id, 0, IPC_STAT, (union semun){ .buf = &ds }) < 0)
        return -errno;
    if (cmd == AIX_IPC_STAT) {
        ipc_perm_put(&perm, &ds.sem_perm);
        return copyout(buffer, &perm, sizeof perm);
    }
    if (copyin(&perm, buffer, sizeof perm) < 0)
        return -EFAULT;
    ipc_perm_get(&perm, &ds.sem_perm);
    return host_result(semctl(id, 0, IPC_SET, (union semun){ .buf = &ds }));
}

int64_t sys_semctl(struct thread *t, int id, int number, int cmd, gva arg)
{
    switch (cmd) {
    case AIX_IPC_RMID:  return host_result(semctl(id, 0, IPC_RMID));
    case AIX_IPC_STAT:
    case AIX_IPC_SET:   return semaphore_owner(id, cmd, arg);
    case AIX_GETNCNT:   return host_result(semctl(id, number, GETNCNT));
    case AIX_GETPID:    return host_result(semctl(id, number, GETPID));
    case AIX_GETVAL:    return host_result(semctl(id, number, GETVAL));
    case AIX_GETZCNT:   return host_result(semctl(id, number, GETZCNT));
    case AIX_SETVAL:    /* an int in a union with pointers: the high half of a 64-bit register */
        return host_result(
            semctl(id, number, SETVAL, (union semun){.val = (int)(guest.is64 ? arg >> 32 ? arg >> 32 : arg : arg)}));
    case AIX_GETALL:    return all_values(id, GETALL, arg);
    case AIX_SETALL:    return all_values(id, SETALL, arg);
    }
    return -EINVAL;
}

/* --- message queues ----------------------------------------------------------------------------------------------- */

enum { MESSAGE_MAX = 1 << 20, AIX_MSG_NOERROR = 0x1000, AIX_IPC_NOWAIT = 0x800 };

static int message_flags(uint32_t flags)
{
    return (flags & AIX_MSG_NOERROR ? MSG_NOERROR : 0) | (flags & AIX_IPC_NOWAIT ? IPC_NOWAIT : 0);
}

int64_t sys_msgget(struct thread *t, int key, uint32_t flags)
{
    return host_result(msgget(ipc_key(key), get_flags(flags)));
}

/* A message is a long, its type, and then the text; the host's long has 8 bytes always. */
int64_t sys___msgsnd(struct thread *t, int id, gva message, uint64_t size, uint32_t flags)
{
    unsigned width = guest.is64 ? 8 : 4;
    uint64_t type;
    if (size > MESSAGE_MAX)
        return -EINVAL;
    free_ptr struct msgbuf *h = malloc(sizeof *h + size);
    if (!h)
        return -ENOMEM;
    if (copyin_long(&type, message) < 0 || copyin(h->mtext, message + width, size) < 0)
        return -EFAULT;
    h->mtype = guest.is64 ? (int64_t)type : (int32_t)type;
    return never_restart(safe_syscall(SYS_msgsnd, id, (long)h, (long)size, message_flags(flags), 0, 0));
}

int64_t sys___msgrcv(struct thread *t, int id, gva message, uint64_t size, int64_t type, uint32_t flags)
{
    unsigned width = guest.is64 ? 8 : 4;
    if (size > MESSAGE_MAX)
        size = MESSAGE_MAX;
    free_ptr struct msgbuf *h = malloc(sizeof *h + size);
    if (!h)
        return -ENOMEM;
    int64_t n = never_restart(safe_syscall(SYS_msgrcv, id, (long)h, (long)size, type, message_flags(flags), 0));
    if (n < 0)
        return n;
    if (copyout_long(message, (uint64_t)h->mtype) < 0 || copyout(message + width, h->mtext, (size_t)n) < 0)
        return -EFAULT;
    return n;
}

/* struct msgxbuf: time, user, group, process of the sender before type and text. The host does not keep a message's
 * sender: the queue's last one stands for it. */
int64_t sys___msgxrcv(struct thread *t, int id, gva message, uint64_t size, int64_t type, uint32_t flags)
{
    struct msqid_ds ds;
    unsigned width = guest.is64 ? 8 : 4;
    if (msgctl(id, IPC_STAT, &ds) < 0)
        return -errno;
    int64_t n = sys___msgrcv(t, id, message + width + 12 + (guest.is64 ? 4 : 0), size, type, flags);
    if (n < 0)
        return n;
    const uint32_t sender[] = { ds.msg_perm.cuid, ds.msg_perm.cgid, (uint32_t)ds.msg_lspid };
    int rc = copyout_long(message, (uint64_t)ds.msg_stime);
    for (unsigned i = 0; i < ARRAY_LEN(sender) && rc == 0; i++)
        rc = copyout_u32(message + width + 4 * i, sender[i]);
    return rc < 0 ? rc : n;
}

/* msqid_ds: longs follow the width [rust libc, aix, for 64 bits; the 32-bit offsets are inferred from them]. */
static int queue_copyout(gva ea, const struct msqid_ds *h)
{
    struct {
        uint64_t value;
        unsigned width;
    } fields[] = {
        { 0, 4 },                           /* first and last: addresses inside the kernel */
        { 0, 4 },
        { h->__msg_cbytes, 4 },
        { h->msg_qnum, 4 },
        { h->msg_qbytes, 0 },
        { (uint64_t)h->msg_lspid, 4 },
        { (uint64_t)h->msg_lrpid, 4 },
        { (uint64_t)h->msg_stime, 0 },
        { (uint64_t)h->msg_rtime, 0 },
        { (uint64_t)h->msg_ctime, 0 },
    };
    struct aix_ipc_perm perm;
    gva at = ea + sizeof perm;
    ipc_perm_put(&perm, &h->msg_perm);
    int rc = copyout(ea, &perm, sizeof perm);
    for (size_t i = 0; i < ARRAY_LEN(fields) && rc == 0; i++) {
        unsigned width = fields[i].width ? fields[i].width : guest.is64 ? 8 : 4;
        at = ea + (at - ea + width - 1) / width * width;
        rc = width == 4 ? copyout_u32(at, (uint32_t)fields[i].value) : copyout_long(at, fields[i].value);
        at += width;
    }
    return rc;
}

int64_t sys_msgctl(struct thread *t, int id, int cmd, gva buffer)
{
    struct msqid_ds ds;
    struct aix_ipc_perm perm;
    if (cmd == AIX_IPC_RMID)
        return host_result(msgctl(id, IPC_RMID, NULL));
    if (cmd != AIX_IPC_STAT && cmd != AIX_IPC_SET)
        return -EINVAL;
    if (msgctl(id, IPC_STAT, &ds) < 0)
        return -errno;
    if (cmd == AIX_IPC_STAT)
        return queue_copyout(buffer, &ds);
    if (copyin(&perm, buffer, sizeof perm) < 0)
        return -EFAULT;
    ipc_perm_get(&perm, &ds.msg_perm);
    return host_result(msgctl(id, IPC_SET, &ds));
}
