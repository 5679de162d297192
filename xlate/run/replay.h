/* replay.h -- the registers of a precise unit at a fault, as far as they were not stored (xlate/worker/unit_defer.h says why).
 *
 * A record lies in the unit's code, among the constants, unaligned:
 *
 *      uint8_t insns, slots; struct { uint32_t word; int32_t from_entry; } insn[insns]; uint8_t slot[slots];
 *
 * The instructions are executed in their order, each as if it stood at entry + from_entry; of all they write, the slots (enum reg_id,
 * xlate/isa/record.h) are taken over.
 */
#ifndef XLATE_RUN_REPLAY_H
#define XLATE_RUN_REPLAY_H

#include <stdint.h>
#include "runtime/cpu.h"

/* For a signal handler. cpu: as the unit stored it; exact afterwards, but for its pc. */
void replay_deferred(struct cpu *cpu, const uint8_t *record, gva entry);

#endif
