/* guest_sh.c -- a tiny command interpreter for the partitions of the tests: guest_sh, or guest_sh -c "LINE"; a prompt on a terminal.
 *
 *   echo WORD...  cat FILE  put FILE WORD  uname  id  pids  kill PID|-1  exit N    and programs by their path
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static int status;

static void cat(const char *path)
{
    char text[512];
    FILE *f = fopen(path, "r");
    if (!f) {
        printf("%s: %s\n", path, strerror(errno));
        status = 1;
        return;
    }
    while (fgets(text, sizeof text, f))
        fputs(text, stdout);
    fclose(f);
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    if (!f || fprintf(f, "%s\n", text) < 0 || fclose(f)) {
        printf("%s: %s\n", path, strerror(errno));
        status = 1;
    }
}

static void execute(char **words)
{
    pid_t pid = fork();
    if (pid == 0) {
        execv(words[0], words);
        printf("%s: %s\n", words[0], strerror(errno));
        fflush(stdout);
        _exit(127);
    }
    int result = 0;
    waitpid(pid, &result, 0);
    status = WIFEXITED(result) ? WEXITSTATUS(result) : 128 + WTERMSIG(result);
}

static void run_line(char *line)
{
    char *words[32];
    int n = 0;
    struct utsname u;
    for (char *w = strtok(line, " \t\r\n"); w && n < 31; w = strtok(NULL, " \t\r\n"))
        words[n++] = w;
    words[n] = NULL;
    if (n == 0)
        return;
    status = 0;
    if (strcmp(words[0], "exit") == 0)
        exit(n > 1 ? atoi(words[1]) : 0);
    if (strcmp(words[0], "echo") == 0)
        for (int i = 1; i < n; i++)
            printf("%s%c", words[i], i + 1 < n ? ' ' : '\n');
    else if (strcmp(words[0], "cat") == 0 && n > 1)
        cat(words[1]);
    else if (strcmp(words[0], "put") == 0 && n > 2)
        put(words[1], words[2]);
    else if (strcmp(words[0], "uname") == 0 && uname(&u) == 0)
        printf("%s %s %s.%s\n", u.sysname, u.nodename, u.version, u.release);
    else if (strcmp(words[0], "id") == 0)
        printf("uid %d gid %d terminal %d home %s\n", (int)getuid(), (int)getgid(), isatty(0), getenv("HOME"));
    else if (strcmp(words[0], "kill") == 0 && n > 1)
        status = kill(atoi(words[1]), SIGKILL) ? 1 : 0;
    else
        execute(words);
}

int main(int argc, char **argv)
{
    char line[512];
    if (argc > 2 && strcmp(argv[1], "-c") == 0) {
        run_line(argv[2]);
        fflush(stdout);
        return status;
    }
    for (;;) {
        if (isatty(0)) {
            fputs("guest# ", stdout);
            fflush(stdout);
        }
        if (!fgets(line, sizeof line, stdin))
            return status;
        run_line(line);
        fflush(stdout);
    }
}
