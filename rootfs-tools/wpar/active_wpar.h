/* active_wpar.h -- a WPAR that is loaded or active: its run directory, and what the other commands see of it.
 *
 *   RUN/NAME/                 the OCI bundle: config.json; rootfs/ when the WPAR has none of its own
 *   RUN/NAME/state            which state it is in, and the processes that keep it there (active_state)
 *   RUN/NAME/definition.cf    of an application WPAR, which is nowhere else
 *   RUN/NAME.lock             held while a command is at work (store.h)
 *   RUN/oci/                  the OCI runtime's state
 */
#ifndef ROOTFS_TOOLS_ACTIVE_WPAR_H
#define ROOTFS_TOOLS_ACTIVE_WPAR_H

#include <limits.h>
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/rootfs.h"
#include "rootfs-tools/wpar/store.h"

/* A process, recognised again by when it started. */
struct process_id {
    pid_t pid;
    unsigned long long started;     /* clock ticks since boot */
};

struct active_state {
    char letter;                    /* D, T, L, M, A, P, B [wpar 4.4]; M for maintenance is not published */
    struct process_id init;         /* first process of the WPAR; zeros in state A: not known (yet) */
    struct process_id owner;        /* wparexec that waits for it, or the command that is starting it */
    long long since;                /* Unix time */
};

struct active_wpar {
    char directory[PATH_MAX];       /* the bundle */
    struct rootfs rootfs;
    char socket_dir[PATH_MAX];      /* the translator's; "": none */
};

/* Which state a WPAR is in: from files and /proc alone, so that listing a thousand is quick. 'D' when there is no run directory, or only
 * what is left of one. */
void active_state_read(const struct store *s, const char *name, struct active_state *state);
int active_state_write(const struct store *s, const char *name, const struct active_state *state, struct error *err);
struct process_id process_id_of(pid_t pid);

/* Prepare the bundle of spec, with the translator when `translate`; its configuration is written. The lock must be held. */
int active_begin(struct active_wpar *w, const struct store *s, const struct wpar_spec *spec, const struct install_paths *paths,
                 bool translate, struct error *err);

/* Take everything away again; or leave it to the commands that come later. */
void active_end(struct active_wpar *w);
void active_leave(struct active_wpar *w);

/* Take away what is still the caller's own: a command that stopped the WPAR has removed the rest. The lock must be held. */
void active_end_own(struct active_wpar *w, const struct store *s, const char *name);

/* With the lock held: a run directory that no process keeps is taken away with its container, and that is said on stderr in `command`'s
 * name unless the WPAR had ended by itself. 0 also when it is active. */
int active_recover(const struct store *s, const char *name, const char *command, struct error *err);

/* The run directory with all in it; the container must be gone. */
int active_remove_remains(const struct store *s, const char *name, struct error *err);

#endif
