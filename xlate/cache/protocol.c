/* protocol.c -- checks of what comes from the other side. */
#include "xlate/cache/protocol.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include "xlate/cache/cache_key.h"

bool protocol_check_hello(const void *packet, size_t size)
{
    const struct message_hello *m = packet;

    return size == sizeof *m && m->type == MESSAGE_HELLO && m->version == PROTOCOL_VERSION &&
           cache_hash_equal(m->fingerprint, cache_fingerprint());
}

bool protocol_check_request(const void *packet, size_t size)
{
    const struct message_request *m = packet;

    if (size < sizeof *m || m->type != MESSAGE_REQUEST || m->code_size > PROTOCOL_CODE_MAX || size != sizeof *m + m->code_size)
        return false;
    if (m->is64 > 1 || m->precise > 1 || m->urgent > 1 || m->code_size < 4 || m->entry % 4 || m->code_base % 4 || m->code_size % 4)
        return false;
    if (m->code_base + m->code_size < m->code_base || (!m->is64 && m->code_base + m->code_size > (gva)1 << 32))
        return false;
    return m->entry >= m->code_base && m->entry - m->code_base < m->code_size;
}

bool protocol_check_answer(const void *packet, size_t size)
{
    const struct message_answer *m = packet;

    return size == sizeof *m && m->type == MESSAGE_ANSWER && m->status <= ANSWER_FAILED &&
           memchr(m->segment, 0, sizeof m->segment) && !strchr(m->segment, '/');
}

void protocol_window(gva entry, gva lo, gva hi, gva *from, gva *to)
{
    *from = entry - lo > PROTOCOL_BEFORE ? entry - PROTOCOL_BEFORE : lo;
    *to = hi - entry > PROTOCOL_AFTER ? entry + PROTOCOL_AFTER : hi;
}

int protocol_address(struct sockaddr_un *address, const char *path, const char *directory, struct error *err)
{
    char name[CACHE_NAME_LEN];
    int n;

    memset(address, 0, sizeof *address);
    address->sun_family = AF_UNIX;
    cache_file_name(name, sizeof name, ".sock");
    if (path)
        n = snprintf(address->sun_path, sizeof address->sun_path, "%s", path);
    else
        n = snprintf(address->sun_path, sizeof address->sun_path, "%s/%s", directory, name);
    if (n < 0 || (size_t)n >= sizeof address->sun_path)
        return error_set(err, ENAMETOOLONG, "%s: too long for the name of a socket (name one with --socket)", path ? path : directory);
    return 0;
}
