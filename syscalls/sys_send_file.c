/* sys_send_file.c -- send_file: a header, part of a file and a trailer over a stream socket [IBM's manual: send_file; order
 * of sf_parms' fields: rust libc, aix].
 *
 * sf_parms, 32 and 64 bits: header address @0, its length @4/8, descriptor @8/12, file size @16, offset @24, bytes @32
 * (-1: to the end), trailer address @40, its length @44/48, bytes sent @48/56. What was sent is taken off the lengths, so
 * that the same call goes on where an interrupted one ended.
 */
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "runtime/private_fd.h"
#include "syscalls/handlers.h"

enum { SF_CLOSE = 1, SF_REUSE = 2, SF_ALL = 15 };

struct transfer {
    gva header, trailer;
    uint32_t header_length, trailer_length;
    int fd;
    uint64_t size, offset, sent;
    int64_t bytes;
};

static int transfer_copyin(struct transfer *x, gva ea)
{
    const unsigned width = guest.is64 ? 8 : 4;
    uint32_t fd;
    be64 wide[3];
    if (copyin_long(&x->header, ea) < 0 || copyin_u32(&x->header_length, ea + width) < 0 ||
        copyin_u32(&fd, ea + width + 4) < 0 || copyin(wide, ea + 16, sizeof wide) < 0 ||
        copyin_long(&x->trailer, ea + 40) < 0 || copyin_u32(&x->trailer_length, ea + 40 + width) < 0)
        return -EFAULT;
    x->fd = (int)fd;
    x->size = be_get(wide[0]);
    x->offset = be_get(wide[1]);
    x->bytes = (int64_t)be_get(wide[2]);
    x->sent = 0;
    return 0;
}

static int transfer_copyout(gva ea, const struct transfer *x)
{
    const unsigned width = guest.is64 ? 8 : 4;
    be64 wide[3], sent;
    be_put(&wide[0], (int64_t)x->size);
    be_put(&wide[1], (int64_t)x->offset);
    be_put(&wide[2], x->bytes);
    be_put(&sent, (int64_t)x->sent);
    if (copyout_long(ea, x->header) < 0 || copyout_u32(ea + width, x->header_length) < 0 ||
        copyout(ea + 16, wide, sizeof wide) < 0 || copyout_long(ea + 40, x->trailer) < 0 ||
        copyout_u32(ea + 40 + width, x->trailer_length) < 0)
        return -EFAULT;
    return copyout(ea + (guest.is64 ? 56 : 48), &sent, sizeof sent);
}

/* All of a piece of memory, or as much as goes until an error. */
static int64_t send_memory(int socket, gva *at, uint32_t *length, uint64_t *sent)
{
    while (*length) {
        void *p = guest_range(*at, *length);
        int64_t n = p ? never_restart(safe_syscall(SYS_sendto, socket, (long)p, *length, 0, 0, 0)) : -EFAULT;
        if (n < 0)
            return n;
        *at += (gva)n;
        *length -= (uint32_t)n;
        *sent += (uint64_t)n;
    }
    return 0;
}

static int64_t send_contents(int socket, struct transfer *x)
{
    struct stat st;
    if (x->fd < 0 || x->bytes == 0)
        return 0;
    if (is_private_fd(x->fd) || fstat(x->fd, &st) < 0)
        return -EBADF;
    x->size = (uint64_t)st.st_size;
    if (x->bytes < -1 || x->offset > x->size)
        return -EINVAL;
    while (x->bytes != 0 && x->offset < x->size) {
        off_t at = (off_t)x->offset;
        uint64_t left = x->size - x->offset;
        if (x->bytes > 0 && (uint64_t)x->bytes < left)
            left = (uint64_t)x->bytes;
        int64_t n = never_restart(safe_syscall(SYS_sendfile, socket, x->fd, (long)&at, (long)left, 0, 0));
        if (n <= 0)
            return n;
        x->offset += (uint64_t)n;
        x->sent += (uint64_t)n;
        if (x->bytes > 0)
            x->bytes -= n;
    }
    return 0;
}

/* 0: all of it; 1: interrupted after some of it; -1: an error. */
int64_t sys_send_file(struct thread *t, gva socket_ea, gva parameters, uint32_t flags)
{
    struct transfer x;
    uint32_t socket;
    if (copyin_u32(&socket, socket_ea) < 0 || transfer_copyin(&x, parameters) < 0)
        return -EFAULT;
    if (flags & ~(uint32_t)SF_ALL || (flags & SF_CLOSE && flags & SF_REUSE))
        return -EINVAL;
    if (is_private_fd((int)socket))
        return -EBADF;
    int64_t rc = send_memory((int)socket, &x.header, &x.header_length, &x.sent);
    if (rc == 0)
        rc = send_contents((int)socket, &x);
    if (rc == 0)
        rc = send_memory((int)socket, &x.trailer, &x.trailer_length, &x.sent);
    if (transfer_copyout(parameters, &x) < 0)
        return -EFAULT;
    if (rc < 0)
        return (rc == -EINTR || rc == -EAGAIN) && x.sent ? 1 : rc;
    if (flags & (SF_CLOSE | SF_REUSE)) {
        close((int)socket);
        return copyout_u32(socket_ea, (uint32_t)-1);
    }
    return 0;
}
