/* faults.c -- faults at awkward places: in the function that has just installed the handler, in the middle of an overlapping move by
 * milicode, at a jump into nothing, at the end of the stack, in a system call; and where nobody handles them. Expected: AIX's and
 * POSIX's rules, and contents that the program itself made. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/context.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __64BIT__
#define LD "ld "
#define ST "std "
#define STU "stdu "
typedef struct __context64 machine;
enum { W = 8 };
#else
#define LD "lwz "
#define ST "stw "
#define STU "stwu "
typedef struct mstsave machine;
enum { W = 4 };
#endif

static char *page;
static sigjmp_buf out;
static volatile unsigned long seen_pc, seen_lr, seen_register;
static volatile int faults;

static void handle(int signo, void (*f)(int, siginfo_t *, void *), int flags)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = f;
    a.sa_flags = SA_SIGINFO | flags;
    sigaction(signo, &a, NULL);
}

static void mend(int signo, siginfo_t *info, void *context)
{
    machine *m = &((ucontext_t *)context)->uc_mcontext.jmp_context;
    char *at = (char *)((unsigned long)info->si_addr & ~4095ul);
    faults += signo == SIGSEGV;
    seen_register = m->gpr[20];
    seen_pc = m->iar;
    mprotect(at, 4096, PROT_READ | PROT_WRITE);
}

static void leave(int signo, siginfo_t *info, void *context)
{
    machine *m = &((ucontext_t *)context)->uc_mcontext.jmp_context;
    (void)info;
    seen_pc = m->iar;
    seen_lr = m->lr;
    siglongjmp(out, signo);
}

/* --- the handler comes late ---------------------------------------------------------------------------------------------- */

__attribute__((used)) void install(int signo) { handle(signo, mend, 0); }

/* unsigned long late(void *address, int signo): sets r20..r30 after the handler was installed, loads from address, gives their sum. */
__attribute__((naked, noinline)) static unsigned long late(void *address, int signo)
{
    __asm__("mflr 0\n" ST "0,2*%0(1)\n" STU "1,-256(1)\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30,31\n" ST "\\n,128+%0*(\\n-20)(1)\n.endr\n"
            "mr 31,3\n mr 3,4\n bl .install\n nop\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30\n li \\n,\\n*100\n.endr\n"
            "lbz 3,0(31)\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30\n add 3,3,\\n\n.endr\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30,31\n" LD "\\n,128+%0*(\\n-20)(1)\n.endr\n"
            "addi 1,1,256\n" LD "0,2*%0(1)\n mtlr 0\n blr" : : "i"(W));
}

/* A thread that computes all the while, with a long way between its loads, and says whether r20..r30 ever came back wrong. */
__attribute__((naked, noinline)) static unsigned long compute(volatile void *address)
{
    __asm__(".irp n,20,21,22,23,24,25,26,27,28,29,30,31\n" ST "\\n,-%0*(\\n-19)(1)\n.endr\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30\n li \\n,\\n*100\n.endr\n"
            "mr 5,3\n .rept 200\n divw 5,5,3\n .endr\n"             /* nothing a compiler could know */
            "lbz 4,0(3)\n li 3,0\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30\n add 3,3,\\n\n.endr\n"
            ".irp n,20,21,22,23,24,25,26,27,28,29,30,31\n" LD "\\n,-%0*(\\n-19)(1)\n.endr\n blr" : : "i"(W));
}

static volatile int computing, stopping;        /* each written by one thread only */

static void *computer(void *arg)
{
    unsigned long wrong = 0;
    while (!stopping) {
        wrong += compute(page) != 27500;
        computing += computing < 1000;
    }
    return arg ? NULL : (void *)wrong;
}

static void late_in_thread(void)
{
    pthread_t t;
    void *wrong;
    pthread_create(&t, NULL, computer, NULL);
    while (computing < 1000)
        usleep(1000);
    handle(SIGSEGV, mend, 0);
    for (int i = 0; i < 100; i++) {
        mprotect(page, 4096, PROT_NONE);
        usleep(100);
    }
    stopping = 1;
    pthread_join(t, &wrong);
    printf("handler installed by another thread: %lu wrong sums, faults %s\n", (unsigned long)wrong, faults ? "yes" : "no");
}

static void in_child(void (*test)(void))
{
    int status;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        test();
        exit(0);
    }
    waitpid(pid, &status, 0);
    if (status)
        printf("status %x\n", status);
}

static void late_handler(void)
{
    unsigned long sum = 0;
    page[0] = 1;
    for (int i = 0; i < 100; i++)
        sum += late(page, SIGUSR1);
    printf("without a fault: %lu\n", sum);
    mprotect(page, 4096, PROT_NONE);
    sum = late(page, SIGSEGV);
    printf("handler installed just before: r20 %lu, sum %lu, faults %d\n", seen_register, sum, faults);
}

/* --- milicode ------------------------------------------------------------------------------------------------------------ */

__attribute__((naked, noinline)) static void move(char *to, const char *from, size_t n)
{
    __asm__("mflr 0\n" ST "0,2*%0(1)\n .long 0x4800f003\n" LD "0,2*%0(1)\n mtlr 0\n blr" : : "i"(W));
}

static char pattern(int i) { return (char)(i * 7 + i / 256); }

/* The page in the middle cannot be written at first: what was moved before the fault must not be moved twice. */
static void overlapping(int distance)
{
    enum { SIZE = 3 * 4096 };
    char *area = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int wrong = 0, first = distance < 0 ? -distance : 0, count = SIZE - abs(distance);
    for (int i = 0; i < SIZE; i++)
        area[i] = pattern(i);
    mprotect(area + 4096, 4096, PROT_READ);
    faults = 0;
    move(area + first + distance, area + first, (size_t)count);
    for (int i = 0; i < count; i++)
        wrong += area[first + distance + i] != pattern(first + i);
    printf("overlapping move by %d: %d wrong, faults %d\n", distance, wrong, faults);
    munmap(area, SIZE);
}

/* --- jumps ----------------------------------------------------------------------------------------------------------------- */

static void jump_to(unsigned long target, const char *what)
{
    unsigned long descriptor[3] = { target, 0, 0 };
    void (*volatile f)(void) = (void (*)(void))descriptor;
    for (int i = 0; i < 3; i++) {
        int signo = sigsetjmp(out, 1);
        if (!signo)
            f();
        unsigned call = ((unsigned *)seen_lr)[-1];
        printf("jump to %s: signal %d, pc there %d, LR behind the call %d\n", what, signo, seen_pc == target, call == 0x4e800421);
    }
}

/* --- the stack's end --------------------------------------------------------------------------------------------------------- */

#pragma clang diagnostic ignored "-Winfinite-recursion"
static __attribute__((noinline)) int deeper(volatile int *p)
{
    volatile int here[64];
    here[0] = *p + 1;
    return deeper(here) + here[0];
}

static void overflow(void)
{
    static char alternate[65536];
    stack_t stack;
    memset(&stack, 0, sizeof stack);
    stack.ss_sp = alternate;
    stack.ss_size = sizeof alternate;
    sigaltstack(&stack, NULL);
    handle(SIGSEGV, leave, SA_ONSTACK);
    for (int i = 0; i < 3; i++) {
        int zero = 0, signo = sigsetjmp(out, 1);
        if (!signo)
            printf("%d\n", deeper(&zero));
        printf("end of the stack: signal %d\n", signo);
    }
    stack.ss_flags = SS_DISABLE;
    sigaltstack(&stack, NULL);
}

/* --- system calls ------------------------------------------------------------------------------------------------------------ */

static int efault(long result) { return result == -1 && errno == EFAULT; }

static void calls(void)
{
    struct stat *st = (struct stat *)page;
    int fds[2], yes = 0;
    faults = 0;
    handle(SIGSEGV, mend, 0);
    mprotect(page, 4096, PROT_NONE);
    pipe(fds);
    write(fds[1], "abc", 3);
    yes += efault(write(fds[1], page, 3));
    yes += efault(read(fds[0], page, 3));
    yes += efault(read(fds[0], (void *)8, 3));
    yes += efault(stat(page, st));
    yes += efault(stat("/", st));
    yes += efault(open(page, 0));
    yes += efault(pipe((int *)page));
    yes += efault(sigaction(SIGUSR1, (struct sigaction *)page, NULL));
    printf("bad pointers in calls: %d of 8 EFAULT, faults %d\n", yes, faults);
}

/* --- nobody handles ------------------------------------------------------------------------------------------------------------ */

static void dies(const char *how, int block, void (*handler)(int))
{
    int status;
    sigset_t set;
    pid_t pid = fork();
    if (pid == 0) {
        signal(SIGSEGV, handler);
        sigemptyset(&set);
        sigaddset(&set, SIGSEGV);
        if (block)
            sigprocmask(SIG_BLOCK, &set, NULL);
        mprotect(page, 4096, PROT_NONE);
        page[0]++;
        _exit(0);
    }
    waitpid(pid, &status, 0);
    printf("%s: killed by %d\n", how, WIFSIGNALED(status) ? WTERMSIG(status) : -1);
}

static void count(int signo) { faults += signo > 0; }

int main(void)
{
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    in_child(late_handler);
    in_child(late_in_thread);
    install(SIGSEGV);
    for (int i = 0; i < 3; i++) {
        overlapping(-100);
        overlapping(100);
    }
    handle(SIGSEGV, leave, 0);
    handle(SIGILL, leave, 0);
    jump_to((unsigned long)page + 4096 * 16, "nothing");
    jump_to(0, "word 0 at address 0");
    overflow();
    calls();
    dies("default action", 0, SIG_DFL);
    dies("ignored", 0, SIG_IGN);
    dies("blocked", 1, count);
    return 0;
}
