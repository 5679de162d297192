/* gethost.c -- the older interface to names and addresses, with one static answer.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include "resolve.h"

static int last_error;
static struct found found;
static struct hostent host;
static char *aliases[ALIASES + 1], *addresses[ADDRESSES + 1];

int *h_errno_which(void)
{
    return &last_error;
}

static struct hostent *answer(void)
{
    int i;

    for (i = 0; i < found.aliases; i++)
        aliases[i] = found.alias[i];
    aliases[i] = NULL;
    for (i = 0; i < found.count; i++)
        addresses[i] = (char *)found.address[i];
    addresses[i] = NULL;
    host = (struct hostent){ found.name, aliases, found.family, found.length, addresses };
    return &host;
}

struct hostent *gethostbyname(const char *name)
{
    struct in_addr numeric;

    if (inet_aton(name, &numeric)) {
        memset(&found, 0, sizeof found);
        found.family = AF_INET;
        found.length = 4;
        found.count = 1;
        memcpy(found.address[0], &numeric, 4);
        strncpy(found.name, name, NAME_SIZE - 1);
        return answer();
    }
    return __resolve_name(name, AF_INET, &found, &last_error) ? answer() : NULL;
}

struct hostent *gethostbyaddr(const void *address, size_t length, int family)
{
    if ((family != AF_INET || length != 4) && (family != AF_INET6 || length != 16)) {
        last_error = NO_RECOVERY;
        return NULL;
    }
    return __resolve_address(address, family, &found, &last_error) ? answer() : NULL;
}

const char *hstrerror(int error)
{
    switch (error) {
    case 0: return "Resolver Error 0 (no error)";
    case HOST_NOT_FOUND: return "Unknown host";
    case TRY_AGAIN: return "Host name lookup failure";
    case NO_RECOVERY: return "Unknown server error";
    case NO_DATA: return "No address associated with name";
    }
    return "Unknown resolver error";
}

void herror(const char *prefix)
{
    fprintf(stderr, "%s%s%s\n", prefix ? prefix : "", prefix && *prefix ? ": " : "", hstrerror(last_error));
}
