/* jumps.c -- setjmp and longjmp keep what they must keep, through nested calls. Expected output by hand. */
#include <setjmp.h>
#include <stdio.h>

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
    return 0;
}
