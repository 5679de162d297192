/* wpar_stop.c -- startwpar.h, second half: from a running init to nothing. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "rootfs-tools/wpar/network.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/startwpar.h"
#include "rootfs-tools/wpar/wpar_script.h"

enum { POLL_MILLISECONDS = 20, KILL_SECONDS = 10 };

/* Until no process of the WPAR is left, `seconds` (-1: any time). */
static bool wait_ended(struct wpar_session *s, int seconds)
{
    struct timespec begin, now;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    do {
        struct active_state current;
        struct process_id *init = &s->state.init;
        active_state_read(&s->store, s->name, &current);
        if (!init->pid)
            *init = current.init;
        if (current.letter == 'D' || (init->pid && process_id_of(init->pid).started != init->started))
            return true;
        poll(NULL, 0, POLL_MILLISECONDS);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while (seconds < 0 || now.tv_sec - begin.tv_sec < seconds);
    return false;
}

static int signal_init(const struct wpar_session *s, const struct oci *oci, int signo, struct error *err)
{
    struct active_state state;
    if (oci_kill(oci, signo, err) == 0)
        return 0;
    active_state_read(&s->store, s->name, &state);
    return state.letter == 'D' ? 0 : -1;        /* it ended while we tried */
}

static int end_processes(struct wpar_session *s, const struct oci *oci, const struct stop_options *o, struct error *err)
{
    bool application = strcmp(definition_get(&s->definition, ATTR_general_type), "A") == 0;
    int signo = o->force || s->state.letter != 'A' ? SIGKILL : o->hard && !application ? SIGINT : SIGTERM;
    wpar_say(s, "Shutting down all workload partition processes.");
    if (!s->state.init.pid && process_id_of(s->state.owner.pid).started != s->state.owner.started)
        return 0;       /* nobody knows its first process: removing the container kills it */
    if (signal_init(s, oci, signo, err))
        return -1;
    if (wait_ended(s, signo == SIGKILL ? KILL_SECONDS : o->timeout))
        return 0;
    if (!o->hard && !o->force)
        return error_set(err, ETIMEDOUT, "%s has not stopped within %d seconds (-F forces it)", s->name, o->timeout);
    if (signal_init(s, oci, SIGKILL, err) == 0 && wait_ended(s, KILL_SECONDS))
        return 0;
    s->state.letter = 'B';
    struct error none;
    active_state_write(&s->store, s->name, &s->state, &none);
    return error_set(err, EIO, "%s: its processes cannot be killed; it is broken", s->name);
}

int wpar_stop(struct wpar_session *s, const struct stop_options *o, struct error *err)
{
    struct oci oci;
    struct error script_error;
    if (!strchr("ALMPFTB", s->state.letter))
        return error_set(err, ESRCH, "workload partition %s is not active", s->name);
    if (oci_open(&oci, s->store.run, s->name, err))
        return -1;
    if (wpar_script(&s->definition, "stop", &script_error)) {
        fprintf(stderr, "%s: %s\n", s->command, script_error.text);
        if (!o->force && !o->hard)
            return *err = script_error, -1;
    }
    if (end_processes(s, &oci, o, err))
        return -1;
    wpar_say(s, "Unmounting all workload partition file systems.");
    oci_delete(&oci);
    network_end(&s->definition);
    s->state.letter = 'D';
    return active_remove_remains(&s->store, s->name, err);
}
