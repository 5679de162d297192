/* fatal.c -- dies of a store in a callee that translated code follows, no handler being installed; says before what pc, LR and r1 the
 * report must show. Run by fatal.py. */
#include <stdio.h>

#ifdef __64BIT__
#define LD "ld "
#define ST "std "
#define STU "stdu "
enum { W = 8 };
#else
#define LD "lwz "
#define ST "stw "
#define STU "stwu "
enum { W = 4 };
#endif

__attribute__((naked, used, noinline)) void leaf(void) { __asm__(STU "1,-128(1)\n stb 4,0(3)\n addi 1,1,128\n blr"); }

/* void outer(void *address, unsigned long out[2]): tells its r1 and the address behind the call. */
__attribute__((naked, noinline)) static void outer(void *address, volatile unsigned long *out)
{
    __asm__("mflr 0\n" ST "0,2*%0(1)\n" STU "1,-256(1)\n" ST "1,0(4)\n"
            "bl 1f\n1: mflr 5\n addi 5,5,2f-1b\n" ST "5,%0(4)\n"
            "bl .leaf\n2: addi 1,1,256\n" LD "0,2*%0(1)\n mtlr 0\n blr" : : "i"(W));
}

int main(void)
{
    static char good;
    volatile unsigned long out[2];
    void (*volatile callee)(void) = leaf;
    for (int i = 0; i < 100; i++)
        outer(&good, out);
    /* The same frame again: r1 is as it was. */
    printf("pc %lx lr %lx r1 %lx\n", *(unsigned long *)callee + 4, out[1], out[0] - 128);
    fflush(stdout);
    for (int i = 0; i < 2; i++)
        outer(i ? (void *)16 : &good, out);
    return 0;
}
