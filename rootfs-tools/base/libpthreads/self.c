/* self.c -- which thread is this, and the table of threads.
 *
 * 64-bit: r13 is the thread pointer; a thread's block lies just below its thread-local storage. The first thread's r13
 * was set by the loader before we came: it is recognised by its value. 32-bit code has no register for it: the stack
 * tells. A table with one entry per 64 KiB of address space names the thread whose stack is there; where it cannot (a
 * stack of the program's own choice, an alternate signal stack), the kernel is asked for the thread id.
 */
#include "thread.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { BUCKETS = 64 };

struct tcb first_thread = {.id = 1, .exit_word = 1, .param.sched_priority = SCHED_PRIORITY_MIN};
int threads_lock, threads_running = 1;

static struct tcb *buckets[BUCKETS];
static pthread_t last_id = 1;
static int initialised;

void pthread_init(void);
void __pth_init(void);

struct tcb *thread_find(pthread_t id)
{
    struct tcb *t = buckets[id % BUCKETS];
    while (t && t->id != id)
        t = t->next;
    return t;
}

static void insert(struct tcb *t)
{
    t->next = buckets[t->id % BUCKETS];
    buckets[t->id % BUCKETS] = t;
}

void thread_add(struct tcb *t)
{
    do
        last_id = last_id + 1 ? last_id + 1 : 2;
    while (thread_find(last_id));
    t->id = last_id;
    insert(t);
}

void thread_remove(struct tcb *t)
{
    struct tcb **at = &buckets[t->id % BUCKETS];
    while (*at && *at != t)
        at = &(*at)->next;
    if (*at)
        *at = t->next;
}

void threads_each(void (*visit)(struct tcb *t, unsigned with), unsigned with)
{
    lock(&threads_lock);
    for (unsigned i = 0; i < BUCKETS; i++)
        for (struct tcb *t = buckets[i]; t; t = t->next)
            visit(t, with);
    unlock(&threads_lock);
}

void threads_only_self(void)
{
    struct tcb *self = thread_self();
    threads_lock = 0;
    threads_running = __n_pthreads = 1;
    for (unsigned i = 0; i < BUCKETS; i++)
        buckets[i] = NULL;
    self->tid = _thread_self();
    insert(self);
}

#ifdef __64BIT__

static char *first_tp;

static char *thread_pointer(void)
{
    char *tp;
    __asm__("mr %0,13" : "=r"(tp));
    return tp;
}

static void remember_first(void) { first_tp = thread_pointer(); }

struct tcb *thread_self(void)
{
    if (!initialised)
        pthread_init();
    char *tp = thread_pointer();
    return tp == first_tp ? &first_thread : (struct tcb *)(tp - TLS_BIAS) - 1;
}

void thread_note_stack(struct tcb *t, char *low, size_t size) { (void)t, (void)low, (void)size; }

void thread_forget_stack(char *low, size_t size) { (void)low, (void)size; }

#else

enum { CHUNK_SHIFT = 16, CHUNK = 1 << CHUNK_SHIFT, FIRST_STACK_KNOWN = 512 * 1024 };

static struct tcb *by_stack[1 << (32 - CHUNK_SHIFT)];

static unsigned long stack_pointer(void) { return (unsigned long)__builtin_frame_address(0); }

void thread_note_stack(struct tcb *t, char *low, size_t size)
{
    for (unsigned long at = (unsigned long)low; at < (unsigned long)low + size; at += CHUNK)
        by_stack[at >> CHUNK_SHIFT] = t;
}

void thread_forget_stack(char *low, size_t size) { thread_note_stack(NULL, low, size); }

/* The upper end of the first thread's stack; what is deeper is found through the kernel. */
static void remember_first(void)
{
    unsigned long here = stack_pointer() & -(unsigned long)CHUNK, heap = (unsigned long)sbrk(0);
    unsigned long low = here - FIRST_STACK_KNOWN;
    if (low < heap && heap < here)
        low = (heap + CHUNK) & -(unsigned long)CHUNK;
    thread_note_stack(&first_thread, (char *)low, here + CHUNK - low);
}

static struct tcb *ask_kernel(void)
{
    int tid = _thread_self();
    struct tcb *t = NULL;
    /* Not lock(): that looks at errno, which would lead here again. */
    while (__atomic_exchange_n(&threads_lock, 2, __ATOMIC_ACQUIRE) != 0)
        sched_yield();
    for (unsigned i = 0; i < BUCKETS && !t; i++)
        for (t = buckets[i]; t && t->tid != tid;)
            t = t->next;
    unlock(&threads_lock);
    return t ? t : &first_thread;
}

struct tcb *thread_self(void)
{
    if (!initialised)
        pthread_init();
    struct tcb *t = by_stack[stack_pointer() >> CHUNK_SHIFT];
    return t ? t : ask_kernel();
}

#endif

/* Called by the start-up code of threaded programs; also on first use, which is by the only thread there is. */
void pthread_init(void)
{
    if (initialised)
        return;
    initialised = 1;
    remember_first();
    first_thread.tid = _thread_self();
    first_thread.errno_cell = &errno;
    insert(&first_thread);
    __n_pthreads = 1;
}

void __pth_init(void) { pthread_init(); }

pthread_t pthread_self(void) { return thread_self()->id; }

int pthread_equal(pthread_t a, pthread_t b) { return a == b; }
