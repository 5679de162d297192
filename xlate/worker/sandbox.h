/* sandbox.h -- the translator takes guest bytes from anybody and feeds them to a compiler: it keeps nothing but its socket and its cache.
 */
#ifndef XLATE_WORKER_SANDBOX_H
#define XLATE_WORKER_SANDBOX_H

#include "runtime/error.h"

/* From now on this thread, and those it makes, can open, make and remove files in the cache's directory only, and remove the socket. A
 * host without Landlock keeps what the file modes say. */
int sandbox_files(int cache_dir, const char *socket_path, struct error *err);

/* From now on, in all threads, only the system calls the service needs: no new sockets, programs, processes or executable memory. */
int sandbox_calls(struct error *err);

#endif
