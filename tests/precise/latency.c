/* latency.c -- how long a signal takes to reach a thread that computes: every kind of loop, left by siglongjmp from the handler. The
 * bound is 10 ms; the test's is 100 ms for the median, for test machines are busy. Figures go to standard error. */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { SAMPLES = 15, DELAY_US = 5000, BOUND_US = 100000, BIG = 4 << 20 };

static sigjmp_buf out;
static volatile double sent;
static double taken[SAMPLES];
static int sample;
static char *big;
static volatile int sink;

static double now(void)
{
    struct timeval t;
    gettimeofday(&t, NULL);
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static void handler(int signo)
{
    taken[sample] = now() - sent;
    siglongjmp(out, signo);
}

/* --- loops that never end ---------------------------------------------------------------------------------------------------- */

static void counting(void)
{
    for (;;)
        sink++;
}

__attribute__((naked, noinline)) static void registers_only(void) { __asm__("li 3,0\n1: addi 3,3,1\n xori 4,3,5\n b 1b"); }
__attribute__((naked, noinline)) static void by_ctr(void) { __asm__("1: lis 3,0x7fff\n mtctr 3\n2: bdnz 2b\n b 1b"); }
__attribute__((naked, used, noinline)) void pong(void) { __asm__("addi 4,4,1\n b .ping"); }
__attribute__((naked, used, noinline)) void ping(void) { __asm__("addi 3,3,1\n b .pong"); }

/* Jumps through CTR to itself. */
__attribute__((naked, noinline)) static void indirect(void)
{
    __asm__("mflr 0\n bl 1f\n1: mflr 3\n mtlr 0\n addi 3,3,2f-1b\n2: mtctr 3\n addi 4,4,1\n bctr");
}

static __attribute__((noinline)) int leaf(int n)
{
    int sum = 0;
    for (int i = 0; i < (n & 63); i++)
        sum += i ^ n;
    return sum;
}

static void calling(void)
{
    for (int i = 0;; i++)
        sink += leaf(i);
}

/* The loop is in the callee only. */
static __attribute__((noinline)) int endless_leaf(int n)
{
    for (unsigned i = 1; i; i += 2)
        n ^= (int)i << 3;
    return n;
}
static void one_call(void) { sink = endless_leaf(sink); }

static __attribute__((noinline)) int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static void recursion(void) { sink = fib(60); }

static int by_value(const void *a, const void *b) { return *(const unsigned char *)a - *(const unsigned char *)b; }
static void sorting(void)
{
    for (;;) {
        for (int i = 0; i < 65536; i++)
            big[i] = (char)(i * 7919);
        qsort(big, 65536, 1, by_value);
    }
}

static void numbers(void)
{
    for (;;)
        sink += (int)strtol("123456789", NULL, 10);
}

static void strings(void)
{
    for (;;)
        sink += (int)strlen(big);
}

static void floating(void)
{
    volatile double x = 1;
    for (;;)
        x = x * 1.0000001 + 0.5;
}

static const struct { const char *name; void (*run)(void); } loops[] = {
    { "a counter in memory", counting }, { "registers only", registers_only }, { "bdnz", by_ctr }, { "two functions that jump", ping },
    { "a jump through CTR", indirect }, { "calls of a loop", calling }, { "a loop in a callee", one_call }, { "recursion", recursion },
    { "qsort", sorting }, { "strtol", numbers }, { "strlen of 4 MB", strings }, { "floating point", floating },
};

/* --- ways to send -------------------------------------------------------------------------------------------------------------- */

static pthread_t computer;

static void by_timer(void)
{
    struct itimerval once = { { 0, 0 }, { 0, DELAY_US } };
    sent = now() + DELAY_US * 1e-6;
    setitimer(ITIMER_REAL, &once, NULL);
}

static void by_alarm(void)
{
    sent = now() + 1;
    alarm(1);
}

static void *sender(void *arg)
{
    usleep(DELAY_US);
    sent = now();
    pthread_kill(computer, SIGUSR1);
    return arg;
}

static void by_thread(void)
{
    pthread_t t;
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_create(&t, &attr, sender, NULL);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static void measure(const char *way, void (*send)(void), const char *name, void (*run)(void), int samples)
{
    volatile int late;
    for (sample = 0; sample < samples; sample++)
        if (!sigsetjmp(out, 1)) {
            send();
            run();
        }
    qsort(taken, (size_t)samples, sizeof taken[0], ascending);
    late = taken[samples / 2] * 1e6 > BOUND_US;
    fprintf(stderr, "%s, %s: median %.2f ms, worst %.2f ms\n", way, name, taken[samples / 2] * 1e3, taken[samples - 1] * 1e3);
    printf("%s, %s: %s\n", way, name, late ? "LATE" : "in time");
}

int main(void)
{
    big = malloc(BIG);
    memset(big, 'x', BIG);
    big[BIG - 1] = 0;
    computer = pthread_self();
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = handler;
    sigaction(SIGALRM, &act, NULL);
    sigaction(SIGUSR1, &act, NULL);
    for (unsigned i = 0; i < sizeof loops / sizeof *loops; i++) {
        measure("setitimer", by_timer, loops[i].name, loops[i].run, SAMPLES);
        measure("pthread_kill", by_thread, loops[i].name, loops[i].run, SAMPLES);
    }
    measure("alarm", by_alarm, "registers only", registers_only, 1);
    return 0;
}
