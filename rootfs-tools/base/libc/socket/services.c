/* services.c -- /etc/services, and the few protocols there are.
 */
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include "../include/lines.h"

enum { NAMES = 16 };

static int has_name(const char *name, char *first, char *const *aliases)
{
    if (strcmp(name, first) == 0)
        return 1;
    for (; *aliases; aliases++)
        if (strcmp(name, *aliases) == 0)
            return 1;
    return 0;
}

static void take_aliases(char *at, char **aliases)
{
    int n = 0;

    while (n < NAMES - 1 && (aliases[n] = __next_word(&at)))
        n++;
    aliases[n] = NULL;
}

/* By name, or by port when that is NULL; any protocol when `protocol` is NULL. */
static struct servent *find_service(const char *name, int port, const char *protocol)
{
    static struct servent service;
    static char line[512];
    static char *aliases[NAMES];
    struct lines lines;
    struct servent *result = NULL;

    if (__lines_open(&lines, "/etc/services") < 0)
        return NULL;
    while (!result && __lines_next(&lines, line, sizeof line) != 0) {
        char *at = line, *first = __next_word(&at), *number = first ? __next_word(&at) : NULL;
        char *slash = number ? strchr(number, '/') : NULL;
        if (!slash)
            continue;
        *slash = 0;
        take_aliases(at, aliases);
        service = (struct servent){ first, aliases, htons(atoi(number)), slash + 1 };
        if (protocol && strcmp(protocol, service.s_proto) != 0)
            continue;
        if (name ? has_name(name, first, aliases) : service.s_port == port)
            result = &service;
    }
    __lines_close(&lines);
    return result;
}

struct servent *getservbyname(const char *name, const char *protocol)
{
    return find_service(name, 0, protocol);
}

struct servent *getservbyport(int port, const char *protocol)
{
    return find_service(NULL, port, protocol);
}

static struct protoent *find_protocol(const char *name, int number)
{
    static const struct { const char *name, *alias; int number; } known[] = {
        { "ip", "IP", IPPROTO_IP }, { "icmp", "ICMP", IPPROTO_ICMP }, { "igmp", "IGMP", IPPROTO_IGMP },
        { "tcp", "TCP", IPPROTO_TCP }, { "udp", "UDP", IPPROTO_UDP }, { "ipv6", "IPV6", IPPROTO_IPV6 },
        { "icmpv6", "ICMPV6", IPPROTO_ICMPV6 },
    };
    static struct protoent protocol;
    static char *aliases[2];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        aliases[0] = (char *)known[i].alias;
        if (name ? has_name(name, (char *)known[i].name, aliases) : known[i].number == number) {
            protocol = (struct protoent){ (char *)known[i].name, aliases, known[i].number };
            return &protocol;
        }
    }
    return NULL;
}

struct protoent *getprotobyname(const char *name)
{
    return find_protocol(name, 0);
}

struct protoent *getprotobynumber(int number)
{
    return find_protocol(NULL, number);
}
