/* sys/context.h -- machine state as signal handlers see it [aix-abi 4.7]. */
#ifndef _H_CONTEXT
#define _H_CONTEXT

#include <sys/signal.h>

struct mstsave {                /* 592 bytes: 32-bit programs */
    unsigned int prev, kjmpbuf, stackfix;
    unsigned char intpri, backt, rsvd[2];
    int curid, excp_type;
    unsigned int iar, msr, cr, lr, ctr, xer, mq, tid, fpscr;
    unsigned char fpeu, fpinfo, pad[2];
    unsigned int except[5], o_bus, o_iar, o_toc, o_arg1, excbranch, fpscrx, o_vaddr;
    unsigned int cachealign[7];
    unsigned int as_alloc, as_srval[16];
    unsigned int gpr[32];
    double fpr[32];
};
struct __context64 {            /* 576 bytes */
    unsigned long long gpr[32], msr, iar, lr, ctr;
    unsigned int cr, xer, fpscr, fpscrx;
    unsigned long long except[1];
    double fpr[32];
    unsigned char fpeu, fpinfo, fpscr24_31, pad[1];
    int excp_type;
};
struct jmpbuf32 { struct mstsave jmp_context; };
struct sigcontext {
    int sc_onstack;
    sigset_t sc_mask;
    int sc_uerror;
#ifdef __64BIT__
    struct { struct __context64 jmp_context; } sc_jmpbuf;
#else
    struct jmpbuf32 sc_jmpbuf;
#endif
};
#ifdef __64BIT__
typedef struct { struct __context64 jmp_context; } mcontext_t;
#else
typedef struct jmpbuf32 mcontext_t;
#endif
typedef struct ucontext {
    int __sc_onstack;
    sigset_t uc_sigmask;
    int __sc_uerror;
    mcontext_t uc_mcontext;
    struct ucontext *uc_link;
    struct sigaltstack uc_stack;
    void *__extctx;
    int __extctx_magic, __pad;
} ucontext_t;

#endif
