/* sys_socket.c -- sockets: making, naming, connecting, transfer [aix-abi 3.5, 4.8]. */
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
#include "syscalls/handlers.h"
#include "syscalls/message_flags.h"
#include "syscalls/socket_address.h"

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

int64_t sys_sendto(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, int length)
{
    close_address struct host_address a = { .path_fd = -1 };
    void *p = guest_range(buffer, size);
    int rc = address ? address_copyin(&a, address, (uint32_t)length) : 0;
    if (rc < 0 || !p)
        return rc < 0 ? rc : -EFAULT;
    return restartable(safe_syscall(SYS_sendto, fd, (long)p, (long)size, message_flags_to_host(flags),
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
    int64_t n = restartable(safe_syscall(SYS_recvfrom, fd, (long)p, (long)size, message_flags_to_host(flags), (long)&a.any,
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

/* The user and group of the process at the other end of an AF_UNIX connection. */
int64_t sys_getpeereid(struct thread *t, int fd, gva user, gva group)
{
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0)
        return -errno;
    if (peer.uid == (uid_t)-1)          /* of another family, or not connected */
        return -ENOTCONN;
    return copyout_u32(user, peer.uid) < 0 ? -EFAULT : copyout_u32(group, peer.gid);
}

/* --- what later C libraries call for their cancellation points: arguments as the plain calls' --------------------- */

int64_t sys__econnect(struct thread *t, int fd, gva address, int length) { return sys_connext(t, fd, address, length); }

int64_t sys__connext_restart(struct thread *t, int fd, gva address, int length)
{
    return sys_connext(t, fd, address, length);
}

int64_t sys__esend(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags)
{
    return sys_send(t, fd, buffer, size, flags);
}

int64_t sys__esendto(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, int length)
{
    return sys_sendto(t, fd, buffer, size, flags, address, length);
}

int64_t sys__erecv(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags)
{
    return sys_recv(t, fd, buffer, size, flags);
}

int64_t sys__enrecvfrom(struct thread *t, int fd, gva buffer, uint64_t size, uint32_t flags, gva address, gva length)
{
    return sys_nrecvfrom(t, fd, buffer, size, flags, address, length);
}
