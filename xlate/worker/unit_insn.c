/* unit_insn.c -- what a word does, taken from its semantics by the recorder (xlate/isa/record.h). */
#include "xlate/worker/unit_insn.h"

#include <string.h>
#include "xlate/isa/decode.h"

uint32_t unit_word_at(const struct unit_request *r, gva pc)
{
    uint32_t word;
    memcpy(&word, r->code + (pc - r->code_base), sizeof word);
    return __builtin_bswap32(word);
}

static struct slot_set slots_of(const struct reg_set *regs)
{
    uint64_t kept = (UINT64_C(1) << (SLOT_COUNT - 64)) - 1;
    return (struct slot_set){{regs->bits[0], regs->bits[1] & kept}};
}

static enum unit_end end_of(const struct insn_effects *f, gva pc)
{
    if (f->calls_interpreter)
        return END_INTERPRET;
    switch (f->control) {
    case CONTROL_NONE: return END_NONE;
    case CONTROL_DIRECT: return f->link && f->target != pc + 4 ? END_CALL : END_BRANCH;
    case CONTROL_INDIRECT: return f->link ? END_CALL : f->via_ctr ? END_JUMP : END_RETURN;
    case CONTROL_TRAP: return f->conditional ? END_NONE : END_STOP;
    default: return END_STOP;
    }
}

void unit_describe(const struct unit_request *r, gva pc, struct unit_insn *insn)
{
    *insn = (struct unit_insn){.pc = pc, .word = unit_word_at(r, pc)};
    insn->id = (uint16_t)insn_decode(insn->word, r->is64);
    if (insn->id == INSN_INVALID) {
        insn->end = END_STOP;
        return;
    }
    struct insn_effects effects;
    insn_record(insn->word, pc, r->is64, &effects);
    insn->end = end_of(&effects, pc);
    insn->conditional = effects.conditional && effects.control != CONTROL_TRAP;
    insn->traps = effects.control == CONTROL_TRAP;
    insn->accesses = effects.memory;
    insn->stores = effects.stores;
    insn->orders = effects.orders;
    insn->target = r->is64 ? effects.target : (uint32_t)effects.target;
    insn->reads = slots_of(&effects.reads);
    insn->writes = slots_of(&effects.writes);
}
