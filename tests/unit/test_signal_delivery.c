/* test_signal_delivery.c -- real host signals and real faults, from their arrival to the guest's handler or to death. What is expected is
 * POSIX's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/fork.h"
#include "runtime/guest_map.h"
#include "runtime/safe_syscall.h"
#include "runtime/signal.h"
#include "runtime/signal_host.h"

enum { DESCRIPTOR = 0x20000000, READ_ONLY = 0x20010000, STACK_TOP = 0x20008000, AIX_USR1 = 30, AIX_USR2 = 31 };

static const struct guest_sigaction handler = { .handler = DESCRIPTOR, .mask = SIGNAL_BIT(AIX_USR2) };
static const struct guest_sigaction restarting = { .handler = DESCRIPTOR, .flags = AIX_SA_RESTART };
static const struct guest_sigaction dfl, ignore = { .handler = AIX_SIG_IGN };

static int setup(void **state)
{
    struct error err;
    gva ea;

    if (address_space_reserve(false, &err) || !thread_first(false) || signal_init(NULL))
        return -1;
    if (guest_mmap(DESCRIPTOR, 0x8000, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &ea) ||
        guest_mmap(READ_ONLY, 0x1000, PROT_READ, GUEST_FIXED, -1, 0, AREA_MMAP, &ea))
        return -1;
    return copyout_u32(DESCRIPTOR, 0x10000200) || copyout_u32(DESCRIPTOR + 4, 0x20000800);
}

static int each(void **state)
{
    current->mask = 0;
    current->pending = 0;
    current->cpu.gpr[1] = STACK_TOP;
    current->cpu.pc = 0x10000100;
    return 0;
}

static void handler_and_return(void **state)
{
    signal_action(AIX_USR1, &handler, NULL);
    kill(getpid(), SIGUSR1);
    assert_true(current->cpu.poll);
    assert_true(signal_deliverable(current));
    assert_true(signal_deliver(current));
    assert_int_equal(current->cpu.pc, 0x10000200);
    assert_int_equal(current->cpu.gpr[3], AIX_USR1);
    assert_true(current->mask == (SIGNAL_BIT(AIX_USR1) | SIGNAL_BIT(AIX_USR2)));
    assert_int_equal(signal_return_from(&current->cpu), 0x10000100);
    assert_true(current->mask == 0);
    assert_int_equal(current->cpu.gpr[1], STACK_TOP);
}

static void blocked_then_opened(void **state)
{
    signal_action(AIX_USR1, &handler, NULL);
    signal_set_mask(current, SIGNAL_BIT(AIX_USR1));
    current->cpu.poll = 0;
    kill(getpid(), SIGUSR1);
    assert_false(signal_deliverable(current));
    assert_true(signal_pending(current) == SIGNAL_BIT(AIX_USR1));
    signal_set_mask(current, 0);
    assert_true(current->cpu.poll);
    assert_true(signal_deliver(current));
}

static void ignored_and_reset(void **state)
{
    struct guest_sigaction once = handler, now;

    signal_action(AIX_USR1, &ignore, NULL);
    kill(getpid(), SIGUSR1);
    assert_false(signal_deliverable(current));
    once.flags = AIX_SA_RESETHAND | AIX_SA_NODEFER;
    signal_action(AIX_USR1, &once, NULL);
    kill(getpid(), SIGUSR1);
    assert_true(signal_deliver(current));
    assert_true(current->mask == SIGNAL_BIT(AIX_USR2));
    signal_action(AIX_USR1, NULL, &now);
    assert_int_equal(now.handler, AIX_SIG_DFL);
    assert_int_equal(signal_action(AIX_SIGKILL, &handler, NULL), -EINVAL);
}

static volatile uint32_t *host_word(gva ea) { return g2h(ea); }

/* A fault of our own code inside the window is the guest's. */
static void expect_fault(gva ea, bool write, int code)
{
    current->running = true;
    if (sigsetjmp(current->unwind, 0) == 0) {
        if (write)
            *host_word(ea) = 1;
        else
            (void)*host_word(ea);
        fail_msg("no fault at %#llx", (unsigned long long)ea);
    }
    current->running = false;
    assert_int_equal(current->fault.signo, AIX_SIGSEGV);
    assert_int_equal(current->fault.code, code);
    assert_true(current->fault.addr == ea);
    signal_action(AIX_SIGSEGV, &handler, NULL);
    assert_true(signal_wants_precise());
    assert_true(signal_deliver(current));
    assert_int_equal(current->cpu.gpr[3], AIX_SIGSEGV);
    signal_return_from(&current->cpu);
}

static void faults(void **state)
{
    signal_host_disposition(AIX_SIGSEGV, &dfl);     /* cmocka has a handler of its own around each test */
    expect_fault(0x70000010, false, 50);        /* SEGV_MAPERR [aix-abi 4.6] */
    expect_fault(READ_ONLY + 8, true, 51);      /* SEGV_ACCERR */
    expect_fault(0x70000010, true, 50);         /* and again: nothing is left blocked */
}

/* A signal between the check and the call is not lost, and one during the call interrupts it: reads that would sleep for ever
 * against a busy sender. */
static void blocking_call(void **state)
{
    struct timespec nap = { 0, 20000 };
    int pipes[2], interrupted = 0;
    char byte;

    assert_int_equal(pipe(pipes), 0);
    signal_action(AIX_USR1, &handler, NULL);
    pid_t parent = getpid(), child = fork();
    if (child == 0) {
        for (int i = 0; i < 200; i++) {
            nanosleep(&nap, NULL);
            kill(parent, SIGUSR1);
        }
        for (int i = 0; i < 20; i++) {
            nap.tv_nsec = 50000000;
            nanosleep(&nap, NULL);
            kill(parent, SIGUSR1);
        }
        _exit(0);
    }
    for (int status = 0; waitpid(child, &status, WNOHANG) == 0;) {
        long rc = safe_syscall(SYS_read, pipes[0], (long)&byte, 1, 0, 0, 0);
        if (rc == -EINTR || rc == -VW_ERESTART)
            interrupted++;
        else
            assert_int_equal(rc, 1);
        if (signal_deliver(current))
            signal_return_from(&current->cpu);
        if (interrupted > 20)
            break;
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_true(interrupted > 20);
}

static void restart_is_asked(void **state)
{
    signal_action(AIX_USR1, &restarting, NULL);
    kill(getpid(), SIGUSR1);
    assert_int_equal(safe_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0), -VW_ERESTART);
    assert_true(signal_restarts(current));
    signal_action(AIX_USR1, &handler, NULL);
    assert_false(signal_restarts(current));
    assert_true(signal_deliver(current));
    assert_false(signal_deliver(current));
    assert_int_equal(safe_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0), getpid());
    signal_return_from(&current->cpu);
}

/* A blocked signal wakes a thread that waits for it, and is taken without a handler. */
static void waited_for(void **state)
{
    struct guest_siginfo info;
    struct timespec short_time = { 0, 20000000 };

    signal_action(AIX_USR1, &handler, NULL);
    signal_set_mask(current, SIGNAL_BIT(AIX_USR1));
    current->waiting = SIGNAL_BIT(AIX_USR1);
    current->cpu.poll = 0;
    pid_t child = fork();
    if (child == 0) {
        nanosleep(&short_time, NULL);
        kill(getppid(), SIGUSR1);
        _exit(0);
    }
    long rc = safe_syscall(SYS_ppoll, 0, 0, 0, 0, 0, 0);
    assert_true(rc == -EINTR || rc == -VW_ERESTART);
    assert_int_equal(signal_take(current, SIGNAL_BIT(AIX_USR1), &info), AIX_USR1);
    assert_int_equal(info.pid, child);
    assert_true(signal_pending(current) == 0);
    current->waiting = 0;
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static int status_of(void (*child_does)(void))
{
    int status = 0;
    pid_t pid = process_fork();

    if (pid == 0) {
        child_does();
        _exit(99);
    }
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    if (WIFSTOPPED(status)) {
        int first = status;
        kill(pid, SIGCONT);
        waitpid(pid, &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 99);
        return first;
    }
    return status;
}

static void get_usr2(void)
{
    signal_action(AIX_USR2, &dfl, NULL);
    kill(getpid(), SIGUSR2);
    signal_deliver(current);
}

static void get_tstp(void)
{
    setpgid(0, 0);
    kill(getpid(), SIGTTIN);
    signal_deliver(current);
}

static void get_fault(void)
{
    signal_action(AIX_SIGSEGV, &handler, NULL);
    signal_set_mask(current, SIGNAL_BIT(AIX_SIGSEGV));      /* blocked: death all the same */
    signal_fault(&current->cpu, AIX_SIGSEGV, 50, 0x1234);
    signal_deliver(current);
}

static void real_ends(void **state)
{
    int status = status_of(get_usr2);

    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGUSR2);
    status = status_of(get_fault);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    status = status_of(get_tstp);
    assert_true(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTTIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(handler_and_return, each), cmocka_unit_test_setup(blocked_then_opened, each),
        cmocka_unit_test_setup(ignored_and_reset, each),  cmocka_unit_test_setup(faults, each),
        cmocka_unit_test_setup(blocking_call, each),      cmocka_unit_test_setup(restart_is_asked, each),
        cmocka_unit_test_setup(waited_for, each),           cmocka_unit_test_setup(real_ends, each),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
