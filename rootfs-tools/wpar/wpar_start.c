/* wpar_start.c -- startwpar.h, first half: from a definition to a running init. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "rootfs-tools/wpar/network.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/startwpar.h"
#include "rootfs-tools/wpar/wpar_script.h"
#include "rootfs-tools/wpar/wpar_spec.h"
#include "runtime/cleanup.h"

/* The log that wparinit writes to: what was in it stays. */
static int prepare_log(const struct wpar_session *s, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, s->store.logs, s->name, ".log");
    close_fd int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    return fd < 0 ? error_set(err, errno, "%s: %s", path, strerror(errno)) : 0;
}

static int note_state(struct wpar_session *s, char letter, pid_t init, struct error *err)
{
    struct active_state *state = &s->state;
    state->letter = letter;
    state->init = init ? process_id_of(init) : (struct process_id){ 0 };
    state->owner = letter == 'T' ? process_id_of(getpid()) : (struct process_id){ 0 };
    state->since = time(NULL);
    return active_state_write(&s->store, s->name, state, err);
}

static int read_pid(const char *path, struct error *err)
{
    int pid = 0;
    close_file FILE *f = fopen(path, "re");
    if (!f || fscanf(f, "%d", &pid) != 1)
        return error_set(err, EIO, "%s: no pid in it", path);
    return pid;
}

/* The container with its network; its init waits. Until all is done the state is T, so that the next command takes away what is left when
 * this one is killed. */
static int load(struct wpar_session *s, const struct oci *oci, const struct active_wpar *w, struct error *err)
{
    char pid_file[PATH_MAX];
    store_path(pid_file, s->store.run, s->name, "/pid");
    wpar_say(s, "Loading workload partition.");
    if (oci_create(oci, w->directory, pid_file, err))
        return -1;
    int pid = read_pid(pid_file, err);
    if (pid <= 0 || network_begin(&s->definition, pid, err))
        return -1;
    return note_state(s, 'T', pid, err);
}

/* Does init take SIGTERM? The first process of a namespace does not get a signal that it does not handle. */
static bool takes_signals(pid_t pid)
{
    char path[64], line[256];
    unsigned long long caught = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    close_file FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "SigCgt: %llx", &caught) == 1)
            break;
    return caught >> (SIGTERM - 1) & 1;
}

/* A stop right behind the start must not be lost. */
static int verify(const struct wpar_session *s, struct error *err)
{
    struct process_id init = s->state.init;
    for (int tries = 0; tries < 10000; tries++) {
        if (takes_signals(init.pid))
            return 0;
        if (process_id_of(init.pid).started != init.started)
            return error_set(err, EIO, "the init of %s ended at once; %s/%s.log may tell why", s->name, s->store.logs, s->name);
        poll(NULL, 0, 1);
    }
    return error_set(err, ETIMEDOUT, "the init of %s does not come up", s->name);
}

static int run_init(struct wpar_session *s, const struct oci *oci, struct error *err)
{
    wpar_say(s, "Starting workload partition init.");
    if (note_state(s, 'T', s->state.init.pid, err) || oci_start(oci, err) || verify(s, err) ||
        wpar_script(&s->definition, "start", err))
        return -1;
    return note_state(s, 'A', s->state.init.pid, err);
}

static int set_up(struct wpar_session *s, const struct start_options *o, struct wpar_spec *spec, const struct install_paths *paths,
                  struct error *err)
{
    struct active_wpar w;
    struct oci oci;
    if (oci_open(&oci, s->store.run, s->name, err) || prepare_log(s, err))
        return -1;
    wpar_say(s, "Mounting all workload partition file systems.");
    if (active_begin(&w, &s->store, spec, paths, !o->interpret, err))
        return -1;
    if (note_state(s, 'T', 0, err) == 0 && load(s, &oci, &w, err) == 0 &&
        (o->stay ? note_state(s, o->stay, s->state.init.pid, err) : run_init(s, &oci, err)) == 0)
        return active_leave(&w), 0;
    oci_delete(&oci);
    network_end(&s->definition);
    active_end(&w);
    return -1;
}

static int start_defined(struct wpar_session *s, const struct start_options *o, struct error *err)
{
    struct wpar_spec spec = { 0 };
    struct install_paths paths;
    int rc = install_paths_find(&paths, err) || wpar_spec_from(&spec, &s->definition, err) || set_up(s, o, &spec, &paths, err);
    wpar_spec_free(&spec);
    return rc ? -1 : 0;
}

int wpar_start(struct wpar_session *s, const struct start_options *o, struct error *err)
{
    struct oci oci;
    if (strcmp(definition_get(&s->definition, ATTR_general_type), "S") != 0)
        return error_set(err, EINVAL, "%s is an application workload partition; wparexec starts those", s->name);
    if ((s->state.letter == 'L' || s->state.letter == 'M') && !o->stay)
        return oci_open(&oci, s->store.run, s->name, err) ? -1 : run_init(s, &oci, err);
    if (s->state.letter != 'D')
        return error_set(err, EBUSY, "workload partition %s is in state %c, not D (defined)", s->name, s->state.letter);
    return start_defined(s, o, err);
}
