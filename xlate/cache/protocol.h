/* protocol.h -- what aixrun and xlated say to each other.
 *
 * A SOCK_SEQPACKET socket in the cache directory, one packet a message, host-endian. The runner opens with a hello, then sends
 * requests whenever it likes; answers come in any order, each after its unit is in a published segment.
 */
#ifndef XLATE_CACHE_PROTOCOL_H
#define XLATE_CACHE_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/un.h>
#include "runtime/cpu.h"
#include "runtime/error.h"
#include "xlate/cache/cache_format.h"

enum {
    PROTOCOL_VERSION = 1,
    PROTOCOL_BEFORE = 8 << 10,          /* the window of guest code around an entry that is sent along */
    PROTOCOL_AFTER = 16 << 10,
    PROTOCOL_CODE_MAX = PROTOCOL_BEFORE + PROTOCOL_AFTER,
};

enum message_type { MESSAGE_HELLO = 1, MESSAGE_REQUEST, MESSAGE_ANSWER };

struct message_hello {                  /* runner to translator; one of another build hangs up */
    uint32_t type, version;
    struct cache_hash fingerprint;
};

struct message_request {
    uint32_t type, id;
    uint32_t is64, precise;
    uint64_t entry, code_base;
    uint32_t code_size, urgent;         /* urgent: the guest waits for it */
    /* code_size bytes of guest code from code_base on follow */
};

enum answer_status {
    ANSWER_TRANSLATED,                  /* new, in `segment` */
    ANSWER_FOUND,                       /* was in the cache, in `segment` */
    ANSWER_REFUSED,                     /* cannot be translated */
    ANSWER_FAILED,                      /* could not be written: ask again another day */
};

struct message_answer {
    uint32_t type, id;
    uint32_t status, reserved;
    char segment[CACHE_NAME_LEN];
};

enum { MESSAGE_MAX = sizeof(struct message_request) + PROTOCOL_CODE_MAX };

/* Is the packet a message of that kind, with nothing in it that a careless reader could trip over? */
bool protocol_check_hello(const void *packet, size_t size);
bool protocol_check_request(const void *packet, size_t size);
bool protocol_check_answer(const void *packet, size_t size);

/* The window of code around entry that is sent: clipped to [lo, hi), both multiples of 4. */
void protocol_window(gva entry, gva lo, gva hi, gva *from, gva *to);

/* The address of the socket `path`; NULL: beside the cache in `directory`. -1 when it is too long. */
int protocol_address(struct sockaddr_un *address, const char *path, const char *directory, struct error *err);

#endif
