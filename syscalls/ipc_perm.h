/* ipc_perm.h -- what the three kinds of System V IPC share: keys, commands, permissions [aix-abi 4.11]. */
#ifndef SYSCALLS_IPC_PERM_H
#define SYSCALLS_IPC_PERM_H

#include <sys/ipc.h>
#include "runtime/be.h"
#include "syscalls/abi/common.h"

enum { AIX_IPC_PRIVATE = -1, AIX_IPC_RMID = 0, AIX_IPC_SET = 101, AIX_IPC_STAT = 102 };

static inline key_t ipc_key(int key) { return key == AIX_IPC_PRIVATE ? IPC_PRIVATE : key; }

static inline void ipc_perm_put(struct aix_ipc_perm *g, const struct ipc_perm *h)
{
    memset(g, 0, sizeof *g);
    be_put(&g->uid, h->uid);
    be_put(&g->gid, h->gid);
    be_put(&g->cuid, h->cuid);
    be_put(&g->cgid, h->cgid);
    be_put(&g->mode, h->mode);
    be_put(&g->seq, h->__seq);
    be_put(&g->key, h->__key == IPC_PRIVATE ? AIX_IPC_PRIVATE : h->__key);
}

/* What IPC_SET may change. */
static inline void ipc_perm_get(const struct aix_ipc_perm *g, struct ipc_perm *h)
{
    h->uid = be_get(g->uid);
    h->gid = be_get(g->gid);
    h->mode = (unsigned short)(be_get(g->mode) & 0777);
}

#endif
