/* signal_host.c -- host handlers.
 *
 * An asynchronous signal is only noted: signal_send() queues it and sets the thread's poll, and a blocking call about to start is
 * turned back. A synchronous one is, in this order: a fault of a copy routine (goes on at its error exit); a fault of translated
 * code or of the interpreter inside the guest's window (becomes the guest's signal, and the dispatcher's frame is resumed); a bug of ours.
 *
 * Handlers run on the stack of the interrupted thread: translated code keeps clear of the end of it (cpu->stack_limit).
 */
#include "runtime/signal_host.h"

#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <xmmintrin.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"
#include "runtime/log.h"
#include "runtime/reserve.h"
#include "runtime/safe_syscall.h"
#include "runtime/signal_number.h"

static bool (*translated_pc)(const void *host_pc, struct cpu *cpu);
void (*signal_note_host)(const ucontext_t *context);

static bool is_fault_signal(int host)
{
    return host == SIGSEGV || host == SIGBUS || host == SIGFPE || host == SIGILL || host == SIGTRAP;
}

static int code_from_host(int signo, const siginfo_t *si)
{
    if (signo == AIX_SIGCHLD && si->si_code > 0)
        return 9 + si->si_code;         /* CLD_EXITED 1.. is 10.. [aix-abi 4.6] */
    switch (si->si_code) {
    case SI_QUEUE:   return AIX_SI_QUEUE;
    case SI_TIMER:   return 72;
    case SI_ASYNCIO: return 73;
    case SI_MESGQ:   return 74;
    default:         return AIX_SI_USER;
    }
}

static struct guest_siginfo info_from_host(int signo, const siginfo_t *si)
{
    struct guest_siginfo info = { .signo = signo, .err = si->si_errno, .code = code_from_host(signo, si) };

    info.pid = si->si_pid;
    info.uid = (int32_t)si->si_uid;
    if (signo == AIX_SIGCHLD)
        info.status = si->si_code == CLD_EXITED ? si->si_status : signal_from_host(si->si_status);
    else
        info.value = (uint64_t)(uintptr_t)si->si_value.sival_ptr;
    return info;
}

static void on_signal(int host, siginfo_t *si, void *context)
{
    greg_t *rip = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    int signo = signal_from_host(host), saved_errno = errno;
    void *exit = safe_syscall_fixup((void *)*rip);

    if (signo) {
        struct guest_siginfo info = info_from_host(signo, si);
        signal_send(si->si_code == SI_TKILL ? current : NULL, &info);
    }
    if (exit)
        *rip = (greg_t)exit;
    errno = saved_errno;
}

static void bug(int host, const siginfo_t *si, const void *pc)
{
    struct cpu *cpu = current ? &current->cpu : NULL;

    BUG("host signal %d (code %d, address %p) at host pc %p; guest pc %#llx", host, si->si_code, si->si_addr, pc,
        cpu ? (unsigned long long)cpu->pc : 0);
}

static struct guest_siginfo memory_fault(int host, uint64_t offset)
{
    gva ea = guest_ea_of_offset(offset & guest.mask);
    int prot = guest_prot(ea, NULL, NULL);
    struct guest_siginfo info = { .signo = AIX_SIGSEGV, .addr = ea };

    if (host == SIGBUS) {
        info.signo = AIX_SIGBUS;
        info.code = AIX_BUS_OBJERR;
    } else {
        info.code = prot < 0 ? AIX_SEGV_MAPERR : AIX_SEGV_ACCERR;
    }
    return info;
}

static struct guest_siginfo other_fault(int host, gva pc)
{
    static const struct { int host, signo, code; } kinds[] = {
        { SIGFPE, AIX_SIGFPE, AIX_FPE_FLTINV },
        { SIGILL, AIX_SIGILL, AIX_ILL_ILLOPC },
        { SIGTRAP, AIX_SIGTRAP, AIX_TRAP_BRKPT },
    };
    struct guest_siginfo info = { .addr = pc };

    for (unsigned i = 0; i < ARRAY_LEN(kinds); i++)
        if (kinds[i].host == host) {
            info.signo = kinds[i].signo;
            info.code = kinds[i].code;
        }
    return info;
}

/* The handler's end, when the interrupted code is given up: the kernel has reset MXCSR for the handler, and blocked signals. */
static void leave_to_dispatcher(const ucontext_t *uc) __attribute__((noreturn));
static void leave_to_dispatcher(const ucontext_t *uc)
{
    _mm_setcsr(uc->uc_mcontext.fpregs->mxcsr);
    pthread_sigmask(SIG_SETMASK, &uc->uc_sigmask, NULL);
    siglongjmp(current->unwind, UNWIND_FAULT);
}

static void on_fault(int host, siginfo_t *si, void *context)
{
    ucontext_t *uc = context;
    greg_t *rip = &uc->uc_mcontext.gregs[REG_RIP];
    void *pc = (void *)*rip, *exit = copyio_fixup(pc);
    bool memory = host == SIGSEGV || host == SIGBUS;
    uint64_t offset = (uint64_t)((uint8_t *)si->si_addr - guest.base + GUEST_GUARD);

    if (si->si_code <= 0) {             /* sent by a process */
        on_signal(host, si, context);
        return;
    }
    if (memory && exit) {
        *rip = (greg_t)exit;
        return;
    }
    if (signal_note_host)
        signal_note_host(uc);
    if (!current || !current->running || (memory && offset > guest.mask + 2 * GUEST_GUARD))
        bug(host, si, pc);
    bool translated = translated_pc && translated_pc(pc, &current->cpu);
    if (!memory && !translated)
        bug(host, si, pc);
    current->fault = memory ? memory_fault(host, offset - GUEST_GUARD) : other_fault(host, current->cpu.pc);
    cpu_poll_set(&current->cpu, POLL_SIGNAL);
    reserve_abandon(&current->cpu);
    leave_to_dispatcher(uc);
}

/* `was`: what there was before, when given. */
static void install(int host, int flags, struct sigaction *was)
{
    struct sigaction act = { .sa_sigaction = is_fault_signal(host) ? on_fault : on_signal };

    /* A fault inside a fault handler is a bug to be reported, not a silent death. */
    act.sa_flags = SA_SIGINFO | SA_RESTART | flags | (is_fault_signal(host) ? SA_NODEFER : 0);
    if (!is_fault_signal(host))
        sigfillset(&act.sa_mask);
    sigaction(host, &act, was);
}

void signal_host_disposition(int signo, const struct guest_sigaction *act)
{
    int host = signal_to_host(signo), flags = 0;
    struct sigaction ignore = { .sa_handler = SIG_IGN };

    if (!host || host == SIGKILL || host == SIGSTOP)
        return;
    if (act->handler == AIX_SIG_IGN && !is_fault_signal(host)) {
        sigaction(host, &ignore, NULL);
        return;
    }
    if (signo == AIX_SIGCHLD) {
        flags |= act->flags & AIX_SA_NOCLDSTOP || act->handler == AIX_SIG_DFL ? SA_NOCLDSTOP : 0;
        flags |= act->flags & AIX_SA_NOCLDWAIT ? SA_NOCLDWAIT : 0;
    }
    install(host, flags, NULL);
}

/* As for the default action; what the parent had ignored stays ignored. False: it is. */
static bool take_over(int host)
{
    static const struct sigaction ignore = { .sa_handler = SIG_IGN };
    struct sigaction was = { .sa_handler = SIG_DFL };

    install(host, host == SIGCHLD ? SA_NOCLDSTOP : 0, &was);
    if (was.sa_handler != SIG_IGN)
        return true;
    if (!is_fault_signal(host))
        sigaction(host, &ignore, NULL);
    return false;
}

void signal_host_init(bool (*fault_pc)(const void *, struct cpu *), guest_sigset *ignored, guest_sigset *blocked)
{
    sigset_t mask;

    translated_pc = fault_pc;
    *ignored = *blocked = 0;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    for (int signo = 1; signo <= AIX_SIGMAX; signo++) {
        int host = signal_to_host(signo);
        if (!host || host == SIGKILL || host == SIGSTOP)
            continue;
        if (sigismember(&mask, host))
            *blocked |= SIGNAL_BIT(signo);
        if (!take_over(host))
            *ignored |= SIGNAL_BIT(signo);
    }
    install(HOST_SIG_KICK, 0, NULL);
    signal_host_open();
}

void signal_host_kick(const struct thread *t)
{
    syscall(SYS_tgkill, getpid(), t->tid, HOST_SIG_KICK);
}

void signal_host_stop(int signo, const struct guest_sigaction *act)
{
    struct sigaction dfl = { .sa_handler = SIG_DFL };
    int host = signal_to_host(signo);

    if (host == SIGSTOP) {
        raise(host);
        return;
    }
    sigaction(host, &dfl, NULL);
    raise(host);
    signal_host_disposition(signo, act);
}

void signal_host_mask(guest_sigset blocked)
{
    sigset_t set;

    sigemptyset(&set);
    for (int signo = 1; signo <= AIX_SIGMAX; signo++)
        if (blocked & SIGNAL_BIT(signo) && signal_to_host(signo))
            sigaddset(&set, signal_to_host(signo));
    pthread_sigmask(SIG_SETMASK, &set, NULL);
}

void signal_host_open(void)
{
    sigset_t none;

    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
}
