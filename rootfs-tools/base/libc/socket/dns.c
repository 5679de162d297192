/* dns.c -- asking a name server over UDP [RFC 1035]: one question, answers of type A, AAAA, PTR, CNAME.
 *
 * Truncated answers are used as far as they go; there is no TCP. The servers of /etc/resolv.conf are tried in turn, twice.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "../include/lines.h"
#include "resolve.h"

enum { PACKET = 1232, HEADER = 12, SERVERS = 3, SEARCHES = 6, TIMEOUT_MS = 3000, ROUNDS = 2, JUMPS = 64 };
enum { TYPE_A = 1, TYPE_CNAME = 5, TYPE_PTR = 12, TYPE_AAAA = 28, CLASS_IN = 1 };
enum { RCODE_NONE = 0, RCODE_NO_NAME = 3 };

struct config {
    struct in_addr server[SERVERS];
    int servers, searches;
    char search[SEARCHES][NAME_SIZE];
};

static void read_config(struct config *c)
{
    struct lines lines;
    char line[512], *word;

    memset(c, 0, sizeof *c);
    if (__lines_open(&lines, "/etc/resolv.conf") < 0)
        return;
    while (__lines_next(&lines, line, sizeof line) != 0) {
        char *at = line, *key = __next_word(&at);
        if (!key || *key == ';')
            continue;
        if (strcmp(key, "nameserver") == 0 && c->servers < SERVERS && (word = __next_word(&at)))
            c->servers += inet_aton(word, &c->server[c->servers]);
        if (strcmp(key, "search") == 0 || strcmp(key, "domain") == 0)
            for (c->searches = 0; c->searches < SEARCHES && (word = __next_word(&at)) && strlen(word) < NAME_SIZE;)
                strcpy(c->search[c->searches++], word);
    }
    __lines_close(&lines);
}

static unsigned get16(const unsigned char *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static unsigned char *put16(unsigned char *p, unsigned v)
{
    *p++ = (unsigned char)(v >> 8);
    *p++ = (unsigned char)v;
    return p;
}

/* Length of the query, or 0 when the name is not one. */
static size_t build_query(unsigned char *packet, unsigned id, const char *name, unsigned type)
{
    unsigned char *p = packet;
    static const unsigned header[] = { 0x0100, 1, 0, 0, 0 };    /* recursion desired; one question */

    p = put16(p, id);
    for (size_t i = 0; i < sizeof header / sizeof *header; i++)
        p = put16(p, header[i]);
    while (*name) {
        size_t n = strcspn(name, ".");
        if (n == 0 || n > 63 || p + n + 6 > packet + 512)
            return 0;
        *p++ = (unsigned char)n;
        memcpy(p, name, n);
        p += n;
        name += n + (name[n] == '.');
    }
    *p++ = 0;
    p = put16(p, type);
    p = put16(p, CLASS_IN);
    return (size_t)(p - packet);
}

/* Expand the name at `at`; the place behind it, or 0 when the packet is broken. */
static size_t read_name(const unsigned char *packet, size_t size, size_t at, char *out)
{
    size_t behind = 0, n = 0;

    for (int jumps = 0; jumps < JUMPS && at < size;) {
        unsigned length = packet[at];
        if (length == 0) {
            out[n ? n - 1 : 0] = 0;
            return behind ? behind : at + 1;
        }
        if (length >= 0xc0) {
            if (at + 1 >= size)
                return 0;
            if (!behind)
                behind = at + 2;
            at = get16(packet + at) & 0x3fff;
            jumps++;
            continue;
        }
        if (length > 63 || at + 1 + length > size || n + length + 2 > NAME_SIZE)
            return 0;
        memcpy(out + n, packet + at + 1, length);
        n += length;
        out[n++] = '.';
        at += 1 + length;
    }
    return 0;
}

static void take_record(const unsigned char *packet, size_t size, size_t data, unsigned type, unsigned length, const char *owner,
                        unsigned wanted, struct found *out)
{
    char target[NAME_SIZE];

    if (type == TYPE_CNAME && wanted != TYPE_PTR) {
        if (read_name(packet, size, data, target)) {
            if (out->aliases < ALIASES)
                strcpy(out->alias[out->aliases++], owner);
            strcpy(out->name, target);
        }
    } else if (type == wanted && type == TYPE_PTR) {
        if (!out->name[0] && read_name(packet, size, data, out->name))
            out->count = 1;
    } else if (type == wanted && length == (unsigned)out->length && out->count < ADDRESSES) {
        memcpy(out->address[out->count++], packet + data, length);
        strcpy(out->name, owner);
    }
}

/* 0 and the answers in `out`, or one of netdb.h's reasons. */
static int read_answer(const unsigned char *packet, size_t size, unsigned type, struct found *out)
{
    char name[NAME_SIZE];
    unsigned code = packet[3] & 15, answers = get16(packet + 6);
    size_t at = HEADER;

    if (code == RCODE_NO_NAME)
        return HOST_NOT_FOUND;
    if (code != RCODE_NONE)
        return TRY_AGAIN;
    if (!(at = read_name(packet, size, at, name)))
        return NO_RECOVERY;
    at += 4;
    while (answers--) {
        if (!(at = read_name(packet, size, at, name)) || at + 10 > size)
            break;
        unsigned length = get16(packet + at + 8);
        if (at + 10 + length > size)
            break;
        take_record(packet, size, at + 10, get16(packet + at), length, name, type, out);
        at += 10 + length;
    }
    return out->count ? 0 : NO_DATA;
}

/* Wait for the answer with our id from the server we asked. */
static ssize_t receive(int fd, unsigned char *packet, unsigned id)
{
    struct pollfd waiting = { .fd = fd, .events = POLLIN };

    while (poll(&waiting, 1, TIMEOUT_MS) > 0) {
        ssize_t n = recv(fd, packet, PACKET, 0);
        if (n < 0)
            return -1;
        if (n >= HEADER && get16(packet) == id && packet[2] & 0x80)
            return n;
    }
    return -1;
}

static int ask(const struct in_addr *server, const char *name, unsigned type, struct found *out)
{
    unsigned char packet[PACKET];
    struct sockaddr_in to = { .sin_len = sizeof to, .sin_family = AF_INET, .sin_port = htons(53), .sin_addr = *server };
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    unsigned id = ((unsigned)now.tv_nsec ^ (unsigned)now.tv_nsec >> 13 ^ (unsigned)getpid() << 3) & 0xffff;
    size_t n = build_query(packet, id, name, type);
    if (!n)
        return HOST_NOT_FOUND;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0)
        return NO_RECOVERY;
    ssize_t got = -1;
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 && send(fd, packet, n, 0) == (ssize_t)n)
        got = receive(fd, packet, id);
    close(fd);
    return got < 0 ? TRY_AGAIN : read_answer(packet, (size_t)got, type, out);
}

static int ask_all(const struct config *c, const char *name, unsigned type, struct found *out)
{
    int why = c->servers ? TRY_AGAIN : HOST_NOT_FOUND;

    for (int round = 0; round < ROUNDS; round++)
        for (int i = 0; i < c->servers; i++)
            if ((why = ask(&c->server[i], name, type, out)) != TRY_AGAIN)
                return why;
    return why;
}

/* A name with a dot is tried as it is, then each with the domains of the search list. */
int __dns_name(const char *name, int family, struct found *out, int *why)
{
    unsigned type = family == AF_INET6 ? TYPE_AAAA : TYPE_A;
    char full[2 * NAME_SIZE + 2];
    struct config c;

    read_config(&c);
    *why = HOST_NOT_FOUND;
    if (strlen(name) >= NAME_SIZE)
        return 0;
    int dotted = strchr(name, '.') != NULL;
    if (dotted && (*why = ask_all(&c, name, type, out)) == 0)
        return out->count;
    for (int i = 0; i < c.searches && (!dotted || name[strlen(name) - 1] != '.'); i++) {
        snprintf(full, sizeof full, "%s.%s", name, c.search[i]);
        if (ask_all(&c, full, type, out) == 0)
            return out->count;
    }
    if (!dotted && (*why = ask_all(&c, name, type, out)) == 0)
        return out->count;
    return 0;
}

int __dns_address(const void *address, int family, struct found *out, int *why)
{
    const unsigned char *b = address;
    char name[80], *at = name;
    struct config c;

    if (family == AF_INET)
        sprintf(name, "%d.%d.%d.%d.in-addr.arpa", b[3], b[2], b[1], b[0]);
    else {
        for (int i = 15; i >= 0; i--)
            at += sprintf(at, "%x.%x.", b[i] & 15, b[i] >> 4);
        strcpy(at, "ip6.arpa");
    }
    read_config(&c);
    if ((*why = ask_all(&c, name, TYPE_PTR, out)) != 0)
        return 0;
    memcpy(out->address[0], address, (size_t)out->length);
    return 1;
}
