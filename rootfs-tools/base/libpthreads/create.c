/* create.c -- the life of a thread: made, joined or detached, ended.
 *
 * The kernel clears a thread's exit word and wakes who waits for it when the thread no longer runs on its stack; only
 * then are stack and block given back: by the joiner, or for detached threads by whoever makes or joins a thread next.
 */
#include "thread.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

enum { STACK_UNIT = 65536, STACKS_KEPT = 8, STACK_HEAD = 256 };

struct kept_stack {
    char *mapping;
    size_t size, guard;
};

static struct kept_stack kept[STACKS_KEPT];
static unsigned nkept;
static int stacks_lock;
static struct tcb *zombies; /* under threads_lock */

/* ---- stacks */

static char *take_kept_stack(size_t size, size_t guard)
{
    char *mapping = NULL;
    lock(&stacks_lock);
    for (unsigned i = 0; i < nkept && !mapping; i++)
        if (kept[i].size == size && kept[i].guard == guard) {
            mapping = kept[i].mapping;
            kept[i] = kept[--nkept];
        }
    unlock(&stacks_lock);
    return mapping;
}

static int keep_stack(char *mapping, size_t size, size_t guard)
{
    int room;
    lock(&stacks_lock);
    room = nkept < STACKS_KEPT;
    if (room)
        kept[nkept++] = (struct kept_stack){mapping, size, guard};
    unlock(&stacks_lock);
    return room;
}

/* A stack fills whole, aligned units of 64 KiB, so that no two threads share an entry of the table in self.c; what is
 * below the wanted part is the guard, at least a page. */
static int make_stack(struct tcb *t, const struct attributes *a)
{
    size_t guard = a->guard_size < PAGE ? PAGE : a->guard_size, wanted = a->stack_size + STACK_HEAD;
    size_t size = (wanted + guard + STACK_UNIT - 1) & -(size_t)STACK_UNIT;
    if (size < a->stack_size)
        return EAGAIN;
    guard = (size - wanted) & -(size_t)PAGE;
    t->mapping_size = size;
    t->guard_size = guard;
    t->mapping = take_kept_stack(size, guard);
    if (t->mapping)
        return 0;
    char *raw =
        mmap(NULL, size + STACK_UNIT, PROT_READ | PROT_WRITE, MAP_ANONYMOUS | MAP_PRIVATE | MAP_VARIABLE, -1, 0);
    if (raw == MAP_FAILED)
        return EAGAIN;
    char *aligned = (char *)(((unsigned long)raw + STACK_UNIT - 1) & -(unsigned long)STACK_UNIT);
    if (aligned > raw)
        munmap(raw, (size_t)(aligned - raw));
    if (aligned < raw + STACK_UNIT)
        munmap(aligned + size, (size_t)(raw + STACK_UNIT - aligned));
    mprotect(aligned, guard, PROT_NONE);
    t->mapping = aligned;
    return 0;
}

static void drop_stack(struct tcb *t)
{
    if (!t->mapping)
        return;
    thread_forget_stack(t->mapping, t->mapping_size);
    if (!keep_stack(t->mapping, t->mapping_size, t->guard_size))
        munmap(t->mapping, t->mapping_size);
    t->mapping = NULL;
}

/* ---- blocks */

static struct tcb *make_block(void)
{
#ifdef __64BIT__
    return calloc(1, sizeof(struct tcb) + TLS_SIZE); /* the thread-local storage follows; r13 is biased against it */
#else
    return calloc(1, sizeof(struct tcb));
#endif
}

static void *pointer_for(struct tcb *t)
{
#ifdef __64BIT__
    return (char *)(t + 1) + TLS_BIAS;
#else
    (void)t;
    return NULL;
#endif
}

void thread_release(struct tcb *t)
{
    drop_stack(t);
    if (t != &first_thread)
        free(t);
}

void thread_bury(struct tcb *t)
{
    t->next_zombie = zombies;
    zombies = t;
}

void thread_reap(void)
{
    struct tcb *gone = NULL;
    lock(&threads_lock);
    for (struct tcb **at = &zombies; *at;) {
        struct tcb *t = *at;
        if (__atomic_load_n(&t->exit_word, __ATOMIC_ACQUIRE)) {
            at = &t->next_zombie;
            continue;
        }
        *at = t->next_zombie;
        thread_remove(t);
        t->next_zombie = gone;
        gone = t;
    }
    unlock(&threads_lock);
    while (gone) {
        struct tcb *t = gone;
        gone = t->next_zombie;
        thread_release(t);
    }
}

/* ---- start */

static int *errno_of_thread(void) { return thread_self()->errno_cell; }

static void run_thread(void *arg)
{
    struct tcb *t = arg;
    t->tid = _thread_self();
    pthread_exit(t->start(t->arg));
}

static void become_threaded(void)
{
    __multi_threaded = 1;
    __vwpar_errno_hook = errno_of_thread;
    __vwpar_cancel_hook = thread_cancel_point;
    __vwpar_atfork_hook = thread_around_fork;
}

static void *stack_top(struct tcb *t, const struct attributes *a)
{
    char *low = a->stack ? a->stack : t->mapping;
    size_t size = a->stack ? a->stack_size : t->mapping_size;
    return (void *)(((unsigned long)low + size - STACK_HEAD) & -16ul);
}

static const struct attributes default_attributes = {
    .stack_size = STACK_DEFAULT, .guard_size = PAGE, .param.sched_priority = SCHED_PRIORITY_MIN};

static void set_running(int by) { __n_pthreads = __atomic_add_fetch(&threads_running, by, __ATOMIC_SEQ_CST); }

int pthread_create(pthread_t *id, const pthread_attr_t *attr, void *(*start)(void *), void *arg)
{
    const struct attributes *a = attr && *attr ? (const struct attributes *)*attr : &default_attributes;
    struct tcb *self = thread_self(), *t = make_block();
    if (!t)
        return EAGAIN;
    thread_reap();
    int error = a->stack ? 0 : make_stack(t, a);
    if (error) {
        free(t);
        return error;
    }
    t->start = start;
    t->arg = arg;
    t->detached = a->detached;
    t->policy = a->inherit ? a->policy : self->policy;
    t->param = a->inherit ? a->param : self->param;
    t->errno_cell = &t->own_errno;
    t->exit_word = 1;
    if (t->mapping)
        thread_note_stack(t, t->mapping, t->mapping_size);
    become_threaded();
    set_running(1);
    lock(&threads_lock); /* held until the kernel's number is known: without it nobody can signal the thread */
    thread_add(t);
    *id = t->id; /* before it runs: it may look there */
    int tid = __vwpar_thread_create(run_thread, t, stack_top(t, a), pointer_for(t), t->errno_cell, &t->exit_word);
    if (tid >= 0)
        t->tid = tid;
    else
        thread_remove(t);
    unlock(&threads_lock);
    if (tid >= 0)
        return 0; /* t may be gone by now */
    set_running(-1);
    thread_release(t);
    return EAGAIN;
}

/* ---- end */

void pthread_exit(void *result)
{
    struct tcb *t = thread_self();
    t->cancel_disabled = 1;
    while (t->cleanup) {
        struct __cleanup_frame *frame = t->cleanup;
        t->cleanup = frame->__next;
        frame->__routine(frame->__arg);
    }
    thread_run_destructors(t);
    t->result = result;
    if (__atomic_fetch_add(&threads_running, -1, __ATOMIC_SEQ_CST) == 1)
        exit(0);
    if (t == &first_thread) { /* made by the kernel: it has no exit word there */
        __atomic_store_n(&t->exit_word, 0, __ATOMIC_RELEASE);
        __vwpar_futex_wake(&t->exit_word, 0x7fffffff, 0);
        thread_terminate();
    }
    lock(&threads_lock);
    if (t->detached)
        thread_bury(t);
    else
        t->joining |= 2; /* pthread_detach from now on buries it */
    unlock(&threads_lock);
    thread_terminate();
}

int pthread_join(pthread_t id, void **result)
{
    struct tcb *self = thread_self(), *t;
    int word, error = 0;
    lock(&threads_lock);
    t = thread_find(id);
    if (!t)
        error = ESRCH;
    else if (t == self)
        error = EDEADLK;
    else if (t->detached || (t->joining & 1))
        error = EINVAL;
    else
        t->joining |= 1;
    unlock(&threads_lock);
    if (error)
        return error;
    while ((word = __atomic_load_n(&t->exit_word, __ATOMIC_ACQUIRE)) != 0) {
        futex_wait_cancellable(&t->exit_word, word, NULL, 0);
        if (self->cancel_pending && !self->cancel_disabled) {
            t->joining &= ~1;
            pthread_testcancel();
        }
    }
    if (result)
        *result = t->result;
    lock(&threads_lock);
    thread_remove(t);
    unlock(&threads_lock);
    thread_release(t);
    thread_reap();
    return 0;
}

int pthread_detach(pthread_t id)
{
    int error = 0;
    lock(&threads_lock);
    struct tcb *t = thread_find(id);
    if (!t) {
        error = ESRCH;
    } else if (t->detached || (t->joining & 1)) {
        error = EINVAL;
    } else {
        t->detached = 1;
        if (t->joining & 2)
            thread_bury(t);
    }
    unlock(&threads_lock);
    return error;
}
