/* setjmp.c -- setjmp and longjmp of the builtin libc: r1, r2, r13-r31, f14-f31, CR, LR, in our own order within AIX's sizes
 * [aix-abi 6.3; programs of the 5.x era carry their own]. Word 0 marks a buffer that was filled.
 *
 * LR and r2 are the caller's: a call from another module comes through glue, which leaves the caller's TOC in its link area, where the
 * instruction after the call finds it; r2 is saved for callers inside libc.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define MARK 0x4A42

#define FPRS(op, base)                                                                                                            \
    op " 14," #base "(3)\n " op " 15," #base "+8(3)\n " op " 16," #base "+16(3)\n " op " 17," #base "+24(3)\n " op " 18," #base    \
    "+32(3)\n " op " 19," #base "+40(3)\n " op " 20," #base "+48(3)\n " op " 21," #base "+56(3)\n " op " 22," #base "+64(3)\n " op \
    " 23," #base "+72(3)\n " op " 24," #base "+80(3)\n " op " 25," #base "+88(3)\n " op " 26," #base "+96(3)\n " op " 27," #base   \
    "+104(3)\n " op " 28," #base "+112(3)\n " op " 29," #base "+120(3)\n " op " 30," #base "+128(3)\n " op " 31," #base "+136(3)\n "

#ifdef __64BIT__
#define GPRS(op)                                                                                                                  \
    op " 13,40(3)\n " op " 14,48(3)\n " op " 15,56(3)\n " op " 16,64(3)\n " op " 17,72(3)\n " op " 18,80(3)\n " op " 19,88(3)\n "   \
    op " 20,96(3)\n " op " 21,104(3)\n " op " 22,112(3)\n " op " 23,120(3)\n " op " 24,128(3)\n " op " 25,136(3)\n "               \
    op " 26,144(3)\n " op " 27,152(3)\n " op " 28,160(3)\n " op " 29,168(3)\n " op " 30,176(3)\n " op " 31,184(3)\n "
#define SAVE                                                                                                                      \
    "std 1,8(3)\n std 2,16(3)\n mflr 0\n std 0,24(3)\n mfcr 0\n std 0,32(3)\n li 0,%0\n std 0,0(3)\n " GPRS("std") FPRS("stfd", 192)
#define LOAD FPRS("lfd", 192) GPRS("ld") "ld 0,32(3)\n mtcrf 56,0\n ld 0,24(3)\n mtlr 0\n ld 2,16(3)\n ld 1,8(3)\n "
#else
#define SAVE                                                                                                                      \
    "stw 1,4(3)\n stw 2,8(3)\n mflr 0\n stw 0,12(3)\n mfcr 0\n stw 0,16(3)\n li 0,%0\n stw 0,0(3)\n stmw 13,20(3)\n " FPRS("stfd", 104)
#define LOAD FPRS("lfd", 104) "lmw 13,20(3)\n lwz 0,16(3)\n mtcrf 56,0\n lwz 0,12(3)\n mtlr 0\n lwz 2,8(3)\n lwz 1,4(3)\n "
#endif

__attribute__((naked)) int _setjmp(jmp_buf env) { __asm__(SAVE "li 3,0\n blr" : : "i"(MARK)); }

static __attribute__((naked, noreturn)) void restore(jmp_buf env, int value) { __asm__("mr 5,4\n " LOAD "mr 3,5\n blr"); }

void longjmperror(void)
{
    static const char text[] = "longjmp botch\n";
    write(2, text, sizeof text - 1);
}

_Noreturn void _longjmp(jmp_buf env, int value)
{
    if (env[0] != MARK) {
        longjmperror();
        abort();
    }
    restore(env, value ? value : 1);
}

/* POSIX leaves open whether setjmp saves the signal mask; AIX's does. The mask lies behind the registers, where _setjmp does not write. */
#ifdef __64BIT__
enum { MASK_AT = 336 / 8, HAS_MASK = MASK_AT + 4 };
#else
enum { MASK_AT = 248 / 4, HAS_MASK = 64 + 2 };
#endif

_Static_assert(sizeof(sigset_t) <= 32, "the mask fits behind the registers");

static sigset_t *mask_in(long *env) { return (sigset_t *)(env + MASK_AT); }

__attribute__((used)) void __setjmp_save_mask(long *env) { sigprocmask(SIG_SETMASK, NULL, mask_in(env)); }

static void put_mask_back(long *env) { sigprocmask(SIG_SETMASK, mask_in(env), NULL); }

/* Save the registers of our caller first, then the mask with a call that needs a frame; both leave LR as it was. */
#ifdef __64BIT__
#define WITH_MASK SAVE                                                                                                            \
    "std 3,56(1)\n stdu 1,-112(1)\n bl .__setjmp_save_mask\n nop\n addi 1,1,112\n ld 3,56(1)\n ld 0,24(3)\n mtlr 0\n li 3,0\n blr"
#else
#define WITH_MASK SAVE                                                                                                            \
    "stw 3,24(1)\n stwu 1,-64(1)\n bl .__setjmp_save_mask\n nop\n addi 1,1,64\n lwz 3,24(1)\n lwz 0,12(3)\n mtlr 0\n li 3,0\n blr"
#endif
__attribute__((naked)) int setjmp(jmp_buf env) { __asm__(WITH_MASK : : "i"(MARK)); }

_Noreturn void longjmp(jmp_buf env, int value)
{
    if (env[0] == MARK)
        put_mask_back((long *)env);
    _longjmp(env, value);
}

/* sigsetjmp(env, savemask): the flag word behind everything says whether siglongjmp restores the mask. */
#ifdef __64BIT__
#define WITH_FLAG "std 4,%1*8(3)\n cmpwi 4,0\n bne 1f\n " SAVE "li 3,0\n blr\n1: " WITH_MASK
#else
#define WITH_FLAG "stw 4,%1*4(3)\n cmpwi 4,0\n bne 1f\n " SAVE "li 3,0\n blr\n1: " WITH_MASK
#endif
__attribute__((naked)) int sigsetjmp(sigjmp_buf env, int save) { __asm__(WITH_FLAG : : "i"(MARK), "i"(HAS_MASK)); }

_Noreturn void siglongjmp(sigjmp_buf env, int value)
{
    if (env[0] == MARK && env[HAS_MASK])
        put_mask_back((long *)env);
    _longjmp(env, value);
}
