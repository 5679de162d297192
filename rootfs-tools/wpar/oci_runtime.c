/* oci_runtime.c -- see oci_runtime.h. */
#include "rootfs-tools/wpar/oci_runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include <linux/magic.h>
#include "runtime/cleanup.h"

static volatile sig_atomic_t stop_signal;

static int in_path(const char *program)
{
    const char *path = getenv("PATH");
    free_ptr char *copy = strdup(path ? path : "/usr/sbin:/usr/bin:/sbin:/bin");
    char full[4096], *rest = copy;
    for (char *dir; (dir = strsep(&rest, ":"));) {
        snprintf(full, sizeof full, "%s/%s", dir, program);
        if (access(full, X_OK) == 0)
            return 1;
    }
    return 0;
}

static const char *choose(struct error *err)
{
    const char *given = getenv("WPAR_RUNTIME");
    if (given && *given)
        return given;
    struct statfs fs;
    int pure_v2 = statfs("/sys/fs/cgroup", &fs) == 0 && fs.f_type == CGROUP2_SUPER_MAGIC;
    if (pure_v2 && in_path("crun"))
        return "crun";
    if (in_path("runc"))
        return "runc";
    error_set(err, ENOENT, "no OCI runtime found: install runc or crun, or name one in WPAR_RUNTIME");
    return NULL;
}

int oci_open(struct oci *o, const char *run, const char *name, struct error *err)
{
    *o = (struct oci){ .program = choose(err), .name = name };
    if (!o->program)
        return -1;
    snprintf(o->state, sizeof o->state, "%.4000s/oci", run);
    snprintf(o->log, sizeof o->log, "%.4000s/%.64s.runtime.log", run, name);
    if (mkdir(o->state, 0700) && errno != EEXIST)
        return error_set(err, errno, "%s: %s", o->state, strerror(errno));
    return 0;
}

static void note_signal(int signo) { stop_signal = signo; }

enum { WORDS_MAX = 256 };

/* "PROGRAM --root STATE [--log ...]" and the words of a verb. */
static void command_line(char **argv, const struct oci *o, int with_log, char *const *words)
{
    size_t n = 0;
    argv[n++] = (char *)o->program;
    argv[n++] = (char *)"--root";
    argv[n++] = (char *)o->state;
    if (with_log) {
        argv[n++] = (char *)"--log";
        argv[n++] = (char *)o->log;
        argv[n++] = (char *)"--log-format";
        argv[n++] = (char *)"json";
    }
    while (*words && n < WORDS_MAX - 1)
        argv[n++] = *words++;
    argv[n] = NULL;
}

static int wait_for(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* With nothing on its stdio; its exit status. */
static int quiet_verb(const struct oci *o, char *const *words)
{
    char *argv[WORDS_MAX];
    command_line(argv, o, 1, words);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(null);
    return pid < 0 ? -1 : wait_for(pid);
}

/* The last message the runtime logged. */
static void read_reason(const struct oci *o, char *reason, size_t size)
{
    char line[4096];
    close_file FILE *f = fopen(o->log, "re");
    while (f && fgets(line, sizeof line, f)) {
        json_t *entry = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(entry, "msg"));
        if (text)
            snprintf(reason, size, "%s", text);
        json_decref(entry);
    }
    for (char *p = reason; *p; p++)
        *p = *p == '\n' ? ' ' : *p;
}

static int verb(const struct oci *o, char *const *words, struct error *err)
{
    char reason[800] = "no reason given";
    unlink(o->log);
    int status = quiet_verb(o, words);
    if (status == 127)
        snprintf(reason, sizeof reason, "it could not be executed");
    if (status != 0)
        read_reason(o, reason, sizeof reason);
    unlink(o->log);
    return status ? error_set(err, status == 127 ? ENOENT : EIO, "%s %s %s: %s", o->program, words[0], o->name, reason) : 0;
}

#define WORDS(...) ((char *[]){ __VA_ARGS__, NULL })

int oci_create(const struct oci *o, const char *bundle, const char *pid_file, struct error *err)
{
    return verb(o, WORDS("create", "--bundle", (char *)bundle, "--pid-file", (char *)pid_file, (char *)o->name), err);
}

int oci_start(const struct oci *o, struct error *err) { return verb(o, WORDS("start", (char *)o->name), err); }

int oci_kill(const struct oci *o, int signo, struct error *err)
{
    char number[12];
    snprintf(number, sizeof number, "%d", signo);
    return verb(o, WORDS("kill", (char *)o->name, number), err);
}

void oci_delete(const struct oci *o)
{
    char path[PATH_MAX + 80];
    struct error none;
    snprintf(path, sizeof path, "%.4000s/%.64s", o->state, o->name);
    if (access(path, F_OK))
        return;         /* the runtime keeps a container's state in a directory of its name: asking it takes 20 ms */
    verb(o, WORDS("delete", "--force", (char *)o->name), &none);
}

int oci_update(const struct oci *o, json_t *resources, struct error *err)
{
    char path[PATH_MAX + 16];
    snprintf(path, sizeof path, "%s.update", o->log);
    if (json_dump_file(resources, path, 0))
        return error_set(err, errno, "%s: %s", path, strerror(errno));
    int rc = verb(o, WORDS("update", "--resources", path, (char *)o->name), err);
    unlink(path);
    return rc;
}

/* Wait for the runtime; a signal to us is passed on once to the WPAR's first process, and SIGKILL follows a second one. */
static int wait_passing_signals(pid_t pid, const struct oci *o)
{
    int status, passed = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
        if (!stop_signal)
            continue;
        struct error none;
        oci_kill(o, passed++ ? SIGKILL : (int)stop_signal, &none);
        stop_signal = 0;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* A verb with our stdio. */
static pid_t start_with_stdio(const struct oci *o, char *const *words)
{
    char *argv[WORDS_MAX];
    command_line(argv, o, 0, words);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        fprintf(stderr, "wpar: %s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    return pid;
}

int oci_run(const struct oci *o, const char *bundle, const char *pid_file, struct error *err)
{
    static const int passed[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
    for (size_t i = 0; i < ARRAY_LEN(passed); i++)
        sigaction(passed[i], &(struct sigaction){ .sa_handler = note_signal }, NULL);
    pid_t pid = start_with_stdio(o, WORDS("run", "--bundle", (char *)bundle, "--pid-file", (char *)pid_file, (char *)o->name));
    if (pid < 0)
        return error_set(err, errno, "fork: %s", strerror(errno));
    int status = wait_passing_signals(pid, o);
    oci_delete(o);
    return status < 0 ? error_set(err, errno, "%s: %s", o->program, strerror(errno)) : status;
}

int oci_exec(const struct oci *o, const struct oci_process *p, struct error *err)
{
    char user[40], *words[WORDS_MAX];
    size_t n = 0;
    snprintf(user, sizeof user, "%u:%u", (unsigned)p->uid, (unsigned)p->gid);
    words[n++] = "exec";
    if (p->terminal)
        words[n++] = "--tty";
    words[n++] = "--user";
    words[n++] = user;
    words[n++] = "--cwd";
    words[n++] = (char *)p->cwd;
    for (char *const *e = p->environment; *e && n < WORDS_MAX - 8; e++) {
        words[n++] = "--env";
        words[n++] = *e;
    }
    words[n++] = (char *)o->name;
    for (char *const *w = p->words; *w; w++) {
        if (n == WORDS_MAX - 5)
            return error_set(err, E2BIG, "more than %d words in the command", WORDS_MAX - 20);
        words[n++] = *w;
    }
    words[n] = NULL;
    pid_t pid = start_with_stdio(o, words);
    if (pid < 0)
        return error_set(err, errno, "fork: %s", strerror(errno));
    signal(SIGINT, SIG_IGN);    /* the terminal sends it to the runtime too, which passes it on */
    signal(SIGQUIT, SIG_IGN);
    int status = wait_for(pid);
    return status < 0 ? error_set(err, errno, "%s: %s", o->program, strerror(errno)) : status;
}
