/* reentrant.c -- AIX's reentrant look-ups: 0 or -1, the answer's strings in memory of the caller [IBM's manual: gethostbyname_r].
 * The caller's area is a structure whose fields are not public: only its first bytes are used, fewer than the shortest known such area has.
 */
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include "lock.h"

enum { HOST_AREA = 4096, LINE_AREA = 1024 };

struct area {
    char *at, *end;
};

static int lock;

static void *reserve(struct area *a, size_t n)
{
    n = (n + sizeof(void *) - 1) & ~(sizeof(void *) - 1);
    if (n > (size_t)(a->end - a->at)) {
        errno = ENOSPC;
        return NULL;
    }
    a->at += n;
    return a->at - n;
}

static void *copy_bytes(struct area *a, const void *from, size_t n)
{
    void *to = reserve(a, n);
    return to ? memcpy(to, from, n) : NULL;
}

static char *copy_string(struct area *a, const char *s) { return copy_bytes(a, s, strlen(s) + 1); }

/* Items of `size` bytes, or strings when it is 0. */
static char **copy_list(struct area *a, char **from, size_t size)
{
    size_t n = 0;
    while (from[n])
        n++;
    char **to = reserve(a, (n + 1) * sizeof *to);
    if (!to)
        return NULL;
    for (size_t i = 0; i < n; i++)
        if (!(to[i] = size ? copy_bytes(a, from[i], size) : copy_string(a, from[i])))
            return NULL;
    to[n] = NULL;
    return to;
}

static int copy_host(const struct hostent *from, struct hostent *to, void *data)
{
    struct area a = { data, (char *)data + HOST_AREA };
    if (!from)
        return -1;
    *to = *from;
    to->h_name = copy_string(&a, from->h_name);
    to->h_aliases = copy_list(&a, from->h_aliases, 0);
    to->h_addr_list = copy_list(&a, from->h_addr_list, (size_t)from->h_length);
    return to->h_name && to->h_aliases && to->h_addr_list ? 0 : -1;
}

static int copy_service(const struct servent *from, struct servent *to, void *data)
{
    struct area a = { data, (char *)data + LINE_AREA };
    if (!from)
        return -1;
    *to = *from;
    to->s_name = copy_string(&a, from->s_name);
    to->s_aliases = copy_list(&a, from->s_aliases, 0);
    to->s_proto = copy_string(&a, from->s_proto);
    return to->s_name && to->s_aliases && to->s_proto ? 0 : -1;
}

static int copy_protocol(const struct protoent *from, struct protoent *to, void *data)
{
    struct area a = { data, (char *)data + LINE_AREA };
    if (!from)
        return -1;
    *to = *from;
    to->p_name = copy_string(&a, from->p_name);
    to->p_aliases = copy_list(&a, from->p_aliases, 0);
    return to->p_name && to->p_aliases ? 0 : -1;
}

/* The static answer is copied before another thread can ask. */
#define LOCKED(call)         \
    libc_lock(&lock);        \
    int result = call;       \
    libc_unlock(&lock);      \
    return result

int gethostbyname_r(const char *name, struct hostent *host, struct hostent_data *data)
{
    LOCKED(copy_host(gethostbyname(name), host, data));
}

int gethostbyaddr_r(const char *address, size_t length, int family, struct hostent *host, struct hostent_data *data)
{
    LOCKED(copy_host(gethostbyaddr(address, length, family), host, data));
}

int getservbyname_r(const char *name, const char *protocol, struct servent *service, struct servent_data *data)
{
    LOCKED(copy_service(getservbyname(name, protocol), service, data));
}

int getservbyport_r(int port, const char *protocol, struct servent *service, struct servent_data *data)
{
    LOCKED(copy_service(getservbyport(port, protocol), service, data));
}

int getprotobyname_r(const char *name, struct protoent *protocol, struct protoent_data *data)
{
    LOCKED(copy_protocol(getprotobyname(name), protocol, data));
}

int getprotobynumber_r(int number, struct protoent *protocol, struct protoent_data *data)
{
    LOCKED(copy_protocol(getprotobynumber(number), protocol, data));
}
