/* decode.c -- decoding by table. The tables are made from power_isa.def by the build (make_decode_tables.c): a program that runs for a
 * millisecond has no time to make them.
 */
#include "xlate/isa/decode.h"

#include <stddef.h>

/* Where several instructions share a slot, insn_slot_ids[] holds INSN_COUNT + the index of the first of these; link 0 ends. */
struct link { uint16_t id, next; };

#include "decode_tables.h"

static unsigned find_id(uint32_t word)
{
    unsigned there = insn_slot_ids[insn_slot(word)];
    if (there == 0)
        return INSN_INVALID;
    if (there <= INSN_COUNT)
        return (word & insn_table[there - 1].mask) == insn_table[there - 1].match ? there - 1 : INSN_INVALID;
    for (unsigned i = there - INSN_COUNT; i; i = links[i].next)
        if ((word & insn_table[links[i].id].mask) == insn_table[links[i].id].match)
            return links[i].id;
    return INSN_INVALID;
}

enum insn_id insn_decode(uint32_t word, bool is64)
{
    unsigned id = find_id(word);
    return id != INSN_INVALID && insn_table[id].mode == MODE_W64 && !is64 ? INSN_INVALID : id;
}

const struct insn_desc *insn_describe(uint32_t word, bool is64)
{
    enum insn_id id = insn_decode(word, is64);
    return id == INSN_INVALID ? NULL : &insn_table[id];
}
