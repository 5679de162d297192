/* unit_cfg.h -- what a unit consists of: its instructions, its blocks, and which registers must be where.
 *
 * Discovery follows direct branches from the entry inside the request's window, not into calls; after a call it goes on behind it. It
 * stays in the function around the entry (XCOFF functions are followed by a zero word and a traceback table) and stops at a cap; branches
 * to what is not in the unit leave it. It never refuses for size.
 *
 * Two flows are computed over the blocks. *May be dirty*, forward: a home that was written since struct cpu was last made exact.
 * *Live*, backward: a home whose value is read, or written back because it may be dirty, before it is set. So a home is stored only
 * where it may differ, and loaded only where somebody wants it.
 */
#ifndef XLATE_WORKER_UNIT_CFG_H
#define XLATE_WORKER_UNIT_CFG_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/error.h"
#include "xlate/isa/record.h"
#include "xlate/worker/unit_code.h"

/* Guest registers that have a home: those of enum reg_id up to REG_CA. */
enum { SLOT_COUNT = REG_CA + 1 };

struct slot_set { uint64_t w[2]; };

static inline bool slot_in(struct slot_set s, unsigned n) { return s.w[n >> 6] >> (n & 63) & 1; }
static inline void slot_add(struct slot_set *s, unsigned n) { s->w[n >> 6] |= UINT64_C(1) << (n & 63); }
static inline void slot_remove(struct slot_set *s, unsigned n) { s->w[n >> 6] &= ~(UINT64_C(1) << (n & 63)); }
static inline struct slot_set slot_or(struct slot_set a, struct slot_set b)
{
    return (struct slot_set){{a.w[0] | b.w[0], a.w[1] | b.w[1]}};
}
static inline struct slot_set slot_minus(struct slot_set a, struct slot_set b)
{
    return (struct slot_set){{a.w[0] & ~b.w[0], a.w[1] & ~b.w[1]}};
}
static inline bool slot_equal(struct slot_set a, struct slot_set b) { return a.w[0] == b.w[0] && a.w[1] == b.w[1]; }
static inline bool slot_empty(struct slot_set a) { return !(a.w[0] | a.w[1]); }

/* How an instruction hands on control. */
enum unit_end {
    END_NONE,           /* to the next instruction */
    END_BRANCH,         /* direct, perhaps conditional */
    END_CALL,           /* direct or indirect with link, perhaps conditional */
    END_RETURN,         /* blr, perhaps conditional */
    END_JUMP,           /* bctr, perhaps conditional */
    END_SWITCH,         /* bctr that looks like a jump by table, to the unit's switch targets or elsewhere */
    END_STOP,           /* trap always, illegal, sc: never goes on here */
    END_INTERPRET,      /* done by the interpreter: like a call that comes back to the next instruction */
};

struct unit_insn {
    gva pc;
    uint32_t word;
    uint16_t id;
    uint8_t end;                /* enum unit_end */
    bool conditional;
    bool accesses;              /* guest memory */
    bool traps;                 /* conditionally */
    gva target;                 /* of a direct branch */
    struct slot_set reads, writes;
    struct slot_set dirty;      /* may be dirty before it */
};

struct unit_block {
    gva pc;
    unsigned first, count;      /* instructions */
    int taken, next;            /* blocks control may go to inside the unit, -1: none */
    bool reload;                /* control reaches `next` with homes to be loaded (behind a call) */
    bool passes;                /* ... and (also) with homes as they are */
    bool flushes;               /* struct cpu is made exact at the end, on some way out */
    struct slot_set dirty_in, dirty_out, live_in, live_out;
};

struct unit {
    bool is64, precise;
    gva entry;
    bool has_calls;             /* runs other code, by a call or by leaving for it: needs the checks at its entry */
    struct unit_insn *insns;    /* in order of pc */
    unsigned insn_count;
    struct unit_block *blocks;
    unsigned block_count;
    int entry_block;
    gva *targets;               /* of switches, inside the unit */
    unsigned target_count;
};

int unit_discover(const struct unit_request *request, struct unit *unit, struct error *err);
void unit_free(struct unit *unit);
int unit_block_at(const struct unit *unit, gva pc);             /* -1: no block starts there */
struct slot_set unit_reloaded(const struct unit *unit, const struct unit_block *block);    /* wanted behind the call at its end */

/* Registers that are stored at once when written, so that a fault finds them: never dirty. */
struct slot_set unit_written_through(const struct unit *unit);

#endif
