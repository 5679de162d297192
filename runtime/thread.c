/* thread.c -- guest threads as host threads: creation, the list of them, the end.
 *
 * The list's lock is a spin lock taken with all host signals blocked: a handler that needs it finds it held by another thread only,
 * and never for long. A thread's structure lives until the thread is off the list; others use it only under the lock.
 */
#include "runtime/thread.h"

#include <errno.h>
#include <linux/futex.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/log.h"
#include "runtime/process.h"
#include "runtime/reserve.h"
#include "runtime/signal.h"

enum { HOST_STACK = 16 << 20, HOST_STACK_GUARD = 64 << 10 };

__thread struct thread *current;
struct thread *thread_list;
void (*thread_run)(struct thread *t);
void (*thread_init_cpu)(struct cpu *cpu);
void (*thread_fini_cpu)(struct cpu *cpu);

static atomic_flag list_lock = ATOMIC_FLAG_INIT;

void thread_list_lock(sigset_t *saved)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, saved);
    while (atomic_flag_test_and_set_explicit(&list_lock, memory_order_acquire))
        __builtin_ia32_pause();
}

void thread_list_unlock(const sigset_t *saved)
{
    atomic_flag_clear_explicit(&list_lock, memory_order_release);
    pthread_sigmask(SIG_SETMASK, saved, NULL);
}

static struct thread *thread_alloc(bool is64)
{
    struct thread *t = aligned_alloc(64, (sizeof *t + 63) & ~(size_t)63);

    if (!t)
        return NULL;
    memset(t, 0, sizeof *t);
    t->cpu.is64 = is64;
    t->cpu.mem = guest.base;
    return t;
}

static void thread_enter(struct thread *t)
{
    t->tid = (int)syscall(SYS_gettid);
    t->host = pthread_self();
    reserve_thread_init(&t->cpu, t->tid);
    current = t;
}

static void list_add(struct thread *t)
{
    sigset_t saved;

    thread_list_lock(&saved);
    t->next = thread_list;
    thread_list = t;
    thread_list_unlock(&saved);
}

struct thread *thread_first(bool is64)
{
    struct thread *t = thread_alloc(is64);

    if (!t)
        BUG("out of memory for the first thread");
    thread_enter(t);
    list_add(t);
    return t;
}

/* What thread_create hands to the new host thread; lives on the creator's stack until `started` is posted. */
struct start {
    struct thread *thread;
    sigset_t mask;
    int tid;
    sem_t started;
};

static bool list_remove(struct thread *t)
{
    sigset_t saved;

    thread_list_lock(&saved);
    struct thread **link = &thread_list;
    while (*link != t)
        link = &(*link)->next;
    *link = t->next;
    t->exiting = true;
    bool last = !thread_list;
    thread_list_unlock(&saved);
    return last;
}

/* Whoever joins by the exit word may free the guest stack at once: nothing of the guest is touched after it. Sleepers of either
 * kind, process-private or shared, are woken: to the host these are different futexes. */
static void announce_exit(gva exit_word)
{
    if (!exit_word || copyout_u32(exit_word, 0))
        return;
    syscall(SYS_futex, g2h(exit_word), FUTEX_WAKE_PRIVATE, INT32_MAX, NULL, NULL, 0);
    syscall(SYS_futex, g2h(exit_word), FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

/* Returns with all host signals blocked: no handler runs without `current`. */
static void thread_finish(struct thread *t)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    if (list_remove(t))
        process_exit(0);
    signal_thread_gone();
    announce_exit(t->exit_word);
    if (thread_fini_cpu)
        thread_fini_cpu(&t->cpu);
    current = NULL;
    free(t);
}

static void *thread_main(void *arg)
{
    struct start *start = arg;
    struct thread *t = start->thread;
    sigset_t mask = start->mask;

    thread_enter(t);
    if (thread_init_cpu)
        thread_init_cpu(&t->cpu);
    cpu_poll_set(&t->cpu, POLL_SIGNAL);     /* signals of the process may be waiting for a thread that has them open */
    list_add(t);
    start->tid = t->tid;
    sem_post(&start->started);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    thread_run(t);
    thread_finish(t);
    return NULL;
}

static void entry_registers(struct cpu *cpu, gva code, gva toc, gva arg, gva sp, gva tp)
{
    cpu->pc = code;
    cpu->gpr[1] = sp & ~(gva)15;
    cpu->gpr[2] = toc;
    cpu->gpr[3] = arg;
    cpu->gpr[13] = tp;
    cpu->lr = THREAD_EXIT_PC;
}

static int start_host_thread(struct start *start)
{
    pthread_attr_t attr;
    pthread_t host;
    sigset_t all;

    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attr, HOST_STACK);
    pthread_attr_setguardsize(&attr, HOST_STACK_GUARD);
    sem_init(&start->started, 0, 0);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &start->mask);
    int rc = pthread_create(&host, &attr, thread_main, start);
    if (rc == 0)
        while (sem_wait(&start->started) && errno == EINTR)
            ;
    pthread_sigmask(SIG_SETMASK, &start->mask, NULL);
    pthread_attr_destroy(&attr);
    return -rc;
}

int thread_create(gva start_descriptor, gva arg, gva sp, gva tp, gva errnop, gva exit_word)
{
    uint64_t code, toc;

    if (copyin_long(&code, start_descriptor) || copyin_long(&toc, start_descriptor + (guest.is64 ? 8 : 4)))
        return -EFAULT;
    struct start start = { .thread = thread_alloc(guest.is64) };
    if (!start.thread)
        return -ENOMEM;
    start.thread->mask = current->mask;
    start.thread->errnop = errnop;
    start.thread->exit_word = exit_word;
    entry_registers(&start.thread->cpu, code, toc, arg, sp, tp);
    int rc = start_host_thread(&start);
    if (rc)
        free(start.thread);
    return rc ? rc : start.tid;
}

struct thread *thread_find(int tid)
{
    sigset_t saved;

    thread_list_lock(&saved);
    struct thread *t = thread_list;
    while (t && t->tid != tid)
        t = t->next;
    thread_list_unlock(&saved);
    return t;
}

int thread_count(void)
{
    sigset_t saved;
    int n = 0;

    thread_list_lock(&saved);
    for (struct thread *t = thread_list; t; t = t->next)
        n++;
    thread_list_unlock(&saved);
    return n;
}

void thread_exit(void)
{
    siglongjmp(current->unwind, UNWIND_EXIT);
}

void thread_first_end(void)
{
    thread_finish(current);
    syscall(SYS_exit, 0);       /* pthread_exit() would load libgcc_s, which a static program has not */
    __builtin_unreachable();
}

void thread_after_fork(void)
{
    struct thread *self = current, *next;

    atomic_flag_clear(&list_lock);
    for (struct thread *t = thread_list; t; t = next) {
        next = t->next;
        if (t != self)
            free(t);
    }
    self->next = NULL;
    thread_list = self;
    self->tid = (int)syscall(SYS_gettid);
    reserve_thread_init(&self->cpu, self->tid);
}
