/* thread.h -- libpthreads inside: one guest thread is one kernel thread; waiting is by futex words.
 *
 * Objects have AIX's sizes and static initialisers [aix-abi 5.3]: all zero, or one word that is 2 (for some objects at
 * a place that is not public for 32-bit). They are read as arrays of ints here; state words stay clear of the known
 * places and are encoded so that a stray 2 does no harm.
 */
#ifndef LIBPTHREADS_THREAD_H
#define LIBPTHREADS_THREAD_H

#include <errno.h>
#include <pthread.h>
#include <stddef.h>

enum {
    KEY_COUNT = 512,
    KEY_GROUP = 32,
    STACK_LEAST = 4 * 4096,
    PAGE = 4096,
    FUTEX_REALTIME = 1,
    FUTEX_MONOTONIC = 2,
    FUTEX_SHARED = 4, /* kernel_imports.def: __vwpar_futex_wait */
};
#ifdef __64BIT__
enum { STACK_DEFAULT = 192 * 1024, TLS_SIZE = 4096, TLS_BIAS = 0x7800 };
#else
enum { STACK_DEFAULT = 96 * 1024 };
#endif

struct attributes { /* what a pthread_attr_t points at */
    size_t stack_size, guard_size;
    void *stack;
    int detached, scope, inherit, policy;
    struct sched_param param;
};

struct simple_attributes { /* mutex, condition, rwlock, barrier attributes */
    int type, pshared, protocol, ceiling;
    clockid_t clock;
};

struct tcb {
    struct tcb *next; /* chain of its id's bucket */
    pthread_t id;
    int tid; /* kernel thread */
    int *errno_cell;
    int own_errno;
    int exit_word; /* 1 while it runs; the kernel clears it and wakes who waits */
    void *(*start)(void *);
    void *arg, *result;
    int detached, joining;
    int cancel_disabled, cancel_asynchronous, cancel_pending;
    int in_call; /* between libc's cancel_point(1) and its end */
    int *waits_on; /* the futex word it sleeps on, for pthread_cancel */
    int waits_flags;
    struct __cleanup_frame *cleanup;
    void **keys[KEY_COUNT / KEY_GROUP];
    int policy;
    struct sched_param param;
    char *mapping; /* stack we made; NULL: the caller's, or the first thread's */
    size_t mapping_size, guard_size;
    struct tcb *next_zombie;
};

/* ---- kernel [kernel_imports.def] */
int _thread_self(void);
int thread_kill(int tid, int signo);
_Noreturn void thread_terminate(void);
int __vwpar_thread_create(void (*start)(void *), void *arg, void *sp, void *tp, int *errno_cell, int *exit_word);
int __vwpar_futex_wait(int *word, int expected, const struct timespec *timeout, int flags);
int __vwpar_futex_wake(int *word, int count, int flags);

/* ---- exported data of other members and of libc */
extern int __multi_threaded;
extern int *(*__vwpar_errno_hook)(void);
extern int (*__vwpar_cancel_hook)(int waits);   /* libc/include/cancel.h */
extern void (*__vwpar_atfork_hook)(int stage); /* fork() calls it: 0 before, 1 in the parent, 2 in the child */
extern int __n_pthreads;                       /* -1: not threaded */

/* ---- self.c */
extern struct tcb first_thread;
struct tcb *thread_self(void);
struct tcb *thread_find(pthread_t id); /* caller holds threads_lock */
void thread_add(struct tcb *t);        /* gives it an id */
void thread_remove(struct tcb *t);
void threads_each(void (*visit)(struct tcb *t, unsigned with), unsigned with);
void threads_only_self(void); /* in the child of fork() */
void thread_note_stack(struct tcb *t, char *low, size_t size);
void thread_forget_stack(char *low, size_t size);
extern int threads_lock, threads_running;

/* ---- create.c */
void thread_release(struct tcb *t); /* after its end: stack and block */
void thread_reap(void);
void thread_bury(struct tcb *t); /* a detached thread that is about to end */

/* ---- misc.c */
void thread_around_fork(int stage);

/* ---- cancel.c */
int thread_cancel_point(int waits);

/* ---- keys.c */
void thread_run_destructors(struct tcb *t);

/* ---- waiting */
int futex_wait_cancellable(int *word, int expected, const struct timespec *timeout,
                           int flags); /* 0, ETIMEDOUT, EINTR, EAGAIN */

/* 0 or an error number: errno belongs to the program. */
static inline int futex_wait(int *word, int expected, const struct timespec *timeout, int flags)
{
    int kept = errno;
    if (__vwpar_futex_wait(word, expected, timeout, flags) == 0)
        return 0;
    int error = errno;
    errno = kept;
    return error;
}

static inline void lock(int *word)
{
    int expected = 0;
    if (__atomic_compare_exchange_n(word, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;
    while (__atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE) != 0)
        futex_wait(word, 2, NULL, 0);
}

static inline void unlock(int *word)
{
    if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) == 2)
        __vwpar_futex_wake(word, 1, 0);
}

static inline int *words(const void *object) { return (int *)object; }

#endif
