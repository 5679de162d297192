/* wparexec.c -- run a program in an application WPAR: create it, start it, wait for it, remove every trace of it [wpar 3]. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/definition_flags.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/program_check.h"
#include "rootfs-tools/wpar/session.h"
#include "rootfs-tools/wpar/wpar_spec.h"
#include "runtime/cleanup.h"

static const struct cli_option options[] = {
    { 'n', NULL, CLI_VALUE, "NAME", "name of the WPAR (at most 25 letters, digits, _ - @)" },
    { 'h', NULL, CLI_VALUE, "HOST", "host name inside; default NAME" },
    { 'M', NULL, CLI_LIST, "attr=value...",
      "a file system: directory=PATH dev=HOSTDIR [vfs=namefs|tmpfs] [mountopts=ro|rw];\n"
      "                         directory=/ dev=DIR makes DIR the rootfs; without it the WPAR has the\n"
      "                         builtin libraries' own" },
    { 'R', NULL, CLI_LIST, "attr=value...", "resource controls: CPU=m%-S%,H% memory=m%-S%,H% shares_CPU=N totalProcesses=N ..." },
    { 'e', NULL, CLI_VALUE, "NAME", "settings of another WPAR" },
    { 'f', NULL, CLI_VALUE, "FILE", "settings of a specification file" },
    { 'o', NULL, CLI_VALUE, "FILE", "write a specification file" },
    { 'w', NULL, CLI_FLAG, NULL, "with -o: only write it" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
    { 0, "cwd", CLI_VALUE, "DIR", "working directory inside; default /" },
    { 0, "interpret", CLI_FLAG, NULL, "no translation: no translator is started" },
};

static const struct cli_command command = {
    "wparexec", "-n NAME [OPTION...] [--] [VAR=value ...] /path/command [ARG ...]",
    "Run a program for AIX in a workload partition of its own: own processes, mounts, IPC, host name and network; nothing of\n"
    "the host is visible but its rootfs and what -M adds. Waits until all its processes have ended.\n",
    options, ARRAY_LEN(options), "ac1FHiINuxS", 0, -1,
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path), VWPAR_CACHE (translation cache),\n"
    "VWPAR_ROOTFS (a base rootfs that /usr and /etc come from)\n"
    "exit status: the program's; 128 + n when signal n ended it; 126/127 when it could not be started; 2 for a wrong\n"
    "command line; 1 for any other failure of the WPAR itself\n",
};

/* VAR=value words, then the command. */
static int take_command(struct wpar_spec *spec, const struct cli *c, struct error *err)
{
    spec->environment = c->operands;
    while ((int)spec->environment_count < c->operand_count && c->operands[spec->environment_count][0] != '/' &&
           strchr(c->operands[spec->environment_count], '='))
        spec->environment_count++;
    spec->command = c->operands + spec->environment_count;
    spec->cwd = cli_long_value(c, "cwd");
    if (!*spec->command && !cli_has(c, 'w'))
        return error_set(err, EINVAL, "the command is missing");
    if (spec->cwd && spec->cwd[0] != '/')
        return error_set(err, EINVAL, "--cwd %s: not an absolute path", spec->cwd);
    return 0;
}

static int read_settings(struct definition *d, const struct cli *c, const struct store *s, struct error *err)
{
    struct definition other = { 0 };
    if (cli_only_one_of(c, "ef", err))
        return -1;
    if (cli_has(c, 'f'))
        return definition_read(d, cli_value(c, 'f'), err);
    if (!cli_has(c, 'e'))
        return 0;
    int rc = store_read(s, cli_value(c, 'e'), &other, err) || definition_copy_settings(d, &other, err);
    definition_free(&other);
    return rc;
}

static int make_definition(struct definition *d, const struct cli *c, const struct wpar_spec *spec, struct error *err)
{
    struct store s;
    if (store_open(&s, err) || read_settings(d, c, &s, err) || definition_from_flags(d, c, false, err))
        return -1;
    const char *name = definition_get(d, ATTR_general_name);
    if (!*name && !cli_has(c, 'w'))
        return error_set(err, EINVAL, "-n NAME is missing");
    if (!*definition_get(d, ATTR_general_hostname) && *name && definition_set(d, ATTR_general_hostname, name, err))
        return -1;
    return definition_set(d, ATTR_general_type, "A", err) || definition_set(d, ATTR_general_directory, "/", err) ||
           (*spec->command && definition_set(d, ATTR_general_application, spec->command[0], err));
}

/* Visible to the other commands while it runs: the definition and the state lie in the run directory. */
static int publish(struct wpar_session *s, const struct definition *d, struct error *err)
{
    char path[PATH_MAX];
    free_ptr char *text = definition_text(d, false);
    struct active_state state = { .letter = 'A', .owner = process_id_of(getpid()), .since = time(NULL) };
    store_path(path, s->store.run, s->name, STORE_APPLICATION);
    close_file FILE *f = text ? fopen(path, "we") : NULL;
    if (!f || fputs(text, f) < 0 || fflush(f))
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    return active_state_write(&s->store, s->name, &state, err);
}

static int begin(struct wpar_session *s, struct active_wpar *w, const struct wpar_spec *spec, const struct definition *d,
                 const struct install_paths *paths, bool translate, struct error *err)
{
    if (store_has(&s->store, s->name, ".cf"))
        return error_set(err, EEXIST, "a workload partition called %s exists already", s->name);
    if (s->state.letter != 'D')
        return error_set(err, EBUSY, "a WPAR named '%s' is active already", s->name);
    if (active_begin(w, &s->store, spec, paths, translate, err))
        return -1;
    if (publish(s, d, err) == 0)
        return 0;
    active_end(w);
    return -1;
}

enum { LOCK_MILLISECONDS = 20, LOCK_TRIES = 1500 };

/* A command that stops it may be at work. */
static void take_away(struct wpar_session *s, struct active_wpar *w)
{
    struct error err;
    int lock, tries = LOCK_TRIES;
    while ((lock = store_lock(&s->store, s->name, &err)) < 0 && err.code == EBUSY && tries-- > 0)
        poll(NULL, 0, LOCK_MILLISECONDS);
    active_end_own(w, &s->store, s->name);
    if (lock >= 0)
        store_unlock(&s->store, s->name, lock);
}

/* The lock is held while it is set up and taken away, not while it runs. */
static int start_and_wait(struct wpar_session *s, const struct wpar_spec *spec, const struct definition *d,
                          const struct install_paths *paths, bool translate, struct error *err)
{
    struct active_wpar w;
    struct oci oci;
    char pid_file[PATH_MAX];
    if (wpar_session_lock(s, "wparexec", spec->name, err))
        return -1;
    int status = -1, rc = oci_open(&oci, s->store.run, spec->name, err) || begin(s, &w, spec, d, paths, translate, err);
    wpar_session_close(s);
    if (rc == 0) {
        store_path(pid_file, s->store.run, spec->name, "/pid");
        wpar_say(s, "Loading workload partition.");
        status = oci_run(&oci, w.directory, pid_file, err);
        take_away(s, &w);
    }
    rmdir(oci.state);       /* fails while other WPARs are active, as it should */
    return status;
}

static int run(const struct cli *c, struct wpar_spec *spec, struct definition *d, struct error *err)
{
    struct wpar_session s = { .verbose = cli_has(c, 'v'), .lock = -1 };
    struct install_paths paths;
    wpar_say(&s, "wparexec: Verifying file systems...");
    if (install_paths_find(&paths, err) || program_check(spec, paths.base, err))
        return -1;
    wpar_say(&s, "Starting workload partition '%s'.", spec->name);
    return start_and_wait(&s, spec, d, &paths, !cli_has_long(c, "interpret"), err);
}

int wparexec_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    struct wpar_spec spec = { 0 };
    struct definition d = { 0 };
    int status = cli_begin(&c, &command, argc, argv);
    if (status >= 0)
        return status;
    if (take_command(&spec, &c, &err) || make_definition(&d, &c, &spec, &err) || wpar_spec_from(&spec, &d, &err))
        return wpar_fail("wparexec", &err), 2;
    bool failed = cli_has(&c, 'o') && store_write_specification(&d, cli_value(&c, 'o'), &err);
    if (!failed && !cli_has(&c, 'w'))
        status = run(&c, &spec, &d, &err);
    else if (!failed)
        status = 0;
    if (status < 0)
        wpar_fail("wparexec", &err);
    wpar_spec_free(&spec);
    definition_free(&d);
    return status >= 0 ? status : err.code == ENOENT ? 127 : err.code == EACCES || err.code == ENOEXEC ? 126 : 1;
}
