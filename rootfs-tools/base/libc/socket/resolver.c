/* resolver.c -- asking name servers directly: res_query, res_search and the names in messages [IBM's manual; RFC 1035]. Servers and search
 * list come from /etc/resolv.conf at each call.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <resolv.h>
#include <string.h>
#include <sys/poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include "../include/lines.h"

enum { TIMEOUT_MS = 3000, ROUNDS = 2, LABEL = 63, POINTER = 0xC0, JUMPS = 64 };

struct __res_state _res;

static void read_configuration(void)
{
    struct lines lines;
    char line[512];
    if (__lines_open(&lines, "/etc/resolv.conf") < 0)
        return;
    while (__lines_next(&lines, line, sizeof line) != 0) {
        char *at = line, *key = __next_word(&at), *word = key ? __next_word(&at) : NULL;
        if (!word)
            continue;
        struct sockaddr_in *server = &_res.nsaddr_list[_res.nscount < MAXNS ? _res.nscount : 0];
        if (strcmp(key, "nameserver") == 0 && _res.nscount < MAXNS && inet_aton(word, &server->sin_addr)) {
            server->sin_len = sizeof *server;
            server->sin_family = AF_INET;
            server->sin_port = htons(NAMESERVER_PORT);
            _res.nscount++;
        } else if (strcmp(key, "search") == 0 || strcmp(key, "domain") == 0)
            strncpy(_res.defdname, word, sizeof _res.defdname - 1);
    }
    __lines_close(&lines);
}

int res_init(void)
{
    struct timespec now;
    memset(&_res, 0, sizeof _res);
    clock_gettime(CLOCK_REALTIME, &now);
    _res.retrans = TIMEOUT_MS / 1000;
    _res.retry = ROUNDS;
    _res.options = RES_DEFAULT | RES_INIT;
    _res.id = (unsigned short)(now.tv_nsec ^ now.tv_nsec >> 13 ^ getpid() << 3);
    read_configuration();
    return 0;
}

static unsigned char *put16(unsigned char *p, unsigned v)
{
    *p++ = (unsigned char)(v >> 8);
    *p++ = (unsigned char)v;
    return p;
}

/* Without looking back for earlier names: a message may always spell a name out. */
int dn_comp(const char *name, unsigned char *to, int room, unsigned char **names, unsigned char **last)
{
    unsigned char *p = to;
    while (*name) {
        size_t n = strcspn(name, ".");
        if (n == 0 || n > LABEL || room - (p - to) < (int)n + 2)
            return -1;
        *p++ = (unsigned char)n;
        memcpy(p, name, n);
        p += n;
        name += n + (name[n] == '.');
    }
    if (p - to >= room)
        return -1;
    *p++ = 0;
    return (int)(p - to);
}

int dn_skipname(const unsigned char *at, const unsigned char *end)
{
    const unsigned char *start = at;
    while (at < end && *at && *at < POINTER)
        at += *at + 1;
    if (at >= end)
        return -1;
    at += *at ? 2 : 1;
    return at <= end ? (int)(at - start) : -1;
}

int dn_expand(const unsigned char *message, const unsigned char *end, const unsigned char *at, char *name, int room)
{
    int used = dn_skipname(at, end), n = 0;
    for (int jumps = 0; used > 0 && jumps < JUMPS && at < end;) {
        if (*at >= POINTER) {
            if (at + 1 >= end || message + ((*at & ~POINTER) << 8 | at[1]) >= end)
                return -1;
            at = message + ((*at & ~POINTER) << 8 | at[1]);
            jumps++;
            continue;
        }
        if (*at == 0) {
            name[n ? n - 1 : 0] = '\0';
            return used;
        }
        if (at + *at + 1 >= end || n + *at + 1 >= room)
            return -1;
        memcpy(name + n, at + 1, *at);
        n += *at;
        name[n++] = '.';
        at += *at + 1;
    }
    return -1;
}

int res_mkquery(int op, const char *name, int class, int type, const char *data, int length, const struct rrec *record, char *buffer,
                int room)
{
    unsigned char *p = (unsigned char *)buffer;
    if (op != QUERY || room < HFIXEDSZ + QFIXEDSZ)
        return -1;
    if (!(_res.options & RES_INIT))
        res_init();
    memset(p, 0, HFIXEDSZ);
    put16(p, ++_res.id);
    p[2] = _res.options & RES_RECURSE ? 1 : 0;
    put16(p + 4, 1);
    int n = dn_comp(name, p + HFIXEDSZ, room - HFIXEDSZ - QFIXEDSZ, NULL, NULL);
    if (n < 0)
        return -1;
    p = put16(p + HFIXEDSZ + n, (unsigned)type);
    put16(p, (unsigned)class);
    return HFIXEDSZ + n + QFIXEDSZ;
}

static int ask(const struct sockaddr_in *server, const char *message, int length, char *answer, int room)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0), n = -1;
    struct pollfd waiting = { .fd = fd, .events = POLLIN };
    if (fd < 0)
        return -1;
    if (connect(fd, (const struct sockaddr *)server, sizeof *server) == 0 && send(fd, message, (size_t)length, 0) == length)
        while (poll(&waiting, 1, _res.retrans * 1000) > 0) {
            n = (int)recv(fd, answer, (size_t)room, 0);
            if (n < 0 || (n >= HFIXEDSZ && memcmp(answer, message, 2) == 0))
                break;
            n = -1;
        }
    close(fd);
    return n;
}

int res_send(const char *message, int length, char *answer, int room)
{
    if (!(_res.options & RES_INIT))
        res_init();
    for (int round = 0; round < _res.retry; round++)
        for (int i = 0; i < _res.nscount; i++) {
            int n = ask(&_res.nsaddr_list[i], message, length, answer, room);
            if (n >= 0)
                return n;
        }
    errno = ETIMEDOUT;
    return -1;
}

int res_query(const char *name, int class, int type, unsigned char *answer, int room)
{
    char message[PACKETSZ];
    int n = res_mkquery(QUERY, name, class, type, NULL, 0, NULL, message, sizeof message);
    if (n > 0)
        n = res_send(message, n, (char *)answer, room);
    if (n < 0) {
        h_errno = TRY_AGAIN;
        return -1;
    }
    int code = answer[3] & 15, answers = answer[6] << 8 | answer[7];
    h_errno = code == NXDOMAIN ? HOST_NOT_FOUND : code == SERVFAIL ? TRY_AGAIN : code != NOERROR ? NO_RECOVERY : answers ? 0 : NO_DATA;
    return h_errno ? -1 : n;
}

/* A name with a dot as it is first, then in the domain; without one the other way round. */
int res_search(const char *name, int class, int type, unsigned char *answer, int room)
{
    char full[MAXDNAME];
    if (!(_res.options & RES_INIT))
        res_init();
    int dotted = strchr(name, '.') != NULL, n = dotted ? res_query(name, class, type, answer, room) : -1;
    if (n < 0 && _res.defdname[0] && strlen(name) + strlen(_res.defdname) + 2 < sizeof full) {
        strcpy(full, name);
        strcat(full, ".");
        strcat(full, _res.defdname);
        n = res_query(full, class, type, answer, room);
    }
    return n < 0 && !dotted ? res_query(name, class, type, answer, room) : n;
}
