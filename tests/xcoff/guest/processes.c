/* processes.c -- fork, exec, wait, pipes, environment, exit handlers. Expected: POSIX; the same source built natively prints the same. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *self;

static void report(const char *what, int status)
{
    if (WIFEXITED(status))
        printf("%s: exit %d\n", what, WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        printf("%s: signal %s\n", what, WTERMSIG(status) == SIGKILL ? "KILL" : WTERMSIG(status) == SIGABRT ? "ABRT" : "other");
}

static int child(char **argv)
{
    if (strcmp(argv[1], "env") == 0) {
        printf("child: %s %s\n", getenv("COLOUR") ? getenv("COLOUR") : "-", argv[2]);
        return 4;
    }
    char buffer[100];
    int n = (int)read(0, buffer, sizeof buffer);
    for (int i = 0; i < n; i++)
        buffer[i] = (char)(buffer[i] >= 'a' && buffer[i] <= 'z' ? buffer[i] - 32 : buffer[i]);
    return write(1, buffer, (size_t)n) == n ? 0 : 1;
}

static void through_pipes(void)
{
    int to[2], from[2], status;
    char answer[100];
    pipe(to);
    pipe(from);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        execl(self, self, "upper", (char *)NULL);
        _exit(99);
    }
    close(to[0]);
    close(from[1]);
    write(to[1], "through a pipe", 14);
    close(to[1]);
    int n = 0, got;
    while ((got = (int)read(from[0], answer + n, sizeof answer - (size_t)n)) > 0)
        n += got;
    printf("%.*s\n", n, answer);
    waitpid(pid, &status, 0);
    report("pipe", status);
}

static void ends(void)
{
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(42);
    printf("waited for the child: %d\n", waitpid(pid, &status, 0) == pid);
    report("exit", status);
    if ((pid = fork()) == 0) {
        for (;;)
            pause();
    }
    kill(pid, SIGKILL);
    wait(&status);
    report("kill", status);
    if ((pid = fork()) == 0)
        abort();
    wait(&status);
    report("abort", status);
    printf("nobody left: %d\n", wait(&status) == -1 && errno == ECHILD);
}

static void said_at_exit(void)
{
    puts("at exit");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int status;
    self = argv[0];
    if (argc > 1)
        return child(argv);
    setvbuf(stdout, NULL, _IONBF, 0);
    ends();
    through_pipes();
    char *environment[] = { "COLOUR=blue", NULL }, *arguments[] = { self, "env", "an argument", NULL };
    if (fork() == 0) {
        execve(self, arguments, environment);
        _exit(98);
    }
    wait(&status);
    report("execve", status);
    if (fork() == 0) {
        execve("/no/such/program", arguments, environment);
        printf("exec failed: %d\n", errno == ENOENT);
        _exit(3);
    }
    wait(&status);
    report("missing", status);
    setenv("COLOUR", "red", 1);
    if (fork() == 0) {
        execl(self, self, "env", "inherited", (char *)NULL);
        _exit(97);
    }
    wait(&status);
    report("setenv", status);
    int fd = open("/dev/null", O_RDONLY);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    printf("close on exec: %d\n", fcntl(fd, F_GETFD, 0) == FD_CLOEXEC);
    printf("group: %d %d\n", getpgrp() == getpgid(0), getppid() > 0);
    atexit(said_at_exit);
    return 0;
}
