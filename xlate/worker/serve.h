/* serve.h -- the translator's service: requests from runners, worker threads, answers. */
#ifndef XLATE_WORKER_SERVE_H
#define XLATE_WORKER_SERVE_H

#include <signal.h>
#include "runtime/error.h"
#include "xlate/worker/cache_append.h"

struct serve_options {
    unsigned threads;
    unsigned idle_seconds;      /* end after so long without a connection */
};

/* Binds and listens; an old socket of that name is replaced. Returns the descriptor or -1. */
int serve_listen(const char *path, struct error *err);

/* Until `*stop` is set (by a signal handler) or nobody is connected for a while. */
int serve(int listener, struct cache *cache, const struct serve_options *options, volatile sig_atomic_t *stop, struct error *err);

#endif
