/* conflicts.c -- see conflicts.h. */
#include "rootfs-tools/wpar/conflicts.h"

#include <dirent.h>
#include <errno.h>
#include <ifaddrs.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "runtime/cleanup.h"

struct others {
    struct definition *definitions;
    size_t count;
};

static int read_others(const struct store *s, const char *self, struct others *o, struct error *err)
{
    char **names;
    size_t count;
    if (store_names(s, &names, &count, err))
        return -1;
    o->definitions = calloc(count + 1, sizeof *o->definitions);
    for (size_t i = 0; o->definitions && i < count; i++) {
        struct error none;
        if (strcmp(names[i], self) != 0 && store_read(s, names[i], &o->definitions[o->count], &none) == 0)
            o->count++;
    }
    store_free_names(names, count);
    return o->definitions ? 0 : error_set(err, ENOMEM, "out of memory");
}

static void free_others(struct others *o)
{
    while (o->count > 0)
        definition_free(&o->definitions[--o->count]);
    free(o->definitions);
}

/* Is one of the paths the other, or above it? */
static bool overlap(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b), least = n < m ? n : m;
    const char *longer = n < m ? b : a;
    return strncmp(a, b, least) == 0 && (longer[least] == '\0' || longer[least] == '/');
}

static const struct definition *user_of_directory(const struct others *o, const char *directory)
{
    for (size_t i = 0; i < o->count; i++) {
        const char *theirs = definition_get(&o->definitions[i], ATTR_general_directory);
        if (strcmp(theirs, "/") != 0 && *theirs && overlap(theirs, directory))
            return &o->definitions[i];
    }
    return NULL;
}

static bool is_empty_or_absent(const char *directory)
{
    DIR *d = opendir(directory);
    bool empty = d || errno == ENOENT;
    for (struct dirent *e; empty && d && (e = readdir(d));)
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
    if (d)
        closedir(d);
    return empty;
}

static int directory_conflict(const struct others *o, const char *directory, bool new_tree, struct error *err)
{
    struct stat st;
    const struct definition *user = user_of_directory(o, directory);
    if (user)
        return error_set(err, EEXIST, "directory %s belongs to workload partition %s", directory, definition_get(user, ATTR_general_name));
    if (new_tree && !is_empty_or_absent(directory))
        return error_set(err, EEXIST, "directory %s is not empty (-p keeps what is in it)", directory);
    if (!new_tree && (stat(directory, &st) || !S_ISDIR(st.st_mode)))
        return error_set(err, ENOENT, "directory %s, which was to be kept, does not exist", directory);
    return 0;
}

static int check_directory(const struct others *o, struct definition *d, const char *command, bool resolve, bool new_tree,
                           struct error *err)
{
    char wanted[PATH_MAX], path[PATH_MAX];
    snprintf(wanted, sizeof wanted, "%s", definition_get(d, ATTR_general_directory));
    if (directory_conflict(o, wanted, new_tree, err) == 0)
        return 0;
    for (int i = 1; resolve && new_tree && i < 1000; i++) {
        struct error none;
        snprintf(path, sizeof path, "%.4000s%d", wanted, i);
        if (directory_conflict(o, path, new_tree, &none))
            continue;
        fprintf(stderr, "%s: directory %s is taken; using %s\n", command, wanted, path);
        return definition_set(d, ATTR_general_directory, path, err);
    }
    return -1;
}

static int check_hostname(const struct others *o, struct definition *d, const char *command, bool resolve, struct error *err)
{
    const char *name = definition_get(d, ATTR_general_name);
    char mine[256];
    snprintf(mine, sizeof mine, "%s", definition_get(d, ATTR_general_hostname));
    for (size_t i = 0; i < o->count; i++) {
        if (strcmp(mine, definition_get(&o->definitions[i], ATTR_general_hostname)) != 0)
            continue;
        if (!resolve || strcmp(mine, name) == 0)
            return error_set(err, EEXIST, "host name %s is used by workload partition %s", mine,
                             definition_get(&o->definitions[i], ATTR_general_name));
        fprintf(stderr, "%s: host name %s is taken; using %s\n", command, mine, name);
        return definition_set(d, ATTR_general_hostname, name, err);
    }
    return 0;
}

static const char *address_of(const struct record *r)
{
    const char *v4 = record_get(r, ATTR_network_address);
    return *v4 ? v4 : record_get(r, ATTR_network_address6);
}

static bool is_of_this_machine(const char *address)
{
    struct ifaddrs *all = NULL;
    char text[INET6_ADDRSTRLEN];
    bool met = false;
    if (getifaddrs(&all))
        return false;
    for (struct ifaddrs *i = all; i && !met; i = i->ifa_next) {
        int family = i->ifa_addr ? i->ifa_addr->sa_family : AF_UNSPEC;
        const void *bytes = family == AF_INET    ? (void *)&((struct sockaddr_in *)(void *)i->ifa_addr)->sin_addr
                            : family == AF_INET6 ? (void *)&((struct sockaddr_in6 *)(void *)i->ifa_addr)->sin6_addr
                                                 : NULL;
        met = bytes && inet_ntop(family, bytes, text, sizeof text) && strcmp(text, address) == 0;
    }
    freeifaddrs(all);
    return met;
}

/* Who has the address; NULL: nobody. */
static const char *user_of_address(const struct others *o, const char *address)
{
    for (size_t i = 0; i < o->count; i++) {
        const struct record *r;
        for (size_t from = 0; (r = definition_next(&o->definitions[i], STANZA_network, &from));)
            if (strcmp(address_of(r), address) == 0)
                return definition_get(&o->definitions[i], ATTR_general_name);
    }
    return is_of_this_machine(address) ? "this machine itself" : NULL;
}

static int check_addresses(const struct others *o, struct definition *d, const char *command, bool resolve, struct error *err)
{
    const struct record *r;
    for (size_t from = 0; (r = definition_next(d, STANZA_network, &from));) {
        const char *address = address_of(r), *user = user_of_address(o, address);
        if (!*address)
            return error_set(err, EINVAL, "-N: neither address= nor address6= is given");
        if (!user)
            continue;
        if (!resolve)
            return error_set(err, EEXIST, "address %s is used by %s", address, user);
        fprintf(stderr, "%s: address %s is used by %s; left out\n", command, address, user);
        free_ptr char *word = NULL;
        if (asprintf(&word, "%s=%s", strchr(address, ':') ? "address6" : "address", address) < 0 ||
            definition_apply(d, STANZA_network, &word, 1, true, err))
            return -1;
        from = 0;
    }
    return 0;
}

/* What cannot be had on this machine at all. */
static int check_impossible(const struct definition *d, struct error *err)
{
    const struct record *r;
    size_t from = 0;
    if ((r = definition_next(d, STANZA_kext, &from)))
        return error_set(err, ENOTSUP, "-X kext=%s: there is no AIX kernel here that could load it", record_get(r, ATTR_kext_kext));
    for (from = 0; (r = definition_next(d, STANZA_device, &from));)
        if (strcmp(record_get(r, ATTR_device_rootvg), "yes") == 0)
            return error_set(err, ENOTSUP, "-D devname=%s rootvg=yes: root volume groups of their own are not supported",
                             record_get(r, ATTR_device_devname));
    return 0;
}

int conflicts_check(const struct store *s, struct definition *d, const char *command, const char *self, bool resolve, bool new_tree,
                    struct error *err)
{
    struct others o = { 0 };
    if (check_impossible(d, err) || read_others(s, self, &o, err))
        return -1;
    int rc = check_directory(&o, d, command, resolve, new_tree, err) || check_hostname(&o, d, command, resolve, err) ||
             check_addresses(&o, d, command, resolve, err);
    free_others(&o);
    return rc ? -1 : 0;
}
