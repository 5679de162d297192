/* netinet/in.h -- internet addresses [aix-abi 4.8]. */
#ifndef _H_IN
#define _H_IN

#include <sys/types.h>
#include <sys/socket.h>

struct in_addr {
    in_addr_t s_addr;
};
struct sockaddr_in {
    unsigned char sin_len, sin_family;
    in_port_t sin_port;
    struct in_addr sin_addr;
    unsigned char sin_zero[8];
};
struct in6_addr {
    union {
        uint8_t s6_u8[16];
        uint16_t s6_u16[8];
        uint32_t s6_u32[4];
    } s6_addr_;
};
#define s6_addr s6_addr_.s6_u8
struct sockaddr_in6 {
    unsigned char sin6_len, sin6_family;
    in_port_t sin6_port;
    uint32_t sin6_flowinfo;
    struct in6_addr sin6_addr;
    uint32_t sin6_scope_id;
};
struct ip_mreq {
    struct in_addr imr_multiaddr, imr_interface;
};
struct ipv6_mreq {
    struct in6_addr ipv6mr_multiaddr;
    unsigned int ipv6mr_interface;
};

#define IPPROTO_IP   0
#define IPPROTO_ICMP 1
#define IPPROTO_IGMP 2
#define IPPROTO_TCP  6
#define IPPROTO_UDP  17
#define IPPROTO_IPV6 41
#define IPPROTO_ICMPV6 58
#define IPPROTO_RAW  255
#define IPPORT_RESERVED 1024
#define IPPORT_USERRESERVED 5000
#define INADDR_ANY       0x00000000U
#define INADDR_LOOPBACK  0x7f000001U
#define INADDR_BROADCAST 0xffffffffU
#define INADDR_NONE      0xffffffffU
#define IN_LOOPBACKNET   127
#define INET_ADDRSTRLEN  16
#define INET6_ADDRSTRLEN 46

#define IP_OPTIONS 1
#define IP_HDRINCL 2
#define IP_TOS     3
#define IP_TTL     4
#define IP_RECVOPTS 5
#define IP_RECVRETOPTS 6
#define IP_RECVDSTADDR 7
#define IP_RETOPTS 8
#define IP_MULTICAST_IF 9
#define IP_MULTICAST_TTL 10
#define IP_MULTICAST_LOOP 11
#define IP_ADD_MEMBERSHIP 12
#define IP_DROP_MEMBERSHIP 13
#define IPV6_UNICAST_HOPS 4
#define IPV6_MULTICAST_IF 9
#define IPV6_MULTICAST_HOPS 10
#define IPV6_MULTICAST_LOOP 11
#define IPV6_JOIN_GROUP 12
#define IPV6_LEAVE_GROUP 13
#define IPV6_V6ONLY 37

#define htonl(x) ((uint32_t)(x))
#define htons(x) ((uint16_t)(x))
#define ntohl(x) ((uint32_t)(x))
#define ntohs(x) ((uint16_t)(x))

#define IN6ADDR_ANY_INIT      {{{0}}}
#define IN6ADDR_LOOPBACK_INIT {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}}}
extern const struct in6_addr in6addr_any, in6addr_loopback;
#define __in6_word(a, n) ((a)->s6_addr_.s6_u32[n])
#define IN6_IS_ADDR_UNSPECIFIED(a) (!__in6_word(a, 0) && !__in6_word(a, 1) && !__in6_word(a, 2) && !__in6_word(a, 3))
#define IN6_IS_ADDR_LOOPBACK(a)    (!__in6_word(a, 0) && !__in6_word(a, 1) && !__in6_word(a, 2) && __in6_word(a, 3) == 1)
#define IN6_IS_ADDR_V4MAPPED(a)    (!__in6_word(a, 0) && !__in6_word(a, 1) && __in6_word(a, 2) == 0xffff)
#define IN6_IS_ADDR_MULTICAST(a)   ((a)->s6_addr[0] == 0xff)
#define IN6_IS_ADDR_LINKLOCAL(a)   ((__in6_word(a, 0) & 0xffc00000) == 0xfe800000)

#endif
