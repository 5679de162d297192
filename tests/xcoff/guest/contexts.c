/* contexts.c -- getcontext, makecontext, swapcontext: a generator on its own stack; the same source natively gives the same text. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

static ucontext_t back, work;
static double kept;

static void generator(long a, long b, long c)
{
    double x = (double)a / (double)b;
    for (int i = 0; i < 3; i++) {
        printf("step %d of %ld %ld %ld, %.3f\n", i, a, b, c, x * i);
        swapcontext(&work, &back);
    }
    kept = x;
}

int main(void)
{
    static char stack[65536];
    volatile int times = 0;
    ucontext_t here;
    sigset_t block;

    getcontext(&here);
    if (++times < 3) {
        printf("again %d\n", times);
        setcontext(&here);
    }
    sigemptyset(&block);
    sigaddset(&block, SIGUSR1);
    getcontext(&work);
    work.uc_stack.ss_sp = stack;
    work.uc_stack.ss_size = sizeof stack;
    work.uc_link = &back;
    makecontext(&work, (void (*)(void))generator, 3, 7L, 4L, -1L);
    for (int i = 0; i < 4; i++) {
        printf("switch %d\n", i);
        swapcontext(&back, &work);
    }
    printf("kept %.3f\n", kept);
    return 0;
}
