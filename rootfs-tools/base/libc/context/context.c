/* context.c -- getcontext, setcontext, makecontext, swapcontext [XSH, issue 6] on the ucontext_t that signal handlers get, too
 * [aix-abi 4.7]: all registers go to their places in it, so that setcontext continues a context from any source.
 *
 * A context that getcontext filled continues behind the call, where r3 is 0 and glue has left the caller's TOC.
 */
#include <stdarg.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define FPR_LINES(op, at)                                                                                                         \
    op " 0," at "(3)\n " op " 1," at "+8(3)\n " op " 2," at "+16(3)\n " op " 3," at "+24(3)\n " op " 4," at "+32(3)\n "            \
    op " 5," at "+40(3)\n " op " 6," at "+48(3)\n " op " 7," at "+56(3)\n " op " 8," at "+64(3)\n " op " 9," at "+72(3)\n "        \
    op " 10," at "+80(3)\n " op " 11," at "+88(3)\n " op " 12," at "+96(3)\n " op " 13," at "+104(3)\n " op " 14," at "+112(3)\n " \
    op " 15," at "+120(3)\n " op " 16," at "+128(3)\n " op " 17," at "+136(3)\n " op " 18," at "+144(3)\n "                       \
    op " 19," at "+152(3)\n " op " 20," at "+160(3)\n " op " 21," at "+168(3)\n " op " 22," at "+176(3)\n "                       \
    op " 23," at "+184(3)\n " op " 24," at "+192(3)\n " op " 25," at "+200(3)\n " op " 26," at "+208(3)\n "                       \
    op " 27," at "+216(3)\n " op " 28," at "+224(3)\n " op " 29," at "+232(3)\n " op " 30," at "+240(3)\n " op " 31," at "+248(3)\n "

#ifdef __64BIT__
#define WORD "std"
#define READ "ld"
#define GPR_LINES(op, at)                                                                                                         \
    op " 4," at "+32(3)\n " op " 5," at "+40(3)\n " op " 6," at "+48(3)\n " op " 7," at "+56(3)\n " op " 8," at "+64(3)\n "        \
    op " 9," at "+72(3)\n " op " 10," at "+80(3)\n " op " 11," at "+88(3)\n " op " 12," at "+96(3)\n " op " 13," at "+104(3)\n "   \
    op " 14," at "+112(3)\n " op " 15," at "+120(3)\n " op " 16," at "+128(3)\n " op " 17," at "+136(3)\n "                       \
    op " 18," at "+144(3)\n " op " 19," at "+152(3)\n " op " 20," at "+160(3)\n " op " 21," at "+168(3)\n "                       \
    op " 22," at "+176(3)\n " op " 23," at "+184(3)\n " op " 24," at "+192(3)\n " op " 25," at "+200(3)\n "                       \
    op " 26," at "+208(3)\n " op " 27," at "+216(3)\n " op " 28," at "+224(3)\n " op " 29," at "+232(3)\n "                       \
    op " 30," at "+240(3)\n " op " 31," at "+248(3)\n "
#define SAVE_GPRS GPR_LINES("std", "%0")
#define LOAD_GPRS GPR_LINES("ld", "%0")
#define CALL_MASK "std 3,56(1)\n stdu 1,-112(1)\n bl .__context_save_mask\n nop\n addi 1,1,112\n ld 4,56(1)\n ld 0,%2(4)\n"
#define HOME 48
#else
#define WORD "stw"
#define READ "lwz"
#define SAVE_GPRS "stmw 4,%0+16(3)\n "
#define LOAD_GPRS "lmw 4,%0+16(3)\n "
#define CALL_MASK "stw 3,24(1)\n stwu 1,-64(1)\n bl .__context_save_mask\n nop\n addi 1,1,64\n lwz 4,24(1)\n lwz 0,%2(4)\n"
#define HOME 24
#endif

/* Places of r0, the instruction address, LR, CTR, CR, XER and f0; %1 is the size of a register. */
#define AT(field) offsetof(ucontext_t, uc_mcontext.jmp_context.field)
#define PLACES "i"(AT(gpr)), "i"(sizeof(long)), "i"(AT(lr)), "i"(AT(iar)), "i"(AT(ctr)), "i"(AT(cr)), "i"(AT(xer)), "i"(AT(fpr))

__attribute__((used)) int __context_save_mask(ucontext_t *context)
{
    return sigprocmask(SIG_SETMASK, NULL, &context->uc_sigmask);
}

__attribute__((naked)) int getcontext(ucontext_t *context)
{
    __asm__(WORD " 0,%0(3)\n " WORD " 1,%0+%1(3)\n " WORD " 2,%0+2*%1(3)\n " SAVE_GPRS "li 0,0\n " WORD " 0,%0+3*%1(3)\n mflr 0\n " WORD
            " 0,%2(3)\n " WORD " 0,%3(3)\n mfctr 0\n " WORD " 0,%4(3)\n mfcr 0\n stw 0,%5(3)\n mfxer 0\n stw 0,%6(3)\n "
            FPR_LINES("stfd", "%7") CALL_MASK " mtlr 0\n blr"
            : : PLACES);
}

static __attribute__((naked, noreturn)) void resume(const ucontext_t *context)
{
    __asm__(FPR_LINES("lfd", "%7") "lwz 0,%6(3)\n mtxer 0\n lwz 0,%5(3)\n mtcrf 255,0\n " READ " 0,%3(3)\n mtctr 0\n " READ
            " 0,%2(3)\n mtlr 0\n " READ " 0,%0(3)\n " READ " 1,%0+%1(3)\n " READ " 2,%0+2*%1(3)\n " LOAD_GPRS READ " 3,%0+3*%1(3)\n bctr"
            : : PLACES);
}

int setcontext(const ucontext_t *context)
{
    if (sigprocmask(SIG_SETMASK, &context->uc_sigmask, NULL))
        return -1;
    resume(context);
}

int swapcontext(ucontext_t *restrict from, const ucontext_t *restrict to)
{
    volatile int left = 0;
    if (getcontext(from))
        return -1;
    if (left)
        return 0;
    left = 1;
    return setcontext(to);
}

/* Where the function of a made context returns to: r31 holds the context, r30 libc's TOC. */
__attribute__((used, noreturn)) void __context_end(const ucontext_t *context)
{
    if (context->uc_link)
        setcontext(context->uc_link);
    exit(0);
}

static __attribute__((naked)) void end_of_function(void) { __asm__("mr 2,30\n mr 3,31\n bl .__context_end\n nop"); }

void makecontext(ucontext_t *context, void (*function)(void), int count, ...)
{
    enum { REGISTERS = 8, FRAME_WORDS = 32 };
    uintptr_t top = ((uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size) & ~(uintptr_t)15;
    unsigned long words = FRAME_WORDS + (unsigned)count, *stack = (unsigned long *)((top - words * sizeof(long)) & ~(uintptr_t)15);
    const unsigned long *target = (const unsigned long *)function, *end = (const unsigned long *)end_of_function;
    va_list args;

    memset(stack, 0, words * sizeof *stack);
    va_start(args, count);
    for (int i = 0; i < count; i++) {
        unsigned long value = va_arg(args, unsigned long);
        stack[HOME / sizeof(long) + (unsigned)i] = value;
        if (i < REGISTERS)
            context->uc_mcontext.jmp_context.gpr[3 + i] = value;
    }
    va_end(args);
    context->uc_mcontext.jmp_context.gpr[1] = (uintptr_t)stack;
    context->uc_mcontext.jmp_context.gpr[2] = target[1];
    context->uc_mcontext.jmp_context.gpr[30] = end[1];
    context->uc_mcontext.jmp_context.gpr[31] = (uintptr_t)context;
    context->uc_mcontext.jmp_context.iar = target[0];
    context->uc_mcontext.jmp_context.lr = end[0];
}
