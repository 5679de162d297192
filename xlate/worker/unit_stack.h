/* unit_stack.h -- words of memory, mostly of the stack, that a unit knows, because it stored or loaded them itself.
 *
 * What a function keeps in its frame and loads again later -- variables of code compiled without optimisation, saved registers, spilled
 * values -- need not wait for memory: the stores are done, the loads take the value. That is the guest's own order of things: a
 * processor hands its stores on to its loads as long as no barrier, nor another store to the same place, comes between [ISA II 1.7].
 * Any store that may hit the place (one at a distance from something else), any call, barrier or reservation ends the knowledge.
 *
 * Knowledge does not go round in a loop: a load in it looks at memory once in every turn, for another thread may be what it waits for.
 *
 * A place is a distance from what a register held at some point, its base.
 */
#ifndef XLATE_WORKER_UNIT_STACK_H
#define XLATE_WORKER_UNIT_STACK_H

#include <stdint.h>

struct unit;

enum { STACK_SLOTS = 64, NO_STACK_SLOT = 255 };

struct stack_slot {
    unsigned base;
    int32_t offset;
    uint8_t bytes;              /* 4 or 8 */
};

/* Fills the unit's stack slots, and each instruction's stack_slot and stack_known. */
void unit_find_stack_slots(struct unit *unit);

#endif
