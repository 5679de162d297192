/* make_decode_tables.c -- writes decode_tables.h: the tables of decode.c, built from power_isa.def.
 *
 * A primary opcode without extended opcode has one slot; one with extended opcodes has 2048, indexed by bits 21-31 of
 * the word, where all extended opcodes lie. A format that fixes further bits (mtcrf against mtocrf) shares a slot: its
 * instructions are chained and tried in turn.
 */
#include <stdio.h>
#include <stdlib.h>
#include "xlate/isa/decode.h"

#define XO_BITS 0x7ffu

static struct insn_slot_rule rules[64];
static uint16_t slot_ids[INSN_SLOTS];

/* Link 0 ends a chain. */
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
    unsigned there = slot_ids[slot];
    if (there == 0)
        slot_ids[slot] = (uint16_t)(id + 1);
    else if (there <= INSN_COUNT)
        slot_ids[slot] = (uint16_t)(INSN_COUNT + link_new(id, link_new(there - 1, 0)));
    else
        slot_ids[slot] = (uint16_t)(INSN_COUNT + link_new(id, there - INSN_COUNT));
}

static void build_rules(void)
{
    bool extended[64] = { false };
    for (unsigned id = 0; id < INSN_COUNT; id++)
        if (insn_table[id].mask & XO_BITS)
            extended[insn_table[id].match >> 26] = true;
    unsigned tables = 0;
    for (unsigned op = 0; op < 64; op++) {
        rules[op].base = op;
        if (!extended[op])
            continue;
        if (tables == INSN_SLOT_TABLES)
            abort();
        rules[op] = (struct insn_slot_rule){ .base = 64 + 2048 * tables++, .mask = XO_BITS };
    }
}

/* An instruction is in all slots that agree with it: every value of the bits that its mask leaves free. */
static void add_to_slots(unsigned id)
{
    const struct insn_desc *d = &insn_table[id];
    struct insn_slot_rule rule = rules[d->match >> 26];
    uint32_t free = ~d->mask & rule.mask, bits = 0;
    do {
        slot_add(rule.base + (d->match & rule.mask) + bits, id);
        bits = (bits - free) & free;
    } while (bits);
}

static void print_numbers(const char *type, const char *name, const uint16_t *numbers, size_t count)
{
    printf("const %s %s[] = {", type, name);
    for (size_t i = 0; i < count; i++)
        printf("%s%u,", i % 24 ? " " : "\n    ", numbers[i]);
    printf("\n};\n");
}

static void print_tables(void)
{
    printf("/* Made by the build, by make_decode_tables.c. */\nconst struct insn_slot_rule insn_slot_rules[] = {\n");
    for (unsigned op = 0; op < 64; op++)
        printf("    { %u, %#x },\n", rules[op].base, rules[op].mask);
    printf("};\n");
    print_numbers("uint16_t", "insn_slot_ids", slot_ids, INSN_SLOTS);
    printf("static const struct link links[] = {\n");
    for (unsigned i = 0; i < link_count; i++)
        printf("    { %u, %u },\n", links[i].id, links[i].next);
    printf("};\n");
}

int main(void)
{
    build_rules();
    for (unsigned id = 0; id < INSN_COUNT; id++)
        add_to_slots(id);
    print_tables();
    return ferror(stdout) || fclose(stdout) ? 1 : 0;
}
