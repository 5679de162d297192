/* dispatch.c -- the run loop: look up a translation and enter it, else interpret one block; act on why it came back.
 *
 * The same loop runs at two depths. dispatch_run() is the outermost: it takes signals and never gives up. run_cold() stands for
 * code without a translation that translated code calls: it runs until that call would return, so that host calls and returns
 * stay paired, and gives up early -- returning the guest pc to go on at -- whenever pairing no longer makes sense. Nothing
 * depends on the pairing: all guest state is in struct cpu.
 */
#include "xlate/run/dispatch.h"

#include <pthread.h>
#include <setjmp.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/platform/x86.h>
#include <sys/resource.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/thread.h"
#include "xlate/run/helpers.h"
#include "xlate/run/interp.h"
#include "xlate/run/lookup.h"
#include "xlate/run/request.h"
#include "xlate/run/stats.h"
#include "xlate/run/unit.h"

/* Host stack kept for the interpreter, system calls and the C library below the frames of translated code. */
enum { STACK_MARGIN = 256 << 10, SWITCH_REACH = 32 << 10, HOST_PAGE = 4096 };

static struct exit_handlers handlers;
static bool interpret_only;

static bool stack_low(const struct cpu *cpu)
{
    return (uintptr_t)__builtin_frame_address(0) < cpu->stack_limit;
}

static uint32_t word_at(gva pc)
{
    be32 word;

    memcpy(&word, g2h(pc & ~(gva)3), sizeof word);
    return be32_get(word);
}

static void raise_trap(struct cpu *cpu, enum trap_kind kind)
{
    handlers.trap(cpu, kind, word_at(cpu->pc));
    cpu_poll_set(cpu, POLL_SIGNAL);
}

/* Import glue jumps far, a switch jumps near. */
static enum arrival by_distance(gva from, gva to)
{
    return to - from + SWITCH_REACH < 2 * SWITCH_REACH ? ARRIVE_INSIDE : ARRIVE_ENTRY;
}

/* One block at cpu->pc; how the guest comes to the new pc. */
static enum arrival interpret(struct cpu *cpu)
{
    gva from = cpu->pc;

    switch (interp_block(cpu)) {
    case INTERP_NEXT:
    case INTERP_JUMP:
        return cpu->pc <= from ? ARRIVE_LOOP : ARRIVE_ON;
    case INTERP_CALL:
        return ARRIVE_ENTRY;
    case INTERP_RETURN:
        return ARRIVE_INSIDE;
    case INTERP_INDIRECT:
        return by_distance(from, cpu->pc);
    case INTERP_SYSCALL:
        cpu->pc = handlers.syscall(cpu);
        return ARRIVE_INSIDE;
    case INTERP_TRAP:
        raise_trap(cpu, TRAP_TRAP);
        return ARRIVE_ON;
    case INTERP_ILLEGAL:
        raise_trap(cpu, TRAP_ILLEGAL);
        return ARRIVE_ON;
    }
    return ARRIVE_ON;
}

/* While translations wait to be left, no caller may go on with its own: it gets a pc that none expects. */
static uint64_t to_callers(const struct cpu *cpu, uint64_t pc) { return pc | (cpu->poll & POLL_CODE ? 1 : 0); }

/* Run something at cpu->pc: its translation or one block. `how` the guest came there; now and after. */
static inline void step(struct cpu *cpu, enum arrival *how)
{
    code_fn code = cpu->flat ? lookup_flat_code(cpu, cpu->pc) : lookup_fill(cpu, cpu->pc);

    if (!code && cpu->pc < unit_natives_end)
        code = unit_native(cpu->pc);
    if (!code && *how != ARRIVE_ON && !interpret_only)
        code = unit_arrive(cpu->pc, *how);
    if (code) {
        stats_leave_interpreter();
        cpu->pc = code(cpu) & ~(uint64_t)3;
        *how = ARRIVE_INSIDE;
    } else {
        stats_enter_interpreter();
        *how = interpret(cpu);
    }
}

/* Translated code called cpu->pc, for which there is no translation. */
static uint64_t run_cold(struct cpu *cpu)
{
    gva back = cpu->lr, frame = cpu->gpr[1];
    enum arrival how = ARRIVE_ENTRY;

    while (!cpu->poll && !stack_low(cpu)) {
        gva at = cpu->pc;
        step(cpu, &how);
        if (cpu->pc == at && how == ARRIVE_INSIDE)      /* code that found too little stack to begin: there is more above */
            break;
        if (cpu->gpr[1] > frame)                        /* the caller's frame is gone, or on another stack */
            break;
        if (cpu->pc == back && cpu->gpr[1] == frame)    /* the call returned */
            break;
    }
    stats_leave_interpreter();
    return to_callers(cpu, cpu->pc);
}

/* Out of line: the frame that setjmp returns to twice holds nothing that changes. */
static __attribute__((noinline, noreturn)) void run_loop(struct cpu *cpu)
{
    enum arrival how = ARRIVE_ENTRY;

    for (;;) {
        if (unlikely(cpu->poll)) {
            lookup_thread_refresh(cpu);
            handlers.safepoint(cpu);
            how = ARRIVE_INSIDE;
        }
        step(cpu, &how);
    }
}

void dispatch_run(struct cpu *cpu)
{
    if (sigsetjmp(current->unwind, 1) != UNWIND_EXIT)
        run_loop(cpu);
    stats_leave_interpreter();
}

/* False when the guest left the function by a jump: the frame that called the host is gone, or another stack is in use. */
static __attribute__((noinline)) bool nested_loop(struct cpu *cpu, gva stop, gva frame)
{
    enum arrival how = ARRIVE_ENTRY;

    while (cpu->pc != stop) {
        if (cpu->gpr[1] > frame)
            return false;
        if (unlikely(cpu->poll)) {
            lookup_thread_refresh(cpu);
            handlers.safepoint(cpu);
            how = ARRIVE_INSIDE;
            continue;
        }
        step(cpu, &how);
    }
    return true;
}

/* A fault comes back to this depth; the end of the thread, and a guest that has left the host's function behind, go on at the outer one. */
void dispatch_nested(struct cpu *cpu, gva stop)
{
    gva frame = cpu->gpr[1];
    sigjmp_buf outer;

    memcpy(outer, current->unwind, sizeof outer);
    if (sigsetjmp(current->unwind, 1) == UNWIND_EXIT) {
        memcpy(current->unwind, outer, sizeof outer);
        siglongjmp(current->unwind, UNWIND_EXIT);
    }
    bool returned = nested_loop(cpu, stop, frame);
    memcpy(current->unwind, outer, sizeof outer);
    if (!returned)
        siglongjmp(current->unwind, UNWIND_FAULT);
}

uint64_t dispatch_syscall(struct cpu *cpu)
{
    uint64_t pc = handlers.syscall(cpu);

    return to_callers(cpu, pc);
}

uint64_t dispatch_trap(struct cpu *cpu, enum trap_kind kind)
{
    raise_trap(cpu, kind);
    return cpu->pc;
}

/* The first thread's stack ends with the name of the program and grows as far as the limit says. pthread_getattr_np() would read all of
 * /proc/self/maps for it, which costs a short program a twentieth of its time. */
static uintptr_t first_stack_low(void)
{
    const char *name = (const char *)getauxval(AT_EXECFN);
    struct rlimit limit;

    if (!name || gettid() != getpid() || getrlimit(RLIMIT_STACK, &limit) || limit.rlim_cur == RLIM_INFINITY)
        return 0;
    uintptr_t top = ((uintptr_t)name + strlen(name) + HOST_PAGE) & ~(uintptr_t)(HOST_PAGE - 1);
    return top > limit.rlim_cur ? top - limit.rlim_cur : 0;
}

static uintptr_t stack_limit(void)
{
    pthread_attr_t attr;
    void *low = (void *)first_stack_low();
    size_t size = 0;

    if (!low && !pthread_getattr_np(pthread_self(), &attr)) {
        pthread_attr_getstack(&attr, &low, &size);
        pthread_attr_destroy(&attr);
    }
    return low ? (uintptr_t)low + STACK_MARGIN : 0;
}

int dispatch_init(bool is64, const struct exit_handlers *given, const struct run_options *options, struct error *err)
{
    handlers = *given;
    interpret_only = options->interpret_only || !options->cache_dir;
    stats_start();
    if (lookup_init(is64, err))
        return -1;
    if (interpret_only)
        return 0;
    unit_init(is64, options);
    return unit_can_take_more() ? request_init(is64, options, err) : 0;
}

void dispatch_finish(void)
{
    if (!interpret_only)
        unit_finish();
}

void dispatch_thread_init(struct cpu *cpu)
{
    cpu->mem = guest.base;
    cpu->is64 = guest.is64;
    /* As the C library found it: cpuid is slow in a virtual machine. */
    cpu->helpers = CPU_FEATURE_ACTIVE(AVX) ? helper_table_avx : helper_table_sse;
    cpu->cold = run_cold;
    cpu->stack_limit = stack_limit();
    lookup_thread_init(cpu);
}

void dispatch_thread_fini(struct cpu *cpu)
{
    lookup_thread_fini(cpu);
}

void dispatch_after_fork(void)
{
    lookup_thread_only(&current->cpu);
    if (!interpret_only)
        request_after_fork();
}

bool dispatch_fault_pc(const void *host_pc, struct cpu *cpu)
{
    gva pc;

    if (!unit_fault_pc(host_pc, &pc))
        return false;
    cpu->pc = pc;
    return true;
}
