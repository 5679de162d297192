/* startwpar.h -- starting and stopping a system WPAR, for the commands that do one or both. */
#ifndef ROOTFS_TOOLS_STARTWPAR_H
#define ROOTFS_TOOLS_STARTWPAR_H

#include "rootfs-tools/wpar/session.h"

struct start_options {
    char stay;                  /* 'L' (-1) or 'M' (-m): set up, in this state, without processes; 0: its init is started */
    bool interpret;
};

/* From state D; from L or M only to a running init. What was set up is taken away when a step fails. */
int wpar_start(struct wpar_session *s, const struct start_options *o, struct error *err);

struct stop_options {
    bool hard;                  /* -h: no shutdown scripts, less patience of init */
    bool force;                 /* -F: SIGKILL, also when time is up */
    int timeout;                /* seconds; -1: none */
};

/* To state D; when processes do not end, the WPAR stays active (or, with force, is B). An application WPAR is gone afterwards. */
int wpar_stop(struct wpar_session *s, const struct stop_options *o, struct error *err);

#endif
