/* wparinit.c -- the first process of a system WPAR: starts what the image's /etc/inittab says, reaps everybody, stops in order.
 *
 *   wparinit ENGINE-WORD...     the words in front of a guest program: aixrun, its options, "--"
 *
 *   SIGTERM  rc.shutdown, the K scripts of the level, SIGTERM to all, SIGKILL after GRACE seconds
 *   SIGINT   (stopwpar -h) SIGTERM to all at once, SIGKILL after HARD_GRACE
 *
 * Programs run without a shell when their line needs none, so that an image that lacks one starts too. Everything it says goes to the
 * WPAR's log, mounted at /dev/.vwpar/console, which is /dev/console too. Static, since the rootfs holds AIX files only.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "rootfs-tools/wpar/engine.h"
#include "rootfs-tools/wpar/inittab.h"
#include "runtime/host.h"

enum { GRACE = 30, HARD_GRACE = 5, QUICK_SECONDS = 5, QUICK_MAX = 5, SUSPENDED_SECONDS = 120, WORDS_MAX = 128 };

static const char shell[] = "/usr/bin/sh";

static struct inittab table;
static char **engine;
static int stopping;            /* the signal that asked for it */
static sigset_t waited;

static void note(const char *format, ...)
{
    char text[1024], when[32];
    time_t now = time(NULL);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", gmtime(&now));
    dprintf(STDERR_FILENO, "%s wparinit: %s\n", when, text);
}

static void open_console(void)
{
    int null = open("/dev/null", O_RDWR), console = open(WPAR_ENGINE_DIR "/console", O_WRONLY | O_APPEND);
    dup2(null, STDIN_FILENO);
    dup2(console >= 0 ? console : null, STDOUT_FILENO);
    dup2(console >= 0 ? console : null, STDERR_FILENO);
    if (null > STDERR_FILENO)
        close(null);
    if (console > STDERR_FILENO)
        close(console);
    if (symlink(WPAR_ENGINE_DIR "/console", "/dev/console") && errno != EEXIST)
        note("/dev/console: %s", strerror(errno));
}

/* Engine words, then the command's: through the shell only when it needs one. `text` is cut up. False: more words than there is
 * room for. */
static bool build_words(char **words, char *text, const char *argument)
{
    int n = 0;
    for (char **e = engine; *e; e++)
        words[n++] = *e;
    if (inittab_needs_shell(text)) {
        words[n++] = (char *)shell;
        words[n++] = (char *)"-c";
        words[n++] = text;
    } else {
        for (char *word; n < WORDS_MAX - 2 && (word = strsep(&text, " \t"));)
            if (*word)
                words[n++] = word;
        if (text)
            return false;
    }
    if (argument)
        words[n++] = (char *)argument;
    words[n] = NULL;
    return true;
}

static pid_t start(const char *what, const char *command, const char *argument)
{
    if (inittab_needs_shell(command) && access(shell, X_OK)) {
        note("%s: %s: not started: it needs %s, which the image lacks", what, command, shell);
        return 0;
    }
    pid_t pid = fork();
    if (pid < 0)
        note("%s: fork: %s", what, strerror(errno));
    if (pid)
        return pid < 0 ? 0 : pid;
    char *words[WORDS_MAX], *text = strdup(command);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (!text || !build_words(words, text, argument)) {
        note("%s: %s: %s", what, command, text ? "too many words" : "out of memory");
        _exit(127);
    }
    execv(words[0], words);
    note("%s: %s: %s", what, words[0], strerror(errno));
    _exit(127);
}

static void start_entry(struct inittab_entry *e)
{
    e->started = time(NULL);
    e->pid = start(e->id, e->command, NULL);
}

static void tell_end(const char *what, int status)
{
    if (WIFSIGNALED(status))
        note("%s: ended by signal %d", what, WTERMSIG(status));
    else if (WEXITSTATUS(status))
        note("%s: ended with status %d", what, WEXITSTATUS(status));
}

static void note_death(pid_t pid, int status)
{
    for (size_t i = 0; i < table.count; i++) {
        struct inittab_entry *e = &table.entries[i];
        if (e->pid != pid)
            continue;
        tell_end(e->id, status);
        e->pid = 0;
        e->quick = time(NULL) - e->started < QUICK_SECONDS ? e->quick + 1 : 0;
        if (e->action == INITTAB_RESPAWN && e->quick == QUICK_MAX)
            note("%s: %s: respawning too rapidly; next try in %d seconds", e->id, e->command, SUSPENDED_SECONDS);
    }
}

/* Reap; -1 when there is no child left. *met becomes true when `wanted` has ended. */
static int reap(pid_t wanted, bool *met)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == wanted)
            *met = true;
        note_death(pid, status);
    }
    return pid < 0 && errno == ECHILD ? -1 : 0;
}

static bool respawn_is_due(const struct inittab_entry *e)
{
    return e->action == INITTAB_RESPAWN && !e->pid && !e->reason && inittab_in_level(e, table.level) &&
           (e->quick < QUICK_MAX || time(NULL) - e->started >= SUSPENDED_SECONDS);
}

/* Sleep until a signal comes, at most `seconds`. */
static void wait_signal(int seconds)
{
    int signo = sigtimedwait(&waited, NULL, &(struct timespec){ .tv_sec = seconds });
    if (signo == SIGTERM || signo == SIGINT)
        stopping = signo;
}

/* Until the process has ended, or a stop is asked for, or `limit` seconds (0: none) have gone. */
static void wait_process(pid_t pid, int limit, int old_stop)
{
    bool met = pid <= 0;
    for (time_t begin = time(NULL); !met && stopping == old_stop && (!limit || time(NULL) - begin < limit);) {
        wait_signal(1);
        reap(pid, &met);
    }
}

static bool applies(const struct inittab_entry *e)
{
    if (!inittab_in_level(e, table.level) && e->action != INITTAB_SYSINIT)
        return false;
    if (e->reason)
        note("%s: %s: does not apply: %s", e->id, e->command, e->reason);
    return !e->reason;
}

static void run_phase(enum inittab_action first, enum inittab_action last)
{
    for (size_t i = 0; i < table.count && !stopping; i++) {
        struct inittab_entry *e = &table.entries[i];
        if (e->action < first || e->action > last || !applies(e))
            continue;
        start_entry(e);
        if (e->action == INITTAB_SYSINIT || e->action == INITTAB_BOOTWAIT || e->action == INITTAB_WAIT)
            wait_process(e->pid, 0, 0);
    }
}

static int is_stop_script(const struct dirent *e) { return e->d_name[0] == 'K'; }

static void run_stop_script(const char *path)
{
    if (access(path, X_OK) == 0)
        wait_process(start("shutdown", path, "stop"), GRACE, stopping);
}

static void run_stop_scripts(void)
{
    char directory[64], path[512];
    struct dirent **list;
    snprintf(directory, sizeof directory, "/etc/rc.d/rc%c.d", table.level);
    run_stop_script("/etc/rc.shutdown");
    int n = scandir(directory, &list, is_stop_script, alphasort);
    for (int i = 0; i < n; i++) {
        snprintf(path, sizeof path, "%s/%s", directory, list[i]->d_name);
        run_stop_script(path);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
}

static void stop(void)
{
    int grace = stopping == SIGINT ? HARD_GRACE : GRACE;
    bool met = false;
    note("stopping");
    if (stopping == SIGTERM)
        run_stop_scripts();
    kill(-1, SIGTERM);
    kill(-1, SIGCONT);
    for (time_t begin = time(NULL); reap(0, &met) == 0 && time(NULL) - begin < grace;)
        wait_signal(1);
    if (reap(0, &met) == 0)
        note("processes are left after %d seconds; killing them", grace);
    kill(-1, SIGKILL);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
    note("stopped");
}

static void serve(void)
{
    bool met = false;
    while (!stopping) {
        for (size_t i = 0; i < table.count; i++)
            if (respawn_is_due(&table.entries[i]))
                start_entry(&table.entries[i]);
        wait_signal(SUSPENDED_SECONDS);
        reap(0, &met);
    }
}

static void handled(int signo) { (void)signo; }

/* Signals are waited for, not handled; but handlers must be there, or the kernel withholds them from a first process [pid_namespaces(7)].
 * startwpar waits for SIGTERM's. */
static void prepare_signals(void)
{
    static const int signals[] = { SIGCHLD, SIGINT, SIGTERM };
    sigemptyset(&waited);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        sigaddset(&waited, signals[i]);
    sigprocmask(SIG_BLOCK, &waited, NULL);
    for (size_t i = 0; i < ARRAY_LEN(signals); i++)
        sigaction(signals[i], &(struct sigaction){ .sa_handler = handled }, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > WORDS_MAX / 2 || getpid() != 1) {
        fputs("wparinit: the first process of a WPAR; startwpar starts it\n", stderr);
        return 2;
    }
    engine = argv + 1;
    prepare_signals();
    open_console();
    if (inittab_read(&table, "/etc/inittab"))
        note("/etc/inittab: %s; nothing is started", strerror(errno));
    note("level %c", table.level);
    run_phase(INITTAB_SYSINIT, INITTAB_SYSINIT);
    run_phase(INITTAB_BOOTWAIT, INITTAB_BOOT);
    run_phase(INITTAB_WAIT, INITTAB_RESPAWN);
    serve();
    stop();
    inittab_free(&table);
    return 0;
}
