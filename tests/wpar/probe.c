/* probe.c -- what a program sees of its partition: name, processes, root, host files; ends as its first argument says. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

static void list(const char *path)
{
    DIR *d = opendir(path);
    printf("%s:", path);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            printf(" %s", e->d_name);
    puts("");
    if (d)
        closedir(d);
}

int main(int argc, char **argv)
{
    struct utsname u;
    uname(&u);
    printf("%s %s %s\n", u.sysname, u.nodename, getenv("GREETING") ? getenv("GREETING") : "-");
    printf("small pid %d\n", getpid() < 10);
    list("/");
    list("/app");
    printf("host file %d\n", open("/app/../app/../../../../etc/debian_version", O_RDONLY));
    if (argc > 2)
        puts(argv[2]);
    fflush(stdout);
    if (argc > 1 && strcmp(argv[1], "orphan") == 0) {
        if (fork() == 0) {
            sleep(1);
            puts("orphan done");
            fflush(stdout);
        }
        _exit(5);
    }
    if (argc > 1 && strcmp(argv[1], "kill") == 0)
        kill(getpid(), SIGKILL);
    return argc > 1 ? atoi(argv[1]) : 0;
}
