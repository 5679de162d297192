/* inet.c -- internet addresses as text. Host order is network order here.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Up to four numbers with dots, decimal, octal or hexadecimal; the last one fills what is left. Characters used, or 0. */
static size_t parse_dotted(const char *s, in_addr_t *address)
{
    unsigned long parts[4];
    const char *at = s;
    char *end;
    int n = 0;

    for (;;) {
        if (*at < '0' || *at > '9')
            return 0;
        parts[n++] = strtoul(at, &end, 0);
        at = end;
        if (*at != '.')
            break;
        if (n == 4)
            return 0;
        at++;
    }
    in_addr_t value = 0;
    for (int i = 0; i < n - 1; i++) {
        if (parts[i] > 255)
            return 0;
        value |= (in_addr_t)parts[i] << (24 - 8 * i);
    }
    unsigned long limit = 0xffffffffUL >> (8 * (n - 1));
    if (parts[n - 1] > limit)
        return 0;
    *address = value | (in_addr_t)parts[n - 1];
    return (size_t)(at - s);
}

int inet_aton(const char *s, struct in_addr *address)
{
    in_addr_t value;
    size_t n = parse_dotted(s, &value);

    if (!n || (s[n] && !strchr(" \t\n\r\f\v", s[n])))
        return 0;
    if (address)
        address->s_addr = value;
    return 1;
}

in_addr_t inet_addr(const char *s)
{
    struct in_addr address;

    return inet_aton(s, &address) ? address.s_addr : INADDR_NONE;
}

in_addr_t inet_network(const char *s)
{
    in_addr_t value = 0;
    char *end;

    for (int n = 0; n < 4; n++) {
        unsigned long part = strtoul(s, &end, 0);
        if (end == s || part > 255)
            return INADDR_NONE;
        value = value << 8 | (in_addr_t)part;
        if (!*end)
            return value;
        if (*end != '.')
            return INADDR_NONE;
        s = end + 1;
    }
    return INADDR_NONE;
}

static int host_bits(in_addr_t address)
{
    return address >> 31 == 0 ? 24 : address >> 30 == 2 ? 16 : 8;
}

in_addr_t inet_netof(struct in_addr in)
{
    return in.s_addr >> host_bits(in.s_addr);
}

in_addr_t inet_lnaof(struct in_addr in)
{
    return in.s_addr & ((1U << host_bits(in.s_addr)) - 1);
}

struct in_addr inet_makeaddr(in_addr_t net, in_addr_t host)
{
    int bits = net < 128 ? 24 : net < 65536 ? 16 : 8;

    return (struct in_addr){ net << bits | (host & ((1U << bits) - 1)) };
}

char *inet_ntoa(struct in_addr in)
{
    static char text[INET_ADDRSTRLEN];

    return (char *)inet_ntop(AF_INET, &in, text, sizeof text);
}

/* The longest run of zero groups, at least two; its start in *at, its length returned. */
static int longest_zeros(const uint16_t *groups, int *at)
{
    int best = 1;

    *at = -1;
    for (int i = 0; i < 8; i++) {
        int n = 0;
        while (i + n < 8 && groups[i + n] == 0)
            n++;
        if (n > best) {
            best = n;
            *at = i;
        }
        i += n;
    }
    return *at < 0 ? 0 : best;
}

static void print_v6(const struct in6_addr *address, char *out)
{
    const uint16_t *groups = address->s6_addr_.s6_u16;
    int at, n = longest_zeros(groups, &at);
    int mapped = at == 0 && (n == 6 || (n == 5 && groups[5] == 0xffff));

    for (int i = 0; i < 8; i++) {
        if (i == at) {
            out += sprintf(out, i ? ":" : "::");
            i += n - 1;
            if (i == 7 && at)
                out += sprintf(out, ":");
            continue;
        }
        if (i == 6 && mapped) {
            const uint8_t *b = address->s6_addr + 12;
            sprintf(out, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
            return;
        }
        out += sprintf(out, i < 7 ? "%x:" : "%x", groups[i]);
    }
}

const char *inet_ntop(int family, const void *restrict address, char *restrict out, socklen_t size)
{
    char text[INET6_ADDRSTRLEN + 8];
    const uint8_t *b = address;

    if (family == AF_INET)
        sprintf(text, "%d.%d.%d.%d", b[0], b[1], b[2], b[3]);
    else if (family == AF_INET6)
        print_v6(address, text);
    else {
        errno = EAFNOSUPPORT;
        return NULL;
    }
    if (strlen(text) >= size) {
        errno = ENOSPC;
        return NULL;
    }
    return strcpy(out, text);
}

static int pton_v4(const char *s, uint8_t *out)
{
    for (int i = 0; i < 4; i++) {
        int value = 0, digits = 0;
        for (; *s >= '0' && *s <= '9' && digits < 4; s++, digits++)
            value = 10 * value + (*s - '0');
        if (!digits || digits > 3 || value > 255 || (digits > 1 && s[-digits] == '0') || *s != (i < 3 ? '.' : 0))
            return 0;
        out[i] = (uint8_t)value;
        s++;
    }
    return 1;
}

static int hex_digit(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static int pton_v6(const char *s, uint8_t *out)
{
    uint8_t bytes[16] = { 0 };
    int n = 0, gap = -1;

    if (s[0] == ':' && *++s != ':')
        return 0;
    while (*s) {
        if (*s == ':') {
            if (gap >= 0)
                return 0;
            gap = n;
            s++;
            continue;
        }
        int value = 0, digits = 0;
        for (int d; digits < 5 && (d = hex_digit(s[digits])) >= 0; digits++)
            value = value << 4 | d;
        if (s[digits] == '.') {
            if (n > 12 || !pton_v4(s, bytes + n))
                return 0;
            n += 4;
            break;
        }
        if (!digits || digits > 4 || n > 14)
            return 0;
        bytes[n++] = (uint8_t)(value >> 8);
        bytes[n++] = (uint8_t)value;
        s += digits;
        if (*s == ':' && !*++s)
            return 0;
        else if (*s && s[-1] != ':')
            return 0;
    }
    if (gap < 0 ? n != 16 : n > 14)
        return 0;
    memset(out, 0, 16);
    if (gap < 0)
        gap = n;
    memcpy(out, bytes, (size_t)gap);
    memcpy(out + 16 - (n - gap), bytes + gap, (size_t)(n - gap));
    return 1;
}

int inet_pton(int family, const char *restrict s, void *restrict out)
{
    if (family == AF_INET)
        return pton_v4(s, out);
    if (family == AF_INET6)
        return pton_v6(s, out);
    errno = EAFNOSUPPORT;
    return -1;
}
