/* interfaces.c -- names and numbers of network interfaces [RFC 3493 4], out of getkerninfo's list of routing messages [aix-abi 4.8; Go's
 * net/interface_aix.go].
 */
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

enum { KINFO_RT_IFLIST = 0x40000103, RTM_IFINFO = 14, AT_TYPE = 3, AT_INDEX = 12, HEADER = 16, AT_NAME_LENGTH = 5, AT_NAME = 8 };

int getkerninfo(int, char *, long *, long);

/* The list, to be freed; its size. */
static unsigned char *read_list(long *size)
{
    long need = getkerninfo(KINFO_RT_IFLIST, NULL, NULL, 0);
    *size = need;
    unsigned char *list = need > 0 ? malloc((size_t)need) : NULL;
    if (list && getkerninfo(KINFO_RT_IFLIST, (char *)list, size, 0) < 0) {
        free(list);
        return NULL;
    }
    return list;
}

/* The next interface from *at on: its number, its name in `name`; 0 at the end. */
static unsigned int next_interface(const unsigned char **at, const unsigned char *end, char name[IF_NAMESIZE])
{
    while (end - *at >= HEADER) {
        const unsigned char *m = *at, *link = m + HEADER;
        size_t length = (size_t)m[0] << 8 | m[1];
        if (length < HEADER || length > (size_t)(end - m))
            return 0;
        *at += length;
        if (m[AT_TYPE] != RTM_IFINFO || length < HEADER + AT_NAME || link[AT_NAME_LENGTH] >= IF_NAMESIZE ||
            length < (size_t)HEADER + AT_NAME + link[AT_NAME_LENGTH])
            continue;
        memcpy(name, link + AT_NAME, link[AT_NAME_LENGTH]);
        name[link[AT_NAME_LENGTH]] = '\0';
        return (unsigned)m[AT_INDEX] << 8 | m[AT_INDEX + 1];
    }
    return 0;
}

unsigned int if_nametoindex(const char *wanted)
{
    char name[IF_NAMESIZE];
    long size;
    unsigned char *list = read_list(&size);
    const unsigned char *at = list;
    unsigned int index;
    if (!list)
        return 0;
    while ((index = next_interface(&at, list + size, name)) && strcmp(name, wanted) != 0)
        ;
    free(list);
    if (!index)
        errno = ENXIO;
    return index;
}

char *if_indextoname(unsigned int wanted, char *name)
{
    long size;
    unsigned char *list = read_list(&size);
    const unsigned char *at = list;
    unsigned int index;
    if (!list)
        return NULL;
    while ((index = next_interface(&at, list + size, name)) && index != wanted)
        ;
    free(list);
    if (index)
        return name;
    errno = ENXIO;
    return NULL;
}

struct if_nameindex *if_nameindex(void)
{
    char name[IF_NAMESIZE];
    long size;
    unsigned char *list = read_list(&size);
    const unsigned char *at = list;
    size_t count = 0;
    struct if_nameindex *result = list ? calloc((size_t)size / HEADER + 1, sizeof *result) : NULL;
    for (unsigned int index; result && (index = next_interface(&at, list + size, name)); count++) {
        result[count].if_index = index;
        if (!(result[count].if_name = strdup(name))) {
            if_freenameindex(result);
            result = NULL;
        }
    }
    free(list);
    return result;
}

void if_freenameindex(struct if_nameindex *list)
{
    for (struct if_nameindex *i = list; i && i->if_index; i++)
        free(i->if_name);
    free(list);
}
