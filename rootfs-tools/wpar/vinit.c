/* vinit.c -- the first process of an application WPAR: starts the tracked program, reaps everybody, ends with the tracked status.
 *
 * IBM's wparexec returns the tracked process's status only after all processes of the WPAR have ended [wpar 3], and process 1 of a
 * pid namespace must reap orphans. Static, since the rootfs holds AIX files only.
 *
 *   vinit PROGRAM [ARG...]     exit status: the program's, 128 + n for signal n, 126/127 as shells do
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t tracked;

static void pass_on(int signo)
{
    if (tracked > 0)
        kill(tracked, signo);
}

static int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

static void start(char **argv)
{
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &old);
    tracked = fork();
    if (tracked == 0) {
        sigprocmask(SIG_SETMASK, &old, NULL);
        execv(argv[0], argv);
        fprintf(stderr, "vinit: %s: %s\n", argv[0], strerror(errno));
        _exit(errno == ENOENT ? 127 : 126);
    }
    for (int s = 1; s < NSIG; s++)
        if (s != SIGCHLD && s != SIGKILL && s != SIGSTOP)
            sigaction(s, &(struct sigaction){ .sa_handler = pass_on }, NULL);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: vinit PROGRAM [ARG...]\n");
        return 2;
    }
    start(argv + 1);
    if (tracked < 0) {
        fprintf(stderr, "vinit: fork: %s\n", strerror(errno));
        return 126;
    }
    int result = 126, status;
    for (;;) {
        pid_t pid = wait(&status);
        if (pid == tracked)
            result = status_of(status);
        else if (pid < 0 && errno == ECHILD)
            return result;
    }
}
