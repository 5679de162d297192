/* network.c -- see network.h. */
#include "rootfs-tools/wpar/network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define GATEWAY4 "169.254.1.1"      /* link-local: the host's end of a point-to-point link */
#define GATEWAY6 "fe80::1"

enum { COMMAND_MAX = 24 };

/* A command line of words in one text; nothing of it is a user's but addresses, which were checked, and interface names. */
PRINTF_LIKE(2, 3) static int run(struct error *err, const char *format, ...)
{
    char text[512], copy[512], *words[COMMAND_MAX], *rest = copy;
    size_t n = 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    memcpy(copy, text, sizeof copy);
    for (char *word; n < COMMAND_MAX - 1 && (word = strsep(&rest, " "));)
        words[n++] = word;
    words[n] = NULL;
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 1);
        dup2(null, 2);
        execvp(words[0], words);
        _exit(127);
    }
    int status = -1;
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (status == 0)
        return 0;
    bool missing = WIFEXITED(status) && WEXITSTATUS(status) == 127;
    return error_set(err, EIO, "%s: %s", text, missing ? "not found (package iproute2)" : "it failed");
}

/* The host's end: a name of at most 15 characters that no other WPAR's has. */
static void host_end(char out[16], const struct definition *d, int index)
{
    uint32_t hash = 2166136261u;
    for (const char *p = definition_get(d, ATTR_general_uuid); *p; p++)
        hash = (hash ^ (unsigned char)*p) * 16777619u;
    snprintf(out, 16, "vw%08x.%d", hash, index % 1000);
}

static bool is_bridge(const char *interface)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "/sys/class/net/%.60s/bridge", interface);
    return *interface && !strchr(interface, '/') && access(path, F_OK) == 0;
}

static int mask_length(const struct record *r)
{
    const char *mask = record_get(r, ATTR_network_netmask), *prefix = record_get(r, ATTR_network_prefixlen);
    struct in_addr bits;
    if (*prefix)
        return atoi(prefix);
    if (*mask && inet_pton(AF_INET, mask, &bits) == 1)
        return __builtin_popcount(bits.s_addr);
    return *record_get(r, ATTR_network_address) ? 32 : 128;
}

static int add_link(const struct definition *d, const struct record *r, int index, pid_t init, struct error *err)
{
    char host[16];
    const char *interface = record_get(r, ATTR_network_interface);
    host_end(host, d, index);
    if (run(err, "ip link add %s type veth peer name en%d netns %d", host, index, (int)init) ||
        (is_bridge(interface) && run(err, "ip link set %s master %s", host, interface)) || run(err, "ip link set %s up", host))
        return -1;
    return run(err, "nsenter -t %d -n ip link set en%d up", (int)init, index);
}

static int add_address(const struct definition *d, const struct record *r, int index, pid_t init, struct error *err)
{
    char host[16];
    const char *v4 = record_get(r, ATTR_network_address), *address = *v4 ? v4 : record_get(r, ATTR_network_address6);
    bool bridged = is_bridge(record_get(r, ATTR_network_interface));
    int whole = *v4 ? 32 : 128;
    host_end(host, d, index);
    if (run(err, "nsenter -t %d -n ip addr add %s/%d dev en%d", (int)init, address, bridged ? mask_length(r) : whole, index))
        return -1;
    if (bridged)
        return 0;
    const char *gateway = *v4 ? GATEWAY4 : GATEWAY6;
    if (run(err, "ip addr add %s/%d dev %s", gateway, whole, host) || run(err, "ip route replace %s/%d dev %s", address, whole, host) ||
        run(err, "nsenter -t %d -n ip route add %s/%d dev en%d", (int)init, gateway, whole, index))
        return -1;
    return index ? 0 : run(err, "nsenter -t %d -n ip route add default via %s dev en%d", (int)init, gateway, index);
}

static int add_route(const struct record *r, pid_t init, struct error *err)
{
    const char *destination = record_get(r, ATTR_route_rtdest), *gateway = record_get(r, ATTR_route_rtgateway),
               *interface = record_get(r, ATTR_route_rtinterface);
    return run(err, "nsenter -t %d -n ip route replace %s%s%s%s%s", (int)init, destination, *gateway ? " via " : "", gateway,
               *interface ? " dev " : "", interface);
}

int network_begin(const struct definition *d, pid_t init, struct error *err)
{
    const struct record *r;
    int index = 0;
    for (size_t from = 0; (r = definition_next(d, STANZA_network, &from)); index++) {
        if (geteuid() != 0)
            return error_set(err, EPERM, "-N: addresses need root");
        if (add_link(d, r, index, init, err) || add_address(d, r, index, init, err))
            return -1;
    }
    for (size_t from = 0; (r = definition_next(d, STANZA_route, &from));)
        if (add_route(r, init, err))
            return -1;
    return 0;
}

void network_end(const struct definition *d)
{
    char host[16];
    struct error none;
    int index = 0;
    for (size_t from = 0; definition_next(d, STANZA_network, &from) && geteuid() == 0; index++) {
        char path[64];
        host_end(host, d, index);
        snprintf(path, sizeof path, "/sys/class/net/%s", host);
        if (access(path, F_OK) == 0)
            run(&none, "ip link delete %s", host);
    }
}
