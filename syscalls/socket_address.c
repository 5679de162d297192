/* socket_address.c -- socket addresses and families of AIX and the host [aix-abi 4.8]. */
#include "syscalls/socket_address.h"

#include <errno.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>
#include "runtime/be.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "syscalls/options.h"
#include "syscalls/path.h"

static const struct {
    int aix, host;
} families[] = {
    {0, AF_UNSPEC}, {AIX_AF_UNIX, AF_UNIX}, {AIX_AF_INET, AF_INET}, {AIX_AF_INET6, AF_INET6}, {16, AF_APPLETALK},
};

int family_to_host(int aix)
{
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (families[i].aix == aix)
            return families[i].host;
    return -1;
}

int family_to_aix(int host)
{
    for (size_t i = 0; i < ARRAY_LEN(families); i++)
        if (families[i].host == host)
            return families[i].aix;
    return 0;
}

/* The guest's forms after the first two bytes. */
struct aix_in {
    uint8_t len, family;
    uint8_t port[2], addr[4], zero[8];
};
struct aix_in6 {
    uint8_t len, family;
    uint8_t port[2], flowinfo[4], addr[16];
    be32 scope;
};
_Static_assert(sizeof(struct aix_in) == 16 && sizeof(struct aix_in6) == 28, "[aix-abi 4.8]");

void address_end(struct host_address *a)
{
    if (a->path_fd >= 0)
        close(a->path_fd);
    a->path_fd = -1;
}

static int inet_from_bytes(struct host_address *h, const uint8_t *bytes, size_t length)
{
    const struct aix_in *g = (const struct aix_in *)bytes;
    struct sockaddr_in *in = (struct sockaddr_in *)&h->any;
    if (length < sizeof *g - sizeof g->zero)
        return -EINVAL;
    in->sin_family = AF_INET;
    memcpy(&in->sin_port, g->port, 2);
    memcpy(&in->sin_addr, g->addr, 4);
    h->length = sizeof *in;
    return 0;
}

static int inet6_from_bytes(struct host_address *h, const uint8_t *bytes, size_t length)
{
    const struct aix_in6 *g = (const struct aix_in6 *)bytes;
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)&h->any;
    if (length < sizeof *g - sizeof g->scope)
        return -EINVAL;
    in->sin6_family = AF_INET6;
    memcpy(&in->sin6_port, g->port, 2);
    memcpy(&in->sin6_flowinfo, g->flowinfo, 4);
    memcpy(&in->sin6_addr, g->addr, 16);
    in->sin6_scope_id = length >= sizeof *g ? be_get(g->scope) : 0;
    h->length = sizeof *in;
    return 0;
}

/* Paths longer than the host's sun_path, and all below a root, go through a descriptor of the directory. */
static int unix_from_bytes(struct host_address *h, const uint8_t *bytes, size_t length)
{
    struct sockaddr_un *un = (struct sockaddr_un *)&h->any;
    char path[AIX_SOCKADDR_MAX];
    struct host_path p;
    size_t n = strnlen((const char *)bytes + 2, length - 2);

    un->sun_family = AF_UNIX;
    h->length = offsetof(struct sockaddr_un, sun_path);
    if (n == 0)
        return 0;
    memcpy(path, bytes + 2, n);
    path[n] = '\0';
    if (!syscall_options.root[0]) {
        if (n >= sizeof un->sun_path)
            return -ENAMETOOLONG;
        memcpy(un->sun_path, path, n + 1);
        h->length += (socklen_t)n + 1;
        return 0;
    }
    int rc = path_lookup_text(AIX_AT_FDCWD, path, true, &p);
    if (rc < 0)
        return rc;
    h->path_fd = p.own;
    int written = snprintf(un->sun_path, sizeof un->sun_path, "/proc/self/fd/%d/%s", p.dirfd, p.name);
    h->length += (socklen_t)written + 1;
    return written < (int)sizeof un->sun_path ? 0 : -ENAMETOOLONG;
}

int address_from_bytes(struct host_address *h, const uint8_t *g, size_t length)
{
    memset(h, 0, sizeof *h);
    h->path_fd = -1;
    if (length < 2)
        return -EINVAL;
    switch (g[1]) {
    case 0:
        h->any.ss_family = AF_UNSPEC;
        h->length = sizeof(struct sockaddr);
        return 0;
    case AIX_AF_UNIX:   return unix_from_bytes(h, g, length);
    case AIX_AF_INET:   return inet_from_bytes(h, g, length);
    case AIX_AF_INET6:  return inet6_from_bytes(h, g, length);
    }
    return -EAFNOSUPPORT;
}

size_t address_to_bytes(uint8_t *bytes, const struct host_address *h, bool bsd43)
{
    size_t length = 2;
    memset(bytes, 0, AIX_SOCKADDR_MAX);
    bytes[1] = (uint8_t)family_to_aix(h->any.ss_family);
    if (h->length < sizeof(sa_family_t))
        return 0;
    if (h->any.ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)&h->any;
        struct aix_in *g = (struct aix_in *)bytes;
        memcpy(g->port, &in->sin_port, 2);
        memcpy(g->addr, &in->sin_addr, 4);
        length = sizeof *g;
    } else if (h->any.ss_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)&h->any;
        struct aix_in6 *g = (struct aix_in6 *)bytes;
        memcpy(g->port, &in->sin6_port, 2);
        memcpy(g->flowinfo, &in->sin6_flowinfo, 4);
        memcpy(g->addr, &in->sin6_addr, 16);
        be_put(&g->scope, in->sin6_scope_id);
        length = sizeof *g;
    } else if (h->any.ss_family == AF_UNIX && h->length > offsetof(struct sockaddr_un, sun_path)) {
        const struct sockaddr_un *un = (const struct sockaddr_un *)&h->any;
        size_t n = strnlen(un->sun_path, h->length - offsetof(struct sockaddr_un, sun_path));
        memcpy(bytes + 2, un->sun_path, n);
        length += n + (n > 0);
    }
    bytes[0] = bsd43 ? 0 : (uint8_t)length;
    return length;
}

int address_copyin(struct host_address *h, gva ea, uint32_t length)
{
    uint8_t bytes[AIX_SOCKADDR_MAX];
    h->path_fd = -1;
    if (length > sizeof bytes)
        length = sizeof bytes;          /* a sockaddr_un by its size, though the path is shorter */
    return copyin(bytes, ea, length) < 0 ? -EFAULT : address_from_bytes(h, bytes, length);
}

int address_copyout(gva ea, gva length_ea, const struct host_address *h, bool bsd43)
{
    uint8_t bytes[AIX_SOCKADDR_MAX];
    uint32_t room;
    if (!ea)
        return 0;
    if (copyin_u32(&room, length_ea) < 0)
        return -EFAULT;
    if (room > INT32_MAX)
        return -EINVAL;
    size_t length = address_to_bytes(bytes, h, bsd43);
    if (copyout(ea, bytes, length < room ? length : room) < 0)
        return -EFAULT;
    return copyout_u32(length_ea, (uint32_t)(length < room ? length : room));
}
