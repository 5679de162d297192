/* structures.c -- structures that cross the bridge: for each of the guest there is one of the host (its shadow), found by a number that
 * stands in the guest's `state` member. Never by an address: what guest memory holds is not to be trusted as one.
 *
 * The number is odd, so that no address of the guest's own library can be taken for it. A shadow whose guest forgets it stays until the
 * process ends, as the memory of an unended stream does anywhere.
 */
#include <bzlib.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <zlib.h>
#include "syscalls/bridge/internal.h"
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/copyio.h"
#include "runtime/fork.h"
#include "runtime/guest_map.h"
#include "runtime/host.h"

enum member_kind { MEMBER_END, MEMBER_UINT, MEMBER_INT, MEMBER_ULONG, MEMBER_IN, MEMBER_OUT, MEMBER_TEXT, MEMBER_STATE, MEMBER_OTHER };
enum { SHADOWS = 4096, TEXTS = 32, TEXT_ROOM = 64, OBJECT = 128, MEMBERS = 16 };

struct member {
    const char *name;
    enum member_kind kind;
    size_t offset, length_offset;       /* in the host's structure */
};

struct bridge_structure {
    const char *name;
    size_t size;
    struct member members[MEMBERS];
};

static const struct bridge_structure structures[] = {
#define STRUCTURE(s) { #s, sizeof(s), {
#define MEMBER(s, m, k) { #m, MEMBER_##k, offsetof(s, m), 0 },
#define BUFFER(s, m, k, length) { #m, MEMBER_##k, offsetof(s, m), offsetof(s, length) },
#define END(s) } },
#include "syscalls/bridge/structures.def"
#undef STRUCTURE
#undef MEMBER
#undef BUFFER
#undef END
};
_Static_assert(sizeof(z_stream) <= OBJECT && sizeof(bz_stream) <= OBJECT, "a shadow holds any structure");

struct bridge_shadow {
    const struct bridge_structure *structure;
    gva guest;
    uint64_t number;
    bool busy;
    enum shadow_use use;                /* of the call that is going on */
    struct { gva guest; uint8_t *host; } buffers[MEMBERS];      /* where those of this call begin, by member */
    uint8_t object[OBJECT] __attribute__((aligned(16)));
};

static struct bridge_shadow *shadows[SHADOWS];
static uint32_t generation;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void take_lock(void) { pthread_mutex_lock(&lock); }
static void drop_lock(void) { pthread_mutex_unlock(&lock); }

static void set_up(void)
{
    static const struct fork_hooks hooks = { take_lock, drop_lock, drop_lock };
    fork_register(&hooks);
}

const struct bridge_structure *bridge_structure(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(structures); i++)
        if (strcmp(structures[i].name, name) == 0)
            return &structures[i];
    return NULL;
}

/* --- the guest's layout: words of 4 bytes, addresses and longs of its width, each at a multiple of its size */

static size_t member_size(enum member_kind kind) { return kind == MEMBER_UINT || kind == MEMBER_INT || !guest.is64 ? 4 : 8; }

struct cursor {
    const struct member *m;
    gva at;
};

static struct cursor first_member(const struct bridge_structure *s, gva ea) { return (struct cursor){ s->members, ea }; }

static void next_member(struct cursor *c)
{
    c->at += member_size(c->m->kind);
    c->m++;
    size_t size = member_size(c->m->kind);
    c->at = (c->at + size - 1) & ~(gva)(size - 1);
}

static int read_member(const struct cursor *c, uint64_t *value)
{
    uint32_t word;
    if (member_size(c->m->kind) == 8)
        return copyin_long(value, c->at);
    int rc = copyin_u32(&word, c->at);
    *value = word;
    return rc;
}

static int write_member(const struct cursor *c, uint64_t value)
{
    return member_size(c->m->kind) == 8 ? copyout_long(c->at, value) : copyout_u32(c->at, (uint32_t)value);
}

/* --- constant strings of the host, copied once into guest memory */

static gva guest_text(const char *text)
{
    static struct { const char *host; gva guest; } known[TEXTS];
    static gva page;
    gva found = 0;
    if (!text)
        return 0;
    take_lock();
    if (!page && guest_mmap(0, TEXTS * TEXT_ROOM, PROT_READ | PROT_WRITE, 0, -1, 0, AREA_MMAP, &page) < 0)
        page = 0;
    for (unsigned i = 0; page && i < TEXTS && !found; i++) {
        if (known[i].host && known[i].host != text)
            continue;
        known[i].host = text;
        found = page + i * TEXT_ROOM;
        char copy[TEXT_ROOM] = "";
        strncpy(copy, text, TEXT_ROOM - 1);
        if (!known[i].guest)
            copyout(found, copy, sizeof copy);
        known[i].guest = found;
    }
    drop_lock();
    return found;
}

/* --- shadows */

static void note_fault(struct bridge_call *call, gva ea)
{
    bridge_range(call, ea, guest.mask + 2);     /* longer than the window: never inside */
}

/* By the number in the guest's `state`. */
static struct bridge_shadow *find_shadow(const struct bridge_structure *s, uint64_t number)
{
    struct bridge_shadow *shadow = number & 1 ? shadows[number >> 1 & (SHADOWS - 1)] : NULL;
    return shadow && shadow->number == number && shadow->structure == s && !shadow->busy ? shadow : NULL;
}

static struct bridge_shadow *new_shadow(const struct bridge_structure *s)
{
    for (uint32_t i = 0; i < SHADOWS; i++) {
        if (shadows[i])
            continue;
        struct bridge_shadow *shadow = calloc(1, sizeof *shadow);
        if (!shadow)
            return NULL;
        shadow->structure = s;
        shadow->number = ((uint64_t)(++generation & 0x3FFFF) << 12 | i) << 1 | 1;       /* fits in 31 bits */
        return shadows[i] = shadow;
    }
    return NULL;
}

static void drop_shadow(struct bridge_shadow *shadow)
{
    shadows[shadow->number >> 1 & (SHADOWS - 1)] = NULL;
    free(shadow);
}

/* For a buffer: how long it is. */
static bool is_buffer(const struct member *m, const uint8_t *object, uint64_t *length)
{
    if (m->kind != MEMBER_IN && m->kind != MEMBER_OUT)
        return false;
    unsigned n;
    memcpy(&n, object + m->length_offset, sizeof n);
    *length = n;
    return true;
}

/* Numbers first: they are the lengths of the buffers. */
static int fetch_numbers(struct bridge_shadow *shadow)
{
    for (struct cursor c = first_member(shadow->structure, shadow->guest); c.m->kind; next_member(&c)) {
        uint64_t v;
        if (c.m->kind != MEMBER_UINT && c.m->kind != MEMBER_INT && c.m->kind != MEMBER_ULONG)
            continue;
        if (read_member(&c, &v) < 0)
            return -1;
        memcpy(shadow->object + c.m->offset, &v, c.m->kind == MEMBER_ULONG ? sizeof(unsigned long) : sizeof(unsigned));
    }
    return 0;
}

static int fetch_buffers(struct bridge_call *call, struct bridge_shadow *shadow)
{
    for (struct cursor c = first_member(shadow->structure, shadow->guest); c.m->kind; next_member(&c)) {
        uint64_t ea, length;
        if (!is_buffer(c.m, shadow->object, &length))
            continue;
        if (read_member(&c, &ea) < 0)
            return -1;
        /* Making a structure touches no buffer, and the guest need not have named one yet. */
        bool new = shadow->use == SHADOW_NEW;
        uint8_t *host = !new ? bridge_memory(call, ea, length, c.m->kind == MEMBER_OUT) : ea ? g2h(ea) : NULL;
        if (call->faulted)
            return -1;
        size_t i = (size_t)(c.m - shadow->structure->members);
        shadow->buffers[i].guest = ea;
        shadow->buffers[i].host = host;
        memcpy(shadow->object + c.m->offset, &host, sizeof host);
    }
    return 0;
}

static int read_state(const struct bridge_structure *s, gva ea, uint64_t *number)
{
    struct cursor c = first_member(s, ea);
    while (c.m->kind != MEMBER_STATE)
        next_member(&c);
    return read_member(&c, number);
}

void bridge_shadow_take(struct bridge_call *call, const struct bridge_structure *s, gva ea, enum shadow_use use,
                        struct bridge_shadow **taken)
{
    uint64_t number = 0;
    *taken = NULL;
    pthread_once(&once, set_up);
    if (!ea)
        return;
    if (use != SHADOW_NEW && read_state(s, ea, &number) < 0) {
        note_fault(call, ea);
        return;
    }
    take_lock();
    struct bridge_shadow *shadow = use == SHADOW_NEW ? new_shadow(s) : find_shadow(s, number);
    if (shadow)
        shadow->busy = true;
    drop_lock();
    if (!shadow)
        return;
    shadow->guest = ea;
    shadow->use = use;
    *taken = shadow;
    if (fetch_numbers(shadow) < 0)
        note_fault(call, ea);
    else
        fetch_buffers(call, shadow);
    if (!call->faulted)
        return;
    *taken = NULL;
    bridge_shadow_give(call, shadow, false);
}

void *bridge_shadow_object(struct bridge_shadow *shadow) { return shadow->object; }

/* The buffer's place now, as the guest names it: from where it began, because its end may be the end of what is mapped. */
static gva buffer_address(const struct bridge_shadow *shadow, const struct member *m, const uint8_t *host)
{
    size_t i = (size_t)(m - shadow->structure->members);
    const uint8_t *start = shadow->buffers[i].host;
    if (host == start || (start && host > start && host - start <= UINT32_MAX))
        return shadow->buffers[i].guest + (gva)(host - start);
    return bridge_guest_address(host);
}

static uint64_t member_value(const struct bridge_shadow *shadow, const struct member *m)
{
    uint64_t v = 0;
    const void *host = NULL;
    const uint8_t *at = shadow->object + m->offset;
    switch (m->kind) {
    case MEMBER_UINT:
    case MEMBER_INT:
        memcpy(&v, at, sizeof(unsigned));
        break;
    case MEMBER_ULONG:
        memcpy(&v, at, sizeof(unsigned long));
        break;
    case MEMBER_IN:
    case MEMBER_OUT:
        memcpy(&host, at, sizeof host);
        v = buffer_address(shadow, m, host);
        break;
    case MEMBER_TEXT:
        memcpy(&host, at, sizeof host);
        v = guest_text(host);
        break;
    default:
        break;
    }
    return v;
}

static int store_members(struct bridge_shadow *shadow, uint64_t state)
{
    for (struct cursor c = first_member(shadow->structure, shadow->guest); c.m->kind; next_member(&c)) {
        uint64_t v = c.m->kind == MEMBER_STATE ? state : member_value(shadow, c.m);
        if (c.m->kind != MEMBER_OTHER && write_member(&c, v) < 0)
            return -1;
    }
    return 0;
}

void bridge_shadow_give(struct bridge_call *call, struct bridge_shadow *shadow, bool succeeded)
{
    bool gone = shadow->use == SHADOW_NEW ? !succeeded : shadow->use == SHADOW_END && succeeded;
    if (!call->faulted && store_members(shadow, gone ? 0 : shadow->number) < 0)
        note_fault(call, shadow->guest);
    take_lock();
    shadow->busy = false;
    if (gone)
        drop_shadow(shadow);
    drop_lock();
}

void bridge_shadow_leave(struct bridge_shadow *shadow)
{
    take_lock();
    shadow->busy = false;
    if (shadow->use == SHADOW_NEW)
        drop_shadow(shadow);
    drop_lock();
}
