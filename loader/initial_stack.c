/* initial_stack.c -- argument block at the top of the first stack [aix-abi 2.1, 2.4].
 *
 * From the top down: strings, envp[] with its NULL, argv[] with its NULL, at least 16 zero words, first r1. There is no
 * auxiliary vector. 32-bit stacks end below 0x2FF23000; what AIX keeps above that (its structure is not public) reads
 * as zeros.
 */
#include "loader/initial_stack.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/guest_map.h"

static const gva map_end[2] = { 0x2ff30000, 0x1000000000000000 };
static const gva strings_end[2] = { 0x2ff22ff8, 0x0ffffffffffffff0 };

enum { ZERO_WORDS = 16 };

static uint64_t block_bytes(char *const *list, uint64_t *count)
{
    uint64_t bytes = 0;
    for (*count = 0; list && list[*count]; ++*count)
        bytes += strlen(list[*count]) + 1;
    return bytes;
}

static void put_pointer(gva at, gva value, bool is64)
{
    if (is64)
        be_put((be64 *)g2h(at), (int64_t)value);
    else
        be_put((be32 *)g2h(at), (int64_t)value);
}

/* Copy strings upwards from `strings` and their addresses into the array; returns the end of the strings. */
static gva put_list(char *const *list, uint64_t count, gva array, gva strings, bool is64)
{
    unsigned word = is64 ? 8 : 4;
    for (uint64_t i = 0; i < count; i++) {
        size_t length = strlen(list[i]) + 1;
        memcpy(g2h(strings), list[i], length);
        put_pointer(array + i * word, strings, is64);
        strings += length;
    }
    put_pointer(array + count * word, 0, is64);
    return strings;
}

int initial_stack_make(bool is64, uint64_t size, char *const *argv, char *const *envp, struct initial_stack *out,
                       struct error *err)
{
    unsigned word = is64 ? 8 : 4;
    uint64_t argc, envc, bytes = block_bytes(argv, &argc);
    bytes += block_bytes(envp, &envc);
    size = (size + GUEST_PAGE - 1) & ~(uint64_t)(GUEST_PAGE - 1);
    if (bytes + (argc + envc + 2) * word > size / 2)
        return error_set(err, E2BIG, "arguments and environment take %llu bytes, too much for a stack of %llu",
                         (unsigned long long)bytes, (unsigned long long)size);

    out->hi = map_end[is64];
    gva got, lo = out->hi - size;
    int r = guest_mmap(lo, size, PROT_READ | PROT_WRITE, GUEST_NOREPLACE, -1, 0, AREA_MMAP, &got);
    if (r < 0)
        return error_set(err, -r, "no room for the stack: %s", strerror(-r));
    out->lo = lo;

    gva strings = (strings_end[is64] - bytes) & ~(gva)15;
    out->envp = (strings - (envc + 1) * word) & ~(gva)7;
    out->argv = (out->envp - (argc + 1) * word) & ~(gva)7;
    out->sp = (out->argv - ZERO_WORDS * word) & ~(gva)15;
    out->argc = argc;
    strings = put_list(argv, argc, out->argv, strings, is64);
    put_list(envp, envc, out->envp, strings, is64);
    return 0;
}
