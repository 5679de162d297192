/* threads.c -- libpthreads: each kind of object does its work with several threads. Expected output by hand. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 4, ROUNDS = 2000 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static long counter, spun, written;
static int onces, destroyed, turn, serial, cleaned;

static void init_once(void) { onces++; }
static void destroy(void *p) { __atomic_fetch_add(&destroyed, (int)(long)p, __ATOMIC_SEQ_CST); }

static void *worker(void *arg)
{
    long me = (long)arg;
    pthread_once(&once, init_once);
    pthread_setspecific(key, (void *)me);
    errno = (int)(100 + me);
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        __atomic_fetch_add(&serial, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
        pthread_spin_lock(&spin);
        spun++;
        pthread_spin_unlock(&spin);
        if (i % 50 == 0) {
            pthread_rwlock_wrlock(&rwlock);
            written++;
            pthread_rwlock_unlock(&rwlock);
        }
        pthread_rwlock_rdlock(&rwlock);
        if (written < 0)
            puts("impossible");
        pthread_rwlock_unlock(&rwlock);
    }
    pthread_mutex_lock(&mutex);
    while (turn != me - 1)
        pthread_cond_wait(&cond, &mutex);
    printf("thread %ld: errno %d, specific %ld\n", me, errno, (long)pthread_getspecific(key));
    turn = (int)me;
    pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex);
    if (me == 2)
        pthread_exit((void *)(me * 10));
    return (void *)(me * 10);
}

static void many(void)
{
    pthread_t t[THREADS];
    long sum = 0;
    pthread_key_create(&key, destroy);
    pthread_barrier_init(&barrier, NULL, THREADS);
    pthread_spin_init(&spin, 0);
    for (long i = 0; i < THREADS; i++)
        if (pthread_create(&t[i], NULL, worker, (void *)(i + 1)))
            puts("create failed");
    for (int i = 0; i < THREADS; i++) {
        void *result;
        pthread_join(t[i], &result);
        sum += (long)result;
    }
    printf("counter %ld spun %ld written %ld results %ld once %d destroyed %d serial %d\n", counter, spun, written, sum,
           onces, destroyed, serial);
    printf("join again %d\n", pthread_join(t[0], NULL) == ESRCH);
}

static void kinds(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t m;
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&m, &attr);
    int deep = pthread_mutex_lock(&m) | pthread_mutex_lock(&m) | pthread_mutex_trylock(&m);
    deep |= pthread_mutex_unlock(&m) | pthread_mutex_unlock(&m) | pthread_mutex_unlock(&m);
    printf("recursive %d, one unlock too many %s\n", deep, pthread_mutex_unlock(&m) == EPERM ? "EPERM" : "?");
    pthread_mutex_destroy(&m);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ERRORCHECK);
    pthread_mutex_init(&m, &attr);
    pthread_mutex_lock(&m);
    printf("errorcheck %s\n", pthread_mutex_lock(&m) == EDEADLK ? "EDEADLK" : "?");
    printf("busy %s\n", pthread_mutex_destroy(&m) == EBUSY ? "EBUSY" : "?");
    pthread_mutex_unlock(&m);
    pthread_mutex_lock(&mutex);
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    at.tv_nsec += 30000000;
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    printf("timedwait %s\n", pthread_cond_timedwait(&cond, &mutex, &at) == ETIMEDOUT ? "ETIMEDOUT" : "?");
    printf("timedlock %s\n", pthread_mutex_timedlock(&mutex, &at) == ETIMEDOUT ? "ETIMEDOUT" : "?");
    printf("trylock %s\n", pthread_mutex_trylock(&mutex) == EBUSY ? "EBUSY" : "?");
    pthread_mutex_unlock(&mutex);
}

static void clean(void *arg)
{
    cleaned = *(int *)arg;
    pthread_mutex_unlock(&mutex);
}

static void *sleeper(void *arg)
{
    int mark = 9;
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(clean, &mark);
    turn = 77;
    pthread_cond_signal(&cond);
    for (;;)
        pthread_cond_wait(&cond, &mutex);
    pthread_cleanup_pop(0);
    return NULL;
}

static void cancelled(void)
{
    pthread_t t;
    void *result;
    turn = 0;
    pthread_create(&t, NULL, sleeper, NULL);
    pthread_mutex_lock(&mutex);
    while (turn != 77)
        pthread_cond_wait(&cond, &mutex);
    pthread_mutex_unlock(&mutex);
    pthread_cancel(t);
    pthread_join(t, &result);
    printf("cancelled %d cleaned %d\n", result == PTHREAD_CANCELED, cleaned);
}

static volatile sig_atomic_t caught;
static pthread_t caught_by;

static void on_signal(int signo)
{
    caught = signo;
    caught_by = pthread_self();
}

static void *waits_for_signal(void *arg)
{
    while (!caught)
        usleep(1000);
    return NULL;
}

static void signals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGUSR1, &action, NULL);
    pthread_t t;
    pthread_create(&t, NULL, waits_for_signal, NULL);
    pthread_kill(t, SIGUSR1);
    pthread_join(t, NULL);
    printf("signal %d in the right thread %d\n", (int)caught == SIGUSR1, pthread_equal(caught_by, t));
}

static void *detached(void *arg)
{
    __atomic_fetch_add((int *)arg, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void attributes(void)
{
    pthread_attr_t attr;
    size_t size;
    int state, done = 0;
    pthread_t t;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, 1 << 20);
    pthread_attr_getstacksize(&attr, &size);
    pthread_attr_getdetachstate(&attr, &state);
    for (int i = 0; i < 50; i++)
        while (pthread_create(&t, &attr, detached, &done) != 0)
            usleep(1000);
    while (__atomic_load_n(&done, __ATOMIC_SEQ_CST) != 50)
        usleep(1000);
    printf("detached %d stack %lu state %d small %s\n", done, (unsigned long)size, state,
           pthread_attr_setstacksize(&attr, 100) == EINVAL ? "EINVAL" : "?");
    pthread_attr_destroy(&attr);
}

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    printf("self %u\n", (unsigned)pthread_self());
    many();
    kinds();
    cancelled();
    signals();
    attributes();
    return 0;
}
