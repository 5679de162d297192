/* unit_insn.h -- one instruction of a unit, as discovery and the flows see it. */
#ifndef XLATE_WORKER_UNIT_INSN_H
#define XLATE_WORKER_UNIT_INSN_H

#include <stdbool.h>
#include <stdint.h>
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
static inline struct slot_set slot_and(struct slot_set a, struct slot_set b)
{
    return (struct slot_set){{a.w[0] & b.w[0], a.w[1] & b.w[1]}};
}
static inline bool slot_equal(struct slot_set a, struct slot_set b) { return a.w[0] == b.w[0] && a.w[1] == b.w[1]; }

/* How an instruction hands on control. */
enum unit_end {
    END_NONE,           /* to the next instruction */
    END_BRANCH,         /* direct, perhaps conditional */
    END_CALL,           /* direct or indirect with link, perhaps conditional */
    END_INLINE,         /* a direct call that is followed: control goes to the entry of another instance */
    END_RETURN,         /* blr, perhaps conditional */
    END_JUMP,           /* bctr, perhaps conditional */
    END_TAIL_CALL,      /* bctr of a followed function that left LR alone: a call that comes back behind the followed one */
    END_SWITCH,         /* bctr that looks like a jump by table, to the unit's switch targets or elsewhere */
    END_STOP,           /* trap always, illegal, sc: never goes on here */
    END_INTERPRET,      /* done by the interpreter: like a call that comes back to the next instruction */
};

struct unit_insn {
    gva pc;
    uint32_t word;
    uint16_t id;
    uint8_t end;                /* enum unit_end */
    uint8_t instance;           /* of the function it stands in */
    uint8_t callee;             /* instance, of END_INLINE */
    bool conditional;
    bool accesses;              /* guest memory */
    bool stores;                /* ... and may write it */
    bool orders;                /* a barrier, or a reservation */
    bool stack_known;           /* a load whose value the unit has (unit_stack.h) */
    uint8_t stack_slot;         /* of a load or store of a word of the stack that is worth remembering; else NO_STACK_SLOT */
    bool traps;                 /* conditionally */
    gva target;                 /* of a direct branch */
    struct slot_set reads, writes;
    struct slot_set dirty;      /* may be dirty before it */
};

uint32_t unit_word_at(const struct unit_request *request, gva pc);

/* What the word at pc, inside the request's code, is and does. */
void unit_describe(const struct unit_request *request, gva pc, struct unit_insn *insn);

#endif
