/* arpa/nameser.h -- messages of the domain name system [RFC 1035]. */
#ifndef _H_NAMESER
#define _H_NAMESER

#include <sys/types.h>

#define PACKETSZ 512
#define MAXDNAME 256
#define MAXCDNAME 255
#define MAXLABEL 63
#define HFIXEDSZ 12
#define QFIXEDSZ 4
#define RRFIXEDSZ 10
#define INT32SZ 4
#define INT16SZ 2
#define INADDRSZ 4
#define NAMESERVER_PORT 53
#define QUERY  0
#define IQUERY 1
#define STATUS 2
#define NOERROR  0
#define FORMERR  1
#define SERVFAIL 2
#define NXDOMAIN 3
#define NOTIMP   4
#define REFUSED  5
#define T_A 1
#define T_NS 2
#define T_MD 3
#define T_MF 4
#define T_CNAME 5
#define T_SOA 6
#define T_MB 7
#define T_MG 8
#define T_MR 9
#define T_NULL 10
#define T_WKS 11
#define T_PTR 12
#define T_HINFO 13
#define T_MINFO 14
#define T_MX 15
#define T_TXT 16
#define T_AAAA 28
#define T_SRV 33
#define T_AXFR 252
#define T_ANY 255
#define C_IN 1
#define C_CHAOS 3
#define C_HS 4
#define C_ANY 255

typedef struct {                /* on the wire, most significant bits first */
    unsigned id : 16, qr : 1, opcode : 4, aa : 1, tc : 1, rd : 1, ra : 1, pr : 1, unused : 2, rcode : 4;
    unsigned qdcount : 16, ancount : 16, nscount : 16, arcount : 16;
} HEADER;
struct rrec {
    short r_zone, r_class, r_type;
    unsigned int r_ttl;
    int r_size;
    char *r_data;
};
#define GETSHORT(s, cp) ((s) = (unsigned short)((cp)[0] << 8 | (cp)[1]), (cp) += 2)
#define GETLONG(l, cp)  ((l) = (unsigned)(cp)[0] << 24 | (cp)[1] << 16 | (cp)[2] << 8 | (cp)[3], (cp) += 4)
#define PUTSHORT(s, cp) (*(cp)++ = (unsigned char)((s) >> 8), *(cp)++ = (unsigned char)(s))
#define PUTLONG(l, cp)  (PUTSHORT((l) >> 16, cp), PUTSHORT(l, cp))

#endif
