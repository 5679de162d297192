/* oci_runtime.c -- see oci_runtime.h. */
#include "rootfs-tools/wpar/oci_runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

const char *oci_runtime_choose(struct error *err)
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

static void note_signal(int signo) { stop_signal = signo; }

/* A runtime command whose output nobody wants: kill, delete. */
static void quiet_command(char *const *argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    if (pid > 0)
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            ;
}

/* Wait for the runtime; a signal to us is passed on once to the WPAR's first process, and SIGKILL follows a second one. */
static int wait_passing_signals(pid_t pid, const char *runtime, const char *state_dir, const char *name)
{
    int status, passed = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
        if (!stop_signal)
            continue;
        char number[12];
        snprintf(number, sizeof number, "%d", passed++ ? SIGKILL : (int)stop_signal);
        stop_signal = 0;
        quiet_command((char *[]){ (char *)runtime, "--root", (char *)state_dir, "kill", (char *)name, number, NULL });
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int oci_runtime_run(const char *runtime, const char *state_dir, const char *bundle, const char *name, struct error *err)
{
    static const int passed[] = { SIGTERM, SIGHUP, SIGINT, SIGQUIT };
    for (size_t i = 0; i < ARRAY_LEN(passed); i++)
        sigaction(passed[i], &(struct sigaction){ .sa_handler = note_signal }, NULL);
    pid_t pid = fork();
    if (pid < 0)
        return error_set(err, errno, "fork: %s", strerror(errno));
    if (pid == 0) {
        execlp(runtime, runtime, "--root", state_dir, "run", "--bundle", bundle, name, (char *)NULL);
        fprintf(stderr, "wparexec: %s: %s\n", runtime, strerror(errno));
        _exit(127);
    }
    int status = wait_passing_signals(pid, runtime, state_dir, name);
    quiet_command((char *[]){ (char *)runtime, "--root", (char *)state_dir, "delete", "--force", (char *)name, NULL });
    return status < 0 ? error_set(err, errno, "%s: %s", runtime, strerror(errno)) : status;
}
