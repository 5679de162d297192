/* sys_socket.c -- sockets: making, naming, connecting, transfer, messages with descriptors [aix-abi 3.5, 4.8]. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/cleanup.h"
#include "runtime/host.h"
#include "runtime/log.h"
#include "runtime/private_fd.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/flags.h"
#include "syscalls/guest_iov.h"
#include "syscalls/handlers.h"
#include "syscalls/socket_address.h"

enum { AIX_SOL_SOCKET = 0xFFFF, AIX_SCM_RIGHTS = 1 };

static int64_t socket_type(int type) { return type >= 1 && type <= SOCK_SEQPACKET ? type : -EPROTOTYPE; }

int64_t sys_socket(struct thread *t, int family, int type, int protocol)
{
    int host_family = family_to_host(family);
    if (host_family < 0)
        return -EAFNOSUPPORT;
    return socket_type(type) < 0 ? socket_type(type) : host_result(socket(host_family, type, protocol));
}

int64_t sys_socketpair(struct thread *t, int family, int type, int protocol, gva out)
{
    int pair[2], host_family = family_to_host(family);
    if (host_family < 0)
        return -EAFNOSUPPORT;
    if (socket_type(type) < 0)
        return socket_type(type);
    if (socketpair(host_family, type, protocol, pair) < 0)
        return -errno;
    if (copyout_u32(out, (uint32_t)pair[0]) == 0 && copyout_u32(out + 4, (uint32_t)pair[1]) == 0)
        return 0;
    close(pair[0]);
    close(pair[1]);
    return -EFAULT;
}

int64_t sys_bind(struct thread *t, int fd, gva address, int length)
{
    close_address struct host_address a;
    int rc = address_copyin(&a, address, (uint32_t)length);
    return rc < 0 ? rc : host_result(bind(fd, (struct sockaddr *)&a.any, a.length));
}

int64_t sys_listen(struct thread *t, int fd, int backlog) { return host_result(listen(fd, backlog)); }
int64_t sys_shutdown(struct thread *t, int fd, int how) { return host_result(shutdown(fd, how)); }

/* An interrupted connect goes on in the background, here as there: EINTR, then poll. */
int64_t sys_connext(struct thread *t, int fd, gva address, int length)
{
    close_address struct host_address a;
    int rc = address_copyin(&a, address, (uint32_t)length);
    return rc < 0 ? rc : never_restart(safe_syscall(SYS_connect, fd, (long)&a.any, a.length, 0, 0, 0));
}

static int64_t accept_form(int fd, gva address, gva length, bool bsd43)
{
    struct host_address a = { .length = sizeof a.any, .path_fd = -1 };
    int64_t new_fd = restartable(safe_syscall(SYS_accept4, fd, (long)&a.any, (long)&a.length, 0, 0, 0));
    if (new_fd < 0)
        return new_fd;
    int rc = address_copyout(address, length, &a, bsd43);
    if (rc < 0)
        close((int)new_fd);
    return rc < 0 ? rc : new_fd;
}

int64_t sys_naccept(struct thread *t, int fd, gva address, gva length)
{
    return accept_form(fd, address, length, false);
}
int64_t sys_accept(struct thread *t, int fd, gva address, gva length) { return accept_form(fd, address, length, true); }

typedef int name_call(int fd, struct sockaddr *address, socklen_t *length);

static int64_t name_form(name_call *call, int fd, gva address, gva length, bool bsd43)
{
    struct host_address a = { .length = sizeof a.any, .path_fd = -1 };
    if (call(fd, (struct sockaddr *)&a.any, &a.length) < 0)
        return -errno;
    return address ? address_copyout(address, length, &a, bsd43) : -EFAULT;
}

static int host_getsockname(int fd, struct sockaddr *a, socklen_t *n) { return getsockname(fd, a, n); }
static int host_getpeername(int fd, struct sockaddr *a, socklen_t *n) { return getpeername(fd, a, n); }

int64_t sys_ngetsockname(struct thread *t, int fd, gva a, gva n)
{
    return name_form(host_getsockname, fd, a, n, false);
}
int64_t sys_ngetpeername(struct thread *t, int fd, gva a, gva n)
{
    return name_form(host_getpeername, fd, a, n, false);
}
int64_t sys_getsockname(struct thread *t, int fd, gva a, gva n) { return name_form(host_getsockname, fd, a, n, true); }
int64_t sys_getpeername(struct thread *t, int fd, gva a, gva n) { return name_form(host_getpeername, fd, a, n, true); }

/* --- transfer ----------------------------------------------------------------------------------------------------- */

static int message_flags(uint32_t flags)
{
    uint32_t unknown;
    int host = (int)flags_to_host(FLAGS_msg, flags, &unknown);
    if (unknown)
        log_line(LOG_INFO, "socket", "message flags %#x have no equivalent", unknown);
    return host;
}

int64_t sys_sendto(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, int length)
{
    close_address struct host_address a = { .path_fd = -1 };
    void *p = guest_range(buffer, size);
    int rc = address ? address_copyin(&a, address, (uint32_t)length) : 0;
    if (rc < 0 || !p)
        return rc < 0 ? rc : -EFAULT;
    return restartable(safe_syscall(SYS_sendto, fd, (long)p, (long)size, message_flags(flags),
                                    address ? (long)&a.any : 0, address ? a.length : 0));
}

int64_t sys_send(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags)
{
    return sys_sendto(t, fd, buffer, size, flags, 0, 0);
}

static int64_t receive(int fd, gva buffer, uint64_t size, uint32_t flags, gva address, gva length, bool bsd43)
{
    struct host_address a = { .length = sizeof a.any, .path_fd = -1 };
    void *p = guest_range(buffer, size);
    if (!p)
        return -EFAULT;
    int64_t n = restartable(safe_syscall(SYS_recvfrom, fd, (long)p, (long)size, message_flags(flags), (long)&a.any,
                                         (long)&a.length));
    int rc = n >= 0 ? address_copyout(address, length, &a, bsd43) : 0;
    return rc < 0 ? rc : n;
}

int64_t sys_recv(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags)
{
    return receive(fd, buffer, size, flags, 0, 0, false);
}

int64_t sys_nrecvfrom(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, gva length)
{
    return receive(fd, buffer, size, flags, address, length, false);
}

int64_t sys_recvfrom(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, gva length)
{
    return receive(fd, buffer, size, flags, address, length, true);
}

/* --- messages ----------------------------------------------------------------------------------------------------- */

struct message {
    gva name, iov, control;
    uint32_t name_length, control_length;
    int iov_count;
};

#define MESSAGE_COPYIN(width)                                               \
    static int message##width##_copyin(struct message *m, gva ea)           \
    {                                                                       \
        struct aix##width##_msghdr g;                                       \
        if (copyin(&g, ea, sizeof g) < 0)                                   \
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

int64_t sys_nsendmsg(struct thread *t, int fd, gva message, uint32_t flags)
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
    int64_t control_length = rc == 0 && m.control && m.control_length ? control_from_guest(&m, control) : 0;
    if (rc < 0 || control_length < 0)
        return rc < 0 ? rc : control_length;
    struct msghdr h = { a.length ? &a.any : NULL, a.length, iov, (size_t)m.iov_count, control_length ? control : NULL,
                        (size_t)control_length, 0 };
    return restartable(safe_syscall(SYS_sendmsg, fd, (long)&h, message_flags(flags), 0, 0, 0));
}

/* Received descriptors into the guest's control buffer: bytes used. What does not fit is closed, and MSG_CTRUNC set. */
static int64_t control_to_guest(const struct message *m, struct msghdr *h)
{
    gva at = m->control, end = m->control + m->control_length;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(h); c; c = CMSG_NXTHDR(h, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        size_t n = (c->cmsg_len - CMSG_LEN(0)) / 4, fits = 0;
        if (m->control && end - at > sizeof(struct aix_cmsghdr))
            fits = (end - at - sizeof(struct aix_cmsghdr)) / 4;
        if (fits > n)
            fits = n;
        struct aix_cmsghdr g;
        be_put(&g.cmsg_len, (int64_t)(sizeof g + 4 * fits));
        be_put(&g.cmsg_level, AIX_SOL_SOCKET);
        be_put(&g.cmsg_type, AIX_SCM_RIGHTS);
        if (fits && copyout(at, &g, sizeof g) < 0)
            return -EFAULT;
        for (size_t i = 0; i < n; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(c) + 4 * i, 4);
            if (i < fits)
                copyout_u32(at + sizeof g + 4 * i, (uint32_t)fd);
            else
                close(fd);
        }
        if (fits < n)
            h->msg_flags |= MSG_CTRUNC;
        at += fits ? sizeof g + 4 * fits : 0;
    }
    return (int64_t)(at - m->control);
}

/* The fields a receive changes. */
static int message_results(gva ea, uint32_t name_length, uint32_t control_length, uint32_t flags)
{
    size_t name = guest.is64 ? offsetof(struct aix64_msghdr, msg_namelen) : offsetof(struct aix32_msghdr, msg_namelen);
    size_t control = guest.is64 ? offsetof(struct aix64_msghdr, msg_controllen)
                                : offsetof(struct aix32_msghdr, msg_controllen);
    size_t flag = guest.is64 ? offsetof(struct aix64_msghdr, msg_flags) : offsetof(struct aix32_msghdr, msg_flags);
    if (copyout_u32(ea + name, name_length) < 0 || copyout_u32(ea + control, control_length) < 0)
        return -EFAULT;
    return copyout_u32(ea + flag, flags);
}

int64_t sys_nrecvmsg(struct thread *t, int fd, gva message, uint32_t flags)
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
    int64_t n = restartable(safe_syscall(SYS_recvmsg, fd, (long)&h, message_flags(flags), 0, 0, 0));
    if (n < 0)
        return n;
    a.length = h.msg_namelen;
    size_t name_length = m.name ? address_to_bytes(bytes, &a, false) : 0;
    if (name_length > m.name_length)
        name_length = m.name_length;
    if (copyout(m.name, bytes, name_length) < 0)
        return -EFAULT;
    int64_t control_length = control_to_guest(&m, &h);
    if (control_length < 0)
        return control_length;
    uint32_t aix_flags = flags_to_aix(FLAGS_msg, (uint32_t)h.msg_flags, NULL);
    rc = message_results(message, (uint32_t)name_length, (uint32_t)control_length, aix_flags);
    return rc < 0 ? rc : n;
}
