/* getaddrinfo.c -- names and services to socket addresses and back [POSIX; constants of aix-abi 4.8].
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "resolve.h"

struct kind { int type, protocol; const char *name; };
static const struct kind kinds[] = {
    { SOCK_STREAM, IPPROTO_TCP, "tcp" }, { SOCK_DGRAM, IPPROTO_UDP, "udp" }, { SOCK_RAW, 0, NULL },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static int wants(const struct addrinfo *hints, const struct kind *kind)
{
    if (!hints)
        return kind->name != NULL;
    if (hints->ai_socktype ? hints->ai_socktype != kind->type : !kind->name)
        return 0;
    return !hints->ai_protocol || hints->ai_protocol == kind->protocol || kind->type == SOCK_RAW;
}

/* Port of a service for a kind of socket: -1 unknown. */
static int port_of(const char *service, const struct kind *kind, int numeric_only)
{
    char *end;
    long number;

    if (!service)
        return 0;
    number = strtol(service, &end, 10);
    if (end != service && !*end)
        return number >= 0 && number <= 65535 ? (int)number : -1;
    if (numeric_only || !kind->name)
        return -1;
    struct servent *found = getservbyname(service, kind->name);
    return found ? ntohs(found->s_port) : -1;
}

static struct addrinfo *make(int family, const unsigned char *address, int port, const struct kind *kind, int protocol)
{
    size_t length = family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
    struct addrinfo *info = calloc(1, sizeof *info + sizeof(struct sockaddr_in6));

    if (!info)
        return NULL;
    info->ai_addr = (struct sockaddr *)(info + 1);
    info->ai_family = family;
    info->ai_socktype = kind->type;
    info->ai_protocol = kind->type == SOCK_RAW ? protocol : kind->protocol;
    info->ai_addrlen = length;
    info->ai_addr->sa_len = (unsigned char)length;
    info->ai_addr->sa_family = (unsigned char)family;
    if (family == AF_INET6) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)info->ai_addr;
        in6->sin6_port = htons(port);
        memcpy(&in6->sin6_addr, address, 16);
    } else {
        struct sockaddr_in *in = (struct sockaddr_in *)info->ai_addr;
        in->sin_port = htons(port);
        memcpy(&in->sin_addr, address, 4);
    }
    return info;
}

static int resolve(const char *node, int family, int flags, struct found *out)
{
    int why = HOST_NOT_FOUND;

    memset(out, 0, sizeof *out);
    out->family = family;
    out->length = family == AF_INET6 ? 16 : 4;
    if (!node) {
        if (!(flags & AI_PASSIVE))
            out->address[0][family == AF_INET6 ? 15 : 0] = family == AF_INET6 ? 1 : 127;
        if (!(flags & AI_PASSIVE) && family == AF_INET)
            out->address[0][3] = 1;
        out->count = 1;
        return 0;
    }
    if (inet_pton(family, node, out->address[0]) == 1 ||
        (family == AF_INET && inet_aton(node, (struct in_addr *)out->address[0]))) {
        strncpy(out->name, node, NAME_SIZE - 1);
        out->count = 1;
        return 0;
    }
    if (flags & AI_NUMERICHOST || strchr(node, ':'))
        return EAI_NONAME;
    if (__resolve_name(node, family, out, &why))
        return 0;
    return why == TRY_AGAIN ? EAI_AGAIN : why == NO_RECOVERY ? EAI_FAIL : why == NO_DATA ? EAI_NODATA : EAI_NONAME;
}

/* Append what one family gives to the list. */
static int add_family(const char *node, const char *service, const struct addrinfo *hints, int family, struct addrinfo ***end)
{
    int flags = hints ? hints->ai_flags : 0, error, any = 0;
    struct found *found = malloc(sizeof *found);

    if (!found)
        return EAI_MEMORY;
    error = resolve(node, family, flags, found);
    for (int i = 0; !error && i < found->count; i++)
        for (int k = 0; k < KINDS; k++) {
            int port = wants(hints, &kinds[k]) ? port_of(service, &kinds[k], flags & AI_NUMERICSERV) : -1;
            if (port < 0)
                continue;
            struct addrinfo *info = make(family, found->address[i], port, &kinds[k], hints ? hints->ai_protocol : 0);
            if (!info || (flags & AI_CANONNAME && !i && !any && node && !(info->ai_canonname = strdup(found->name)))) {
                free(info);
                free(found);
                return EAI_MEMORY;
            }
            any = 1;
            **end = info;
            *end = &info->ai_next;
        }
    free(found);
    return error ? error : any ? 0 : EAI_SERVICE;
}

int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict result)
{
    static const int families[] = { AF_INET, AF_INET6 };
    int wanted = hints ? hints->ai_family : AF_UNSPEC, error = EAI_NONAME;
    struct addrinfo *list = NULL, **end = &list;

    if (!node && !service)
        return EAI_NONAME;
    if (wanted != AF_UNSPEC && wanted != AF_INET && wanted != AF_INET6)
        return EAI_FAMILY;
    if (hints && hints->ai_socktype > SOCK_RAW)
        return EAI_SOCKTYPE;
    if (hints && hints->ai_flags & AI_CANONNAME && !node)
        return EAI_BADFLAGS;
    for (int i = 0; i < 2; i++)
        if (wanted == AF_UNSPEC || wanted == families[i]) {
            int one = add_family(node, service, hints, families[i], &end);
            if (one == EAI_MEMORY) {
                freeaddrinfo(list);
                return one;
            }
            if (error == EAI_NONAME)
                error = one;
        }
    if (!list)
        return error ? error : EAI_NONAME;
    *result = list;
    return 0;
}

void freeaddrinfo(struct addrinfo *list)
{
    while (list) {
        struct addrinfo *next = list->ai_next;
        free(list->ai_canonname);
        free(list);
        list = next;
    }
}

const char *gai_strerror(int error)
{
    static const char *const texts[] = {
        [0] = "Success", [EAI_AGAIN] = "Temporary failure in name resolution", [EAI_BADFLAGS] = "Invalid flags",
        [EAI_FAIL] = "Non-recoverable failure in name resolution", [EAI_FAMILY] = "Address family not supported",
        [EAI_MEMORY] = "Memory allocation failure", [EAI_NODATA] = "No address associated with host name",
        [EAI_NONAME] = "Host name or service name not known", [EAI_SERVICE] = "Service name not supported for socket type",
        [EAI_SOCKTYPE] = "Socket type not supported", [EAI_SYSTEM] = "System error", [EAI_OVERFLOW] = "Argument buffer overflow",
    };

    return error >= 0 && error < (int)(sizeof texts / sizeof *texts) && texts[error] ? texts[error] : "Unknown error";
}

static int host_of(const void *address, int family, char *out, size_t size, int flags)
{
    struct found *found;
    int why;

    if (!(flags & NI_NUMERICHOST) && (found = malloc(sizeof *found))) {
        int got = __resolve_address(address, family, found, &why);
        if (got && strlen(found->name) < size)
            strcpy(out, found->name);
        int fits = got && strlen(found->name) < size;
        free(found);
        if (got)
            return fits ? 0 : EAI_OVERFLOW;
    }
    if (flags & NI_NAMEREQD)
        return EAI_NONAME;
    return inet_ntop(family, address, out, (socklen_t)size) ? 0 : EAI_OVERFLOW;
}

int getnameinfo(const struct sockaddr *restrict sa, size_t length, char *restrict host, size_t host_size, char *restrict service,
                size_t service_size, int flags)
{
    const void *address;
    int port, error = 0;

    if (sa->sa_family == AF_INET) {
        address = &((const struct sockaddr_in *)sa)->sin_addr;
        port = ((const struct sockaddr_in *)sa)->sin_port;
    } else if (sa->sa_family == AF_INET6) {
        address = &((const struct sockaddr_in6 *)sa)->sin6_addr;
        port = ((const struct sockaddr_in6 *)sa)->sin6_port;
    } else
        return EAI_FAMILY;
    if (host && host_size)
        error = host_of(address, sa->sa_family, host, host_size, flags);
    if (!error && service && service_size) {
        struct servent *known = flags & NI_NUMERICSERV ? NULL : getservbyport(port, flags & NI_DGRAM ? "udp" : "tcp");
        int n = known ? snprintf(service, service_size, "%s", known->s_name) : snprintf(service, service_size, "%d", ntohs(port));
        if ((size_t)n >= service_size)
            error = EAI_OVERFLOW;
    }
    return error;
}
