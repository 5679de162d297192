/* sys/socket.h -- sockets [aix-abi 4.8]. Addresses carry their length (BSD 4.4); the functions that exchange addresses in that form
 * are exported with an n before their names, the plain names keep the BSD 4.3 form. */
#ifndef _H_SOCKET
#define _H_SOCKET

#include <sys/types.h>
#include <sys/uio.h>

struct sockaddr {
    unsigned char sa_len, sa_family;
    char sa_data[14];
};
struct sockaddr_storage {       /* 1280 bytes on 7.x */
    unsigned char __ss_len, ss_family;
    char __pad1[6];
    long long __align;
    char __pad2[1264];
};
struct msghdr {
    void *msg_name;
    socklen_t msg_namelen;
    struct iovec *msg_iov;
    int msg_iovlen;
    void *msg_control;
    socklen_t msg_controllen;
    int msg_flags;
};
struct cmsghdr {
    socklen_t cmsg_len;
    int cmsg_level, cmsg_type;
};
struct linger {
    int l_onoff, l_linger;
};

#define AF_UNSPEC 0
#define AF_UNIX   1
#define AF_LOCAL  AF_UNIX
#define AF_INET   2
#define AF_NS     6
#define AF_ISO    7
#define AF_CCITT  10
#define AF_SNA    11
#define AF_DLI    13
#define AF_APPLETALK 16
#define AF_ROUTE  17
#define AF_LINK   18
#define AF_INTF   20
#define AF_NDD    23
#define AF_INET6  24
#define AF_MAX    30
#define PF_UNSPEC AF_UNSPEC
#define PF_UNIX   AF_UNIX
#define PF_LOCAL  AF_UNIX
#define PF_INET   AF_INET
#define PF_INET6  AF_INET6
#define PF_ROUTE  AF_ROUTE

#define SOCK_STREAM    1
#define SOCK_DGRAM     2
#define SOCK_RAW       3
#define SOCK_RDM       4
#define SOCK_SEQPACKET 5

#define SOL_SOCKET    0xffff
#define SO_DEBUG      0x0001
#define SO_ACCEPTCONN 0x0002
#define SO_REUSEADDR  0x0004
#define SO_KEEPALIVE  0x0008
#define SO_DONTROUTE  0x0010
#define SO_BROADCAST  0x0020
#define SO_USELOOPBACK 0x0040
#define SO_LINGER     0x0080
#define SO_OOBINLINE  0x0100
#define SO_REUSEPORT  0x0200
#define SO_USE_IFBUFS 0x0400
#define SO_CKSUMRECV  0x0800
#define SO_NOREUSEADDR 0x1000
#define SO_KERNACCEPT 0x2000
#define SO_AUDIT      0x8000
#define SO_SNDBUF     0x1001
#define SO_RCVBUF     0x1002
#define SO_SNDLOWAT   0x1003
#define SO_RCVLOWAT   0x1004
#define SO_SNDTIMEO   0x1005
#define SO_RCVTIMEO   0x1006
#define SO_ERROR      0x1007
#define SO_TYPE       0x1008
#define SO_PEERID     0x1009
#define SOMAXCONN     1024

#define MSG_OOB       0x1
#define MSG_PEEK      0x2
#define MSG_DONTROUTE 0x4
#define MSG_EOR       0x8
#define MSG_TRUNC     0x10
#define MSG_CTRUNC    0x20
#define MSG_WAITALL   0x40
#define MSG_NONBLOCK  0x4000
#define MSG_MAXIOVLEN 16
#define SHUT_RD   0
#define SHUT_WR   1
#define SHUT_RDWR 2
#define SCM_RIGHTS 1

/* No alignment between control messages. */
#define CMSG_DATA(c)   ((unsigned char *)((struct cmsghdr *)(c) + 1))
#define CMSG_LEN(n)    (sizeof(struct cmsghdr) + (n))
#define CMSG_SPACE(n)  (sizeof(struct cmsghdr) + (n))
#define CMSG_FIRSTHDR(m) \
    ((m)->msg_controllen >= sizeof(struct cmsghdr) ? (struct cmsghdr *)(m)->msg_control : (struct cmsghdr *)0)
#define CMSG_NXTHDR(m, c) \
    ((char *)(c) + (c)->cmsg_len + sizeof(struct cmsghdr) > (char *)(m)->msg_control + (m)->msg_controllen ? \
     (struct cmsghdr *)0 : (struct cmsghdr *)((char *)(c) + (c)->cmsg_len))

#ifndef COMPAT_43
#define accept      naccept
#define getpeername ngetpeername
#define getsockname ngetsockname
#define recvfrom    nrecvfrom
#define recvmsg     nrecvmsg
#define sendmsg     nsendmsg
#endif

int accept(int, struct sockaddr *__restrict, socklen_t *__restrict);
int bind(int, const struct sockaddr *, socklen_t);
int connect(int, const struct sockaddr *, socklen_t);
int getpeername(int, struct sockaddr *__restrict, socklen_t *__restrict);
int getsockname(int, struct sockaddr *__restrict, socklen_t *__restrict);
int getsockopt(int, int, int, void *__restrict, socklen_t *__restrict);
int listen(int, int);
ssize_t recv(int, void *, size_t, int);
ssize_t recvfrom(int, void *__restrict, size_t, int, struct sockaddr *__restrict, socklen_t *__restrict);
ssize_t recvmsg(int, struct msghdr *, int);
ssize_t send(int, const void *, size_t, int);
ssize_t sendmsg(int, const struct msghdr *, int);
ssize_t sendto(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
int setsockopt(int, int, int, const void *, socklen_t);
int shutdown(int, int);
int sockatmark(int);
int socket(int, int, int);
int socketpair(int, int, int, int[2]);

#endif
