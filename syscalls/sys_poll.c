/* sys_poll.c -- waiting for descriptors: poll and select [aix-abi 4.9, 4.8]. */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/handlers.h"

/* The low half counts descriptors, the high half message queues, which the host cannot wait for. */
static int descriptor_count(uint32_t n)
{
    if (n >> 16) {
        log_line(LOG_WARN, "poll", "waiting for message queues is not supported");
        return -EINVAL;
    }
    return (int)(n & 0xFFFF);
}

static int poll_copyin(struct pollfd *host, const struct aix_pollfd *g, int n)
{
    for (int i = 0; i < n; i++) {
        int fd = (int)be_get(g[i].fd);
        host[i].fd = is_private_fd(fd) ? private_fd_base() - 1 : fd;    /* not open: POLLNVAL */
        host[i].events = (short)flags_to_host(FLAGS_poll, be_get(g[i].events), NULL);
        host[i].revents = 0;
    }
    return 0;
}

/* The queues stand behind the descriptors: {id i32, events u16, revents u16}. A queue can be read when it has messages, and written while
 * bytes are left in it; the host cannot wait for that. Returns how many have something to tell. */
static int look_at_queues(struct aix_pollfd *g, int n)
{
    int found = 0;
    for (int i = 0; i < n; i++) {
        uint32_t wanted = be_get(g[i].events), now = 0;
        struct msqid_ds ds;
        if ((int)be_get(g[i].fd) >= 0 && msgctl((int)be_get(g[i].fd), IPC_STAT, &ds) < 0)
            now = flags_to_aix(FLAGS_poll, POLLNVAL, NULL);
        else if ((int)be_get(g[i].fd) >= 0)
            now = wanted & flags_to_aix(FLAGS_poll, (ds.msg_qnum ? POLLIN | POLLRDNORM : 0) |
                                                        (ds.__msg_cbytes < ds.msg_qbytes ? POLLOUT : 0), NULL);
        be_put(&g[i].revents, now);
        found += now != 0;
    }
    return found;
}

static int64_t ms_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* With queues, in turns: look at them, wait a little for the descriptors. */
static int64_t wait_for(struct thread *t, struct pollfd *host, int descriptors, struct aix_pollfd *queues, int n, int timeout_ms)
{
    enum { TURN_MS = 20 };
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        int found = look_at_queues(queues, n);
        int64_t left = timeout_ms < 0 ? INT32_MAX : timeout_ms - ms_since(&start);
        int64_t turn = found || left <= 0 ? 0 : n && left > TURN_MS ? TURN_MS : left;
        bool forever = !n && timeout_ms < 0;
        struct timespec time = { turn / 1000, turn % 1000 * 1000000 };
        int64_t ready = safe_syscall(SYS_ppoll, (long)host, descriptors, forever ? 0 : (long)&time, 0, 0, 0);
        if (wait_goes_on(t, ready))
            continue;
        if (ready < 0)
            return never_restart(ready);
        if (ready || found || left <= turn)
            return found ? (int64_t)found << 16 | ready : ready;
    }
}

/* The answer counts descriptors in its low half and queues in its high one. */
int64_t sys__poll(struct thread *t, gva fds, uint32_t count, int timeout_ms)
{
    int n = (int)(count & 0xFFFF), queues = (int)(count >> 16);
    free_ptr struct pollfd *host = malloc(((size_t)n + 1) * sizeof *host);
    free_ptr struct aix_pollfd *g = malloc(((size_t)n + (size_t)queues + 1) * sizeof *g);
    if (!host || !g)
        return -ENOMEM;
    if (copyin(g, fds, (size_t)(n + queues) * sizeof *g) < 0)
        return -EFAULT;
    poll_copyin(host, g, n);
    int64_t ready = wait_for(t, host, n, g + n, queues, timeout_ms);
    if (ready < 0)
        return ready;
    for (int i = 0; i < n; i++)
        be_put(&g[i].revents, flags_to_aix(FLAGS_poll, (uint16_t)host[i].revents, NULL));
    return copyout(fds, g, (size_t)(n + queues) * sizeof *g) < 0 ? -EFAULT : ready;
}

/* --- select ------------------------------------------------------------------------------------------------------- */

/* Bit n is bit n % width of big-endian word n / width, counted from the word's low end: swapping the bytes of each word
 * gives the host's order. Only whole words that hold bits below n are touched. */
static size_t set_bytes(int n)
{
    size_t width = guest.is64 ? 8 : 4;
    return ((size_t)n + 8 * width - 1) / (8 * width) * width;
}

static void swap_words(uint8_t *p, size_t bytes)
{
    size_t width = guest.is64 ? 8 : 4;
    for (size_t at = 0; at < bytes; at += width)
        for (size_t i = 0; i < width / 2; i++) {
            uint8_t b = p[at + i];
            p[at + i] = p[at + width - 1 - i];
            p[at + width - 1 - i] = b;
        }
}

int64_t sys__select(struct thread *t, uint32_t count, gva read_ea, gva write_ea, gva except_ea, gva timeout_ea)
{
    enum { SET_BYTES = 65536 / 8 };
    int n = descriptor_count(count);
    const gva ea[3] = { read_ea, write_ea, except_ea };
    uint8_t set[3][SET_BYTES] __attribute__((aligned(8)));
    struct timeval tv = { 0 };
    if (n < 0)
        return n;
    size_t bytes = set_bytes(n);
    for (int i = 0; i < 3; i++) {
        memset(set[i], 0, bytes + 8 <= SET_BYTES ? bytes + 8 : SET_BYTES);      /* the host works in words of 8 bytes */
        if (ea[i] && copyin(set[i], ea[i], bytes) < 0)
            return -EFAULT;
        swap_words(set[i], bytes);
    }
    if (timeout_ea && ABI_CALL(timeval_copyin, &tv, timeout_ea) < 0)
        return -EFAULT;
    if (tv.tv_sec < 0 || tv.tv_usec < 0 || tv.tv_usec >= 1000000)
        return -EINVAL;
    struct timespec timeout = { tv.tv_sec, tv.tv_usec * 1000 };
    int64_t ready;
    do
        ready = safe_syscall(SYS_pselect6, n, ea[0] ? (long)set[0] : 0, ea[1] ? (long)set[1] : 0, ea[2] ? (long)set[2] : 0,
                             timeout_ea ? (long)&timeout : 0, 0);
    while (wait_goes_on(t, ready));
    for (int i = 0; i < 3 && ready >= 0; i++) {
        swap_words(set[i], bytes);
        if (ea[i] && copyout(ea[i], set[i], bytes) < 0)
            return -EFAULT;
    }
    return never_restart(ready);
}
