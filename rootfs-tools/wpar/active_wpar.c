/* active_wpar.c -- see active_wpar.h. */
#include "rootfs-tools/wpar/active_wpar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/oci_config.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/translator.h"
#include "rootfs-tools/wpar/remove_tree.h"
#include "runtime/cleanup.h"

/* Field 22 of /proc/PID/stat, behind the name in parentheses [proc(5)]. 0 when there is no such process, or only its corpse. */
static unsigned long long start_time(pid_t pid)
{
    char path[64], text[1024], state = 'X';
    unsigned long long started = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    close_file FILE *f = fopen(path, "re");
    if (!f || !fgets(text, sizeof text, f) || !strrchr(text, ')'))
        return 0;
    sscanf(strrchr(text, ')') + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &state, &started);
    return state == 'Z' || state == 'X' ? 0 : started;
}

struct process_id process_id_of(pid_t pid) { return (struct process_id){ pid, start_time(pid) }; }

static bool is_alive(struct process_id p) { return p.pid > 0 && p.started && start_time(p.pid) == p.started; }

int active_state_write(const struct store *s, const char *name, const struct active_state *state, struct error *err)
{
    char path[PATH_MAX], temporary[PATH_MAX + 8];
    store_path(path, s->run, name, "/state");
    snprintf(temporary, sizeof temporary, "%s.new", path);
    FILE *f = fopen(temporary, "we");
    if (!f)
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    fprintf(f, "%c %d %llu %d %llu %lld\n", state->letter, (int)state->init.pid, state->init.started, (int)state->owner.pid,
            state->owner.started, state->since);
    if (fclose(f) || rename(temporary, path))
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    return 0;
}

/* What the file says, alive or not; false when there is none. */
static bool read_file(const struct store *s, const char *name, struct active_state *state)
{
    char path[PATH_MAX];
    int init = 0, owner = 0;
    *state = (struct active_state){ .letter = 'D' };
    store_path(path, s->run, name, "/state");
    close_file FILE *f = fopen(path, "re");
    bool good = f && fscanf(f, "%c %d %llu %d %llu %lld", &state->letter, &init, &state->init.started, &owner, &state->owner.started,
                            &state->since) == 6;
    state->init.pid = init;
    state->owner.pid = owner;
    return good;
}

/* The first process of an application WPAR, from the file that the runtime wrote. It must have started soon after the owner did: a
 * pid can come again. */
static void find_init(const struct store *s, const char *name, struct active_state *state)
{
    char path[PATH_MAX];
    int pid = 0;
    store_path(path, s->run, name, "/pid");
    close_file FILE *f = fopen(path, "re");
    if (!f || fscanf(f, "%d", &pid) != 1)
        return;
    struct process_id init = process_id_of(pid);
    unsigned long long soonest = state->owner.started, latest = soonest + 600ull * (unsigned long long)sysconf(_SC_CLK_TCK);
    if (init.started >= soonest && init.started <= latest)
        state->init = init;
}

/* wparexec was killed before the runtime wrote the pid: what the runtime keeps of the container decides. */
static bool has_container(const struct store *s, const char *name)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.4000s/oci/%.64s", s->run, name);
    return access(path, F_OK) == 0;
}

void active_state_read(const struct store *s, const char *name, struct active_state *state)
{
    if (!read_file(s, name, state) || state->letter == 'B')
        return;
    if (state->letter == 'A' && !state->init.pid)
        find_init(s, name, state);
    if (!is_alive(state->init) && !is_alive(state->owner) && !(state->letter == 'A' && !state->init.pid && has_container(s, name)))
        *state = (struct active_state){ .letter = 'D' };
}

static int configure(struct active_wpar *w, const struct store *s, const struct wpar_spec *spec, const struct install_paths *paths,
                     struct error *err)
{
    char path[PATH_MAX + 16], console[PATH_MAX];
    store_path(console, s->logs, spec->name, ".log");
    struct oci_host host = { geteuid() != 0, geteuid(), getegid(), w->rootfs.path, w->socket_dir[0] ? w->socket_dir : NULL,
                             spec->system ? console : NULL };
    free_ptr char *text = oci_config_text(spec, paths, &host);
    if (!text)
        return error_set(err, EINVAL, "the configuration holds text that is not UTF-8");
    snprintf(path, sizeof path, "%s/config.json", w->directory);
    close_file FILE *f = fopen(path, "we");
    return f && fputs(text, f) >= 0 && fflush(f) == 0 ? 0 : error_set(err, errno, "%s: %s", path, strerror(errno));
}

int active_begin(struct active_wpar *w, const struct store *s, const struct wpar_spec *spec, const struct install_paths *paths,
                 bool translate, struct error *err)
{
    struct error why;
    *w = (struct active_wpar){ 0 };
    store_path(w->directory, s->run, spec->name, "");
    if (mkdir(w->directory, 0700) && errno != EEXIST)
        return error_set(err, errno, "%s: %s", w->directory, strerror(errno));
    if (translate && translator_start(paths, w->socket_dir, &why)) {
        fprintf(stderr, "wpar: %s; going on without translation\n", why.text);
        w->socket_dir[0] = '\0';
    }
    if (rootfs_begin(&w->rootfs, spec, w->directory, err) == 0 && configure(w, s, spec, paths, err) == 0)
        return 0;
    active_end(w);
    return -1;
}

void active_end(struct active_wpar *w)
{
    struct error none;
    rootfs_end(&w->rootfs);
    remove_tree(w->directory, &none);
}

void active_end_own(struct active_wpar *w, const struct store *s, const char *name)
{
    struct active_state state;
    if (read_file(s, name, &state) && state.owner.pid == getpid())
        active_end(w);
    else if (w->rootfs.is_skeleton)
        rootfs_keep(&w->rootfs);
    else
        rootfs_end(&w->rootfs);
}

void active_leave(struct active_wpar *w) { rootfs_keep(&w->rootfs); }

int active_remove_remains(const struct store *s, const char *name, struct error *err)
{
    char path[PATH_MAX];
    store_path(path, s->run, name, "");
    return remove_tree(path, err);
}

int active_recover(const struct store *s, const char *name, const char *command, struct error *err)
{
    char path[PATH_MAX];
    struct active_state alive, noted;
    struct oci oci;
    store_path(path, s->run, name, "");
    active_state_read(s, name, &alive);
    bool there = read_file(s, name, &noted), interrupted = alive.letter == 'T' && !is_alive(alive.owner);
    if (access(path, F_OK) || (alive.letter != 'D' && !interrupted))
        return 0;
    if (oci_open(&oci, s->run, name, err))
        return -1;
    oci_delete(&oci);
    if (active_remove_remains(s, name, err))
        return -1;
    if (!there || noted.letter != 'A' || noted.init.pid == 0)
        fprintf(stderr, "%s: %s: what an interrupted command left of its start was removed\n", command, name);
    return 0;
}
