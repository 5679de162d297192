/* netdb.h -- hosts, services and protocols [aix-abi 4.8: addrinfo, AI_, EAI_, NI_]. */
#ifndef _H_NETDB
#define _H_NETDB

#include <netinet/in.h>

struct hostent {
    char *h_name, **h_aliases;
    int h_addrtype, h_length;
    char **h_addr_list;
};
#define h_addr h_addr_list[0]
struct netent {
    char *n_name, **n_aliases;
    int n_addrtype;
    in_addr_t n_net;
};
struct protoent {
    char *p_name, **p_aliases;
    int p_proto;
};
struct servent {
    char *s_name, **s_aliases;
    int s_port;
    char *s_proto;
};
struct addrinfo {
    int ai_flags, ai_family, ai_socktype, ai_protocol;
    size_t ai_addrlen;
    char *ai_canonname;
    struct sockaddr *ai_addr;
    struct addrinfo *ai_next;
    int ai_eflags;
};

#define HOST_NOT_FOUND 1
#define TRY_AGAIN      2
#define NO_RECOVERY    3
#define NO_DATA        4
#define NO_ADDRESS     NO_DATA
#define AI_CANONNAME   0x01
#define AI_PASSIVE     0x02
#define AI_NUMERICHOST 0x04
#define AI_ADDRCONFIG  0x08
#define AI_V4MAPPED    0x10
#define AI_ALL         0x20
#define AI_NUMERICSERV 0x40
#define EAI_AGAIN      2
#define EAI_BADFLAGS   3
#define EAI_FAIL       4
#define EAI_FAMILY     5
#define EAI_MEMORY     6
#define EAI_NODATA     7
#define EAI_NONAME     8
#define EAI_SERVICE    9
#define EAI_SOCKTYPE   10
#define EAI_SYSTEM     11
#define EAI_OVERFLOW   13
#define NI_NOFQDN      0x01
#define NI_NUMERICHOST 0x02
#define NI_NAMEREQD    0x04
#define NI_NUMERICSERV 0x08
#define NI_DGRAM       0x10
#define NI_MAXHOST     1025
#define NI_MAXSERV     32

int *h_errno_which(void);
#define h_errno (*h_errno_which())

int getaddrinfo(const char *__restrict, const char *__restrict, const struct addrinfo *__restrict, struct addrinfo **__restrict);
void freeaddrinfo(struct addrinfo *);
const char *gai_strerror(int);
int getnameinfo(const struct sockaddr *__restrict, size_t, char *__restrict, size_t, char *__restrict, size_t, int);
struct hostent *gethostbyname(const char *);
struct hostent *gethostbyaddr(const void *, size_t, int);
struct protoent *getprotobyname(const char *);
struct protoent *getprotobynumber(int);
struct servent *getservbyname(const char *, const char *);
struct servent *getservbyport(int, const char *);
int sethostent(int);
int endhostent(void);
struct hostent *gethostent(void);
void setnetent(int);
void endnetent(void);
struct netent *getnetent(void);
struct netent *getnetbyname(const char *);
struct netent *getnetbyaddr(in_addr_t, int);
void setprotoent(int);
void endprotoent(void);
struct protoent *getprotoent(void);
void setservent(int);
void endservent(void);
struct servent *getservent(void);

/* What a reentrant call keeps its answer in: the members are libc's own, sizes generous. */
struct hostent_data { long __space[12288 / sizeof(long)]; };
struct servent_data { long __space[4096 / sizeof(long)]; };
struct protoent_data { long __space[4096 / sizeof(long)]; };
int gethostbyname_r(const char *, struct hostent *, struct hostent_data *);
int gethostbyaddr_r(const char *, size_t, int, struct hostent *, struct hostent_data *);
int getservbyname_r(const char *, const char *, struct servent *, struct servent_data *);
int getservbyport_r(int, const char *, struct servent *, struct servent_data *);
int getprotobyname_r(const char *, struct protoent *, struct protoent_data *);
int getprotobynumber_r(int, struct protoent *, struct protoent_data *);
void herror(const char *);
const char *hstrerror(int);

#endif
