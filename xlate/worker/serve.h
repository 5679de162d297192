/* serve.h -- the translator's service: requests from runners, worker threads, answers. */
#ifndef XLATE_WORKER_SERVE_H
#define XLATE_WORKER_SERVE_H

#include <signal.h>
#include <sys/types.h>
#include <sys/un.h>
#include "runtime/error.h"
#include "xlate/worker/cache_append.h"

struct serve_options {
    unsigned threads;
    unsigned idle_seconds;      /* end after so long without a connection */
    unsigned unit_ms;           /* of processor time that one translation may take; beyond it the process ends, 0: any */
};

/* The socket: where it is, and which file it is there. Another translator may have put its own in its place. */
struct listener {
    int fd;
    char path[sizeof ((struct sockaddr_un *)0)->sun_path];
    dev_t device;
    ino_t inode;
};

/* Binds and listens; an old socket of that name is replaced. */
int serve_listen(struct listener *l, const char *path, struct error *err);
void serve_unlisten(struct listener *l);        /* removes the name if it is still ours */

/* Enters the sandbox (sandbox.h), then serves until `*stop` is set (by a signal handler), nobody is connected for a while, or nobody can
 * connect any more. */
int serve(const struct listener *l, struct cache *cache, const struct serve_options *options, volatile sig_atomic_t *stop,
          struct error *err);

#endif
