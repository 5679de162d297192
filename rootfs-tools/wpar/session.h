/* session.h -- what every command does first and last: open the store, lock the WPAR, put right what an interrupted command left.
 */
#ifndef ROOTFS_TOOLS_SESSION_H
#define ROOTFS_TOOLS_SESSION_H

#include "rootfs-tools/wpar/active_wpar.h"
#include "rootfs-tools/wpar/cli.h"
#include "rootfs-tools/wpar/store.h"

struct wpar_session {
    const char *command;
    bool verbose;
    struct store store;
    char name[64];              /* of the WPAR that is locked */
    int lock;                   /* -1: none */
    struct definition definition;
    struct active_state state;
};

/* Lock a name that need not exist. */
int wpar_session_lock(struct wpar_session *s, const char *command, const char *name, struct error *err);

/* Lock a WPAR that must exist, and read its definition and state. */
int wpar_session_open(struct wpar_session *s, const char *command, const char *name, struct error *err);
void wpar_session_close(struct wpar_session *s);

/* What most commands do: open the WPAR that is the first operand, work, close; what fails is told. The exit status. */
typedef int wpar_work(struct wpar_session *s, const struct cli *c, struct error *err);
int wpar_session_run(const struct cli *c, wpar_work *work);

/* A line on stdout, with -v only. */
void wpar_say(const struct wpar_session *s, const char *format, ...) PRINTF_LIKE(2, 3);

/* "COMMAND: text" on stderr; the exit status 1. */
int wpar_fail(const char *command, const struct error *err);

#endif
