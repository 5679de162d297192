/* guest_service.c -- a service for the partitions of the tests: guest_service NAME [stubborn]; writes NAME.up when it is there, and
 * NAME.down when SIGTERM ends it. A stubborn one ignores SIGTERM. Scripts of rc directories are this program too: the name start or stop
 * makes it write what it was called as, and end. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[200];

static void mark(const char *suffix)
{
    char path[256];
    snprintf(path, sizeof path, "/var/%s.%s", name, suffix);
    FILE *f = fopen(path, "w");
    if (f)
        fclose(f);
}

static void ended(int signo)
{
    mark("down");
    _exit(0);
}

int main(int argc, char **argv)
{
    const char *base = strrchr(argv[0], '/');
    snprintf(name, sizeof name, "%s", argc > 1 ? argv[1] : "service");
    if (strcmp(name, "start") == 0 || strcmp(name, "stop") == 0) {
        snprintf(name, sizeof name, "%s", base ? base + 1 : argv[0]);
        mark(argv[1]);
        return 0;
    }
    signal(SIGTERM, argc > 2 ? SIG_IGN : ended);
    mark("up");
    printf("service %s is up\n", name);
    fflush(stdout);
    for (;;)
        pause();
}
