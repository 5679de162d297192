/* modify.c -- code that changes while it runs: a function that rewrites what it comes to next, one whose callee rewrites what is
 * behind the call, and one that is rewritten between calls; each with the sequence of the architecture's book (dcbst, sync, icbi,
 * isync). Expected: what was written last is executed [ISA II 5.1.2.3]. */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __64BIT__
#define LD "ld "
#define ST "std "
enum { W = 8 };
#else
#define LD "lwz "
#define ST "stw "
enum { W = 4 };
#endif

enum { LI_R3 = 0x38600000 };

/* flush: r4 is the address of a changed word. */
#define FLUSH "dcbst 0,4\n sync\n icbi 0,4\n sync\n isync\n"

/* int itself(unsigned word): the word becomes the instruction behind the flush. */
__attribute__((naked, noinline)) void itself(void)
{
    __asm__("mflr 0\n bl 1f\n1: mflr 4\n mtlr 0\n addi 4,4,2f-1b\n stw 3,0(4)\n" FLUSH "2: li 3,0\n blr");
}

/* The callee rewrites the word behind the call. */
__attribute__((naked, noinline)) void by_callee(void)
{
    __asm__("mflr 0\n" ST "0,2*%0(1)\n bl 1f\n li 3,0\n" LD "0,2*%0(1)\n mtlr 0\n blr\n"
            "1: mflr 4\n stw 3,0(4)\n" FLUSH "blr" : : "i"(W));
}

/* Only returns a number: rewritten from outside. */
__attribute__((naked, noinline)) void constant(void) { __asm__("li 3,0\n blr"); }

static void flush(void *p)
{
    __asm__ volatile("dcbst 0,%0\n sync\n icbi 0,%0\n sync\n isync" : : "r"(p) : "memory");
}

typedef int function(unsigned);
static unsigned *area;

static function *copy(void (*f)(void), volatile unsigned long *descriptor, int at)
{
    memcpy(&area[at], *(void **)f, 128);
    for (int i = 0; i < 32; i++)
        flush(&area[at + i]);
    descriptor[0] = (unsigned long)&area[at];
    descriptor[1] = descriptor[2] = 0;
    return (function *)descriptor;
}

int main(void)
{
    static volatile unsigned long d[3][3];
    int wrong[3] = { 0, 0, 0 };
    area = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    function *volatile f = copy(itself, d[0], 0), *volatile g = copy(by_callee, d[1], 256), *volatile h = copy(constant, d[2], 512);
    for (int i = 0; i < 600; i++) {
        unsigned value = (unsigned)(i * 31 / 7 & 0x7fff);
        wrong[0] += f(LI_R3 | value) != (int)value;
        wrong[1] += g(LI_R3 | value) != (int)value;
        if (i % 5 == 0) {
            area[512] = LI_R3 | value;
            flush(&area[512]);
        }
        wrong[2] += h(0) != (i / 5 * 5) * 31 / 7 % 0x8000;
    }
    printf("wrong: itself %d, behind a call %d, from outside %d\n", wrong[0], wrong[1], wrong[2]);
    return 0;
}
