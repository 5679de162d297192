/* heap.c -- malloc: what it gives is usable, aligned and separate; what was damaged ends the program with a message. Expected: by hand.
 * Each kind of damage happens in a child.
 */
#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BLOCKS = 500, ROUNDS = 20000 };
static volatile int sink;

static void past_the_end(void)
{
    char *volatile a = malloc(24), *volatile b = malloc(24);
    memset(a, 'x', 64);
    free(a);
    free(b);
}

static void twice(void)
{
    char *volatile a = malloc(100);
    free(a);
    free(a);
}

static void in_front(void)
{
    char *volatile a = malloc(100);
    memset(a - 8, 0, 8);
    free(a);
}

static void no_block(void)
{
    static char room[200];
    char *volatile a = room + 64;
    free(a);
}

static void after_free(void)
{
    char *volatile a = malloc(200), *volatile b = malloc(200);
    free(a);
    memset(a - 16, 'x', 64);
    free(b);
    for (int i = 0; i < 5000; i++) {            /* until it is handed out again */
        char *volatile c = malloc(200);
        sink += c != NULL;
    }
}

static void damage(const char *what, void (*how)(void))
{
    int ends[2], status;
    char text[200] = "";
    pipe(ends);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 2);
        how();
        _exit(0);
    }
    close(ends[1]);
    size_t n = 0;
    for (ssize_t got; (got = read(ends[0], text + n, sizeof text - 1 - n)) > 0;)
        n += (size_t)got;
    close(ends[0]);
    waitpid(child, &status, 0);
    printf("%s: %s, %s", what, WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT ? "aborted" : "went on", n > 0 ? text : "silent\n");
}

static void mixture(void)
{
    static unsigned char *blocks[BLOCKS];
    static size_t sizes[BLOCKS];
    unsigned x = 1, bad = 0;
    for (int round = 0; round < ROUNDS; round++) {
        x = x * 1103515245 + 12345;
        unsigned i = x >> 8 & 0xFFFF, at = i % BLOCKS;
        size_t want = (x >> 4) % (round % 50 == 0 ? 300000 : 900);
        unsigned char *p = round % 3 ? realloc(blocks[at], want + 1) : (free(blocks[at]), sizes[at] = 0, malloc(want + 1));
        for (size_t k = 0; k < sizes[at] && k < want + 1; k += 64)
            bad += p[k] != (unsigned char)at;
        memset(p, (int)at, want + 1);
        bad += (uintptr_t)p % 8 != 0;
        blocks[at] = p;
        sizes[at] = want + 1;
    }
    for (int i = 0; i < BLOCKS; i++) {
        for (size_t k = 0; k < sizes[i]; k++)
            bad += blocks[i][k] != (unsigned char)i;
        free(blocks[i]);
    }
    printf("mixture: bad %u\n", bad);
}

static void edges(void)
{
    void *p = NULL;
    char *volatile zero = calloc(1000, 3);
    int clean = 1;
    for (int i = 0; i < 3000; i++)
        clean &= zero[i] == 0;
    free(zero);
    printf("%d %d %d", clean, posix_memalign(&p, 256, 1000) == 0 && (uintptr_t)p % 256 == 0, posix_memalign(&p, 3, 10) == EINVAL);
    p = memalign(4096, 5);
    printf(" %d", (uintptr_t)p % 4096 == 0);
    free(p);
    p = valloc(100);
    printf(" %d", (uintptr_t)p % 4096 == 0);
    cfree(p);
    volatile size_t most = (size_t)-1;
    errno = 0;
    void *volatile none = malloc(most - 100);
    printf(" %d", none == NULL && errno == ENOMEM);
    errno = 0;
    none = calloc(most / 2, 3);
    printf(" %d\n", none == NULL && errno == ENOMEM);
}

int main(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
    mixture();
    edges();
    damage("past the end", past_the_end);
    damage("freed twice", twice);
    damage("in front", in_front);
    damage("no block", no_block);
    damage("after free", after_free);
    return 0;
}
