/* blocked.c -- a blocked signal ends no wait [POSIX: select, poll, nanosleep], an open one does; what is left of the time is what is left.
 * Expected: the same source built for the host.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int caught;

static void handler(int signo) { caught++; }

static double now(void)
{
    struct timeval t;
    gettimeofday(&t, NULL);
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static int wait_by(int how)
{
    struct timeval tv = { 0, 600000 };
    struct timespec ts = { 0, 600000000 };
    return how == 0 ? select(0, NULL, NULL, NULL, &tv) : how == 1 ? poll(NULL, 0, 600) : nanosleep(&ts, NULL);
}

/* A child ends while the parent waits: twice, so that the time left counts. */
static void run(int how, const char *name)
{
    for (int i = 1; i <= 2; i++)
        if (fork() == 0) {
            usleep((useconds_t)i * 100000);
            _exit(0);
        }
    double start = now();
    errno = 0;
    int result = wait_by(how), why = errno;
    double took = now() - start;
    printf("%s: %d %s, %s\n", name, result, why == EINTR ? "interrupted" : "whole", took > 0.59 ? "all of the time" : "a part of it");
    while (wait(NULL) > 0)
        ;
}

int main(void)
{
    static const char *const names[] = { "select", "poll", "nanosleep" };
    struct sigaction action;
    sigset_t set;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigaction(SIGCHLD, &action, NULL);
    setvbuf(stdout, NULL, _IOLBF, 0);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int how = 0; how < 3; how++)
        run(how, names[how]);
    printf("caught while blocked: %d\n", caught);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    printf("caught then: %d\n", caught > 0);
    for (int how = 0; how < 3; how++)
        run(how, names[how]);
    return 0;
}
