/* private_fd.h -- the runner's own descriptors, kept out of the guest's sight.
 *
 * Guest descriptors are host descriptors. Those of the runner (log, cache, worker connection) move to the top of the table, above
 * what the guest is told is its limit, and are closed on exec.
 */
#ifndef RUNTIME_PRIVATE_FD_H
#define RUNTIME_PRIVATE_FD_H

#include <stdbool.h>

enum { PRIVATE_FDS = 64 };

/* Moves fd up and returns the new number; the old one when there is no room. -1 stays -1. */
int private_fd(int fd);

/* The lowest number of the runner's own range: the guest's limit on descriptors, and what F_CLOSEM must leave alone. */
int private_fd_base(void);

/* Standard error as it was at the start, for the runner's last words; -1: there was none. It is the guest's own descriptor 2 until
 * the guest closes or replaces that: whoever does so for it calls private_fd_leave() with the descriptors before. */
int private_stderr(void);
void private_fd_leave(int first, int last);

static inline bool is_private_fd(int fd) { return fd >= private_fd_base(); }

#endif
