/* signal_frame.h -- the AIX signal frame: what a handler sees, and what comes back when it returns.
 *
 * Structures as the guest sees them [aix-abi 4.6, 4.7]; the frame's shape is AIX 5.3's [aix-abi 6.2]:
 *
 *     r1 at entry ->  link area and arguments    64 bytes (32-bit), 112 bytes (64-bit)
 *                     ucontext                   the third argument, old style or SA_SIGINFO
 *                     siginfo                    the second argument with SA_SIGINFO
 *                     extended context           when vector registers are not all zero
 *                     red zone of the interrupted code, 220 or 288 bytes
 */
#ifndef RUNTIME_SIGNAL_FRAME_H
#define RUNTIME_SIGNAL_FRAME_H

#include <stddef.h>
#include "runtime/be.h"
#include "runtime/signal.h"

struct aix32_mstsave {
    be32 prev, kjmpbuf, stackfix;
    uint8_t intpri, backt, pad0[2];
    be32 curid, excp_type;
    be32 iar, msr, cr, lr, ctr, xer, mq, tid, fpscr;
    uint8_t fpeu, fpinfo, pad1[2];
    be32 except[5], bus, o_iar, o_toc, o_arg1, excbranch, fpscrx, o_vaddr;
    be32 cachealign[7], alloc, srval[16];
    be32 gpr[32];
    be64 fpr[32];
};

struct aix64_context {
    be64 gpr[32];
    be64 msr, iar, lr, ctr;
    be32 cr, xer, fpscr, fpscrx;
    be64 except;
    be64 fpr[32];
    uint8_t fpeu, fpinfo, fpscr24_31, pad;
    be32 excp_type;
};

struct aix32_stack { be32 sp, size, flags, pad[4]; };
struct aix64_stack { be64 sp, size; be32 flags, pad[5]; };

struct aix32_ucontext {
    be32 onstack, mask_low, mask_high, uerror;
    struct aix32_mstsave mc;
    be32 link;
    struct aix32_stack stack;
    be32 extctx, magic;
};

struct aix64_ucontext {
    be32 onstack, pad;
    be64 mask[4];
    be32 uerror, pad1;
    struct aix64_context mc;
    be64 link;
    struct aix64_stack stack;
    be64 extctx;
    be32 magic, pad2;
};

struct aix32_siginfo {
    be32 signo, err, code, pid, uid, addr;
    be32 band, value, flags, status, pad[6];
};

struct aix64_siginfo {
    be32 signo, err, code, pid, uid, status;
    be64 addr, band, value;
    be32 flags, pad[3];
};

/* The part of the extended context after `vrsave` is the runner's own: the halves of vector-scalar registers 0..31 that FPRs
 * do not cover, and VSCR's neighbours. */
struct aix_extctx {
    be32 flags, reserved[3];
    be64 vr[32][2];
    be32 pad0[3], vscr, vrsave, pad1[3];
    be64 vsr_low[32];
    uint8_t pad2[3276];
    be32 magic;
};

enum { AIX_EXTCTX_MAGIC = 0x45435458, AIX_MSR_USER = 0xf032, AIX_MSR_VMX = 0x2000000 };

_Static_assert(sizeof(struct aix32_mstsave) == 592 && sizeof(struct aix64_context) == 576, "[aix-abi 4.7]");
_Static_assert(sizeof(struct aix32_ucontext) == 648 && sizeof(struct aix64_ucontext) == 688, "[aix-abi 4.7]");
_Static_assert(sizeof(struct aix32_siginfo) == 64 && sizeof(struct aix64_siginfo) == 64, "[aix-abi 4.6]");
_Static_assert(sizeof(struct aix_extctx) == 4096, "[aix-abi 4.7]");

enum { FRAME_LINK32 = 0x40, FRAME_LINK64 = 0x70 };      /* from the handler's caller's r1 to the ucontext */

/* Put the trampoline at SIGNAL_PAGE; -errno. */
int signal_frame_init(void);

/* Makes the thread's cpu enter the handler of `act`, which returns to the trampoline; `mask` is what the return restores. -EFAULT when the
 * stack or the descriptor cannot be used. */
int signal_frame_push(struct thread *t, const struct guest_sigaction *act, const struct guest_siginfo *info, guest_sigset mask);

/* Loads cpu from the context and gives the mask it asks for. */
int signal_frame_pop(struct cpu *cpu, gva context, guest_sigset *mask);

/* Does r1 lie on the alternate stack? */
bool signal_on_alt_stack(const struct thread *t);

#endif
