/* sys_interface.c -- network interfaces: getkerninfo's list of routing messages, and the SIOC ioctls
 * [aix-abi 4.8, 4.12; Go's net/interface_aix.go and golang.org/x/sys/unix for operation, headers and numbers].
 *
 * The list: for each interface a message of kind RTM_IFINFO with its sockaddr_dl, then one RTM_NEWADDR for each address, with
 * the netmask in front of it.
 */
#include "syscalls/interface.h"

#include <ifaddrs.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/cleanup.h"
#include "runtime/copyio.h"
#include "runtime/host.h"
#include "syscalls/handlers.h"
#include "syscalls/socket_address.h"

enum { AIX_IFT_OTHER = 1, AIX_IFT_ETHER = 6, AIX_IFT_LOOP = 0x18, AIX_AF_LINK = 18 };

struct aix_ifreq {
    char name[16];
    uint8_t u[24];
};

struct message_header {         /* if_msghdr and ifa_msghdr */
    be16 length;
    uint8_t version, type;
    be32 addresses, flags;
    be16 index;
    uint8_t address_length, pad;
};

struct aix_sockaddr_dl {
    uint8_t length, family;
    be16 index;
    uint8_t type, name_length, address_length, selector_length;
    char data[120];
};

static void free_interfaces(struct ifaddrs **list) { freeifaddrs(*list); }
#define free_list __attribute__((cleanup(free_interfaces)))

/* The low bits have the same meaning on both sides; MULTICAST is at another place. */
static uint32_t flags_of(unsigned host)
{
    const unsigned same = IFF_UP | IFF_BROADCAST | IFF_DEBUG | IFF_LOOPBACK | IFF_POINTOPOINT | IFF_RUNNING | IFF_NOARP;
    enum { AIX_IFF_MULTICAST = 0x80000 };
    return (host & same) | (host & IFF_MULTICAST ? AIX_IFF_MULTICAST : 0);
}

static size_t address_bytes(uint8_t *to, const struct sockaddr *from)
{
    struct host_address a = { .path_fd = -1 };
    a.length = from->sa_family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    memcpy(&a.any, from, a.length);
    return address_to_bytes(to, &a, false);
}

/* What `put` writes about all interfaces, in memory that is the caller's. */
static int64_t list_interfaces(void (*put)(FILE *f, const struct ifaddrs *list), char **text, size_t *size)
{
    free_list struct ifaddrs *list = NULL;
    FILE *f = open_memstream(text, size);
    if (!f)
        return -ENOMEM;
    int rc = getifaddrs(&list) < 0 ? -errno : 0;
    put(f, list);
    return fclose(f) == 0 ? rc : -ENOMEM;
}

/* --- getkerninfo -------------------------------------------------------------------------------------------------- */

static void put_message(FILE *f, int type, const struct ifaddrs *i, uint32_t addresses, const void *body, size_t size)
{
    struct message_header h = { .version = 2, .type = (uint8_t)type };
    be_put(&h.length, (int64_t)(sizeof h + size));
    be_put(&h.addresses, addresses);
    be_put(&h.flags, flags_of(i->ifa_flags));
    be_put(&h.index, if_nametoindex(i->ifa_name));
    fwrite(&h, sizeof h, 1, f);
    fwrite(body, size, 1, f);
}

static void put_interface(FILE *f, const struct ifaddrs *i)
{
    enum { RTM_IFINFO = 0xE, RTA_IFP = 0x10 };
    const struct sockaddr_ll *ll = (const struct sockaddr_ll *)i->ifa_addr;
    struct aix_sockaddr_dl dl = { .length = sizeof dl, .family = AIX_AF_LINK };
    size_t name = strnlen(i->ifa_name, sizeof dl.data / 2), hardware = ll->sll_halen <= 8 ? ll->sll_halen : 0;
    be_put(&dl.index, ll->sll_ifindex);
    dl.type = ll->sll_hatype == ARPHRD_LOOPBACK ? AIX_IFT_LOOP
              : ll->sll_hatype == ARPHRD_ETHER  ? AIX_IFT_ETHER
                                                : AIX_IFT_OTHER;
    dl.name_length = (uint8_t)name;
    dl.address_length = (uint8_t)hardware;
    memcpy(dl.data, i->ifa_name, name);
    memcpy(dl.data + name, ll->sll_addr, hardware);
    put_message(f, RTM_IFINFO, i, RTA_IFP, &dl, sizeof dl);
}

/* Addresses stand one behind the other, each rounded up to 4 bytes. */
static void put_address(FILE *f, const struct ifaddrs *i)
{
    enum { RTM_NEWADDR = 0xC, RTA_NETMASK = 4, RTA_IFA = 0x20 };
    uint8_t body[2 * AIX_SOCKADDR_MAX + 8] = { 0 };
    size_t mask = (address_bytes(body, i->ifa_netmask) + 3) & ~(size_t)3;
    size_t address = (address_bytes(body + mask, i->ifa_addr) + 3) & ~(size_t)3;
    put_message(f, RTM_NEWADDR, i, RTA_NETMASK | RTA_IFA, body, mask + address);
}

static bool is_internet(const struct ifaddrs *i)
{
    return i->ifa_addr && (i->ifa_addr->sa_family == AF_INET || i->ifa_addr->sa_family == AF_INET6);
}

static void put_messages(FILE *f, const struct ifaddrs *list)
{
    for (const struct ifaddrs *i = list; i; i = i->ifa_next) {
        if (!i->ifa_addr || i->ifa_addr->sa_family != AF_PACKET)
            continue;
        put_interface(f, i);
        for (const struct ifaddrs *a = list; a; a = a->ifa_next)
            if (is_internet(a) && a->ifa_netmask && strcmp(a->ifa_name, i->ifa_name) == 0)
                put_address(f, a);
    }
}

/* Without a buffer: the size needed. With one: *size is its size, a long, and becomes what was put there. */
int64_t sys_getkerninfo(struct thread *t, int op, gva buffer, gva size_ea, int64_t arg)
{
    enum { KINFO_RT_IFLIST = 1 << 8 | 3 | 1 << 30 };
    free_ptr char *text = NULL;
    size_t size = 0;
    uint64_t room;
    if (op != KINFO_RT_IFLIST)
        return -EINVAL;
    int64_t rc = list_interfaces(put_messages, &text, &size);
    if (rc < 0 || !buffer)
        return rc < 0 ? rc : (int64_t)size;
    if (copyin_long(&room, size_ea) < 0)
        return -EFAULT;
    if (room < size)
        return -ENOMEM;
    return copyout(buffer, text, size) < 0 ? -EFAULT : copyout_long(size_ea, size);
}

/* --- ioctl -------------------------------------------------------------------------------------------------------- */

enum {
    AIX_SIOCGSIZIFCONF = 0x4004696A, AIX_SIOCGIFCONF32 = 0xC0086945, AIX_SIOCGIFCONF64 = 0xC0106945,
    AIX_SIOCGIFFLAGS = 0xC0286911, AIX_SIOCGIFADDR = 0xC0286921, AIX_SIOCGIFDSTADDR = 0xC0286922,
    AIX_SIOCGIFBRDADDR = 0xC0286923, AIX_SIOCGIFNETMASK = 0xC0286925, AIX_SIOCGIFMTU = 0xC0286956,
};

bool interface_ioctl_is(uint32_t command)
{
    switch (command) {
    case AIX_SIOCGSIZIFCONF: case AIX_SIOCGIFCONF32: case AIX_SIOCGIFCONF64: case AIX_SIOCGIFFLAGS: case AIX_SIOCGIFADDR:
    case AIX_SIOCGIFDSTADDR: case AIX_SIOCGIFBRDADDR: case AIX_SIOCGIFNETMASK: case AIX_SIOCGIFMTU:
        return true;
    }
    return false;
}

/* Name and address of every Internet address: at least a whole sockaddr, longer ones as their length says. */
static void put_configuration(FILE *f, const struct ifaddrs *list)
{
    for (const struct ifaddrs *i = list; i; i = i->ifa_next) {
        uint8_t entry[16 + AIX_SOCKADDR_MAX] = { 0 };
        if (!is_internet(i))
            continue;
        memcpy(entry, i->ifa_name, strnlen(i->ifa_name, 15));
        size_t n = address_bytes(entry + 16, i->ifa_addr);
        fwrite(entry, 16 + (n < 16 ? 16 : n), 1, f);
    }
}

/* struct ifconf: the room, an int, and where. As much as fits is written, and the room becomes its size. */
static int64_t configuration_copyout(gva arg)
{
    free_ptr char *text = NULL;
    size_t size = 0;
    uint32_t room;
    uint64_t to;
    int64_t rc = list_interfaces(put_configuration, &text, &size);
    if (rc < 0)
        return rc;
    if (copyin_u32(&room, arg) < 0 || copyin_long(&to, arg + (guest.is64 ? 8 : 4)) < 0)
        return -EFAULT;
    if (size > room)
        size = room;
    return copyout(to, text, size) < 0 ? -EFAULT : copyout_u32(arg, (uint32_t)size);
}

static int64_t configuration_size(gva arg)
{
    free_ptr char *text = NULL;
    size_t size = 0;
    int64_t rc = list_interfaces(put_configuration, &text, &size);
    return rc < 0 ? rc : copyout_u32(arg, (uint32_t)size);
}

static const struct sockaddr *wanted_address(const struct ifaddrs *i, uint32_t command)
{
    switch (command) {
    case AIX_SIOCGIFADDR:    return i->ifa_addr;
    case AIX_SIOCGIFNETMASK: return i->ifa_netmask;
    case AIX_SIOCGIFBRDADDR: return i->ifa_flags & IFF_BROADCAST ? i->ifa_broadaddr : NULL;
    default:                 return i->ifa_flags & IFF_POINTOPOINT ? i->ifa_dstaddr : NULL;
    }
}

static int address_of(struct aix_ifreq *g, uint32_t command)
{
    free_list struct ifaddrs *list = NULL;
    uint8_t bytes[AIX_SOCKADDR_MAX];
    if (getifaddrs(&list) < 0)
        return -errno;
    for (const struct ifaddrs *i = list; i; i = i->ifa_next) {
        if (!i->ifa_addr || i->ifa_addr->sa_family != AF_INET || strncmp(i->ifa_name, g->name, sizeof g->name) != 0)
            continue;
        const struct sockaddr *a = wanted_address(i, command);
        if (!a)
            return -EINVAL;
        memcpy(g->u, bytes, address_bytes(bytes, a));
        return 0;
    }
    return -EADDRNOTAVAIL;
}

static int number_of(int fd, struct aix_ifreq *g, uint32_t command)
{
    struct ifreq h = { 0 };
    be32 value;
    memcpy(h.ifr_name, g->name, sizeof h.ifr_name - 1);
    if (ioctl(fd, command == AIX_SIOCGIFMTU ? SIOCGIFMTU : SIOCGIFFLAGS, &h) < 0)
        return -errno;
    be_put(&value, command == AIX_SIOCGIFMTU ? h.ifr_mtu : (int64_t)flags_of((unsigned short)h.ifr_flags));
    memcpy(g->u, &value, sizeof value);
    return 0;
}

int64_t interface_ioctl(int fd, uint32_t command, gva arg)
{
    struct aix_ifreq g;
    int type;
    socklen_t length = sizeof type;
    if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) < 0)
        return errno == ENOTSOCK ? -ENOTTY : -errno;
    if (command == AIX_SIOCGSIZIFCONF)
        return configuration_size(arg);
    if (command == AIX_SIOCGIFCONF32 || command == AIX_SIOCGIFCONF64)
        return configuration_copyout(arg);
    if (copyin(&g, arg, sizeof g) < 0)
        return -EFAULT;
    bool number = command == AIX_SIOCGIFMTU || command == AIX_SIOCGIFFLAGS;
    int rc = number ? number_of(fd, &g, command) : address_of(&g, command);
    if (rc == -ENODEV)
        rc = -ENXIO;                    /* no interface of that name */
    return rc < 0 ? rc : copyout(arg, &g, sizeof g);
}
