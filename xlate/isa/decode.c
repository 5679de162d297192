/* decode.c -- decoding by table, built from power_isa.def before main.
 *
 * A primary opcode without extended opcode has one slot; one with extended opcodes has 2048, indexed by bits 21-31 of the word,
 * where all extended opcodes lie. A format that fixes further bits (mtcrf against mtocrf) shares a slot: its instructions are
 * chained and tried in turn.
 */
#include "xlate/isa/decode.h"
#include <stdlib.h>

#define XO_BITS 0x7ffu

enum {
#define FORM(name, mask, shift, suffixes) FORM_MASK_##name = mask, FORM_SHIFT_##name = shift, FORM_SUFFIX_##name = suffixes,
#include "xlate/isa/power_forms.def"
#undef FORM
};

const struct insn_desc insn_table[INSN_COUNT] = {
#define INSN(mnemonic_, opcd, xo, form_, operands_, since_, mode_, how_, section_)                          \
    [INSN_##mnemonic_] = { .mnemonic = #mnemonic_, .operands = operands_, .section = section_,              \
                           .mask = 0xfc000000u | FORM_MASK_##form_,                                         \
                           .match = (uint32_t)(opcd) << 26 | (uint32_t)(xo) << FORM_SHIFT_##form_,          \
                           .form = FORM_##form_, .suffixes = FORM_SUFFIX_##form_, .since = SINCE_##since_,  \
                           .mode = MODE_##mode_, .how = HOW_##how_ },
#include "xlate/isa/power_isa.def"
#undef INSN
};

struct insn_slot_rule insn_slot_rules[64];

/* Slots hold heads of chains in `links`; entry 0 is the end. */
struct link { uint16_t id, next; };
static uint16_t slot_heads[INSN_SLOTS];
static struct link links[INSN_SLOTS];
static unsigned link_count = 1;

static void slot_add(uint32_t slot, enum insn_id id)
{
    uint16_t *end = &slot_heads[slot];
    while (*end)
        end = &links[*end].next;
    if (link_count == INSN_SLOTS)
        abort();
    links[link_count] = (struct link){ .id = (uint16_t)id };
    *end = (uint16_t)link_count++;
}

static void build_rules(void)
{
    bool extended[64] = { false };
    for (unsigned id = 0; id < INSN_COUNT; id++)
        if (insn_table[id].mask & XO_BITS)
            extended[insn_table[id].match >> 26] = true;
    unsigned tables = 0;
    for (unsigned op = 0; op < 64; op++) {
        insn_slot_rules[op].base = op;
        if (!extended[op])
            continue;
        if (tables == INSN_SLOT_TABLES)
            abort();
        insn_slot_rules[op] = (struct insn_slot_rule){ .base = 64 + 2048 * tables++, .mask = XO_BITS };
    }
}

__attribute__((constructor(101))) static void build_tables(void)
{
    build_rules();
    for (unsigned id = 0; id < INSN_COUNT; id++) {
        const struct insn_desc *d = &insn_table[id];
        struct insn_slot_rule rule = insn_slot_rules[d->match >> 26];
        for (uint32_t low = 0; low <= rule.mask; low++)
            if (((low ^ d->match) & d->mask & XO_BITS) == 0)
                slot_add(rule.base + low, id);
    }
}

enum insn_id insn_slot_first(uint32_t slot)
{
    return slot_heads[slot] ? links[slot_heads[slot]].id : INSN_INVALID;
}

enum insn_id insn_slot_next(uint32_t slot, enum insn_id id)
{
    for (unsigned i = slot_heads[slot]; i; i = links[i].next)
        if (links[i].id == id)
            return links[i].next ? links[links[i].next].id : INSN_INVALID;
    return INSN_INVALID;
}

enum insn_id insn_decode(uint32_t word, bool is64)
{
    for (unsigned i = slot_heads[insn_slot(word)]; i; i = links[i].next) {
        const struct insn_desc *d = &insn_table[links[i].id];
        if ((word & d->mask) == d->match)
            return d->mode == MODE_W64 && !is64 ? INSN_INVALID : links[i].id;
    }
    return INSN_INVALID;
}

const struct insn_desc *insn_describe(uint32_t word, bool is64)
{
    enum insn_id id = insn_decode(word, is64);
    return id == INSN_INVALID ? NULL : &insn_table[id];
}
