/* sys_socket_option.c -- getsockopt and setsockopt over the table of socket_options.def [aix-abi 4.8]. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include "runtime/host.h"
#include "runtime/log.h"
#include "syscalls/abi/aix_abi.h"
#include "syscalls/errno.h"
#include "syscalls/handlers.h"

enum how { INT, BYTE, ERROR, LINGER, TIME, RAW, GROUP6 };

static const struct option {
    int aix_level, aix, host_level, host;
    enum how how;
} options[] = {
#define OPTION(name, aix_level, aix, host_level, host, how) { aix_level, aix, host_level, host, how },
#include "syscalls/socket_options.def"
#undef OPTION
};

enum { RAW_MAX = 128 };

static const struct option *find_option(int level, int name)
{
    for (size_t i = 0; i < ARRAY_LEN(options); i++)
        if (options[i].aix_level == level && options[i].aix == name)
            return &options[i];
    log_line(LOG_INFO, "socket", "option %#x of level %#x has no equivalent", (unsigned)name, (unsigned)level);
    return NULL;
}

/* --- set ---------------------------------------------------------------------------------------------------------- */

static int64_t set_host(int fd, const struct option *o, const void *value, size_t length)
{
    return host_result(setsockopt(fd, o->host_level, o->host, value, (socklen_t)length));
}

static int64_t set_int(int fd, const struct option *o, gva value, uint32_t length)
{
    uint8_t byte;
    uint32_t word;
    if (length < 4) {
        if (length == 0 || copyin(&byte, value, 1) < 0)
            return length ? -EFAULT : -EINVAL;
        word = byte;
    } else if (copyin_u32(&word, value) < 0) {
        return -EFAULT;
    }
    return set_host(fd, o, &word, sizeof word);
}

static int64_t set_linger(int fd, const struct option *o, gva value, uint32_t length)
{
    struct aix_linger g;
    if (length < sizeof g)
        return -EINVAL;
    if (copyin(&g, value, sizeof g) < 0)
        return -EFAULT;
    struct linger h = { (int)be_get(g.l_onoff), (int)be_get(g.l_linger) };
    return set_host(fd, o, &h, sizeof h);
}

static int64_t set_time(int fd, const struct option *o, gva value, uint32_t length)
{
    struct timeval tv;
    if (length < ABI_SIZE(timeval))
        return -EINVAL;
    int rc = ABI_CALL(timeval_copyin, &tv, value);
    return rc < 0 ? rc : set_host(fd, o, &tv, sizeof tv);
}

static int64_t set_group6(int fd, const struct option *o, gva value, uint32_t length)
{
    struct ipv6_mreq h;
    uint32_t interface;
    if (length < sizeof h)
        return -EINVAL;
    if (copyin(&h.ipv6mr_multiaddr, value, 16) < 0 || copyin_u32(&interface, value + 16) < 0)
        return -EFAULT;
    h.ipv6mr_interface = interface;
    return set_host(fd, o, &h, sizeof h);
}

static int64_t set_raw(int fd, const struct option *o, gva value, uint32_t length)
{
    uint8_t bytes[RAW_MAX];
    if (length > sizeof bytes)
        return -EINVAL;
    return copyin(bytes, value, length) < 0 ? -EFAULT : set_host(fd, o, bytes, length);
}

int64_t sys_setsockopt(struct thread *t, int fd, int level, int name, gva value, int length)
{
    const struct option *o = find_option(level, name);
    if (!o || length < 0)
        return o ? -EINVAL : -ENOPROTOOPT;
    switch (o->how) {
    case INT:
    case BYTE:      return set_int(fd, o, value, (uint32_t)length);
    case LINGER:    return set_linger(fd, o, value, (uint32_t)length);
    case TIME:      return set_time(fd, o, value, (uint32_t)length);
    case GROUP6:    return set_group6(fd, o, value, (uint32_t)length);
    case RAW:       return set_raw(fd, o, value, (uint32_t)length);
    case ERROR:     break;
    }
    return -ENOPROTOOPT;
}

/* --- get ---------------------------------------------------------------------------------------------------------- */

/* The guest's form of an option's value; its length, or 0 when the option cannot be asked for. */
static size_t to_guest(uint8_t *g, const struct option *o, const void *host, size_t length)
{
    const struct linger *l = host;
    switch (o->how) {
    case INT:
        be_put((be32 *)g, *(const int *)host);
        return 4;
    case ERROR:
        be_put((be32 *)g, *(const int *)host ? errno_to_aix(*(const int *)host) : 0);
        return 4;
    case BYTE:
        g[0] = (uint8_t)*(const int *)host;
        return 1;
    case LINGER:
        be_put((be32 *)g, l->l_onoff);
        be_put((be32 *)g + 1, l->l_linger);
        return 8;
    case TIME:
        if (guest.is64)
            aix64_timeval_put((struct aix64_timeval *)g, host);
        else
            aix32_timeval_put((struct aix32_timeval *)g, host);
        return ABI_SIZE(timeval);
    case RAW:
        memcpy(g, host, length);
        return length;
    case GROUP6:
        break;
    }
    return 0;
}

int64_t sys_getsockopt(struct thread *t, int fd, int level, int name, gva value, gva length_ea)
{
    const struct option *o = find_option(level, name);
    uint8_t host[RAW_MAX] __attribute__((aligned(8))) = { 0 }, g[RAW_MAX];
    socklen_t length = o && (o->how == INT || o->how == BYTE || o->how == ERROR) ? 4 : sizeof host;
    uint32_t room;
    if (!o)
        return -ENOPROTOOPT;
    if (copyin_u32(&room, length_ea) < 0)
        return -EFAULT;
    if (getsockopt(fd, o->host_level, o->host, host, &length) < 0)
        return -errno;
    size_t n = to_guest(g, o, host, length);
    if (n == 0 && o->how == GROUP6)
        return -ENOPROTOOPT;
    if (n > room)
        n = room;
    return copyout(value, g, n) < 0 ? -EFAULT : copyout_u32(length_ea, (uint32_t)n);
}
