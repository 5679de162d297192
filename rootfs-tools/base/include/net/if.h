/* net/if.h -- network interfaces: ifreq is 40 bytes [aix-abi 4.12]. */
#ifndef _H_IF
#define _H_IF

#include <sys/socket.h>

#define IFNAMSIZ 16
struct ifreq {
    char ifr_name[IFNAMSIZ];
    union {
        struct sockaddr ifru_addr;
        unsigned int ifru_flags;
        int ifru_metric, ifru_mtu;
        caddr_t ifru_data;
        char ifru_pad[24];
    } ifr_ifru;
};
#define ifr_addr ifr_ifru.ifru_addr
#define ifr_flags ifr_ifru.ifru_flags
struct ifconf {
    int ifc_len;
    union {
        caddr_t ifcu_buf;
        struct ifreq *ifcu_req;
    } ifc_ifcu;
};
#define ifc_buf ifc_ifcu.ifcu_buf
#define ifc_req ifc_ifcu.ifcu_req
#define IFF_UP        0x1
#define IFF_BROADCAST 0x2
#define IFF_LOOPBACK  0x8
#define IFF_RUNNING   0x40
#define ifr_broadaddr ifr_ifru.ifru_addr
#define ifr_dstaddr ifr_ifru.ifru_addr
#define ifr_metric ifr_ifru.ifru_metric
#define ifr_mtu ifr_ifru.ifru_mtu
#define ifr_data ifr_ifru.ifru_data
#define IFF_DEBUG     0x4
#define IFF_POINTOPOINT 0x10
#define IFF_NOARP     0x80
#define IFF_PROMISC   0x100
#define IFF_ALLMULTI  0x200
#define IFF_MULTICAST 0x80000
#define IF_NAMESIZE IFNAMSIZ

struct if_nameindex {
    unsigned int if_index;
    char *if_name;
};
unsigned int if_nametoindex(const char *);
char *if_indextoname(unsigned int, char *);
struct if_nameindex *if_nameindex(void);
void if_freenameindex(struct if_nameindex *);

#endif
