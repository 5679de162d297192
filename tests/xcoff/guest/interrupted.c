/* interrupted.c -- short reads and EINTR: a writer gives a pipe one byte at a time while a timer interrupts every few milliseconds. Reading
 * functions put lines together; those that may end with EINTR are called again and lose nothing; waiting functions see it through or say
 * so.
 * Expected: C and POSIX.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile int ticks;
static void on_tick(int sig) { ticks++; }

static void tick(int microseconds, int flags)
{
    struct sigaction action = { .sa_handler = on_tick, .sa_flags = flags };
    struct itimerval every = { { 0, microseconds }, { 0, microseconds } };
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
}

static const char text[] = "first line\nsecond 42 line\n3.5 word\nthe rest of it without an end";

/* The text through a pipe, a byte every half millisecond. */
static FILE *slow_reader(pid_t *child)
{
    int ends[2];
    pipe(ends);
    if ((*child = fork()) == 0) {
        struct itimerval off = { { 0, 0 }, { 0, 0 } };
        struct timespec pause = { 0, 500000 };
        setitimer(ITIMER_REAL, &off, NULL);
        close(ends[0]);
        for (size_t i = 0; i < sizeof text - 1; i++) {
            nanosleep(&pause, NULL);
            write(ends[1], text + i, 1);
        }
        _exit(0);
    }
    close(ends[1]);
    return fdopen(ends[0], "r");
}

/* Until a function that gives up with EINTR has given all. */
static int get(FILE *f)
{
    int c;
    while ((c = getc(f)) == EOF && ferror(f) && errno == EINTR)
        clearerr(f);
    return c;
}

static void reading(const char *what, int flags)
{
    pid_t child;
    char line[100];
    int number = 0, status, n = 0;
    double real = 0;
    tick(2000, flags);
    FILE *f = slow_reader(&child);
    if (flags & SA_RESTART) {
        char *own = NULL;
        size_t size = 0;
        printf("%s: %s", what, fgets(line, sizeof line, f));
        n = fscanf(f, "second %d line\n", &number);
        printf("%d %d", n, number);
        n = fscanf(f, "%lf %99s", &real, line);
        printf(" %d %g %s", n, real, line);
        printf(" %d", (int)getline(&own, &size, f));
        n = (int)fread(line, 1, 99, f);
        printf(" %d %.*s\n", n, n, line);
        free(own);
    } else {
        for (int c; (c = get(f)) != EOF;)
            line[n++] = (char)c;
        printf("%s: %d %d\n", what, n == (int)sizeof text - 1, memcmp(line, text, sizeof text - 1) == 0);
    }
    fclose(f);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
}

static void waiting(void)
{
    struct timespec half = { 0, 50000000 }, left = { 9, 9 };
    struct timeval tv = { 2, 0 };
    fd_set none;
    sem_t semaphore;
    int ends[2];
    pipe(ends);
    struct pollfd p = { ends[0], POLLIN, 0 };
    tick(5000, 0);
    errno = 0;
    int n = nanosleep(&half, &left);
    printf("nanosleep %d %d left %d\n", n, errno == EINTR, left.tv_sec == 0 && left.tv_nsec > 0);
    errno = 0;
    n = poll(&p, 1, 2000);
    printf("poll %d %d\n", n, errno == EINTR);
    FD_ZERO(&none);
    errno = 0;
    n = select(0, &none, NULL, NULL, &tv);
    printf("select %d %d\n", n, errno == EINTR);
    errno = 0;
    char c;
    n = (int)read(ends[0], &c, 1);
    printf("read %d %d\n", n, errno == EINTR);
    sem_init(&semaphore, 0, 0);
    errno = 0;
    n = sem_wait(&semaphore);
    printf("sem_wait %d %d\n", n, errno == EINTR);
    pid_t child = fork();
    if (child == 0) {
        nanosleep(&half, NULL);
        _exit(7);
    }
    int status = 0, interrupted = 0;
    while ((n = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        interrupted++;
    printf("waitpid %d %d %d\n", n == child, WEXITSTATUS(status), interrupted > 0);
    static char block[200000];
    pid_t reader = fork();
    if (reader == 0) {
        struct itimerval off = { { 0, 0 }, { 0, 0 } };
        size_t total = 0;
        setitimer(ITIMER_REAL, &off, NULL);
        close(ends[1]);
        for (ssize_t got; (got = read(ends[0], block, 1000)) > 0; total += (size_t)got)
            if (total % 50000 < 1000)
                nanosleep(&half, NULL);
        _exit(total == sizeof block);
    }
    close(ends[0]);
    size_t done = 0;
    while (done < sizeof block) {
        ssize_t put = write(ends[1], block + done, sizeof block - done);
        if (put < 0 && errno != EINTR)
            break;
        done += put > 0 ? (size_t)put : 0;
    }
    close(ends[1]);
    while (waitpid(reader, &status, 0) < 0 && errno == EINTR)
        ;
    printf("write %d, all read %d\n", done == sizeof block, WEXITSTATUS(status));
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    reading("restarted", SA_RESTART);
    reading("interrupted", 0);
    waiting();
    printf("ticks %d\n", ticks > 10);
    return 0;
}
