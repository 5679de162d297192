/* libc_process.c -- fork, exec, wait, exit and its handlers, groups and sessions, pipes between processes. Expected
 * output: the same source built for the host. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void describe(const char *what, int status)
{
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: killed by %s\n", what,
               WTERMSIG(status) == SIGKILL   ? "KILL"
               : WTERMSIG(status) == SIGABRT ? "ABRT"
               : WTERMSIG(status) == SIGTERM ? "TERM"
               : WTERMSIG(status) == SIGSEGV ? "SEGV"
                                             : "another");
    else if (WIFSTOPPED(status))
        printf("%s: stopped by STOP %d\n", what, WSTOPSIG(status) == SIGSTOP);
}

static int run(void (*body)(void))
{
    int status = 0;

    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        body();
        _exit(99);
    }
    pid_t got = waitpid(pid, &status, 0);
    if (got != pid)
        printf("waitpid gave %d\n", (int)got);
    return status;
}

static void exit_plain(void) { _exit(7); }
static void kill_self(void) { kill(getpid(), SIGKILL); }
static void call_abort(void) { abort(); }
static void first(void) { write(1, "first registered\n", 17); }
static void second(void) { write(1, "second registered\n", 18); }
static void late(void) { write(1, "registered while leaving\n", 25); }
static void third(void)
{
    write(1, "third registered\n", 17);
    atexit(late);
}
static void exit_with_handlers(void)
{
    atexit(first), atexit(second), atexit(third);
    for (int i = 0; i < 100; i++)
        atexit(first);
    for (int i = 0; i < 100; i++)
        if (atexit(first))
            _exit(1);
    printf("buffered text\n");
    exit(41);
}

static const char *self;
static void run_l(void) { execl(self, "name", "child", "a b", "", "c", (char *)NULL); }
static void run_le(void)
{
    char *env[] = {"ONLY=this", NULL};
    execle(self, "name", "child", (char *)NULL, env);
}
static void run_vp(void)
{
    char folder[1024], *argv[] = {"p", "child", "by path", NULL};
    const char *slash = strrchr(self, '/');
    snprintf(folder, sizeof folder, "PATH=/nowhere:%.*s", (int)(slash - self), self);
    putenv(folder);
    execvp(slash + 1, argv);
}
static void run_missing(void)
{
    execlp("no-such-program-here", "x", (char *)NULL);
    _exit(errno == ENOENT ? 11 : 12);
}
static void run_v(void)
{
    char *argv[] = {"v", "child", NULL};
    setenv("ADDED", "yes", 1);
    execv(self, argv);
}

static int child(int argc, char **argv)
{
    printf("child %d:", argc);
    for (int i = 0; i < argc; i++)
        printf(" [%s]", argv[i]);
    printf(" only %s added %s entries %s\n", getenv("ONLY") ? getenv("ONLY") : "-",
           getenv("ADDED") ? getenv("ADDED") : "-", environ[0] && !environ[1] ? "one" : "more");
    return 5;
}

static void pipeline(void)
{
    int down[2], up[2];
    char buffer[32] = "";

    pipe(down), pipe(up);
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(down[0], 0), dup2(up[1], 1);
        close(down[0]), close(down[1]), close(up[0]), close(up[1]);
        int n = (int)read(0, buffer, sizeof buffer);
        for (int i = 0; i < n; i++)
            if (buffer[i] >= 'a' && buffer[i] <= 'z')
                buffer[i] = (char)(buffer[i] - 'a' + 'A');
        write(1, buffer, (size_t)n);
        _exit(0);
    }
    close(down[0]), close(up[1]);
    write(down[1], "through a child", 15);
    close(down[1]);
    int n = (int)read(up[0], buffer, sizeof buffer);
    printf("pipeline %.*s\n", n, buffer);
    close(up[0]);
    waitpid(pid, NULL, 0);
}

static void stopping(void)
{
    int status;
    pid_t pid = fork();

    if (pid == 0)
        for (;;)
            pause();
    printf("running child %d\n", (int)waitpid(pid, &status, WNOHANG));
    kill(pid, SIGSTOP);
    printf("stopped %d\n", waitpid(pid, &status, WUNTRACED) == pid);
    describe("child", status);
    kill(pid, SIGCONT);
    kill(pid, SIGTERM);
    waitpid(pid, &status, 0);
    describe("child", status);
    int none = (int)wait(&status);
    printf("no more %d ECHILD %d\n", none, errno == ECHILD);
}

static void sessions(void)
{
    pid_t pid = getpid();
    int fine = getpgrp() != pid && setsid() == pid && getpgrp() == pid && getsid(0) == pid && getpgid(0) == pid;
    _exit(fine && setsid() == -1 && errno == EPERM ? 0 : 1);
}
static void groups(void) { _exit(setpgid(0, 0) == 0 && getpgrp() == getpid() && getppid() != getpid() ? 0 : 1); }

int main(int argc, char **argv)
{
    struct rusage usage;
    struct rlimit limit;
    struct tms tms;

    if (argc > 1 && strcmp(argv[1], "child") == 0)
        return child(argc, argv);
    self = argv[0];
    describe("_exit", run(exit_plain));
    describe("kill", run(kill_self));
    signal(SIGABRT, SIG_IGN);
    describe("abort", run(call_abort));
    describe("exit", run(exit_with_handlers) & 0xff00);
    describe("execl", run(run_l));
    describe("execle", run(run_le));
    describe("execvp", run(run_vp));
    describe("execv", run(run_v));
    describe("execlp", run(run_missing));
    describe("setsid", run(sessions));
    describe("setpgid", run(groups));
    pipeline();
    stopping();
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(3);
    printf("wait4 %d", wait4(pid, &status, 0, &usage) == pid);
    printf(" %d\n", WEXITSTATUS(status));
    printf("getrusage %d %d times %d\n", getrusage(RUSAGE_SELF, &usage), getrusage(RUSAGE_CHILDREN, &usage),
           times(&tms) != (clock_t)-1);
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = 64;
    printf("setrlimit %d", setrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = 0;
    getrlimit(RLIMIT_NOFILE, &limit);
    printf(" %d\n", (int)limit.rlim_cur);
    printf("ids %d %d\n", getuid() == geteuid(), getgid() == getegid());
    return 0;
}
