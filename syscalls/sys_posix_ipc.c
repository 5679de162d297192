/* sys_posix_ipc.c -- POSIX message queues and shared memory, on the host's [aix-abi 3.5; POSIX; rust libc, aix].
 *
 * A queue's descriptor is a host descriptor, as the guest's files are. Names are outside the file system, here as there.
 */
#include <fcntl.h>
#include <limits.h>
#include <mqueue.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"
#include "syscalls/no_delay.h"
#include "syscalls/sigevent.h"

enum { AIX_ACCESS = 3 };

/* The host wants one slash in front and none behind. */
static int name_copyin(char name[NAME_MAX + 2], gva ea)
{
    char text[NAME_MAX + 2];
    int rc = copyinstr(text, ea, sizeof text);
    if (rc < 0)
        return rc;
    const char *plain = text + strspn(text, "/");
    if (!*plain || strchr(plain, '/'))
        return -EINVAL;
    if (strlen(plain) > NAME_MAX)
        return -ENAMETOOLONG;
    name[0] = '/';
    strcpy(name + 1, plain);
    return 0;
}

static int open_flags(uint32_t oflags)
{
    return (int)(oflags & AIX_ACCESS) | (int)flags_to_host(FLAGS_open, oflags & ~(uint32_t)AIX_ACCESS, NULL);
}

int64_t sys_shm_open(struct thread *t, gva name_ea, uint32_t oflags, uint32_t mode)
{
    char name[NAME_MAX + 2];
    int rc = name_copyin(name, name_ea);
    return rc < 0 ? rc : host_result(shm_open(name, open_flags(oflags) | O_CLOEXEC, mode & 07777));
}

int64_t sys_shm_unlink(struct thread *t, gva name_ea)
{
    char name[NAME_MAX + 2];
    int rc = name_copyin(name, name_ea);
    return rc < 0 ? rc : host_result(shm_unlink(name));
}

/* --- message queues: mq_attr is four longs: flags, maxmsg, msgsize, curmsgs --------------------------------------- */

static int attributes_copyin(struct mq_attr *h, gva ea)
{
    unsigned width = guest.is64 ? 8 : 4;
    uint64_t v[4];
    for (unsigned i = 0; i < 4; i++)
        if (copyin_long(&v[i], ea + i * width) < 0)
            return -EFAULT;
    *h = (struct mq_attr){ .mq_flags = v[0] & AIX_O_NONBLOCK ? O_NONBLOCK : 0, .mq_maxmsg = (long)v[1],
                           .mq_msgsize = (long)v[2] };
    return 0;
}

static int attributes_copyout(gva ea, const struct mq_attr *h)
{
    unsigned width = guest.is64 ? 8 : 4;
    const long v[4] = { h->mq_flags & O_NONBLOCK ? AIX_O_NONBLOCK : 0, h->mq_maxmsg, h->mq_msgsize, h->mq_curmsgs };
    for (unsigned i = 0; i < 4; i++)
        if (copyout_long(ea + i * width, (uint64_t)v[i]) < 0)
            return -EFAULT;
    return 0;
}

int64_t sys__mq_open(struct thread *t, gva name_ea, uint32_t oflags, uint32_t mode, gva attributes)
{
    char name[NAME_MAX + 2];
    struct mq_attr attr;
    int rc = name_copyin(name, name_ea);
    if (rc == 0 && attributes)
        rc = attributes_copyin(&attr, attributes);
    return rc < 0 ? rc : host_result(mq_open(name, open_flags(oflags), mode & 07777, attributes ? &attr : NULL));
}

int64_t sys_mq_unlink(struct thread *t, gva name_ea)
{
    char name[NAME_MAX + 2];
    int rc = name_copyin(name, name_ea);
    return rc < 0 ? rc : host_result(mq_unlink(name));
}

/* Of another kind of descriptor the host says EBADF, too. */
int64_t sys_mq_close(struct thread *t, int queue)
{
    struct mq_attr attr;
    return mq_getattr(queue, &attr) < 0 ? -errno : host_result(mq_close(queue));
}

int64_t sys_mq_getattr(struct thread *t, int queue, gva out)
{
    struct mq_attr attr;
    return mq_getattr(queue, &attr) < 0 ? -errno : attributes_copyout(out, &attr);
}

int64_t sys_mq_setattr(struct thread *t, int queue, gva in, gva out)
{
    struct mq_attr attr, old;
    int rc = attributes_copyin(&attr, in);
    if (rc < 0)
        return rc;
    if (mq_setattr(queue, &attr, &old) < 0)
        return -errno;
    return out ? attributes_copyout(out, &old) : 0;
}

/* When the queue is full, until the absolute time `until_ea`; 0: for ever. */
int64_t sys___vwpar_mq_timedsend(struct thread *t, int queue, gva message, uint64_t size, uint32_t priority, gva until_ea)
{
    void *p = guest_range(message, size);
    struct timespec until;
    if (!p || (until_ea && ABI_CALL(timespec_copyin, &until, until_ea) < 0))
        return -EFAULT;
    return restartable(
        safe_syscall(SYS_mq_timedsend, queue, (long)p, (long)size, priority, until_ea ? (long)&until : 0, 0));
}

int64_t sys_mq_send(struct thread *t, int queue, gva message, uint64_t size, uint32_t priority)
{
    return sys___vwpar_mq_timedsend(t, queue, message, size, priority, 0);
}

int64_t sys___vwpar_mq_timedreceive(struct thread *t, int queue, gva message, uint64_t size, gva priority_ea, gva until_ea)
{
    void *p = guest_range(message, size);
    struct timespec until;
    unsigned priority;
    if (!p || (until_ea && ABI_CALL(timespec_copyin, &until, until_ea) < 0))
        return -EFAULT;
    int64_t n = restartable(safe_syscall(SYS_mq_timedreceive, queue, (long)p, (long)size, (long)&priority,
                                         until_ea ? (long)&until : 0, 0));
    return n >= 0 && priority_ea && copyout_u32(priority_ea, priority) < 0 ? -EFAULT : n;
}

int64_t sys_mq_receive(struct thread *t, int queue, gva message, uint64_t size, gva priority_ea)
{
    return sys___vwpar_mq_timedreceive(t, queue, message, size, priority_ea, 0);
}

int64_t sys__mq_send(struct thread *t, int queue, gva message, uint64_t size, uint32_t priority)
{
    return sys_mq_send(t, queue, message, size, priority);
}

int64_t sys__mq_receive(struct thread *t, int queue, gva message, uint64_t size, gva priority_ea)
{
    return sys_mq_receive(t, queue, message, size, priority_ea);
}

int64_t sys__mq_notify(struct thread *t, int queue, gva event_ea)
{
    struct sigevent event;
    int rc = event_ea ? sigevent_copyin(&event, event_ea) : 0;
    return rc < 0 ? rc : host_result(mq_notify(queue, event_ea ? &event : NULL));
}
