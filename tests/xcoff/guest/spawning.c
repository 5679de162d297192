/* spawning.c -- posix_spawn: file actions, attributes, errors; the program spawns itself. Expected: POSIX; natively the same. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int be_child(const char *what)
{
    if (strcmp(what, "mask") == 0) {
        sigset_t mask;
        sigprocmask(SIG_SETMASK, NULL, &mask);
        printf("USR1 blocked %d, group of its own %d\n", sigismember(&mask, SIGUSR1), getpgrp() == getpid());
        return 3;
    }
    char line[64] = "";
    ssize_t n = read(0, line, sizeof line - 1);
    printf("child read %d: %.*s, 9 closed %d\n", (int)n, (int)n, line, fcntl(9, F_GETFD) < 0 && errno == EBADF);
    return 0;
}

static int wait_for(pid_t pid)
{
    int status;
    waitpid(pid, &status, 0);
    return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        return be_child(argv[1]);
    setvbuf(stdout, NULL, _IONBF, 0);
    char name[40], *args[] = { argv[0], "read", NULL }, *mask_args[] = { argv[0], "mask", NULL };
    snprintf(name, sizeof name, "spawning.%d", (int)getpid());
    FILE *f = fopen(name, "w");
    fputs("from a file", f);
    fclose(f);
    dup2(0, 9);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDONLY, 0);
    posix_spawn_file_actions_addclose(&actions, 9);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    pid_t pid;
    int rc = posix_spawn(&pid, argv[0], &actions, NULL, args, environ);
    int status = wait_for(pid);
    printf("%d %d\n", rc, status);
    posix_spawn_file_actions_addopen(&actions, 0, "/no such file", O_RDONLY, 0);
    rc = posix_spawn(&pid, argv[0], &actions, NULL, args, environ);
    printf("%d\n", rc == ENOENT);
    posix_spawn_file_actions_destroy(&actions);
    rc = posix_spawn(&pid, "/no such program", NULL, NULL, args, environ);
    printf("%d\n", rc == ENOENT);
    posix_spawnattr_t attr;
    sigset_t mask;
    short flags = 0;
    sigemptyset(&mask);
    sigaddset(&mask, SIGUSR1);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setsigmask(&attr, &mask);
    posix_spawnattr_setpgroup(&attr, 0);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_getflags(&attr, &flags);
    rc = posix_spawn(&pid, argv[0], NULL, &attr, mask_args, environ);
    status = wait_for(pid);
    printf("%d %d %d\n", rc, flags == (POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP), status);
    posix_spawnattr_destroy(&attr);
    rc = posix_spawnp(&pid, "no such program", NULL, NULL, args, environ);
    printf("%d\n", rc == ENOENT);
    remove(name);
    return 0;
}
