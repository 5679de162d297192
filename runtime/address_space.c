/* address_space.c -- reserving the window of guest memory. */
#include "runtime/address_space.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

struct address_space guest;

int address_space_reserve(bool is64, struct error *err)
{
    uint64_t size = is64 ? UINT64_C(1) << 46 : UINT64_C(1) << 32;
    uint8_t *p = mmap(NULL, size + 2 * GUEST_GUARD, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        return error_set(err, errno, "cannot reserve %llu GiB of address space for the program: %s",
                         (unsigned long long)(size >> 30), strerror(errno));
    guest.base = p + GUEST_GUARD;
    guest.mask = size - 1;
    guest.is64 = is64;
    return 0;
}

int address_space_mirror_page0(struct error *err)
{
    void *p = mmap(guest.base + guest.mask + 1, GUEST_PAGE, PROT_READ, MAP_FIXED | MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return p == MAP_FAILED ? error_set(err, errno, "cannot map a page above the program's memory: %s", strerror(errno)) : 0;
}

void *guest_range(gva ea, uint64_t len)
{
    uint64_t offset = ea & guest.mask;

    return len <= guest.mask + 1 - offset ? guest.base + offset : NULL;
}
