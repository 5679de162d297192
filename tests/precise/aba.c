/* aba.c -- a reservation is lost when another thread's conditional store hits the granule, even if the old value is back: first step
 * by step, then as a stack without locks whose popped nodes are pushed again. Expected: the architecture [ISA II 1.7.3]. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

typedef union { volatile long word; char granule[256]; } cell __attribute__((aligned(256)));

static cell target, turn, blocked;

#ifdef __64BIT__
#define LARX "ldarx"
#define STCX "stdcx."
#else
#define LARX "lwarx"
#define STCX "stwcx."
#endif

static long load_reserve(volatile long *p)
{
    long v;
    __asm__ volatile(LARX " %0,0,%1" : "=r"(v) : "r"(p) : "memory");
    return v;
}

static int store_conditional(volatile long *p, long v)
{
    long cr;
    __asm__ volatile(STCX " %2,0,%1\n mfcr %0" : "=r"(cr) : "r"(p), "r"(v) : "memory", "cr0");
    return cr >> 29 & 1;
}

static void set(volatile long *p, long v)
{
    do
        load_reserve(p);
    while (!store_conditional(p, v));
}

static void hand_over(long to)
{
    __asm__ volatile("lwsync" : : : "memory");
    turn.word = to;
}

static void wait_for(long mine)
{
    while (turn.word != mine)
        ;
    __asm__ volatile("lwsync" : : : "memory");
}

enum { ROUNDS = 200 };
static const char *const deeds[] = { "nothing", "conditional stores of another value and the old one",
                                     "an ordinary store of another value" };

static void *other(void *arg)
{
    for (int i = 0; i < 3 * ROUNDS; i++) {
        wait_for(1);
        if (i / ROUNDS == 1) {
            set(&target.word, 8);
            set(&target.word, 7);
        } else if (i / ROUNDS == 2) {
            target.word = 9;
        }
        hand_over(0);
    }
    return arg;
}

static void step_by_step(void)
{
    pthread_t t;
    pthread_create(&t, NULL, other, NULL);
    for (int deed = 0; deed < 3; deed++) {
        int stored = 0;
        for (int i = 0; i < ROUNDS; i++) {
            target.word = 7;
            load_reserve(&target.word);
            hand_over(1);
            wait_for(0);
            stored += store_conditional(&target.word, 1);
        }
        /* Nothing in between: a reservation may be lost for any reason, but not always. */
        printf("after %s: %s\n", deeds[deed], deed ? stored ? "STORED" : "never stored" : stored ? "stored" : "NEVER STORED");
    }
    pthread_join(t, NULL);
}

/* Pop reads the head's successor between load and store: what ABA breaks. A node is owned by who popped it. */
enum { NODES = 4, THREADS = 2, TIMES = 100000 };
struct node { struct node *next; volatile int owned; } __attribute__((aligned(256)));
static struct node nodes[NODES];
static cell head;

static struct node *pop(void)
{
    struct node *n;
    do {
        n = (struct node *)load_reserve(&head.word);
        if (!n)
            return NULL;
    } while (!store_conditional(&head.word, (long)*(struct node *volatile *)&n->next));
    return n;
}

static void push(struct node *n)
{
    do {
        n->next = (struct node *)load_reserve(&head.word);
        __asm__ volatile("lwsync" : : : "memory");
    } while (!store_conditional(&head.word, (long)n));
}

static void *churn(void *arg)
{
    for (int i = 0; i < TIMES && !blocked.word; i++) {
        struct node *a = pop(), *b = pop();
        if ((a && a->owned++) || (b && b->owned++))
            blocked.word = 1;
        if (a)
            a->owned--, push(a);
        if (b)
            b->owned--, push(b);
    }
    return arg;
}

static void stack(void)
{
    pthread_t t[THREADS];
    int left = 0;
    for (int i = 0; i < NODES; i++)
        push(&nodes[i]);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&t[i], NULL, churn, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    for (struct node *n; left <= NODES && (n = pop()); left++)
        if (n->owned++)
            blocked.word = 1;
    printf("stack: %d of %d nodes left, owned twice: %s\n", left, NODES, blocked.word ? "YES" : "no");
}

int main(void)
{
    step_by_step();
    stack();
    return 0;
}
