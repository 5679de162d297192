/* unit_cfg.h -- what a unit consists of: its instructions, its blocks, and which registers must be where.
 *
 * Discovery follows direct branches from the entry inside the request's window; into calls where unit_inline.h says so; and goes on
 * behind calls. It stays in the function around the entry (XCOFF functions are followed by a zero word and a traceback table) and
 * stops at a cap; branches to what is not in the unit leave it. It never refuses for size.
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
#include "xlate/worker/unit_code.h"
#include "xlate/worker/unit_inline.h"
#include "xlate/worker/unit_insn.h"
#include "xlate/worker/unit_stack.h"

struct unit_block {
    gva pc;
    unsigned instance;
    unsigned first, count;      /* instructions */
    int taken, next;            /* blocks control may go to inside the unit, -1: none */
    bool reload;                /* control reaches `next` with homes to be loaded (behind a call) */
    bool passes;                /* ... and (also) with homes as they are */
    bool flushes;               /* struct cpu is made exact at the end, on some way out */
    unsigned entries;           /* ways into it from inside the unit */
    int behind_call;            /* the block with the call it follows, the last of them; -1: none */
    struct slot_set dirty_in, dirty_out, live_in, live_out;
};

struct unit {
    bool is64, precise;
    gva entry;
    bool moves;                 /* is the same code at another address: nothing in it branches to an absolute one */
    bool has_calls;             /* runs other code, by a call or by leaving for it: needs the checks at its entry */
    struct unit_insn *insns;    /* in order of instance, then pc */
    unsigned insn_count;
    struct unit_block *blocks;
    unsigned block_count;
    int entry_block;
    gva *targets;               /* of switches of instance 0, inside the unit */
    unsigned target_count;
    struct unit_instance instances[MAX_INSTANCES];
    unsigned instance_count;
    struct stack_slot stack_slots[STACK_SLOTS];
    unsigned stack_slot_count;
};

int unit_discover(const struct unit_request *request, struct unit *unit, struct error *err);
void unit_free(struct unit *unit);
int unit_block_at(const struct unit *unit, unsigned instance, gva pc);  /* -1: no block starts there */
int unit_block_behind(const struct unit *unit, unsigned instance);      /* where a followed function returns to; -1: not in the unit */
struct slot_set unit_reloaded(const struct unit *unit, const struct unit_block *block);    /* wanted behind the call at its end */

/* A block with one way in, from struct cpu being exact -- the unit's entry, or behind a call -- loads what it wants when it wants it, so
 * that fewer values wait in the host's registers. Which these are; and whether the one behind the call at the end of a block does so. */
struct slot_set unit_waiting(const struct unit *unit, const struct unit_block *block);
bool unit_puts_off(const struct unit *unit, const struct unit_block *block);

/* Registers that are stored at once when written, so that a fault finds them: never dirty. */
struct slot_set unit_written_through(const struct unit *unit);

#endif
