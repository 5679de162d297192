/* lift_sync.c -- reservations, memory barriers, cache management. [ISA II 4.3, 4.4] */
#include "xlate/isa/lift.h"

LIFT(lbarx) { gpr_set(e, RT, load_reserve(e, ea_x(e, RA, RB), 1)); }
LIFT(lharx) { gpr_set(e, RT, load_reserve(e, ea_x(e, RA, RB), 2)); }
LIFT(lwarx) { gpr_set(e, RT, load_reserve(e, ea_x(e, RA, RB), 4)); }
LIFT(ldarx) { gpr_set(e, RT, load_reserve(e, ea_x(e, RA, RB), 8)); }

static void store_reserved(struct emit *e, uint32_t w, unsigned bytes)
{
    flag stored = store_conditional(e, ea_x(e, RA, RB), gpr_get(e, RS), bytes);
    crf_set(e, 0, flag_imm(e, false), flag_imm(e, false), stored, so_get(e));
}
LIFT(stbcx_) { store_reserved(e, w, 1); }
LIFT(sthcx_) { store_reserved(e, w, 2); }
LIFT(stwcx_) { store_reserved(e, w, 4); }
LIFT(stdcx_) { store_reserved(e, w, 8); }

/* L = 1 is lwsync. */
LIFT(sync) { fence(e, BITS(w, 9, 10) == 1 ? FENCE_LWSYNC : FENCE_SYNC); }
LIFT(eieio) { fence(e, FENCE_EIEIO); }
LIFT(isync) { fence(e, FENCE_ISYNC); }
LIFT(wait) { fence(e, FENCE_ISYNC); }

LIFT(dcbz) { zero_block(e, ea_x(e, RA, RB)); }
LIFT(icbi) { code_changed(e, ea_x(e, RA, RB)); }

/* Hints, and write-back of a cache that is coherent with itself. */
LIFT(dcbt) {}
LIFT(dcbtst) {}
LIFT(dcbst) {}
LIFT(dcbf) {}
LIFT(dcba) {}

/* Data streams of VMX: begin, begin for storing, stop. A transient stream (bit 6) is another hint. */
LIFT(dst) {}
LIFT(dstst) {}
LIFT(dss) {}
