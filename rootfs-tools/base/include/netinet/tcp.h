/* netinet/tcp.h -- TCP options [aix-abi 4.8]. */
#ifndef _H_TCP
#define _H_TCP

#define TCP_NODELAY   1
#define TCP_MAXSEG    2
#define TCP_RFC1323   4
#define TCP_KEEPIDLE  0x11
#define TCP_KEEPINTVL 0x12
#define TCP_KEEPCNT   0x13
#define TCP_NODELAYACK 0x14

#endif
