/* lists.c -- hosts, networks, protocols and services one after the other, from their files of /etc; networks by name and number
 * [XNS gethostent and its like].
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include "../include/lines.h"

enum { WORDS = 16 };

struct list {
    const char *path;
    struct lines lines;
    int open;
    char line[512];
    char *words[WORDS + 1];             /* of the current line, NULL behind the last */
};

static struct list hosts = { .path = "/etc/hosts" }, networks = { .path = "/etc/networks" };
static struct list protocols = { .path = "/etc/protocols" }, services = { .path = "/etc/services" };

static void close_list(struct list *l)
{
    if (l->open)
        __lines_close(&l->lines);
    l->open = 0;
}

static void start_list(struct list *l)
{
    close_list(l);
    l->open = __lines_open(&l->lines, l->path) == 0;
}

/* The next line with at least two words. */
static char **next_words(struct list *l)
{
    if (!l->open)
        start_list(l);
    while (l->open && __lines_next(&l->lines, l->line, sizeof l->line) != 0) {
        char *at = l->line;
        int n = 0;
        while (n < WORDS && (l->words[n] = __next_word(&at)))
            n++;
        l->words[n] = NULL;
        if (n >= 2)
            return l->words;
    }
    return NULL;
}

int sethostent(int stay) { return start_list(&hosts), 0; }
int endhostent(void) { return close_list(&hosts), 0; }
void setnetent(int stay) { start_list(&networks); }
void endnetent(void) { close_list(&networks); }
void setprotoent(int stay) { start_list(&protocols); }
void endprotoent(void) { close_list(&protocols); }
void setservent(int stay) { start_list(&services); }
void endservent(void) { close_list(&services); }

struct hostent *gethostent(void)
{
    static struct hostent host;
    static unsigned char address[16];
    static char *addresses[2];
    for (char **w; (w = next_words(&hosts));) {
        int six = inet_pton(AF_INET6, w[0], address) == 1;
        if (!six && inet_pton(AF_INET, w[0], address) != 1)
            continue;
        addresses[0] = (char *)address;
        host = (struct hostent){ w[1], w + 2, six ? AF_INET6 : AF_INET, six ? 16 : 4, addresses };
        return &host;
    }
    return NULL;
}

struct netent *getnetent(void)
{
    static struct netent net;
    char **w = next_words(&networks);
    if (!w)
        return NULL;
    net = (struct netent){ w[0], w + 2, AF_INET, inet_network(w[1]) };
    return &net;
}

struct protoent *getprotoent(void)
{
    static struct protoent protocol;
    char **w = next_words(&protocols);
    if (!w)
        return NULL;
    protocol = (struct protoent){ w[0], w + 2, atoi(w[1]) };
    return &protocol;
}

struct servent *getservent(void)
{
    static struct servent service;
    for (char **w; (w = next_words(&services));) {
        char *slash = strchr(w[1], '/');
        if (!slash)
            continue;
        *slash = '\0';
        service = (struct servent){ w[0], w + 2, htons(atoi(w[1])), slash + 1 };
        return &service;
    }
    return NULL;
}

static int named(const struct netent *n, const char *name)
{
    int same = strcmp(n->n_name, name) == 0;
    for (char **alias = n->n_aliases; *alias && !same; alias++)
        same = strcmp(*alias, name) == 0;
    return same;
}

struct netent *getnetbyname(const char *name)
{
    struct netent *n;
    setnetent(0);
    while ((n = getnetent()) && !named(n, name))
        ;
    endnetent();
    return n;
}

struct netent *getnetbyaddr(in_addr_t number, int family)
{
    struct netent *n;
    setnetent(0);
    while ((n = getnetent()) && (n->n_net != number || n->n_addrtype != family))
        ;
    endnetent();
    return n;
}
