/* resolve.c -- /etc/hosts, and the order of sources.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>
#include <strings.h>
#include "../include/lines.h"
#include "resolve.h"

static const char hosts[] = "/etc/hosts";

static void copy_name(char *to, const char *name)
{
    strncpy(to, name, NAME_SIZE - 1);
    to[NAME_SIZE - 1] = 0;
}

static void start(struct found *out, int family)
{
    memset(out, 0, sizeof *out);
    out->family = family;
    out->length = family == AF_INET6 ? 16 : 4;
}

/* Take the names of a hosts line; true when one is `wanted` (or none is wanted). */
static int take_names(char *at, const char *wanted, struct found *out)
{
    char *word;
    int match = !wanted, first = 1;

    for (char *scan = at; wanted && (word = scan + strspn(scan, " \t"), *word && *word != '#');) {
        size_t n = strcspn(word, " \t\r#");
        if (n == strlen(wanted) && strncasecmp(word, wanted, n) == 0)
            match = 1;
        scan = word + n;
    }
    if (!match)
        return 0;
    while ((word = __next_word(&at))) {
        if (first && !out->name[0])
            copy_name(out->name, word);
        else if (strcasecmp(word, out->name) != 0 && out->aliases < ALIASES)
            copy_name(out->alias[out->aliases++], word);
        first = 0;
    }
    return 1;
}

static int search_hosts(const char *name, const void *address, struct found *out)
{
    struct lines lines;
    char line[1024];
    unsigned char bytes[16];

    if (__lines_open(&lines, hosts) < 0)
        return 0;
    while (out->count < ADDRESSES && __lines_next(&lines, line, sizeof line) != 0) {
        char *at = line, *text = __next_word(&at);
        if (!text || inet_pton(out->family, text, bytes) != 1)
            continue;
        if (address && memcmp(bytes, address, (size_t)out->length) != 0)
            continue;
        if (take_names(at, name, out)) {
            memcpy(out->address[out->count++], bytes, 16);
            if (address)
                break;
        }
    }
    __lines_close(&lines);
    return out->count;
}

int __resolve_name(const char *name, int family, struct found *out, int *why)
{
    start(out, family);
    if (search_hosts(name, NULL, out))
        return out->count;
    return __dns_name(name, family, out, why);
}

int __resolve_address(const void *address, int family, struct found *out, int *why)
{
    start(out, family);
    if (search_hosts(NULL, address, out))
        return 1;
    return __dns_address(address, family, out, why);
}
