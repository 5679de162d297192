/* fork.h -- fork() across the runner's locks, threads and connections. */
#ifndef RUNTIME_FORK_H
#define RUNTIME_FORK_H

#include <stdbool.h>
#include <sys/types.h>

/* Parts with state of their own: `prepare` before, `parent` or `child` after, each may be NULL. Called in the order of registration for
 * `child` and `parent`, in reverse for `prepare`. At most 16. */
struct fork_hooks {
    void (*prepare)(void);
    void (*parent)(void);
    void (*child)(void);
};
void fork_register(const struct fork_hooks *hooks);

/* The guest's fork: 0 in the child, its pid in the parent, or -errno. Only the calling thread exists in the child. */
pid_t process_fork(void);

#endif
