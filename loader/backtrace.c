/* backtrace.c -- the chain of calls a guest thread is in [aix-abi 6.1, 6.2].
 *
 * Every frame's first word is the address of its caller's frame, where the return address stands two words further. What the innermost
 * function has done so far is read off its instructions, from its start to the pc: before it has made its frame, and in leaf functions,
 * the return address is still in LR. A return to the signal trampoline leads to the context that the signal interrupted, and there it
 * begins anew.
 */
#include "loader/backtrace.h"

#include "loader/function_name.h"
#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/signal.h"
#include "runtime/signal_frame.h"

struct state {
    gva pc, sp, lr;
};

/* What the function at pc has done: made its frame, stored LR in its caller's. */
struct progress {
    bool known, framed, lr_stored;
    gva start;
};

static void note(struct progress *p, uint32_t word, bool *framed_before)
{
    const uint32_t store_update = guest.is64 ? 0xf8210001 : 0x94210000, add_r1 = 0x38210000, blr = 0x4e800020;
    const uint32_t mask = guest.is64 ? 0xffff0003 : 0xffff0000;
    const uint32_t load_chain = guest.is64 ? 0xe8210000 : 0x80210000, mflr_r0 = 0x7c0802a6;

    if ((word & mask) == store_update) {
        p->framed = *framed_before = true;
    } else if (word == mflr_r0) {
        p->lr_stored = true;
    } else if ((word & 0xffff0000) == add_r1 || word == load_chain) {
        p->framed = false;
    } else if (word == blr) {           /* the code behind an early return is inside the frame again */
        p->framed = *framed_before;
    }
}

static struct progress progress_at(gva pc)
{
    enum { FUNCTION_MAX = 1 << 20 };
    struct function_place place;
    struct progress p = { 0 };
    bool framed_before = false;

    function_at(pc, &place);
    p.start = place.start;
    p.known = place.start && pc - place.start < FUNCTION_MAX;
    for (gva at = place.start; p.known && at < pc; at += 4) {
        uint32_t word;
        if (copyin_u32(&word, at) < 0)
            break;
        note(&p, word, &framed_before);
    }
    return p;
}

static bool saved_lr(gva frame, gva *lr)
{
    return copyin_long(lr, frame + (guest.is64 ? 16 : 8)) == 0;
}

/* The caller's frame: further up, aligned. */
static bool chain(gva sp, gva *to)
{
    return copyin_long(to, sp) == 0 && *to > sp && *to % 8 == 0;
}

/* From the innermost frame to its caller. */
static bool step_innermost(struct state *s)
{
    struct progress p = progress_at(s->pc);
    gva caller = s->sp;

    if (!p.known && s->lr) {            /* a jump to nowhere: the caller's frame is the last one */
        s->pc = s->lr;
        return true;
    }
    if (p.framed && !chain(s->sp, &caller))
        return false;
    bool returned_here = s->lr >= p.start && s->lr <= s->pc;     /* LR is of a call that this function made */
    if (p.lr_stored && (p.framed || returned_here)) {
        if (!saved_lr(caller, &s->pc))
            return false;
    } else {
        s->pc = s->lr;
    }
    s->sp = caller;
    return true;
}

static bool step(struct state *s)
{
    gva caller;

    if (!chain(s->sp, &caller) || !saved_lr(caller, &s->pc))
        return false;
    s->sp = caller;
    return true;
}

/* The context lies at a fixed place above the frame of the trampoline. */
static bool step_signal(struct state *s)
{
    struct aix32_ucontext u32;
    struct aix64_ucontext u64;

    if (guest.is64) {
        if (copyin(&u64, s->sp + FRAME_LINK64, sizeof u64) < 0)
            return false;
        *s = (struct state){ be_get(u64.mc.iar), be_get(u64.mc.gpr[1]), be_get(u64.mc.lr) };
        return true;
    }
    if (copyin(&u32, s->sp + FRAME_LINK32, sizeof u32) < 0)
        return false;
    *s = (struct state){ be_get(u32.mc.iar), be_get(u32.mc.gpr[1]), be_get(u32.mc.lr) };
    return true;
}

int guest_backtrace(const struct cpu *cpu, struct guest_frame *frames, int max)
{
    struct state s = { cpu->pc, cpu_gpr(cpu, 1), cpu->lr };
    bool innermost = true, interrupted = false;
    int n = 0;

    while (n < max) {
        frames[n++] = (struct guest_frame){ s.pc, s.sp, interrupted };
        if (!(innermost ? step_innermost(&s) : step(&s)) || !s.pc)
            break;
        innermost = interrupted = s.pc == SIGNAL_RETURN_PC;
        if (interrupted && !step_signal(&s))
            break;
    }
    return n;
}
