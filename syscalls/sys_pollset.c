/* sys_pollset.c -- pollset_*: a kept set of descriptors to wait for [IBM's manual: pollset_create; aix-abi 4.9].
 *
 * A set is a list that each wait hands to the host's poll(): epoll would refuse regular files. Sets are numbered from 0
 * and belong to the process; a child of fork has copies.
 */
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/fork.h"
#include "runtime/host.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"

enum { SETS = 64, DESCRIPTORS_MAX = 65534 };
enum { PS_ADD = 0, PS_MOD = 1, PS_DELETE = 2 };

struct aix_poll_ctl {
    be16 cmd, events;
    be32 fd;
};

static struct pollset {
    bool used;
    int max, count;
    struct pollfd *list;
} sets[SETS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void hold_lock(void) { pthread_mutex_lock(&lock); }
static void give_lock(void) { pthread_mutex_unlock(&lock); }
static void give_held_lock(pthread_mutex_t **held) { pthread_mutex_unlock(*held); }
#define LOCKED pthread_mutex_t *held __attribute__((cleanup(give_held_lock), unused)) = (hold_lock(), &lock)

static void register_hooks(void)
{
    static const struct fork_hooks hooks = { hold_lock, give_lock, give_lock };
    fork_register(&hooks);
}

static struct pollset *set_of(int id) { return id >= 0 && id < SETS && sets[id].used ? &sets[id] : NULL; }

static struct pollfd *entry_of(const struct pollset *s, int fd)
{
    for (int i = 0; i < s->count; i++)
        if (s->list[i].fd == fd)
            return &s->list[i];
    return NULL;
}

int64_t sys_pollset_create(struct thread *t, int max)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    if (max < -1 || max == 0 || max > DESCRIPTORS_MAX)
        return -EINVAL;
    pthread_once(&once, register_hooks);
    LOCKED;
    for (int id = 0; id < SETS; id++)
        if (!sets[id].used) {
            sets[id] = (struct pollset){ .used = true, .max = max < 0 ? DESCRIPTORS_MAX : max };
            return id;
        }
    return -ENOMEM;
}

int64_t sys_pollset_destroy(struct thread *t, int id)
{
    LOCKED;
    struct pollset *s = set_of(id);
    if (!s)
        return -EINVAL;
    free(s->list);
    *s = (struct pollset){ 0 };
    return 0;
}

static int add(struct pollset *s, int fd, short events)
{
    if (entry_of(s, fd))
        return -EEXIST;
    if (s->count == s->max)
        return -ENOSPC;
    struct pollfd *list = realloc(s->list, ((size_t)s->count + 1) * sizeof *list);
    if (!list)
        return -ENOMEM;
    s->list = list;
    s->list[s->count++] = (struct pollfd){ .fd = fd, .events = events };
    return 0;
}

static bool is_open(int fd)
{
    struct pollfd p = { .fd = fd };
    return fd >= 0 && !is_private_fd(fd) && poll(&p, 1, 0) >= 0 && !(p.revents & POLLNVAL);
}

/* PS_MOD adds events to a descriptor's, and adds the descriptor when it is not there. */
static int change(struct pollset *s, int cmd, int fd, short events)
{
    struct pollfd *entry = entry_of(s, fd);
    if (cmd == PS_DELETE) {
        if (!entry)
            return -ENOENT;
        *entry = s->list[--s->count];
        return 0;
    }
    if (cmd != PS_ADD && cmd != PS_MOD)
        return -EINVAL;
    if (!is_open(fd))
        return -EBADF;
    if (cmd == PS_ADD || !entry)
        return add(s, fd, events);
    entry->events |= events;
    return 0;
}

/* The number of the entry that failed is the answer, counted from 0; those before it are done. */
int64_t sys_pollset_ctl(struct thread *t, int id, gva array, int length)
{
    LOCKED;
    struct pollset *s = set_of(id);
    if (!s || length < 0)
        return -EINVAL;
    for (int i = 0; i < length; i++) {
        struct aix_poll_ctl g;
        if (copyin(&g, array + (gva)i * sizeof g, sizeof g) < 0)
            return -EFAULT;
        short events = (short)flags_to_host(FLAGS_poll, be_get(g.events), NULL);
        int rc = change(s, (int16_t)be_get(g.cmd), (int)be_get(g.fd), events);
        if (rc < 0)
            return i ? i : rc;
    }
    return 0;
}

/* 1 and the events when the descriptor is in the set, else 0. */
int64_t sys_pollset_query(struct thread *t, int id, gva pollfd_ea)
{
    struct aix_pollfd g;
    LOCKED;
    const struct pollset *s = set_of(id);
    if (!s)
        return -EINVAL;
    if (copyin(&g, pollfd_ea, sizeof g) < 0)
        return -EFAULT;
    const struct pollfd *entry = entry_of(s, (int)be_get(g.fd));
    if (!entry)
        return 0;
    be_put(&g.events, flags_to_aix(FLAGS_poll, (uint16_t)entry->events, NULL));
    return copyout(pollfd_ea, &g, sizeof g) < 0 ? -EFAULT : 1;
}

static int copy_of(int id, struct pollfd **list)
{
    LOCKED;
    const struct pollset *s = set_of(id);
    if (!s)
        return -EINVAL;
    *list = malloc(((size_t)s->count + 1) * sizeof **list);
    if (!*list)
        return -ENOMEM;
    if (s->count)
        memcpy(*list, s->list, (size_t)s->count * sizeof **list);
    return s->count;
}

/* A descriptor that was closed meanwhile has left the set. */
static int64_t ready_copyout(const struct pollfd *list, int count, gva out, int room)
{
    int found = 0;
    for (int i = 0; i < count && found < room; i++) {
        struct aix_pollfd g;
        if (!list[i].revents || list[i].revents & POLLNVAL)
            continue;
        be_put(&g.fd, list[i].fd);
        be_put(&g.events, flags_to_aix(FLAGS_poll, (uint16_t)list[i].events, NULL));
        be_put(&g.revents, flags_to_aix(FLAGS_poll, (uint16_t)list[i].revents, NULL));
        if (copyout(out + (gva)found * sizeof g, &g, sizeof g) < 0)
            return -EFAULT;
        found++;
    }
    return found;
}

static void drop_closed(int id, const struct pollfd *list, int count)
{
    LOCKED;
    struct pollset *s = set_of(id);
    for (int i = 0; s && i < count; i++)
        if (list[i].revents & POLLNVAL)
            change(s, PS_DELETE, list[i].fd, 0);
}

int64_t sys_pollset_poll(struct thread *t, int id, gva out, int room, int timeout_ms)
{
    struct timespec timeout = { timeout_ms / 1000, timeout_ms % 1000 * 1000000L };
    free_ptr struct pollfd *list = NULL;
    if (room < 0)
        return -EINVAL;
    int count = copy_of(id, &list);
    if (count < 0)
        return count;
    int64_t ready;
    do
        ready = safe_syscall(SYS_ppoll, (long)list, count, timeout_ms < 0 ? 0 : (long)&timeout, 0, 0, 0);
    while (wait_goes_on(t, ready));
    if (ready < 0)
        return never_restart(ready);
    drop_closed(id, list, count);
    return ready_copyout(list, count, out, room);
}

int64_t sys__pollset_poll(struct thread *t, int id, gva out, int room, int timeout_ms)
{
    return sys_pollset_poll(t, id, out, room, timeout_ms);
}
