/* thread.h -- guest threads: each is one host thread, with its processor state and its signal state. */
#ifndef RUNTIME_THREAD_H
#define RUNTIME_THREAD_H

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"

/* Guest signal sets: bit n-1 is signal n, signals 1..63 are enough for AIX 5 (64-bit guests know 255, of which 64 and up
 * are refused with EINVAL). */
typedef uint64_t guest_sigset;

enum unwind_reason {            /* second argument of siglongjmp(thread->unwind, ...) */
    UNWIND_FAULT = 1,           /* a synchronous host fault became a guest signal: cpu state is exact, signal is queued */
    UNWIND_RESTART,             /* cpu->pc was replaced (sigreturn, exec of a handler from deep inside): dispatch again */
    UNWIND_EXIT,                /* the thread ends */
};

struct guest_siginfo {          /* host-endian, width-free; signal_frame.c writes the guest's forms */
    int signo, code, err;
    int32_t pid, uid, status;
    gva addr;
    uint64_t value;
};

struct thread {
    struct cpu cpu;             /* first: a struct cpu * of translated code is the thread */
    int tid;                    /* kernel thread id as the guest sees it (host tid) */
    pthread_t host;
    struct thread *next;        /* list of all threads, under thread_lock */
    sigjmp_buf unwind;          /* the dispatcher's frame */
    gva errnop;                 /* where the kernel interface stores errno; 0: nowhere */

    guest_sigset mask;          /* blocked */
    guest_sigset waiting;       /* sigwait sleeps for these */
    volatile guest_sigset pending;      /* sent to this thread; info in the slot of the number */
    struct guest_siginfo info[64];
    gva alt_sp;                 /* sigaltstack */
    uint64_t alt_size;
    uint32_t alt_flags;         /* AIX SS_ bits */
    bool restore_mask;          /* sigsuspend: `saved_mask` comes back after the handler */
    guest_sigset saved_mask;

    struct guest_siginfo fault; /* a synchronous signal to deliver before any other; signo 0: none */
    uint32_t fault_word;        /* the instruction, for the report on a fatal illegal instruction */

    atomic_int posted;          /* by thread_post: thread_wait returns at once */
    gva exit_word;              /* cleared and woken (futex) when the thread ends; 0: none */
    bool in_syscall;
    bool exiting;               /* off the list */
    bool running;               /* `unwind` is (about to be) set: a fault may go there */
};

extern __thread struct thread *current;

/* The guest pc a thread's start function returns to; aixrun.c puts thread_exit() there. In the page of SIGNAL_PAGE (signal.h). */
enum { THREAD_EXIT_PC = 0x5100 };

/* The first thread, or a new one: start is a function descriptor; r1, r13 as given; r3 = arg. Returns the guest thread id or
 * a negative errno. The host thread runs `thread_run` (set by aixrun.c: the dispatcher). */
struct thread *thread_first(bool is64);
int thread_create(gva start, gva arg, gva sp, gva tp, gva errnop, gva exit_word);
extern void (*thread_run)(struct thread *t);    /* returns when the thread has ended */
extern void (*thread_init_cpu)(struct cpu *cpu);        /* the dispatcher's part of a new thread's state, and its end */
extern void (*thread_fini_cpu)(struct cpu *cpu);

struct thread *thread_find(int tid);            /* NULL when there is none; caller holds no lock; only for ids */
int thread_count(void);
void thread_exit(void) __attribute__((noreturn));       /* the calling thread; the last one ends the process with status 0 */

/* After thread_run() of the first thread: ends it alone; thread_create()'s threads do this by themselves. */
void thread_first_end(void) __attribute__((noreturn));

/* The list of threads: host signals stay blocked while it is held, so that handlers may take it. `saved` is the caller's mask. */
void thread_list_lock(sigset_t *saved);
void thread_list_unlock(const sigset_t *saved);
extern struct thread *thread_list;

/* After fork(), in the child: only the caller is left. */
void thread_after_fork(void);

#endif
