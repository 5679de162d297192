/* flags.c -- translation of bit masks between AIX and the host; the bits stand in flags.def. */
#include "syscalls/flags.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include "runtime/host.h"

static const struct flag_line {
    uint32_t aix, host;
    enum flag_table table;
    const char *name;
} lines[] = {
#define FLAG(table, name, aix, host) { aix, host, FLAGS_##table, #name },
#include "syscalls/flags.def"
#undef FLAG
};

uint32_t flags_to_host(enum flag_table table, uint32_t aix, uint32_t *unknown)
{
    uint32_t host = 0;
    for (size_t i = 0; i < ARRAY_LEN(lines) && aix; i++) {
        if (lines[i].table == table && (aix & lines[i].aix) == lines[i].aix) {
            host |= lines[i].host;
            aix &= ~lines[i].aix;
        }
    }
    if (unknown)
        *unknown = aix;
    return host;
}

uint32_t flags_to_aix(enum flag_table table, uint32_t host, uint32_t *unknown)
{
    uint32_t aix = 0;
    for (size_t i = 0; i < ARRAY_LEN(lines) && host; i++) {
        const struct flag_line *l = &lines[i];
        if (l->table == table && l->host && (host & l->host) == l->host) {
            aix |= l->aix;
            host &= ~l->host;
        }
    }
    if (unknown)
        *unknown = host;
    return aix;
}

char *flags_print(enum flag_table table, uint32_t aix, char *text, size_t size)
{
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < ARRAY_LEN(lines) && at < size; i++) {
        if (lines[i].table == table && (aix & lines[i].aix)) {
            at += (size_t)snprintf(text + at, size - at, "%s%s", at ? "|" : "", lines[i].name);
            aix &= ~lines[i].aix;
        }
    }
    if (at < size && (aix || at == 0))
        snprintf(text + at, size - at, aix ? "%s0x%x" : "%s0", at ? "|" : "", aix);
    return text;
}
