/* Message queues with times, queued signals, timers, cancellation inside blocking calls, scheduling calls: what POSIX says. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct timespec soon(clockid_t clock)
{
    struct timespec at;

    clock_gettime(clock, &at);
    at.tv_nsec += 50000000;
    if (at.tv_nsec >= 1000000000)
        at = (struct timespec){at.tv_sec + 1, at.tv_nsec - 1000000000};
    return at;
}

static void queues(void)
{
    struct mq_attr attributes = {.mq_maxmsg = 2, .mq_msgsize = 16}, now;
    char name[32], message[16];
    unsigned priority;

    snprintf(name, sizeof name, "/vwpar-%d", (int)getpid());
    mqd_t queue = mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, &attributes);
    printf("%d %d\n", queue >= 0, mq_unlink(name));
    struct timespec until = soon(CLOCK_REALTIME);
    printf("%d", (int)mq_timedreceive(queue, message, sizeof message, &priority, &until));
    printf(" %d\n", errno == ETIMEDOUT);
    printf("%d %d\n", mq_send(queue, "low", 4, 1), mq_send(queue, "high", 5, 9));
    until = soon(CLOCK_REALTIME);
    printf("%d", mq_timedsend(queue, "third", 6, 1, &until));
    printf(" %d\n", errno == ETIMEDOUT);
    mq_getattr(queue, &now);
    printf("%ld %ld %ld\n", now.mq_maxmsg, now.mq_msgsize, now.mq_curmsgs);
    ssize_t n = mq_receive(queue, message, sizeof message, &priority);
    printf("%d %s %u\n", (int)n, message, priority);
    printf("%d", mq_send(queue, "x", 1, MQ_PRIO_MAX));
    printf(" %d\n", errno == EINVAL);
    printf("%d\n", mq_close(queue));
}

/* Real-time signals that are blocked wait in the order they came, with their values. */
static void signals(void)
{
    sigset_t set;
    siginfo_t info;

    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    sigaddset(&set, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 1; i <= 6; i++)
        sigqueue(getpid(), i % 3 ? SIGRTMIN : SIGRTMIN + 1, (union sigval){.sival_int = i});
    for (int i = 0; i < 6; i++) {
        int sig = sigwaitinfo(&set, &info);
        printf("%d:%d ", sig - SIGRTMIN, info.si_value.sival_int);
    }
    struct timespec none = {0, 0};
    printf("%d\n", sigtimedwait(&set, &info, &none));
}

static void timers(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN};
    struct itimerspec once = {{0, 0}, {0, 20000000}}, left;
    sigset_t set;
    siginfo_t info;
    timer_t timer;

    sigemptyset(&set);
    sigaddset(&set, SIGRTMIN);
    event.sigev_value.sival_int = 42;
    printf("%d", timer_create(CLOCK_MONOTONIC, &event, &timer));
    printf(" %d", timer_settime(timer, 0, &once, NULL));
    printf(" %d", sigwaitinfo(&set, &info) == SIGRTMIN && info.si_value.sival_int == 42 && info.si_code == SI_TIMER);
    printf(" %d %d", timer_gettime(timer, &left), left.it_value.tv_sec == 0 && left.it_value.tv_nsec == 0);
    printf(" %d\n", timer_delete(timer));
}

static sem_t ready;

static void *sleeps(void *arg)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);   /* does not keep a cancellation away */
    sem_post(&ready);
    if (arg)
        sem_wait(arg);
    sleep(100);
    return NULL;
}

static void *spins(void *arg)
{
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
    sem_post(&ready);
    for (volatile int i = 0;; i++)
        ;
}

static void cancellation(void)
{
    void *(*const bodies[])(void *) = {sleeps, sleeps, spins};
    sem_t never;
    void *results[3] = {NULL, NULL, NULL};
    pthread_t t;

    sem_init(&ready, 0, 0);
    sem_init(&never, 0, 0);
    for (int i = 0; i < 3; i++) {
        pthread_create(&t, NULL, bodies[i], i == 1 ? &never : NULL);
        sem_wait(&ready);
        pthread_cancel(t);
        pthread_join(t, &results[i]);
    }
    printf("%d %d %d\n", results[0] == PTHREAD_CANCELED, results[1] == PTHREAD_CANCELED, results[2] == PTHREAD_CANCELED);
}

/* A child that is stopped and continued sleeps on. */
static void stopped(void)
{
    pid_t pid = fork();
    int status;

    if (pid == 0) {
        struct timespec rest = {0, 300000000};
        _exit(nanosleep(&rest, NULL) == 0 ? 7 : 8);
    }
    usleep(50000);
    kill(pid, SIGSTOP);
    kill(pid, SIGCONT);
    waitpid(pid, &status, 0);
    printf("%d\n", WEXITSTATUS(status));
}

/* In memory that two processes share, a lock that one holds is no lock of the other's. */
static void shared(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t *m = mmap(NULL, sizeof *m, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int status;

    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(m, &attributes);
    pthread_mutex_lock(m);
    if (fork() == 0)
        _exit(pthread_mutex_trylock(m) == EBUSY ? 7 : 8);
    wait(&status);
    printf("%d\n", WEXITSTATUS(status));
}

int main(void)
{
    struct sched_param param;
    pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
    struct timespec until;

    queues();
    signals();
    timers();
    cancellation();
    stopped();
    shared();
    printf("%d %d\n", sched_getscheduler(0) == SCHED_OTHER, sched_getparam(0, &param));
    pthread_rwlock_wrlock(&lock);
    until = soon(CLOCK_REALTIME);
    printf("%d\n", pthread_rwlock_timedrdlock(&lock, &until) == EDEADLK);
    return 0;
}
