/* sys_socket_message.c -- sendmsg and recvmsg, with descriptors in them: the forms of BSD 4.4 and 4.3 [aix-abi 4.8]. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/host.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/guest_iov.h"
#include "syscalls/handlers.h"
#include "syscalls/message_flags.h"
#include "syscalls/socket_address.h"

enum { AIX_SOL_SOCKET = 0xFFFF, AIX_SCM_RIGHTS = 1 };

int message_flags_to_host(uint32_t flags)
{
    uint32_t unknown;
    int host = (int)flags_to_host(FLAGS_msg, flags, &unknown);
    if (unknown)
        log_line(LOG_INFO, "socket", "message flags %#x have no equivalent", unknown);
    return host;
}

struct message {
    gva name, iov, control;
    uint32_t name_length, control_length;
    int iov_count;
};

/* The msghdr of BSD 4.3 ends before the flags; where BSD 4.4's has control messages, it has an array of descriptors. */
#define MESSAGE_COPYIN(width)                                               \
    static int message##width##_copyin(struct message *m, gva ea)           \
    {                                                                       \
        struct aix##width##_msghdr g;                                       \
        if (copyin(&g, ea, offsetof(struct aix##width##_msghdr, msg_flags)) < 0) \
            return -EFAULT;                                                 \
        m->name = be_get(g.msg_name);                                       \
        m->name_length = be_get(g.msg_namelen);                             \
        m->iov = be_get(g.msg_iov);                                         \
        m->iov_count = (int)be_get(g.msg_iovlen);                           \
        m->control = be_get(g.msg_control);                                 \
        m->control_length = be_get(g.msg_controllen);                       \
        return 0;                                                           \
    }
MESSAGE_COPYIN(32)
MESSAGE_COPYIN(64)

static int message_copyin(struct message *m, gva ea)
{
    return guest.is64 ? message64_copyin(m, ea) : message32_copyin(m, ea);
}

enum { CONTROL_MAX = 4096 };

/* Descriptors to send; AIX puts control messages one behind the other without padding. Other kinds are refused. */
static int64_t control_from_guest(const struct message *m, uint8_t *host)
{
    uint8_t g[CONTROL_MAX];
    size_t used = 0;
    if (m->control_length > sizeof g / 2)
        return -EINVAL;
    if (copyin(g, m->control, m->control_length) < 0)
        return -EFAULT;
    for (size_t at = 0; at + sizeof(struct aix_cmsghdr) <= m->control_length;) {
        const struct aix_cmsghdr *c = (const struct aix_cmsghdr *)(g + at);
        size_t length = be_get(c->cmsg_len);
        if (length < sizeof *c || length > m->control_length - at)
            return -EINVAL;
        if (be_get(c->cmsg_level) != AIX_SOL_SOCKET || be_get(c->cmsg_type) != AIX_SCM_RIGHTS)
            return -EINVAL;
        size_t n = (length - sizeof *c) / 4;
        struct cmsghdr *h = (struct cmsghdr *)(host + used);
        h->cmsg_len = CMSG_LEN(4 * n);
        h->cmsg_level = SOL_SOCKET;
        h->cmsg_type = SCM_RIGHTS;
        for (size_t i = 0; i < n; i++) {
            int fd = (int)be_get(((const be32 *)(c + 1))[i]);
            if (is_private_fd(fd))
                return -EBADF;
            memcpy(CMSG_DATA(h) + 4 * i, &fd, 4);
        }
        used += CMSG_SPACE(4 * n);
        at += length;
    }
    return (int64_t)used;
}

/* An array of descriptors, as one control message. */
static int64_t rights_from_guest(const struct message *m, uint8_t *host)
{
    size_t n = m->control_length / 4;
    struct cmsghdr *h = (struct cmsghdr *)host;
    if (CMSG_SPACE(4 * n) > CONTROL_MAX)
        return -EINVAL;
    *h = (struct cmsghdr){ .cmsg_len = CMSG_LEN(4 * n), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
    for (size_t i = 0; i < n; i++) {
        uint32_t fd;
        if (copyin_u32(&fd, m->control + 4 * i) < 0)
            return -EFAULT;
        if (is_private_fd((int)fd))
            return -EBADF;
        memcpy(CMSG_DATA(h) + 4 * i, &fd, 4);
    }
    return n ? (int64_t)CMSG_SPACE(4 * n) : 0;
}

static int64_t send_message(int fd, gva message, uint32_t flags, bool bsd43)
{
    struct message m;
    struct iovec iov[AIX_UIO_MAXIOV];
    uint8_t control[CONTROL_MAX] __attribute__((aligned(8))) = { 0 };
    close_address struct host_address a = { .path_fd = -1 };
    int rc = message_copyin(&m, message);
    if (rc == 0)
        rc = guest_iov_copyin(iov, m.iov, m.iov_count);
    if (rc == 0 && m.name && m.name_length)
        rc = address_copyin(&a, m.name, m.name_length);
    int64_t control_length = rc == 0 && m.control && m.control_length
                                 ? (bsd43 ? rights_from_guest : control_from_guest)(&m, control)
                                 : 0;
    if (rc < 0 || control_length < 0)
        return rc < 0 ? rc : control_length;
    struct msghdr h = { a.length ? &a.any : NULL, a.length, iov, (size_t)m.iov_count, control_length ? control : NULL,
                        (size_t)control_length, 0 };
    return restartable(safe_syscall(SYS_sendmsg, fd, (long)&h, message_flags_to_host(flags), 0, 0, 0));
}

int64_t sys_nsendmsg(struct thread *t, int fd, gva message, uint32_t flags)
{
    return send_message(fd, message, flags, false);
}

int64_t sys_sendmsg(struct thread *t, int fd, gva message, uint32_t flags)
{
    return send_message(fd, message, flags, true);
}

int64_t sys__ensendmsg(struct thread *t, int fd, gva message, uint32_t flags) { return sys_nsendmsg(t, fd, message, flags); }
int64_t sys__esendmsg(struct thread *t, int fd, gva message, uint32_t flags) { return sys_sendmsg(t, fd, message, flags); }

/* Received descriptors into the guest's control buffer: bytes used. What does not fit is closed, and MSG_CTRUNC set. BSD
 * 4.3 has no header in front of them. */
static int64_t control_to_guest(const struct message *m, struct msghdr *h, bool bsd43)
{
    const size_t header = bsd43 ? 0 : sizeof(struct aix_cmsghdr);
    gva at = m->control, end = m->control + m->control_length;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(h); c; c = CMSG_NXTHDR(h, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t n = (c->cmsg_len - CMSG_LEN(0)) / 4, fits = 0;
        if (m->control && end - at > header)
            fits = (end - at - header) / 4;
        if (fits > n)
            fits = n;
        struct aix_cmsghdr g;
        be_put(&g.cmsg_len, (int64_t)(sizeof g + 4 * fits));
        be_put(&g.cmsg_level, AIX_SOL_SOCKET);
        be_put(&g.cmsg_type, AIX_SCM_RIGHTS);
        if (fits && copyout(at, &g, header) < 0)
            return -EFAULT;
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + 4 * i, 4);
            if (i < fits)
                copyout_u32(at + header + 4 * i, (uint32_t)fd);
            else
                close(fd);
        }
        if (fits < n)
            h->msg_flags |= MSG_CTRUNC;
        at += fits ? header + 4 * fits : 0;
    }
    return (int64_t)(at - m->control);
}

/* The fields a receive changes. */
static int message_results(gva ea, uint32_t name_length, uint32_t control_length, uint32_t flags, bool bsd43)
{
    size_t name = guest.is64 ? offsetof(struct aix64_msghdr, msg_namelen) : offsetof(struct aix32_msghdr, msg_namelen);
    size_t control = guest.is64 ? offsetof(struct aix64_msghdr, msg_controllen)
                                : offsetof(struct aix32_msghdr, msg_controllen);
    size_t flag = guest.is64 ? offsetof(struct aix64_msghdr, msg_flags) : offsetof(struct aix32_msghdr, msg_flags);
    if (copyout_u32(ea + name, name_length) < 0 || copyout_u32(ea + control, control_length) < 0)
        return -EFAULT;
    return bsd43 ? 0 : copyout_u32(ea + flag, flags);
}

static int64_t receive_message(int fd, gva message, uint32_t flags, bool bsd43)
{
    struct message m;
    struct iovec iov[AIX_UIO_MAXIOV];
    uint8_t control[CONTROL_MAX] __attribute__((aligned(8))), bytes[AIX_SOCKADDR_MAX];
    struct host_address a = { .path_fd = -1 };
    int rc = message_copyin(&m, message);
    if (rc == 0)
        rc = guest_iov_copyin(iov, m.iov, m.iov_count);
    if (rc < 0)
        return rc;
    struct msghdr h = { &a.any, sizeof a.any, iov, (size_t)m.iov_count, control, sizeof control, 0 };
    int64_t n = restartable(safe_syscall(SYS_recvmsg, fd, (long)&h, message_flags_to_host(flags), 0, 0, 0));
    if (n < 0)
        return n;
    a.length = h.msg_namelen;
    size_t name_length = m.name ? address_to_bytes(bytes, &a, bsd43) : 0;
    if (name_length > m.name_length)
        name_length = m.name_length;
    if (copyout(m.name, bytes, name_length) < 0)
        return -EFAULT;
    int64_t control_length = control_to_guest(&m, &h, bsd43);
    if (control_length < 0)
        return control_length;
    uint32_t aix_flags = flags_to_aix(FLAGS_msg, (uint32_t)h.msg_flags, NULL);
    rc = message_results(message, (uint32_t)name_length, (uint32_t)control_length, aix_flags, bsd43);
    return rc < 0 ? rc : n;
}

int64_t sys_nrecvmsg(struct thread *t, int fd, gva message, uint32_t flags)
{
    return receive_message(fd, message, flags, false);
}

int64_t sys_recvmsg(struct thread *t, int fd, gva message, uint32_t flags)
{
    return receive_message(fd, message, flags, true);
}

int64_t sys__enrecvmsg(struct thread *t, int fd, gva message, uint32_t flags) { return sys_nrecvmsg(t, fd, message, flags); }
int64_t sys__erecvmsg(struct thread *t, int fd, gva message, uint32_t flags) { return sys_recvmsg(t, fd, message, flags); }
