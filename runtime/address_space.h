/* address_space.h -- guest memory as one reserved window of host addresses.
 *
 * 32-bit guests: 4 GiB; host = base + ea. 64-bit guests: 2^46 bytes; host = base + (ea & (2^46 - 1)), with AIX's regions
 * placed so that their low 46 bits differ. The mask is also the sandbox: no guest address names memory outside.
 * Guards of GUEST_GUARD bytes on both sides catch accesses that straddle an end. [architecture: guest memory is a window]
 *
 * Translated code masks the base register of an access and adds the displacement, or an index that is known to be small, afterwards,
 * without wrapping around. What lies below
 * the window faults, as the last GUEST_TOP bytes of a 32-bit program do: they are never mapped. The first page above it reads like
 * page 0; the kernel's other pages in segment 0 are not shown there (docs/EXACTNESS.md).
 */
#ifndef RUNTIME_ADDRESS_SPACE_H
#define RUNTIME_ADDRESS_SPACE_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"
#include "runtime/error.h"
#include "runtime/guest_guard.h"

enum { GUEST_PAGE = 4096, GUEST_TOP = 64 << 10 };

/* One guest process is one host process, so there is one. */
struct address_space {
    uint8_t *base;
    uint64_t mask;      /* 2^32 - 1 or 2^46 - 1 */
    bool is64;
};
extern struct address_space guest;

int address_space_reserve(bool is64, struct error *err);

/* What can be mapped ends here. */
static inline uint64_t guest_window_end(void) { return guest.mask + 1 - (guest.is64 ? 0 : GUEST_TOP); }

/* Show page 0, which is all zeros, above the window, too. */
int address_space_mirror_page0(struct error *err);

static inline void *g2h(gva ea) { return guest.base + (ea & guest.mask); }

/* Host pointer for [ea, ea+len) to hand to the host kernel (which answers EFAULT itself for unmapped pages), or NULL when the
 * range does not lie inside the window. */
void *guest_range(gva ea, uint64_t len);

#endif
