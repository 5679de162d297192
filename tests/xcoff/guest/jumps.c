/* jumps.c -- setjmp and longjmp keep what they must keep, through nested calls, and the signal mask where it is theirs. A buffer that was
 * never filled, and one that cannot be written. Expected output by hand; POSIX for masks. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static jmp_buf top, inner;

static void deep(int n, double x)
{
    if (n == 0)
        longjmp(top, x > 2 ? 42 : 1);
    deep(n - 1, x + 0.5);
}

static int nested(void)
{
    int code = setjmp(inner);
    if (code == 0)
        longjmp(inner, 0); /* zero becomes one */
    return code;
}

static void block(int how)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(how, &set, NULL);
}

static int is_blocked(void)
{
    sigset_t set;
    sigprocmask(SIG_BLOCK, NULL, &set);
    return sigismember(&set, SIGUSR1);
}

static void masks(void)
{
    sigjmp_buf keeping, leaving;
    volatile int turn = 0;
    if (sigsetjmp(keeping, 1) == 0) {
        block(SIG_BLOCK);
        siglongjmp(keeping, 1);
    }
    printf("saved: %d\n", is_blocked());
    if (sigsetjmp(leaving, 0) == 0) {
        block(SIG_BLOCK);
        siglongjmp(leaving, 1);
    }
    printf("not saved: %d\n", is_blocked());
    block(SIG_UNBLOCK);
    if (_setjmp(leaving) == 0) {
        block(SIG_BLOCK);
        _longjmp(leaving, 1);
    }
    printf("_setjmp: %d\n", is_blocked());
    if (setjmp(top) == 0) { /* a signal that waits comes when the mask is put back */
        block(SIG_UNBLOCK);
        longjmp(top, ++turn);
    }
    printf("setjmp: %d\n", is_blocked());
    block(SIG_UNBLOCK);
}

enum { CAUGHT = 11 };
static void caught(int signo) { _exit(signo == SIGSEGV ? CAUGHT : 0); }

/* How a child ends that jumps by a buffer of zeros, or fills one at an address that is not there. */
static void bad_buffer(int fills)
{
    pid_t child = fork();
    int status;
    if (child == 0) {
        static jmp_buf empty;
        close(2);
        signal(SIGSEGV, caught);
        if (fills)
            _exit(setjmp(*(jmp_buf *)16));
        longjmp(empty, 1);
    }
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        puts(WTERMSIG(status) == SIGABRT ? "abort" : "another signal");
    else
        puts(WEXITSTATUS(status) == CAUGHT ? "segmentation violation" : "no signal");
}

int main(void)
{
    volatile int count = 0;
    volatile double kept = 2.75;
    int code = setjmp(top);
    printf("setjmp %d count %d kept %.2f\n", code, count, kept);
    if (code == 0) {
        count = 5;
        deep(10, 0);
    }
    printf("nested %d\n", nested());
    masks();
    fflush(stdout);
    bad_buffer(0);
    fflush(stdout);
    bad_buffer(1);
    return 0;
}
