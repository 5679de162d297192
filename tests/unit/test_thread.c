/* test_thread.c -- guest threads on host threads: entry registers, signals to one of several, the end. [aix-abi 2.4, 6.1] */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/fork.h"
#include "runtime/guest_map.h"
#include "runtime/safe_syscall.h"
#include "runtime/signal.h"
#include "runtime/signal_host.h"
#include "runtime/thread.h"

enum { DESCRIPTOR = 0x20000000, STACKS = 0x20010000, EXIT_WORD = 0x20000100, AIX_USR1 = 30 };

static atomic_int handlers_run, registers_right;
static const struct guest_sigaction handler = { .handler = DESCRIPTOR };

static int setup(void **state)
{
    struct error err;
    gva ea;

    if (address_space_reserve(false, &err) || !thread_first(false) || signal_init(NULL) ||
        guest_mmap(DESCRIPTOR, 0x100000, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &ea))
        return -1;
    return copyout_u32(DESCRIPTOR, 0x10000200) || copyout_u32(DESCRIPTOR + 4, 0x20000800);
}

/* Stands for the dispatcher: sleeps until a handler has been entered, then ends the thread from deep inside. */
static void run_until_signal(struct thread *t)
{
    const struct cpu *c = &t->cpu;

    if (c->pc == 0x10000200 && c->gpr[2] == 0x20000800 && c->gpr[3] == 0x77 && c->gpr[1] == 0x20018ff0 && c->gpr[13] == 0x20007000 &&
        c->lr == THREAD_EXIT_PC)
        registers_right++;
    if (sigsetjmp(t->unwind, 1))
        return;
    for (;;) {
        t->cpu.poll = 0;
        if (signal_deliver(t)) {
            handlers_run++;
            thread_exit();
        }
        safe_syscall(SYS_pause, 0, 0, 0, 0, 0, 0);
    }
}

static int create(void)
{
    assert_int_equal(copyout_u32(EXIT_WORD, 1), 0);
    int tid = thread_create(DESCRIPTOR, 0x77, 0x20018fff, 0x20007000, 0, EXIT_WORD);
    assert_true(tid > 0);
    return tid;
}

/* By private and shared futexes in turn: both kinds of sleepers are woken. */
static void wait_for_end(void)
{
    static unsigned turn;
    int op = turn++ % 2 ? FUTEX_WAIT_PRIVATE : FUTEX_WAIT;
    uint32_t v;

    while (copyin_u32(&v, EXIT_WORD) == 0 && v)
        syscall(SYS_futex, g2h(EXIT_WORD), op, __builtin_bswap32(1), NULL, NULL, 0);
}

static void entry_signal_and_end(void **state)
{
    thread_run = run_until_signal;
    signal_action(AIX_USR1, &handler, NULL);
    for (int i = 1; i <= 50; i++) {
        int tid = create();
        struct thread *t = thread_find(tid);
        assert_non_null(t);
        assert_int_equal(thread_count(), 2);
        signal_send(t, &(struct guest_siginfo){ .signo = AIX_USR1 });
        wait_for_end();
        assert_int_equal(handlers_run, i);
        assert_int_equal(registers_right, i);
        assert_int_equal(thread_count(), 1);
        assert_null(thread_find(tid));
    }
}

/* A signal to the process goes to the thread that has it open. */
static void process_signal_finds_open_thread(void **state)
{
    int before = handlers_run;

    create();
    signal_set_mask(current, SIGNAL_BIT(AIX_USR1));
    kill(getpid(), SIGUSR1);
    wait_for_end();
    assert_int_equal(handlers_run, before + 1);
    assert_false(signal_deliverable(current));
    assert_true(signal_pending(current) == 0);
    signal_set_mask(current, 0);
}

/* In the child of a fork only the caller is left, also in the list. */
static void fork_keeps_one(void **state)
{
    int before = handlers_run, status;
    int tid = create();
    pid_t pid = process_fork();

    if (pid == 0)
        _exit(thread_count() == 1 && current->tid == getpid() && !thread_find(tid) ? 7 : 8);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(WEXITSTATUS(status), 7);
    assert_int_equal(signal_send_to(tid, &(struct guest_siginfo){ .signo = AIX_USR1 }), 0);
    wait_for_end();
    assert_int_equal(handlers_run, before + 1);
    assert_int_equal(signal_send_to(tid, &(struct guest_siginfo){ .signo = AIX_USR1 }), -ESRCH);
}

static void bad_descriptor(void **state)
{
    static const struct guest_sigaction dfl;

    signal_host_disposition(AIX_SIGSEGV, &dfl);         /* cmocka has a handler of its own around each test */
    assert_int_equal(thread_create(0x70000000, 0, 0x20018000, 0, 0, 0), -EFAULT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entry_signal_and_end), cmocka_unit_test(process_signal_finds_open_thread), cmocka_unit_test(fork_keeps_one),
        cmocka_unit_test(bad_descriptor),
    };

    return cmocka_run_group_tests(tests, setup, NULL);
}
