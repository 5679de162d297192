/* resolve.h -- names to addresses: /etc/hosts, then the name servers of /etc/resolv.conf. */
#ifndef LIBC_RESOLVE_H
#define LIBC_RESOLVE_H

#include <netinet/in.h>

enum { ADDRESSES = 32, NAME_SIZE = 256, ALIASES = 8 };

struct found {
    int family, length, count;
    unsigned char address[ADDRESSES][16];
    char name[NAME_SIZE];               /* the official one */
    char alias[ALIASES][NAME_SIZE];
    int aliases;
};

/* Each: number of addresses (names: 1), or 0 with *why one of netdb.h's HOST_NOT_FOUND, TRY_AGAIN, NO_RECOVERY, NO_DATA. */
int __resolve_name(const char *name, int family, struct found *out, int *why);
int __resolve_address(const void *address, int family, struct found *out, int *why);

int __dns_name(const char *name, int family, struct found *out, int *why);
int __dns_address(const void *address, int family, struct found *out, int *why);

#endif
