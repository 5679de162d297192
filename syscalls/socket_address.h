/* socket_address.h -- socket addresses and families of AIX and the host [aix-abi 4.8].
 *
 * AIX's sockaddr starts {length u8, family u8}; the BSD 4.3 form {family u16} is the same two bytes with length 0.
 * Internet addresses and ports are in network order on both sides.
 */
#ifndef SYSCALLS_SOCKET_ADDRESS_H
#define SYSCALLS_SOCKET_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>
#include "runtime/cpu.h"

enum { AIX_AF_UNIX = 1, AIX_AF_INET = 2, AIX_AF_INET6 = 24, AIX_SOCKADDR_MAX = 1025 };

int family_to_host(int aix);            /* -1: the host has none such */
int family_to_aix(int host);            /* 0 (AF_UNSPEC) for what AIX does not have */

/* A path of AF_UNIX names a place in the guest's root; *path_fd (-1: none) stays open while the address is in use. */
struct host_address {
    struct sockaddr_storage any;
    socklen_t length;
    int path_fd;
};
void address_end(struct host_address *a);
#define close_address __attribute__((cleanup(address_end)))

int address_from_bytes(struct host_address *h, const uint8_t *g, size_t length);        /* 0 or -errno */
size_t address_to_bytes(uint8_t *g, const struct host_address *h,
                        bool bsd43); /* length written, at most AIX_SOCKADDR_MAX */

/* From and to guest memory. copyout: the guest's length word at length_ea limits the copy and gets the full length. */
int address_copyin(struct host_address *h, gva ea, uint32_t length);
int address_copyout(gva ea, gva length_ea, const struct host_address *h, bool bsd43);

#endif
