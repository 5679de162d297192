/* signals.c -- handlers, masks, alternate stack, faults, siglongjmp, timers, interrupted calls. Expected: POSIX; the same source built
 * natively prints the same. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t seen[64], depth, deepest;
static sigjmp_buf back;
static char *page, alternate[65536];
static volatile int on_alternate;

static void count(int s) { seen[s]++; }

static void nested(int s)
{
    if (++depth > deepest)
        deepest = depth;
    if (seen[s]++ < 3)
        raise(s);
    depth--;
}

static void jump(int s) { siglongjmp(back, s); }

static void mend(int s, siginfo_t *info, void *context)
{
    char here;
    (void)context;
    seen[s]++;
    on_alternate = &here >= alternate && &here < alternate + sizeof alternate;
    if ((char *)info->si_addr >= page && (char *)info->si_addr < page + 4096)
        mprotect(page, 4096, PROT_READ | PROT_WRITE);
    else
        _exit(9);
}

static void handle(int s, void (*f)(int), int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_handler = f;
    a.sa_flags = flags;
    sigaction(s, &a, NULL);
}

static void masks(void)
{
    sigset_t set, old, pending;
    handle(SIGUSR1, count, 0);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, &old);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR1);
    sigpending(&pending);
    printf("blocked: seen %d pending %d\n", (int)seen[SIGUSR1], sigismember(&pending, SIGUSR1));
    sigprocmask(SIG_SETMASK, &old, NULL);
    printf("opened: seen %d\n", (int)seen[SIGUSR1]);
    sigprocmask(SIG_BLOCK, &set, &old);
    kill(getpid(), SIGUSR1);
    int r = sigsuspend(&old);
    printf("suspend: %d %d seen %d\n", r, errno == EINTR, (int)seen[SIGUSR1]);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

static void faults(void)
{
    struct sigaction a;
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate;
    stack.ss_size = sizeof alternate;
    sigaltstack(&stack, NULL);
    page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    memset(&a, 0, sizeof a);
    a.sa_sigaction = mend;
    a.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigaction(SIGSEGV, &a, NULL);
    page[100] = 'x';
    printf("mended: %c %d on its stack %d\n", page[100], (int)seen[SIGSEGV], on_alternate);
    handle(SIGSEGV, jump, 0);
    for (int i = 0; i < 3; i++) {
        int s = sigsetjmp(back, 1);
        if (s == 0) {
            mprotect(page, 4096, PROT_NONE);
            page[i] = 1;
            puts("not reached");
        }
        printf("jumped out: %d\n", s == SIGSEGV);
    }
}

static void timers(void)
{
    struct itimerval every = { { 0, 10000 }, { 0, 10000 } }, none = { { 0, 0 }, { 0, 0 } };
    int fds[2];
    char c;
    handle(SIGALRM, count, 0);
    setitimer(ITIMER_REAL, &every, NULL);
    volatile unsigned long spin = 0;
    while (seen[SIGALRM] < 5)
        spin++;
    setitimer(ITIMER_REAL, &none, NULL);
    puts("the timer reaches a busy loop");
    pipe(fds);
    alarm(1);
    int n = (int)read(fds[0], &c, 1);
    printf("interrupted: %d %d\n", n, errno == EINTR);
    handle(SIGALRM, count, SA_RESTART);
    every.it_interval.tv_usec = 0;
    every.it_value.tv_usec = 20000;
    setitimer(ITIMER_REAL, &every, NULL);
    if (fork() == 0) {
        usleep(200000);
        write(fds[1], "z", 1);
        _exit(0);
    }
    n = (int)read(fds[0], &c, 1);
    printf("restarted: %d %c\n", n, c);
}

int main(void)
{
    masks();
    handle(SIGUSR2, nested, SA_NODEFER);
    raise(SIGUSR2);
    printf("nested: %d deep %d\n", (int)seen[SIGUSR2], (int)deepest);
    handle(SIGTERM, count, SA_RESETHAND);
    struct sigaction now;
    raise(SIGTERM);
    sigaction(SIGTERM, NULL, &now);
    printf("reset: %d %d\n", (int)seen[SIGTERM], now.sa_handler == SIG_DFL);
    faults();
    timers();
    signal(SIGPIPE, SIG_IGN);
    int fds[2];
    pipe(fds);
    close(fds[0]);
    int r = (int)write(fds[1], "x", 1);
    printf("broken pipe: %d %d\n", r, errno == EPIPE);
    return 0;
}
