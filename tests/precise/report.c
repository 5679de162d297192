/* report.c -- dies in the way its argument says, in functions whose names the runner's report must show. Run by report.py. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define FRAME __attribute__((noinline, disable_tail_calls))

static volatile int *nowhere = (int *)16;

FRAME static int leaf(int n)
{
    *nowhere = n;
    return n + 1;
}

FRAME static int middle(int n) { return leaf(n * 2) + 1; }

FRAME int outer(int n)
{
    volatile char text[100];
    text[n] = (char)n;
    return middle(n) + text[n];
}

FRAME static void handler(int signo) { outer(signo); }
FRAME static int compare(const void *a, const void *b) { return outer(*(const char *)a - *(const char *)b); }

FRAME static void unknown(void) { __asm__ volatile(".long 0x7c0000aa"); }
FRAME static void privileged(void) { __asm__ volatile("mfmsr 3" ::: "3"); }

/* To an address that is in no module, by a descriptor. */
FRAME static void jump(void)
{
    void *volatile descriptor[3] = { (void *)0xe000000, 0, 0 };
    ((void (*)(void))descriptor)();
}

FRAME static void give_up(void) { abort(); }

int main(int argc, char **argv)
{
    char letters[] = "ba";
    (void)argc;
    if (strcmp(argv[1], "fault") == 0)
        return outer(5);
    if (strcmp(argv[1], "handler") == 0) {
        signal(SIGUSR1, handler);
        raise(SIGUSR1);
    }
    if (strcmp(argv[1], "callback") == 0)
        qsort(letters, 2, 1, compare);
    if (strcmp(argv[1], "unknown") == 0)
        unknown();
    if (strcmp(argv[1], "privileged") == 0)
        privileged();
    if (strcmp(argv[1], "jump") == 0)
        jump();
    if (strcmp(argv[1], "abort") == 0)
        give_up();
    if (strcmp(argv[1], "terminate") == 0)
        raise(SIGTERM);
    return 0;
}
