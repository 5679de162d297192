/* sys_aio.c -- asynchronous input and output for the builtin libraries: requests that host threads carry out [POSIX aio; layout of
 * aiocb: rust libc, aix, for 64 bits, the same fields for 32].
 *
 * A request lies in the guest's aiocb from submission to its end; its error member says how far it is (EINPROGRESS until the end).
 * Then, in this order: result, error, the generation word plus one and its sleepers woken, the signal. Requests for one descriptor
 * may overtake each other; a synchronisation waits for all that were submitted before it.
 */
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/copyio.h"
#include "runtime/fork.h"
#include "runtime/host.h"
#include "runtime/private_fd.h"
#include "runtime/signal.h"
#include "syscalls/errno.h"
#include "syscalls/handlers.h"
#include "syscalls/sigevent.h"

enum { AIX_LIO_NOP, AIX_LIO_READ, AIX_LIO_WRITE, VWPAR_FSYNC, VWPAR_FDATASYNC };
enum { WORKERS_MAX = 32, REQUESTS_MAX = 4096, AIX_SI_ASYNCIO = 73 };

/* Offsets in aiocb: 32 bits, 64 bits. */
static const struct layout {
    unsigned opcode, fd, offset, buffer, result, error, bytes, event;
} layouts[2] = { { 0, 4, 16, 24, 28, 32, 36, 44 }, { 0, 4, 16, 24, 32, 40, 48, 64 } };

/* Of one lio_listio(): its signal comes when the last request has ended. */
struct group {
    unsigned left;
    struct guest_siginfo signal;
};

struct request {
    struct request *next;
    gva cb, generation;
    int op, fd;
    uint8_t *buffer;
    uint64_t size;
    int64_t offset;
    struct guest_siginfo signal;        /* signo 0: none */
    struct group *group;
    bool running;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static struct request *queue, **queue_end = &queue;      /* in the order of submission, those that run included */
static unsigned requests, running, workers, idle;

static void before_fork(void) { pthread_mutex_lock(&lock); }
static void in_parent(void) { pthread_mutex_unlock(&lock); }

/* A child has no requests [POSIX fork]; what its parent's are is not freed, since a thread that is not here used it. */
static void in_child(void)
{
    queue = NULL;
    queue_end = &queue;
    requests = running = workers = idle = 0;
    lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    work = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
}

/* --- the end of a request ----------------------------------------------------------------------------------------- */

static const struct layout *layout(void) { return &layouts[guest.is64]; }

/* Two workers may write the same number; whoever reads it then sees both requests ended, since their error members come first. */
static void wake(gva word)
{
    uint32_t *host = guest_range(word, 4), value;
    if (!host || word % 4 || copyin_u32(&value, word) < 0 || copyout_u32(word, value + 1) < 0)
        return;
    syscall(SYS_futex, host, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, INT32_MAX, NULL, NULL, 0);
}

/* Memory that the guest has unmapped meanwhile loses the result. */
static void finish(const struct request *r, int64_t result)
{
    copyout_long(r->cb + layout()->result, (uint64_t)(result < 0 ? -1 : result));
    __atomic_thread_fence(__ATOMIC_RELEASE);
    copyout_u32(r->cb + layout()->error, result < 0 ? (uint32_t)errno_to_aix((int)-result) : 0);
    wake(r->generation);
    if (r->signal.signo)
        signal_send(NULL, &r->signal);
}

static void leave_group(struct group *g)
{
    if (!g || --g->left)
        return;
    if (g->signal.signo)
        signal_send(NULL, &g->signal);
    free(g);
}

static void take_out(const struct request *r)
{
    struct request **at = &queue;
    while (*at != r)
        at = &(*at)->next;
    *at = r->next;
    if (queue_end == &r->next)
        queue_end = at;
    requests--;
}

/* --- workers ------------------------------------------------------------------------------------------------------ */

static int64_t transfer(const struct request *r)
{
    ssize_t n;
    switch (r->op) {
    case VWPAR_FSYNC:       return host_result(fsync(r->fd));
    case VWPAR_FDATASYNC:   return host_result(fdatasync(r->fd));
    case AIX_LIO_READ:
        n = pread(r->fd, r->buffer, r->size, r->offset);
        if (n < 0 && errno == ESPIPE)
            n = read(r->fd, r->buffer, r->size);
        return host_result(n);
    default:
        n = pwrite(r->fd, r->buffer, r->size, r->offset);
        if (n < 0 && errno == ESPIPE)
            n = write(r->fd, r->buffer, r->size);
        return host_result(n);
    }
}

static bool is_sync(const struct request *r) { return r->op == VWPAR_FSYNC || r->op == VWPAR_FDATASYNC; }

static bool must_wait(const struct request *r)
{
    for (const struct request *before = queue; is_sync(r) && before != r; before = before->next)
        if (before->fd == r->fd)
            return true;
    return false;
}

static struct request *next_request(void)
{
    for (struct request *r = queue; r; r = r->next)
        if (!r->running && !must_wait(r))
            return r;
    return NULL;
}

static void run_one(struct request *r)
{
    r->running = true;
    running++;
    pthread_mutex_unlock(&lock);
    int64_t result = transfer(r);
    pthread_mutex_lock(&lock);
    take_out(r);
    running--;
    pthread_cond_broadcast(&work);      /* a synchronisation may have waited for this one */
    pthread_mutex_unlock(&lock);
    finish(r, result);
    pthread_mutex_lock(&lock);
    leave_group(r->group);
    free(r);
}

static void *worker(void *arg UNUSED)
{
    pthread_mutex_lock(&lock);
    for (;;) {
        struct request *r = next_request();
        if (r) {
            run_one(r);
            continue;
        }
        idle++;
        pthread_cond_wait(&work, &lock);
        idle--;
    }
    return NULL;
}

/* With all host signals blocked: they are the guest's threads'. */
static int start_worker(void)
{
    enum { WORKER_STACK = 128 << 10 };
    pthread_attr_t attributes;
    pthread_t thread;
    sigset_t all, old;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, WORKER_STACK);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    int rc = pthread_create(&thread, &attributes, worker, NULL);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    pthread_attr_destroy(&attributes);
    return rc;
}

/* Needs the lock. -EAGAIN: nobody will do it. */
static int enqueue(struct request *r)
{
    if (requests == REQUESTS_MAX)
        return -EAGAIN;
    if (idle <= requests - running && workers < WORKERS_MAX && start_worker() == 0)
        workers++;
    if (!workers)
        return -EAGAIN;
    *queue_end = r;
    queue_end = &r->next;
    requests++;
    pthread_cond_signal(&work);
    return 0;
}

/* --- calls -------------------------------------------------------------------------------------------------------- */

static int signal_copyin(struct guest_siginfo *info, gva event_ea)
{
    struct sigevent event;
    int rc = sigevent_copyin(&event, event_ea);
    if (rc == -EINVAL && event_ea) {            /* a record of zeros: no signal */
        uint32_t notify;
        rc = copyin_u32(&notify, event_ea + (guest.is64 ? 12 : 8)) < 0 ? -EFAULT : notify ? -EINVAL : 0;
        event.sigev_notify = SIGEV_NONE;
    }
    *info = (struct guest_siginfo){ 0 };
    if (rc == 0 && event.sigev_notify == SIGEV_SIGNAL)
        *info = (struct guest_siginfo){ .signo = signal_from_host(event.sigev_signo), .code = AIX_SI_ASYNCIO, .pid = getpid(),
                                        .uid = (int32_t)getuid(), .value = (uint64_t)(uintptr_t)event.sigev_value.sival_ptr };
    return rc;
}

static int request_copyin(struct request *r, gva cb, int op)
{
    const struct layout *l = layout();
    uint32_t opcode, fd;
    uint64_t buffer;
    be64 offset;
    if (copyin_u32(&opcode, cb + l->opcode) < 0 || copyin_u32(&fd, cb + l->fd) < 0 || copyin(&offset, cb + l->offset, 8) < 0 ||
        copyin_long(&buffer, cb + l->buffer) < 0 || copyin_long(&r->size, cb + l->bytes) < 0)
        return -EFAULT;
    r->cb = cb;
    r->op = op ? op : (int)opcode;
    r->fd = is_private_fd((int)fd) ? -1 : (int)fd;
    r->offset = (int64_t)be_get(offset);
    if (r->op < AIX_LIO_NOP || r->op > VWPAR_FDATASYNC)
        return -EINVAL;
    if (!is_sync(r) && r->op != AIX_LIO_NOP && !(r->buffer = guest_range(buffer, r->size)))
        return -EFAULT;
    if (fcntl(r->fd, F_GETFL) < 0)
        return -EBADF;
    return signal_copyin(&r->signal, cb + l->event);
}

/* One request; what is wrong with it is its own result where a list is submitted, the call's otherwise. */
static int submit_one(gva cb, int op, gva generation, struct group *group)
{
    struct request *r = calloc(1, sizeof *r);
    if (!r)
        return -EAGAIN;
    r->generation = generation;
    r->group = group;
    int rc = request_copyin(r, cb, op);
    if (rc == 0 && (copyout_u32(cb + layout()->error, AIX_EINPROGRESS) < 0 || copyout_long(cb + layout()->result, 0) < 0))
        rc = -EFAULT;
    if (rc == 0 && r->op != AIX_LIO_NOP) {
        pthread_mutex_lock(&lock);
        rc = enqueue(r);
        if (rc == 0 && group)
            group->left++;
        pthread_mutex_unlock(&lock);
        if (rc == 0)
            return 0;
    }
    if (rc < 0 || r->op == AIX_LIO_NOP)
        copyout_u32(cb + layout()->error, rc < 0 ? (uint32_t)errno_to_aix(-rc) : 0);
    free(r);
    return rc;
}

static void register_hooks(void)
{
    static const struct fork_hooks hooks = { before_fork, in_parent, in_child };
    fork_register(&hooks);
}

static void end_group(struct group *g)
{
    pthread_mutex_lock(&lock);
    leave_group(g);
    pthread_mutex_unlock(&lock);
}

/* `count` addresses of aiocb at `list`, 0 among them being left out. `op` 0: each says itself what it is. -EIO: not all of them could be
 * submitted. */
int64_t sys___vwpar_aio_submit(struct thread *t, gva list, int count, int op, gva generation, gva event)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    struct group *group = NULL;
    int64_t rc = 0;
    pthread_once(&once, register_hooks);
    if (count < 0 || count > REQUESTS_MAX)
        return -EINVAL;
    if (event) {
        group = calloc(1, sizeof *group);
        if (!group)
            return -EAGAIN;
        group->left = 1;                /* this call */
        rc = signal_copyin(&group->signal, event);
        if (rc < 0) {
            free(group);
            return rc;
        }
    }
    for (int i = 0; i < count && rc != -EFAULT; i++) {
        gva cb;
        if (copyin_long(&cb, list + (gva)i * (guest.is64 ? 8 : 4)) < 0) {
            rc = -EFAULT;
            break;
        }
        int one = cb ? submit_one(cb, op, generation, group) : 0;
        if (one < 0)
            rc = count == 1 && op ? one : -EIO;
    }
    if (group)
        end_group(group);
    return rc;
}

/* Requests of fd that have not begun, all or that of `cb`: 0 cancelled, 1 one of them runs already, 2 there are none. */
int64_t sys___vwpar_aio_cancel(struct thread *t, int fd, gva cb)
{
    enum { CANCELED, NOT_CANCELED, ALL_DONE };
    int64_t answer = ALL_DONE;
    if (fcntl(fd, F_GETFL) < 0)
        return -EBADF;
    pthread_mutex_lock(&lock);
    for (struct request *r = queue, *next; r; r = next) {
        next = r->next;
        if (r->fd != fd || (cb && r->cb != cb))
            continue;
        if (r->running) {
            answer = NOT_CANCELED;
            continue;
        }
        if (answer == ALL_DONE)
            answer = CANCELED;
        take_out(r);
        finish(r, -ECANCELED);
        leave_group(r->group);
        free(r);
    }
    pthread_mutex_unlock(&lock);
    return answer;
}
