/* signal_frame.c -- building and undoing the AIX signal frame. [aix-abi 4.6, 4.7, 6.2]
 *
 * The kernel of AIX enters a handler from a few instructions in low memory. libgcc's unwinder and debuggers recognise
 * them by their words, so the words are there; they are never executed, because the dispatcher answers SIGNAL_RETURN_PC.
 */
#include "runtime/signal_frame.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"

void (*signal_fpscr_save)(struct cpu *cpu);
void (*signal_fpscr_load)(struct cpu *cpu);

/* Words around the return address ra, by their distance from it. */
struct tramp_word {
    int at;
    uint32_t word;
};

static const struct tramp_word tramp32[] = {
    { -6, 0x7d000164 },     /* mtmsrd r8: 64-bit kernel */
    { -5, 0x4c00012c },     /* isync */
    { -4, 0x80ec0000 },     /* lwz r7,0(r12) */
    { -3, 0x804c0004 },     /* lwz r2,4(r12) */
    { -2, 0x7ce903a6 },     /* mtctr r7 */
    { -1, 0x4e800421 },     /* bctrl */
    { 0, 0x7dc37378 },      /* mr r3,r14 */
    { 18, 0x835a0570 },     /* AIX 5.3 */
};

static const struct tramp_word tramp64[] = {
    { -6, 0x7d000164 }, { -5, 0x4c00012c },
    { -4, 0xe8ec0000 },     /* ld r7,0(r12) */
    { -3, 0xe84c0008 },     /* ld r2,8(r12) */
    { -2, 0x7ce903a6 }, { -1, 0x4e800421 },
    { 0, 0x7de27b78 },      /* mr r2,r15 */
};

enum { TRAP_WORD = 0x7fe00008 };

int signal_frame_init(void)
{
    const struct tramp_word *words = guest.is64 ? tramp64 : tramp32;
    size_t n = guest.is64 ? ARRAY_LEN(tramp64) : ARRAY_LEN(tramp32);
    gva page;
    int rc = guest_mmap(SIGNAL_PAGE, GUEST_PAGE, PROT_READ | PROT_WRITE, GUEST_NOREPLACE, -1, 0, AREA_MMAP, &page);

    if (rc)
        return rc;
    for (gva ea = page; ea < page + GUEST_PAGE; ea += 4)
        copyout_u32(ea, TRAP_WORD);
    for (size_t i = 0; i < n; i++)
        copyout_u32(SIGNAL_RETURN_PC + (gva)(4 * (int64_t)words[i].at), words[i].word);
    return guest_mprotect(page, GUEST_PAGE, PROT_READ | PROT_EXEC);
}

bool signal_on_alt_stack(const struct thread *t)
{
    return t->alt_size && !(t->alt_flags & AIX_SS_DISABLE) && t->cpu.gpr[1] - t->alt_sp < t->alt_size;
}

static bool uses_vectors(const struct cpu *cpu)
{
    uint64_t any = 0;

    for (unsigned i = 0; i < 32; i++)
        any |= cpu->vsr[i].dw[1] | cpu->vsr[32 + i].dw[0] | cpu->vsr[32 + i].dw[1];
    return any;
}

static void put_extctx(struct aix_extctx *x, const struct cpu *cpu)
{
    memset(x, 0, sizeof *x);
    for (unsigned i = 0; i < 32; i++) {
        be_put(&x->vr[i][0], (int64_t)cpu->vsr[32 + i].dw[0]);
        be_put(&x->vr[i][1], (int64_t)cpu->vsr[32 + i].dw[1]);
        be_put(&x->vsr_low[i], (int64_t)cpu->vsr[i].dw[1]);
    }
    be_put(&x->vscr, cpu->vscr);
    be_put(&x->vrsave, cpu->vrsave);
    be_put(&x->magic, AIX_EXTCTX_MAGIC);
}

static int get_extctx(struct cpu *cpu, gva ea)
{
    struct aix_extctx x;

    if (copyin(&x, ea, sizeof x) || be_get(x.magic) != AIX_EXTCTX_MAGIC)
        return -EFAULT;
    for (unsigned i = 0; i < 32; i++) {
        cpu->vsr[32 + i].dw[0] = be_get(x.vr[i][0]);
        cpu->vsr[32 + i].dw[1] = be_get(x.vr[i][1]);
        cpu->vsr[i].dw[1] = be_get(x.vsr_low[i]);
    }
    cpu->vscr = be_get(x.vscr);
    cpu->vrsave = be_get(x.vrsave);
    return 0;
}

static void put_context32(struct aix32_ucontext *u, const struct thread *t, guest_sigset mask, gva extctx)
{
    const struct cpu *cpu = &t->cpu;
    struct aix32_mstsave *m = &u->mc;

    memset(u, 0, sizeof *u);
    be_put(&u->onstack, signal_on_alt_stack(t));
    be_put(&u->mask_low, (uint32_t)mask);
    be_put(&u->mask_high, (uint32_t)(mask >> 32));
    be_put(&u->stack.sp, (uint32_t)t->alt_sp);
    be_put(&u->stack.size, (uint32_t)t->alt_size);
    be_put(&u->stack.flags, t->alt_flags);
    be_put(&m->iar, (uint32_t)cpu->pc);
    be_put(&m->msr, AIX_MSR_USER | (extctx ? AIX_MSR_VMX : 0));
    be_put(&m->cr, cpu_cr_get(cpu));
    be_put(&m->lr, (uint32_t)cpu->lr);
    be_put(&m->ctr, (uint32_t)cpu->ctr);
    be_put(&m->xer, cpu_xer_get(cpu));
    be_put(&m->mq, cpu->mq);
    be_put(&m->tid, t->tid);
    be_put(&m->fpscr, cpu->fpscr);
    for (unsigned i = 0; i < 32; i++) {
        be_put(&m->gpr[i], (uint32_t)cpu->gpr[i]);
        be_put(&m->fpr[i], (int64_t)cpu->vsr[i].dw[0]);
    }
    if (extctx) {
        be_put(&u->extctx, (uint32_t)extctx);
        be_put(&u->magic, AIX_EXTCTX_MAGIC);
    }
}

static void put_context64(struct aix64_ucontext *u, const struct thread *t, guest_sigset mask, gva extctx)
{
    const struct cpu *cpu = &t->cpu;
    struct aix64_context *m = &u->mc;

    memset(u, 0, sizeof *u);
    be_put(&u->onstack, signal_on_alt_stack(t));
    be_put(&u->mask[0], (int64_t)mask);
    be_put(&u->stack.sp, (int64_t)t->alt_sp);
    be_put(&u->stack.size, (int64_t)t->alt_size);
    be_put(&u->stack.flags, t->alt_flags);
    be_put(&m->iar, (int64_t)cpu->pc);
    be_put(&m->msr, (int64_t)(UINT64_C(1) << 63 | AIX_MSR_USER | (extctx ? AIX_MSR_VMX : 0)));
    be_put(&m->cr, cpu_cr_get(cpu));
    be_put(&m->lr, (int64_t)cpu->lr);
    be_put(&m->ctr, (int64_t)cpu->ctr);
    be_put(&m->xer, cpu_xer_get(cpu));
    be_put(&m->fpscr, cpu->fpscr);
    for (unsigned i = 0; i < 32; i++) {
        be_put(&m->gpr[i], (int64_t)cpu->gpr[i]);
        be_put(&m->fpr[i], (int64_t)cpu->vsr[i].dw[0]);
    }
    if (extctx) {
        be_put(&u->extctx, (int64_t)extctx);
        be_put(&u->magic, AIX_EXTCTX_MAGIC);
    }
}

static int put_siginfo(gva ea, const struct guest_siginfo *info)
{
    struct aix32_siginfo s32 = { 0 };
    struct aix64_siginfo s64 = { 0 };

#define PUT(s)                                                                                                      \
    be_put(&(s).signo, info->signo), be_put(&(s).err, info->err), be_put(&(s).code, info->code), be_put(&(s).pid, info->pid), \
        be_put(&(s).uid, info->uid), be_put(&(s).status, info->status), be_put(&(s).addr, (int64_t)info->addr),             \
        be_put(&(s).value, (int64_t)info->value)
    if (guest.is64) {
        PUT(s64);
        return copyout(ea, &s64, sizeof s64);
    }
    PUT(s32);
#undef PUT
    return copyout(ea, &s32, sizeof s32);
}

/* Where the pieces of a new frame lie. */
struct frame {
    gva sp, context, siginfo, extctx;
};

static struct frame place(const struct thread *t, const struct guest_sigaction *act)
{
    bool alt = act->flags & AIX_SA_ONSTACK && t->alt_size && !(t->alt_flags & AIX_SS_DISABLE) && !signal_on_alt_stack(t);
    uint64_t link = guest.is64 ? FRAME_LINK64 : FRAME_LINK32;
    uint64_t context = guest.is64 ? sizeof(struct aix64_ucontext) : sizeof(struct aix32_ucontext);
    gva top = (alt ? t->alt_sp + t->alt_size : t->cpu.gpr[1] - (guest.is64 ? 288 : 220)) & ~(gva)15;
    struct frame f = { 0 };

    if (uses_vectors(&t->cpu))
        f.extctx = top -= sizeof(struct aix_extctx);
    f.siginfo = top -= sizeof(struct aix64_siginfo);
    f.context = (top - context) & ~(gva)15;
    f.sp = f.context - link;
    if (!guest.is64)
        f.sp &= guest.mask, f.context &= guest.mask, f.siginfo &= guest.mask, f.extctx &= guest.mask;
    return f;
}

static int write_frame(const struct thread *t, const struct frame *f, const struct guest_siginfo *info, guest_sigset mask)
{
    struct aix_extctx x;
    union {
        struct aix32_ucontext u32;
        struct aix64_ucontext u64;
    } u;
    int rc = 0;

    if (f->extctx) {
        put_extctx(&x, &t->cpu);
        rc = copyout(f->extctx, &x, sizeof x);
    }
    if (guest.is64)
        put_context64(&u.u64, t, mask, f->extctx);
    else
        put_context32(&u.u32, t, mask, f->extctx);
    if (info->addr && guest.is64)
        be_put(&u.u64.mc.except, (int64_t)info->addr);
    else if (info->addr)
        be_put(&u.u32.mc.o_vaddr, (uint32_t)info->addr), be_put(&u.u32.mc.except[0], (uint32_t)info->addr);
    rc = rc ? rc : copyout(f->context, &u, guest.is64 ? sizeof u.u64 : sizeof u.u32);
    rc = rc ? rc : put_siginfo(f->siginfo, info);
    return rc ? rc : copyout_long(f->sp, t->cpu.gpr[1]);
}

int signal_frame_push(struct thread *t, const struct guest_sigaction *act, const struct guest_siginfo *info, guest_sigset mask)
{
    struct cpu *cpu = &t->cpu;
    struct frame f = place(t, act);
    unsigned word = guest.is64 ? 8 : 4;
    uint64_t code, toc, environment;

    if (signal_fpscr_save)
        signal_fpscr_save(cpu);
    if (copyin_long(&code, act->handler) || copyin_long(&toc, act->handler + word) ||
        copyin_long(&environment, act->handler + 2 * word) || write_frame(t, &f, info, mask))
        return -EFAULT;
    cpu->gpr[1] = f.sp;
    cpu->gpr[2] = toc;
    cpu->gpr[3] = (uint64_t)info->signo;
    cpu->gpr[4] = act->flags & AIX_SA_SIGINFO ? f.siginfo : (uint64_t)(uint32_t)info->code;
    cpu->gpr[5] = f.context;
    cpu->gpr[7] = cpu->ctr = cpu->pc = code;
    cpu->gpr[11] = environment;
    cpu->gpr[12] = act->handler;
    cpu->lr = SIGNAL_RETURN_PC;
    cpu->reserve_ea = CPU_NO_RESERVATION;
    return 0;
}

static int pop32(struct cpu *cpu, gva context, guest_sigset *mask)
{
    struct aix32_ucontext u;
    const struct aix32_mstsave *m = &u.mc;

    if (copyin(&u, context, sizeof u))
        return -EFAULT;
    if (be_get(u.magic) == AIX_EXTCTX_MAGIC && get_extctx(cpu, be_get(u.extctx)))
        return -EFAULT;
    *mask = be_get(u.mask_low) | (guest_sigset)be_get(u.mask_high) << 32;
    cpu->pc = be_get(m->iar) & ~UINT32_C(3);
    cpu_cr_set(cpu, be_get(m->cr));
    cpu_xer_set(cpu, be_get(m->xer));
    cpu->lr = be_get(m->lr);
    cpu->ctr = be_get(m->ctr);
    cpu->mq = be_get(m->mq);
    cpu->fpscr = be_get(m->fpscr);
    for (unsigned i = 0; i < 32; i++) {
        cpu->gpr[i] = be_get(m->gpr[i]);
        cpu->vsr[i].dw[0] = be_get(m->fpr[i]);
    }
    return 0;
}

static int pop64(struct cpu *cpu, gva context, guest_sigset *mask)
{
    struct aix64_ucontext u;
    const struct aix64_context *m = &u.mc;

    if (copyin(&u, context, sizeof u))
        return -EFAULT;
    if (be_get(u.magic) == AIX_EXTCTX_MAGIC && get_extctx(cpu, be_get(u.extctx)))
        return -EFAULT;
    *mask = be_get(u.mask[0]);
    cpu->pc = be_get(m->iar) & ~UINT64_C(3);
    cpu_cr_set(cpu, be_get(m->cr));
    cpu_xer_set(cpu, be_get(m->xer));
    cpu->lr = be_get(m->lr);
    cpu->ctr = be_get(m->ctr);
    cpu->fpscr = be_get(m->fpscr);
    for (unsigned i = 0; i < 32; i++) {
        cpu->gpr[i] = be_get(m->gpr[i]);
        cpu->vsr[i].dw[0] = be_get(m->fpr[i]);
    }
    return 0;
}

/* Without an extended context the vector registers were zero when the frame was made; a handler's leavings must not stay. */
int signal_frame_pop(struct cpu *cpu, gva context, guest_sigset *mask)
{
    struct cpu back = *cpu;

    memset(&back.vsr, 0, sizeof back.vsr);
    int rc = guest.is64 ? pop64(&back, context, mask) : pop32(&back, context, mask);
    if (rc)
        return rc;
    memcpy(cpu, &back, offsetof(struct cpu, reserve_ea));   /* what follows is the runner's own, and others write to it */
    cpu->reserve_ea = CPU_NO_RESERVATION;
    if (signal_fpscr_load)
        signal_fpscr_load(cpu);
    return 0;
}
