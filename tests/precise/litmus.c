/* litmus.c -- two threads, each a few accesses and barriers; outcomes that the architecture forbids must not be seen [ISA II 1.7].
 * The first test leaves the barrier out: its outcome is allowed and seen on two processors, or the harness is blind.
 * Figures go to standard error. */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

typedef struct {
    volatile int go, pad0[63];
    volatile int x, pad1[63];
    volatile int y, pad2[63];
    int r[4];
} cell;

enum { CELLS = 256, BATCHES = 200 };
static const double time_for_each = 0.5, time_for_the_first = 35;      /* seconds, should they not run at the same time */
static cell cells[CELLS] __attribute__((aligned(256)));
static pthread_barrier_t barrier;

#define SYNC __asm__ volatile("sync" : : : "memory")
#define LWSYNC __asm__ volatile("lwsync" : : : "memory")
#define EIEIO __asm__ volatile("eieio" : : : "memory")
#define NOTHING __asm__ volatile("" : : : "memory")
/* Nothing behind the branch on v begins before v is known. */
#define ISYNC(v) __asm__ volatile("cmpw %0,%0\n bne- 1f\n1: isync" : : "r"(v) : "memory", "cr0")

static void no_barrier0(cell *c) { c->x = 1; NOTHING; c->r[0] = c->y; }
static void no_barrier1(cell *c) { c->y = 1; NOTHING; c->r[1] = c->x; }
static void sb0(cell *c) { c->x = 1; SYNC; c->r[0] = c->y; }
static void sb1(cell *c) { c->y = 1; SYNC; c->r[1] = c->x; }
static int both_old(const cell *c) { return !c->r[0] && !c->r[1]; }

static void mp_sync0(cell *c) { c->x = 1; SYNC; c->y = 1; }
static void mp_lwsync0(cell *c) { c->x = 1; LWSYNC; c->y = 1; }
static void mp_eieio0(cell *c) { c->x = 1; EIEIO; c->y = 1; }
static void mp_sync1(cell *c) { c->r[0] = c->y; SYNC; c->r[1] = c->x; }
static void mp_lwsync1(cell *c) { c->r[0] = c->y; LWSYNC; c->r[1] = c->x; }
static void mp_isync1(cell *c) { int y = c->y; ISYNC(y); c->r[1] = c->x; c->r[0] = y; }
static void mp_depends1(cell *c)
{
    int y, x, zero;
    __asm__ volatile("lwz %0,0(%3)\n xor %2,%0,%0\n lwzx %1,%4,%2" : "=&r"(y), "=r"(x), "=&r"(zero) : "b"(&c->y), "b"(&c->x) : "memory");
    c->r[0] = y;
    c->r[1] = x;
}
static int overtaken(const cell *c) { return c->r[0] && !c->r[1]; }

static void lb0(cell *c) { c->r[0] = c->y; LWSYNC; c->x = 1; }
static void lb1(cell *c) { c->r[1] = c->x; LWSYNC; c->y = 1; }
static int both_new(const cell *c) { return c->r[0] && c->r[1]; }

static void ww0(cell *c) { c->x = 1; LWSYNC; c->y = 2; }
static void ww1(cell *c) { c->y = 1; LWSYNC; c->x = 2; }
static int both_first(const cell *c) { return c->x == 1 && c->y == 1; }

static void corr0(cell *c) { c->x = 1; NOTHING; c->x = 2; }
static void corr1(cell *c) { c->r[0] = c->x; NOTHING; c->r[1] = c->x; }
static int back_in_time(const cell *c) { return c->r[0] > c->r[1]; }

static const struct test {
    const char *name;
    void (*run[2])(cell *c);
    int (*forbidden)(const cell *c);
} tests[] = {
    { "store buffering without a barrier", { no_barrier0, no_barrier1 }, both_old },
    { "store buffering, sync", { sb0, sb1 }, both_old },
    { "message passing, sync and sync", { mp_sync0, mp_sync1 }, overtaken },
    { "message passing, lwsync and lwsync", { mp_lwsync0, mp_lwsync1 }, overtaken },
    { "message passing, eieio and lwsync", { mp_eieio0, mp_lwsync1 }, overtaken },
    { "message passing, lwsync and isync", { mp_lwsync0, mp_isync1 }, overtaken },
    { "message passing, lwsync and an address", { mp_lwsync0, mp_depends1 }, overtaken },
    { "load buffering, lwsync", { lb0, lb1 }, both_new },
    { "two writes each, lwsync", { ww0, ww1 }, both_first },
    { "one location read twice", { corr0, corr1 }, back_in_time },
};
enum { TESTS = sizeof tests / sizeof *tests };

/* Both come here at about the same time, a little apart in different ways; on a busy machine the other one may not be running. */
static void meet(cell *c, int apart)
{
    __atomic_fetch_add(&c->go, 1, __ATOMIC_ACQ_REL);
    for (int spins = 1; c->go < 2; spins++)
        if (spins % 20000 == 0)
            sched_yield();
    for (volatile int wait = apart; wait > 0; wait--)
        ;
}

static const struct test *now;

static void *partner(void *arg)
{
    for (;;) {
        pthread_barrier_wait(&barrier);
        if (!now)
            return arg;
        for (int i = 0; i < CELLS; i++) {
            meet(&cells[i], i % 4);
            now->run[1](&cells[i]);
        }
        pthread_barrier_wait(&barrier);
    }
}

static double seconds(void)
{
    struct timeval t;
    gettimeofday(&t, NULL);
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static long run_batch(void)
{
    long seen = 0;
    for (int i = 0; i < CELLS; i++)
        cells[i] = (cell){ .go = 0 };
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < CELLS; i++) {
        meet(&cells[i], i / 4 % 4);
        now->run[0](&cells[i]);
    }
    pthread_barrier_wait(&barrier);
    for (int i = 0; i < CELLS; i++)
        seen += now->forbidden(&cells[i]);
    return seen;
}

static void litmus(void)
{
    for (const struct test *test = tests; test < tests + TESTS; test++) {
        double until = seconds() + (test == tests ? time_for_the_first : time_for_each);
        long seen = 0, runs = 0;
        for (now = test; seconds() <= until && (test == tests ? !seen : runs < (long)BATCHES * CELLS); runs += CELLS)
            seen += run_batch();
        fprintf(stderr, "%s: %ld of %ld\n", test->name, seen, runs);
        if (test == tests)
            printf("%s: %s\n", test->name, seen || sysconf(_SC_NPROCESSORS_ONLN) == 1 ? "seen, or there is one processor" : "never seen");
        else
            printf("%s: %s\n", test->name, seen ? "SEEN" : "never seen");
    }
}

/* A lock as the architecture's book has it: isync behind taking it, lwsync before giving it back. */
static volatile int lock, in_order, first, second;

static void take(volatile int *p)
{
    int seen;
    __asm__ volatile("1: lwarx %0,0,%1\n cmpwi %0,0\n bne- 1b\n stwcx. %2,0,%1\n bne- 1b\n isync"
                     : "=&r"(seen) : "r"(p), "r"(1) : "memory", "cr0");
}

static void *locker(void *arg)
{
    for (int i = 0; i < 50000; i++) {
        take(&lock);
        if (first != second)
            in_order = -1;
        first++;
        second++;
        LWSYNC;
        lock = 0;
    }
    return arg;
}

int main(void)
{
    pthread_t t, u;
    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&t, NULL, partner, NULL);
    litmus();
    now = NULL;
    pthread_barrier_wait(&barrier);
    pthread_join(t, NULL);
    pthread_create(&t, NULL, locker, NULL);
    pthread_create(&u, NULL, locker, NULL);
    pthread_join(t, NULL);
    pthread_join(u, NULL);
    printf("lock: %d %d, %s\n", first, second, in_order ? "BROKEN" : "kept");
    return 0;
}
