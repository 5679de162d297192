/* resolv.h -- the resolver [IBM's manual]; the state's layout is that of BSD 4.3, recalled. */
#ifndef _H_RESOLV
#define _H_RESOLV

#include <arpa/nameser.h>
#include <netinet/in.h>

#define MAXNS 3
#define MAXDNSRCH 6
struct __res_state {
    int retrans, retry;
    long options;
    int nscount;
    struct sockaddr_in nsaddr_list[MAXNS];
    unsigned short id;
    char defdname[MAXDNAME];
    char *dnsrch[MAXDNSRCH + 1];
};
#define nsaddr nsaddr_list[0]
extern struct __res_state _res;

#define RES_INIT     0x0001
#define RES_DEBUG    0x0002
#define RES_RECURSE  0x0040
#define RES_DEFNAMES 0x0080
#define RES_DNSRCH   0x0200
#define RES_DEFAULT  (RES_RECURSE | RES_DEFNAMES | RES_DNSRCH)

int dn_comp(const char *, unsigned char *, int, unsigned char **, unsigned char **);
int dn_expand(const unsigned char *, const unsigned char *, const unsigned char *, char *, int);
int dn_skipname(const unsigned char *, const unsigned char *);
int res_init(void);
int res_mkquery(int, const char *, int, int, const char *, int, const struct rrec *, char *, int);
int res_query(const char *, int, int, unsigned char *, int);
int res_search(const char *, int, int, unsigned char *, int);
int res_send(const char *, int, char *, int);

#endif
