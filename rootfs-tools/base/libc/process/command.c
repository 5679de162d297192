/* command.c -- running the shell: system, popen, pclose.
 *
 * Where there is no shell that can be run, a command of plain words is run without one; another command ends with status 127, as POSIX
 * has it, and a line on standard error that names the shell and the reason.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../include/lock.h"

static const char shell[] = "/usr/bin/sh";

/* Words that no shell would change, cut apart in place of it; false: there is something else in the command. */
static int plain_words(const char *command, char *copy, size_t size, char **words, size_t most)
{
    size_t n = 0;
    if (strlen(command) >= size || strpbrk(command, "|&;<>()$`\\\"'*?[]#~=%!{}\n"))
        return 0;
    strcpy(copy, command);
    for (char *word = strtok(copy, " \t"); word && n < most; word = strtok(NULL, " \t"))
        words[n++] = word;
    words[n] = NULL;
    return n > 0 && n < most;
}

static _Noreturn void exec_shell(const char *command)
{
    char copy[2048], *words[64], line[256];
    execl(shell, "sh", "-c", command, (char *)NULL);
    int why = errno;
    if (plain_words(command, copy, sizeof copy, words, sizeof words / sizeof *words - 1))
        execvp(words[0], words);
    int n = snprintf(line, sizeof line, "%s: %s: the command is not run: %.120s\n", shell, strerror(why), command);
    write(2, line, n < (int)sizeof line ? (size_t)n : sizeof line - 1);
    _exit(127);
}

static pid_t wait_for(pid_t pid, int *status)
{
    pid_t done;

    while ((done = waitpid(pid, status, 0)) < 0 && errno == EINTR)
        ;
    return done;
}

/* INT and QUIT are ignored and CHLD is held while the command runs, as POSIX asks. */
int system(const char *command)
{
    struct sigaction ignore = { .sa_flags = 0 }, old_int, old_quit;
    sigset_t child, old_mask;
    int status = -1;

    if (!command)
        return access(shell, X_OK) == 0;
    ignore.sa_handler = SIG_IGN;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigaction(SIGINT, &ignore, &old_int);
    sigaction(SIGQUIT, &ignore, &old_quit);
    sigprocmask(SIG_BLOCK, &child, &old_mask);
    pid_t pid = fork();
    if (pid == 0) {
        sigaction(SIGINT, &old_int, NULL);
        sigaction(SIGQUIT, &old_quit, NULL);
        sigprocmask(SIG_SETMASK, &old_mask, NULL);
        exec_shell(command);
    }
    if (pid > 0 && wait_for(pid, &status) < 0)
        status = -1;
    sigaction(SIGINT, &old_int, NULL);
    sigaction(SIGQUIT, &old_quit, NULL);
    sigprocmask(SIG_SETMASK, &old_mask, NULL);
    return status;
}

struct pipe_stream {
    FILE *file;
    pid_t pid;
    struct pipe_stream *next;
};
static struct pipe_stream *pipes;
static int lock;

static _Noreturn void run_piped(const char *command, int ends[2], int reading)
{
    int wanted = reading ? 1 : 0;

    for (struct pipe_stream *p = pipes; p; p = p->next)     /* earlier streams are not for the new child */
        close(fileno(p->file));
    close(ends[!reading ? 1 : 0]);
    if (ends[wanted] != wanted) {
        dup2(ends[wanted], wanted);
        close(ends[wanted]);
    }
    exec_shell(command);
}

FILE *popen(const char *command, const char *mode)
{
    int reading = mode[0] == 'r', ends[2];
    struct pipe_stream *stream;

    if ((mode[0] != 'r' && mode[0] != 'w') || mode[1]) {
        errno = EINVAL;
        return NULL;
    }
    if (!(stream = malloc(sizeof *stream)))
        return NULL;
    if (pipe(ends) < 0) {
        free(stream);
        return NULL;
    }
    libc_lock(&lock);
    stream->pid = fork();
    if (stream->pid == 0)
        run_piped(command, ends, reading);
    int mine = ends[reading ? 0 : 1], other = ends[reading ? 1 : 0];
    close(other);
    stream->file = stream->pid < 0 ? NULL : fdopen(mine, mode);
    if (stream->file) {
        stream->next = pipes;
        pipes = stream;
    }
    libc_unlock(&lock);
    if (stream->file)
        return stream->file;
    close(mine);
    free(stream);
    return NULL;
}

int pclose(FILE *file)
{
    struct pipe_stream **at, *stream;
    int status;

    libc_lock(&lock);
    for (at = &pipes; *at && (*at)->file != file; at = &(*at)->next)
        ;
    if ((stream = *at))
        *at = stream->next;
    libc_unlock(&lock);
    if (!stream) {
        errno = ECHILD;
        return -1;
    }
    pid_t pid = stream->pid;
    free(stream);
    fclose(file);
    return wait_for(pid, &status) < 0 ? -1 : status;
}
