/* replay.c -- deferred instructions, by the interpreter on a copy of struct cpu. */
#include "xlate/run/replay.h"

#include <string.h>
#include "xlate/isa/record.h"
#include "xlate/run/interp.h"

static void take_over(struct cpu *to, const struct cpu *from, unsigned slot)
{
    if (slot < REG_FPR)
        to->gpr[slot] = from->gpr[slot];
    else if (slot >= REG_CR && slot < REG_LR)
        to->cr[slot - REG_CR] = from->cr[slot - REG_CR];
    else if (slot == REG_LR)
        to->lr = from->lr;
    else if (slot == REG_CTR)
        to->ctr = from->ctr;
    else if (slot == REG_SO)
        to->so = from->so;
    else if (slot == REG_OV)
        to->ov = from->ov;
    else if (slot == REG_CA)
        to->ca = from->ca;
}

void replay_deferred(struct cpu *cpu, const uint8_t *record, gva entry)
{
    struct cpu copy = *cpu;
    unsigned insns = record[0], slots = record[1];
    const uint8_t *at = record + 2;
    for (unsigned i = 0; i < insns; i++, at += 8) {
        uint32_t word;
        int32_t from_entry;
        memcpy(&word, at, sizeof word);
        memcpy(&from_entry, at + 4, sizeof from_entry);
        copy.pc = entry + (uint64_t)(int64_t)from_entry;
        if (!copy.is64)
            copy.pc = (uint32_t)copy.pc;
        interp_insn(&copy, word);
    }
    for (unsigned i = 0; i < slots; i++)
        take_over(cpu, &copy, at[i]);
}
