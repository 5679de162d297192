/* setjmp.c -- setjmp and longjmp of the builtin libc: r1, r2, r13-r31, f14-f31, CR, LR, in our own order within AIX's sizes
 * [aix-abi 6.3; programs of the 5.x era carry their own]. The host fills and takes the buffer (milicode.h); its word 0 marks one that
 * was filled.
 *
 * LR and r2 are the caller's: a call from another module comes through glue, which leaves the caller's TOC in its link area, where the
 * instruction after the call finds it; r2 is saved for callers inside libc.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "milicode.h"

#define MARK 0x4A42

/* POSIX leaves open whether setjmp saves the signal mask; AIX's does. The mask lies behind the registers; behind everything a flag of
 * sigsetjmp says whether there is one. */
#ifdef __64BIT__
enum { MASK_AT = 336 / 8, HAS_MASK = 85 + 4 };
#define STORE_FLAG "std 4,%0*8(3)\n "
#else
enum { MASK_AT = 248 / 4, HAS_MASK = 64 + 2 };
#define STORE_FLAG "stw 4,%0*4(3)\n "
#endif

/* Branches, so that the host finds the caller's registers. */
__attribute__((naked)) int _setjmp(jmp_buf env) { __asm__("ba %0" : : "i"(HOST_SETJMP)); }
__attribute__((naked)) int setjmp(jmp_buf env) { __asm__("ba %0" : : "i"(HOST_SETJMP_MASK)); }
__attribute__((naked)) int sigsetjmp(sigjmp_buf env, int save)
{
    __asm__(STORE_FLAG "cmpwi 4,0\n bne 1f\n ba %1\n1: ba %2" : : "i"(HAS_MASK), "i"(HOST_SETJMP), "i"(HOST_SETJMP_MASK));
}

void longjmperror(void)
{
    static const char text[] = "longjmp botch\n";
    write(2, text, sizeof text - 1);
}

static _Noreturn void jump(long *env, int value, int with_mask)
{
    if (env[0] != MARK) {
        longjmperror();
        abort();
    }
    if (!__host_longjmp(env, value, with_mask))
        sigprocmask(SIG_SETMASK, (sigset_t *)(env + MASK_AT), NULL);
    __host_longjmp(env, value, 0);
    abort();
}

_Noreturn void _longjmp(jmp_buf env, int value) { jump((long *)env, value, 0); }
_Noreturn void longjmp(jmp_buf env, int value) { jump((long *)env, value, 1); }
_Noreturn void siglongjmp(sigjmp_buf env, int value) { jump((long *)env, value, env[HAS_MASK] != 0); }
