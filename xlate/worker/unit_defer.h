/* unit_defer.h -- what need not be stored before an access that may fault, because the fault's handler can work it out again.
 *
 * In a precise unit struct cpu must be exact at each access to guest memory. Instructions that only compute from registers (most of all
 * comparisons, each four bytes of CR) are deferred instead: what they write stays where it is, and the access gets a list of them. If it
 * faults, the handler interprets the list on a copy of struct cpu and takes over what they wrote (xlate/run/replay.h). So a result costs
 * nothing unless it is used; what was loaded from memory is stored, for nobody could load it again.
 *
 * An instruction can be deferred as long as its operands can be had then: each is in struct cpu, and stays there; or is written by
 * another deferred instruction; or will be stored before the next access. A list is carried from a block to one that is reached from
 * nowhere else.
 */
#ifndef XLATE_WORKER_UNIT_DEFER_H
#define XLATE_WORKER_UNIT_DEFER_H

#include <stdint.h>
#include "xlate/worker/unit_insn.h"

enum { DEFER_MAX = 12 };

struct deferred_insn {
    uint16_t insn;              /* index in the unit */
    struct slot_set linked;     /* operands that earlier instructions of the list write */
    struct slot_set kept;       /* ... that struct cpu has, and that are still current */
    struct slot_set old;        /* ... that struct cpu has, though they were written since: it must keep them */
    struct slot_set awaited;    /* ... that are current, and in struct cpu after the next access */
};

struct deferral {
    unsigned count;
    struct slot_set slots;      /* whose current value the list makes */
    struct deferred_insn list[DEFER_MAX];       /* in the order of execution */
};

/* The two halves of an instruction, insns[index], before which the homes in *dirty may differ from struct cpu: what is to be stored before
 * its access (nothing for others), and then its results. Both change *d and *dirty to what holds behind. */
struct slot_set defer_store(struct deferral *d, const struct unit_insn *insns, unsigned index, struct slot_set *dirty);
void defer_results(struct deferral *d, const struct unit_insn *insns, unsigned index, struct slot_set *dirty);

/* The list of an access, once what was to be stored is stored: the form of xlate/run/replay.h, `out` of REPLAY_MAX bytes; its size,
 * 0: nothing is deferred. */
enum { REPLAY_MAX = 2 + 8 * DEFER_MAX + SLOT_COUNT };
unsigned defer_record(const struct deferral *d, const struct unit_insn *insns, gva entry, uint8_t *out);

#endif
