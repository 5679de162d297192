/* clogin.c -- log in to an active WPAR, or run a command in it [wpar 6].
 *
 * As "su - USER -c COMMAND": the user's shell runs the command. Where the image has no such shell, the command is started directly.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/engine.h"
#include "rootfs-tools/wpar/guest_user.h"
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/session.h"
#include "rootfs-tools/wpar/translator.h"
#include "runtime/cleanup.h"

static const struct cli_option options[] = {
    { 'l', NULL, CLI_VALUE, "USER", "the user; default root. Behind NAME, as IBM has it, or before it" },
    { 0, "interpret", CLI_FLAG, NULL, "no translation: no translator is started" },
};

static const struct cli_command command = {
    "clogin", "NAME [-l USER] [COMMAND [ARG...]]",
    "Log in to an active workload partition, or run a command in it. The pseudo-terminal is this machine's, the shell the partition's.\n",
    options, ARRAY_LEN(options), "C", 1, -1,
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path), VWPAR_CACHE (translation cache), TERM\n"
    "exit status: the command's; 126/127 when it could not be started; 1 the partition is not active; 2 a wrong command line\n",
};

enum { WORDS = 200 };

struct login {
    struct wpar_session session;
    struct guest_user user;
    const char *roots[3];           /* where the WPAR's files are: its tree, the builtin /usr */
    char **words;                   /* the command; none: a login shell */
    int count;
    bool interpret;
};

/* "NAME -l USER words" as well as "-l USER NAME words". */
static const char *take_user(const struct cli *c, struct login *l)
{
    l->words = c->operands + 1;
    l->count = c->operand_count - 1;
    if (l->count >= 2 && strcmp(l->words[0], "-l") == 0) {
        l->words += 2;
        l->count -= 2;
        return l->words[-1];
    }
    return cli_has(c, 'l') ? cli_value(c, 'l') : "root";
}

static bool has_shell(const struct login *l)
{
    for (const char *const *root = l->roots; *root; root++)
        if (guest_file_exists(*root, l->user.shell))
            return true;
    return false;
}

static char *joined(char **words, int count)
{
    size_t n = 1;
    for (int i = 0; i < count; i++)
        n += strlen(words[i]) + 1;
    char *text = calloc(1, n);
    for (int i = 0; text && i < count; i++)
        strcat(strcat(text, i ? " " : ""), words[i]);
    return text;
}

/* What is executed inside, behind the engine's words. */
static int command_words(struct login *l, const char **words, size_t n, char *path, char **text, struct error *err)
{
    if (has_shell(l)) {
        words[n++] = l->user.shell;
        if (l->count) {
            words[n++] = "-c";
            words[n++] = *text = joined(l->words, l->count);
        }
        words[n] = NULL;
        return 0;
    }
    if (!l->count)
        return error_set(err, ENOENT, "%s, the shell of %s, is not in the workload partition; name a command", l->user.shell, l->user.name);
    if (guest_command_find(path, l->roots, l->words[0]))
        return error_set(err, ENOENT, "%s: not found in the workload partition", l->words[0]);
    words[n++] = path;
    for (int i = 1; i < l->count && n < WORDS - 1; i++)
        words[n++] = l->words[i];
    words[n] = NULL;
    return 0;
}

static bool start_translator(const struct login *l, const struct install_paths *paths)
{
    char socket_dir[PATH_MAX];
    struct error why;
    if (l->interpret)
        return false;
    if (translator_start(paths, socket_dir, &why) == 0)
        return true;
    fprintf(stderr, "clogin: %s; going on without translation\n", why.text);
    return false;
}

static int run(struct login *l, const struct install_paths *paths, struct error *err)
{
    char path[PATH_MAX], argv0[600], home[600], user[100], logname[100], term[100];
    const char *words[WORDS];
    free_ptr char *text = NULL;
    struct oci oci;
    bool login_shell = !l->count && has_shell(l);
    snprintf(argv0, sizeof argv0, "-%s", strrchr(l->user.shell, '/') + 1);
    snprintf(home, sizeof home, "HOME=%s", l->user.home);
    snprintf(user, sizeof user, "USER=%s", l->user.name);
    snprintf(logname, sizeof logname, "LOGNAME=%s", l->user.name);
    snprintf(term, sizeof term, "TERM=%.90s", getenv("TERM") ? getenv("TERM") : "dumb");
    size_t n = engine_words(words, &l->session.definition, start_translator(l, paths), login_shell ? argv0 : NULL);
    if (command_words(l, words, n, path, &text, err) || oci_open(&oci, l->session.store.run, l->session.name, err))
        return -1;
    struct oci_process p = {
        .terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO), .uid = l->user.uid, .gid = l->user.gid,
        .cwd = guest_directory_exists(l->roots[0], l->user.home) ? l->user.home : "/",
        .environment = (char *[]){ home, user, logname, term, NULL }, .words = (char **)words,
    };
    return oci_exec(&oci, &p, err);
}

static int log_in(struct login *l, const char *user, struct error *err)
{
    struct wpar_session *s = &l->session;
    struct install_paths paths;
    if (store_open(&s->store, err) || store_read(&s->store, s->name, &s->definition, err) || install_paths_find(&paths, err))
        return -1;
    active_state_read(&s->store, s->name, &s->state);
    if (s->state.letter != 'A')
        return error_set(err, ESRCH, "workload partition %s is not active", s->name);
    l->roots[0] = definition_get(&s->definition, ATTR_general_directory);
    if (!definition_is(&s->definition, ATTR_general_privateusr))        /* /usr is not in its tree */
        l->roots[1] = paths.rootfs;
    if (guest_user_find(&l->user, l->roots[0], user, err))
        return -1;
    if (geteuid() != 0 && l->user.uid != 0)
        return error_set(err, EPERM, "user %s: a workload partition of an ordinary user has no other users than root", user);
    return run(l, &paths, err);
}

int clogin_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    struct login l = { 0 };
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    const char *user = take_user(&c, &l);
    l.interpret = cli_has_long(&c, "interpret");
    snprintf(l.session.name, sizeof l.session.name, "%s", c.operands[0]);
    l.session.lock = -1;
    int status = log_in(&l, user, &err);
    definition_free(&l.session.definition);
    return status >= 0 ? status : wpar_fail("clogin", &err) ? err.code == ENOENT && l.user.shell[0] ? 127 : 1 : 0;
}
