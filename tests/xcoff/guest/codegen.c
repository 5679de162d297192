/* codegen.c -- shapes of code and data the linker has to get right: jump tables, computed goto, large frames, many
 * arguments, addresses in data with addends, weak and common definitions, constructors by priority. Expected output:
 * the same source built for the host. */
#include <alloca.h>
#include <stdio.h>
#include <stdlib.h>

static int table[10] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90};
static int *const inside[] = {&table[3], &table[9], table};
static int (*const calls[])(int) = {abs, NULL, abs};
int common_one[20];
static char order[8];
static int ordered;

__attribute__((weak)) int yields(void) { return 12; }
__attribute__((constructor(300))) static void second(void) { order[ordered++] = 'b'; }
__attribute__((constructor(200))) static void first(void) { order[ordered++] = 'a'; }
__attribute__((constructor)) static void third(void) { order[ordered++] = 'c'; }
__attribute__((destructor)) static void last(void) { puts("destructor"); }

#define FOUR(n)                                                                                                        \
    case n:                                                                                                            \
        return x * 3 + n;                                                                                              \
    case n + 1:                                                                                                        \
        return table[n % 10] - x;                                                                                      \
    case n + 2:                                                                                                        \
        return x ^ n;                                                                                                  \
    case n + 3:                                                                                                        \
        return -x;
static __attribute__((noinline)) int by_table(int n, int x)
{
    switch (n) {
        FOUR(0)
        FOUR(4) FOUR(8) FOUR(12) FOUR(16) FOUR(20) FOUR(24) FOUR(28) FOUR(32) FOUR(36) FOUR(40) FOUR(44) FOUR(48)
            FOUR(52) FOUR(56) FOUR(60) FOUR(64) FOUR(68) FOUR(72) FOUR(76) default : return 1000;
    }
}

static __attribute__((noinline)) int by_label(int n)
{
    static void *const labels[] = {&&one, &&two, &&three};
    goto *labels[n];
one:
    return 1;
two:
    return n * 3;
three:
    return 99;
}

static __attribute__((noinline)) int thirteen(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j,
                                              double x, float y, long long z)
{
    return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j + (int)x + (int)y + (int)z;
}

static __attribute__((noinline)) int large_frame(int n)
{
    volatile char big[70000];
    big[n] = (char)n;
    big[69999] = 1;
    return big[n] + big[69999];
}

static __attribute__((noinline)) int on_the_stack(int n)
{
    unsigned char *p = alloca((size_t)n);
    for (int i = 0; i < n; i++)
        p[i] = (unsigned char)i;
    return p[n - 1] + abs(-p[0] - 1);
}

static __attribute__((noinline)) int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

int main(void)
{
    unsigned sum = 0;
    for (int n = -1; n < 82; n++)
        sum = sum * 7 + (unsigned)by_table(n, n * n);
    printf("%u | %d %d %d | %s\n", sum, by_label(0), by_label(1), by_label(2), order);
    printf("%d %d %d %d\n", *inside[0], *inside[1], (int)(inside[0] - inside[2]), calls[2](-7) + (calls[1] != NULL));
    printf("%d %d %d %d %d\n", thirteen(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11.5, 12.5f, 13), large_frame(5),
           on_the_stack(100), fibonacci(18), yields() + common_one[3]);
    return 0;
}
