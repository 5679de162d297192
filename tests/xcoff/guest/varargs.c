/* varargs.c -- variable arguments in registers and on the stack, structures by value, returned structures. Expected
 * output: the same source built for the host. */
#include <stdarg.h>
#include <stdio.h>

struct small {
    char a;
    short b;
};
struct large {
    int v[9];
    double d;
};

static double sum(int n, ...)
{
    va_list ap;
    double total = 0;
    va_start(ap, n);
    for (int i = 0; i < n; i++)
        total += i % 3 == 0 ? va_arg(ap, int) : i % 3 == 1 ? va_arg(ap, double) : (double)va_arg(ap, long long);
    va_end(ap);
    return total;
}

static struct large twist(struct small s, struct large l, struct small t)
{
    for (int i = 0; i < 9; i++)
        l.v[i] += s.a * i + t.b;
    l.d *= s.b + t.a;
    return l;
}

int main(void)
{
    printf("%.3f\n", sum(12, 1, 2.5, 3LL, 4, 5.5, -6000000000LL, 7, 8.5, 9LL, 10, 11.5, 12LL));
    struct large l = {{1, 2, 3, 4, 5, 6, 7, 8, 9}, 1.5};
    l = twist((struct small){2, 3}, l, (struct small){4, 5});
    for (int i = 0; i < 9; i++)
        printf("%d ", l.v[i]);
    printf("%g\n", l.d);
    printf("%d %ld %lld %s %c %5.2f %d %lld %x %e %d\n", 1, 2L, 3000000000000LL, "four", '5', 6.25, 7, -8LL, 9u, 1.5e10,
           11);
    return 0;
}
