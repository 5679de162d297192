/* decode.c -- decoding by table, built from power_isa.def before main.
 *
 * A primary opcode without extended opcode has one slot; one with extended opcodes has 2048, indexed by bits 21-31 of
 * the word, where all extended opcodes lie. A format that fixes further bits (mtcrf against mtocrf) shares a slot: its
 * instructions are chained and tried in turn.
 */
#include "xlate/isa/decode.h"
#include <stdlib.h>

#define XO_BITS 0x7ffu

enum {
#define FORM(name, mask, shift, suffixes) \
    FORM_MASK_##name = mask, FORM_SHIFT_##name = shift, FORM_SUFFIX_##name = suffixes,
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
uint16_t insn_slot_ids[INSN_SLOTS];

/* Chains of slots with several instructions: insn_slot_ids[] holds INSN_COUNT + number of the first link; link 0 ends.
 * */
enum { MAX_LINKS = 1024 };
struct link { uint16_t id, next; };
static struct link links[MAX_LINKS];
static unsigned link_count = 1;

static uint16_t link_new(unsigned id, unsigned next)
{
    if (link_count == MAX_LINKS)
        abort();
    links[link_count] = (struct link){ .id = (uint16_t)id, .next = (uint16_t)next };
    return (uint16_t)link_count++;
}

static void slot_add(uint32_t slot, unsigned id)
{
    unsigned there = insn_slot_ids[slot];
    if (there == 0)
        insn_slot_ids[slot] = (uint16_t)(id + 1);
    else if (there <= INSN_COUNT)
        insn_slot_ids[slot] = (uint16_t)(INSN_COUNT + link_new(id, link_new(there - 1, 0)));
    else
        insn_slot_ids[slot] = (uint16_t)(INSN_COUNT + link_new(id, there - INSN_COUNT));
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

/* An instruction is in all slots that agree with it: every value of the bits that its mask leaves free. */
static void add_to_slots(unsigned id)
{
    const struct insn_desc *d = &insn_table[id];
    struct insn_slot_rule rule = insn_slot_rules[d->match >> 26];
    uint32_t free = ~d->mask & rule.mask, bits = 0;
    do {
        slot_add(rule.base + (d->match & rule.mask) + bits, id);
        bits = (bits - free) & free;
    } while (bits);
}

__attribute__((constructor(101))) static void build_tables(void)
{
    build_rules();
    for (unsigned id = 0; id < INSN_COUNT; id++)
        add_to_slots(id);
}

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
