/* unit_cfg.c -- discovery of a unit, its blocks, and the two register flows over them. */
#include "xlate/worker/unit_cfg.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "xlate/isa/decode.h"
#include "xlate/worker/unit_switch.h"

enum {
    MAX_INSNS = 1500,           /* code generation costs more per instruction in larger functions */
    TABLE_SIZE = 4096,          /* of instructions already seen: a power of two well above MAX_INSNS */
    MAX_REACH = 1 << 20,        /* bytes around the entry that are looked at */
};

struct discovery {
    const struct unit_request *request;
    struct unit *unit;
    gva lo, hi;                 /* of the function around the entry */
    gva seen[TABLE_SIZE];       /* pc + 1; 0: free */
    gva work[MAX_INSNS + 1 + MAX_SWITCH_TARGETS];       /* branch targets to be looked at */
    unsigned work_count;
    bool looked_for_tables;
};

static uint32_t word_at(const struct unit_request *r, gva pc)
{
    uint32_t word;
    memcpy(&word, r->code + (pc - r->code_base), sizeof word);
    return __builtin_bswap32(word);
}

/* The function around the entry, as far as zero words tell: one stands behind each function, before its traceback table. */
static void find_function(struct discovery *d)
{
    const struct unit_request *r = d->request;
    gva window_end = r->code_base + (r->code_size & ~(size_t)3);
    gva lowest = r->entry - r->code_base > MAX_REACH ? r->entry - MAX_REACH : r->code_base;
    gva highest = window_end - r->entry > MAX_REACH ? r->entry + MAX_REACH : window_end;
    d->lo = d->hi = r->entry;
    while (d->lo > lowest && word_at(r, d->lo - 4))
        d->lo -= 4;
    while (d->hi < highest && word_at(r, d->hi))
        d->hi += 4;
}

/* True when pc was seen before; notes it otherwise. */
static bool seen(struct discovery *d, gva pc)
{
    unsigned i = (unsigned)(pc >> 2) & (TABLE_SIZE - 1);
    while (d->seen[i] && d->seen[i] != pc + 1)
        i = (i + 1) & (TABLE_SIZE - 1);
    if (d->seen[i])
        return true;
    d->seen[i] = pc + 1;
    return false;
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

static void describe(const struct unit_request *r, gva pc, struct unit_insn *insn)
{
    *insn = (struct unit_insn){.pc = pc, .word = word_at(r, pc)};
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
    insn->target = r->is64 ? effects.target : (uint32_t)effects.target;
    insn->reads = slots_of(&effects.reads);
    insn->writes = slots_of(&effects.writes);
}

/* The word is "mtctr rS": mtspr 9. */
static bool is_mtctr(uint32_t word) { return (word & 0xfc1fffff) == 0x7c0903a6; }
static bool is_add_to(uint32_t word, unsigned r) { return (word & 0xfc0007fe) == 0x7c000214 && (word >> 21 & 31) == r; }

/* The target of a bctr, the last of the instructions, is a sum: what jumps by table look like, and calls through pointers do not. */
static bool jumps_by_sum(const struct unit *u)
{
    enum { LOOK_BACK = 16 };
    unsigned i = u->insn_count - 1, first = i > LOOK_BACK ? i - LOOK_BACK : 0;
    for (; i > first && !is_mtctr(u->insns[i].word); i--)
        ;
    unsigned r = u->insns[i].word >> 21 & 31;
    for (; i > first && !is_add_to(u->insns[i].word, r); i--)
        ;
    return i > first;
}

static void find_switch(struct discovery *d, struct unit_insn *insn)
{
    struct unit *u = d->unit;
    if (!jumps_by_sum(u))
        return;
    if (!d->looked_for_tables) {
        d->looked_for_tables = true;
        u->target_count = switch_targets(d->request, d->lo, d->hi, u->targets);
        for (unsigned i = 0; i < u->target_count; i++)
            d->work[d->work_count++] = u->targets[i];
    }
    if (u->target_count)
        insn->end = END_SWITCH;
}

/* One straight run of instructions. */
static void follow(struct discovery *d, gva pc)
{
    struct unit *u = d->unit;
    for (; pc >= d->lo && pc < d->hi && u->insn_count < MAX_INSNS && !seen(d, pc); pc += 4) {
        struct unit_insn *insn = &u->insns[u->insn_count++];
        describe(d->request, pc, insn);
        if (insn->end == END_BRANCH)
            d->work[d->work_count++] = insn->target;
        if (insn->end == END_JUMP)
            find_switch(d, insn);
        bool goes_on = insn->end == END_NONE || insn->end == END_CALL || insn->end == END_INTERPRET || insn->conditional;
        if (!goes_on)
            return;
    }
}

static int by_pc(const void *a, const void *b)
{
    const struct unit_insn *x = a, *y = b;
    return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static int insn_at(const struct unit *u, gva pc)
{
    struct unit_insn key = {.pc = pc};
    const struct unit_insn *found = bsearch(&key, u->insns, u->insn_count, sizeof key, by_pc);
    return found ? (int)(found - u->insns) : -1;
}

/* --- blocks ---------------------------------------------------------------------------------------------------------- */

int unit_block_at(const struct unit *u, gva pc)
{
    unsigned lo = 0, hi = u->block_count;
    while (lo < hi) {
        unsigned middle = (lo + hi) / 2;
        if (u->blocks[middle].pc < pc)
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < u->block_count && u->blocks[lo].pc == pc ? (int)lo : -1;
}

static void mark_leader(const struct unit *u, bool *leader, gva pc)
{
    int i = insn_at(u, pc);
    if (i >= 0)
        leader[i] = true;
}

/* Targets that the cap on instructions left out are not in the unit. */
static void mark_switch_targets(struct unit *u, bool *leader)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < u->target_count; i++) {
        if (insn_at(u, u->targets[i]) < 0)
            continue;
        u->targets[kept++] = u->targets[i];
        mark_leader(u, leader, u->targets[i]);
    }
    u->target_count = kept;
}

static void make_blocks(struct unit *u)
{
    bool leader[MAX_INSNS + 1] = {false};
    mark_leader(u, leader, u->entry);
    mark_switch_targets(u, leader);
    for (unsigned i = 0; i < u->insn_count; i++) {
        const struct unit_insn *insn = &u->insns[i];
        if (i == 0 || insn[-1].pc + 4 != insn->pc || insn[-1].end != END_NONE)
            leader[i] = true;
        if (insn->end == END_BRANCH)
            mark_leader(u, leader, insn->target);
    }
    for (unsigned i = 0; i < u->insn_count; i++) {
        if (leader[i])
            u->blocks[u->block_count++] = (struct unit_block){.pc = u->insns[i].pc, .first = i};
        u->blocks[u->block_count - 1].count++;
    }
    u->entry_block = unit_block_at(u, u->entry);
}

static void connect(struct unit *u, struct unit_block *b)
{
    const struct unit_insn *last = &u->insns[b->first + b->count - 1];
    b->taken = last->end == END_BRANCH ? unit_block_at(u, last->target) : -1;
    b->reload = last->end == END_CALL || last->end == END_INTERPRET;
    b->passes = last->end == END_NONE || last->conditional;
    b->next = b->passes || b->reload ? unit_block_at(u, last->pc + 4) : -1;
    bool backward = last->end == END_BRANCH && last->target <= last->pc;
    bool leaves = (last->end == END_BRANCH && b->taken < 0) || (b->next < 0 && (b->passes || b->reload));
    b->flushes = backward || leaves || (last->end != END_BRANCH && last->end != END_NONE);
    if (leaves || last->end == END_CALL || last->end == END_JUMP || last->end == END_SWITCH)
        u->has_calls = true;
}

/* --- flows ------------------------------------------------------------------------------------------------------------- */

struct slot_set unit_written_through(const struct unit *u)
{
    struct slot_set s = {{0, 0}};
    if (!u->precise) {
        slot_add(&s, REG_GPR + 1);
        slot_add(&s, REG_LR);
    }
    return s;
}

/* Recomputes dirty_out and the instructions' dirty sets. */
static void flow_dirty(struct unit *u, struct unit_block *b)
{
    struct slot_set dirty = b->dirty_in, through = unit_written_through(u);
    for (unsigned i = b->first; i < b->first + b->count; i++) {
        struct unit_insn *insn = &u->insns[i];
        insn->dirty = dirty;
        if (insn->end == END_INTERPRET)
            break;
        if (insn->accesses && u->precise)
            dirty = (struct slot_set){{0, 0}};
        dirty = slot_or(dirty, slot_minus(insn->writes, through));
    }
    b->dirty_out = dirty;
}

static bool pass_dirty(struct unit *u, int to, struct slot_set dirty)
{
    if (to < 0)
        return false;
    struct slot_set *in = &u->blocks[to].dirty_in, all = slot_or(*in, dirty);
    bool grew = !slot_equal(*in, all);
    *in = all;
    return grew;
}

static bool is_switch(const struct unit *u, const struct unit_block *b) { return u->insns[b->first + b->count - 1].end == END_SWITCH; }

static bool pass_dirty_by_switch(struct unit *u, const struct unit_block *b)
{
    bool changed = false;
    for (unsigned i = 0; i < u->target_count; i++)
        changed |= pass_dirty(u, unit_block_at(u, u->targets[i]), b->dirty_out);
    return changed;
}

static void compute_dirty(struct unit *u)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned i = 0; i < u->block_count; i++) {
            struct unit_block *b = &u->blocks[i];
            flow_dirty(u, b);
            changed |= pass_dirty(u, b->taken, b->dirty_out);
            if (b->passes)
                changed |= pass_dirty(u, b->next, b->dirty_out);
            if (is_switch(u, b))
                changed |= pass_dirty_by_switch(u, b);
        }
    }
}

static bool flow_live(struct unit *u, struct unit_block *b)
{
    struct slot_set live = {{0, 0}};
    if (b->flushes)
        live = b->dirty_out;
    if (b->taken >= 0)
        live = slot_or(live, u->blocks[b->taken].live_in);
    if (b->passes && b->next >= 0)
        live = slot_or(live, u->blocks[b->next].live_in);
    for (unsigned i = 0; is_switch(u, b) && i < u->target_count; i++)
        live = slot_or(live, u->blocks[unit_block_at(u, u->targets[i])].live_in);
    b->live_out = live;
    for (unsigned i = b->first + b->count; i-- > b->first;) {
        const struct unit_insn *insn = &u->insns[i];
        if (insn->end == END_INTERPRET)
            continue;
        live = slot_or(slot_minus(live, insn->writes), insn->reads);
        if (insn->traps || (insn->accesses && u->precise))
            live = slot_or(live, insn->dirty);
    }
    bool grew = !slot_equal(live, b->live_in);
    b->live_in = live;
    return grew;
}

static void compute_live(struct unit *u)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned i = u->block_count; i-- > 0;)
            changed |= flow_live(u, &u->blocks[i]);
    }
}

struct slot_set unit_reloaded(const struct unit *u, const struct unit_block *b)
{
    return b->reload && b->next >= 0 ? u->blocks[b->next].live_in : (struct slot_set){{0, 0}};
}

/* --- all of it ------------------------------------------------------------------------------------------------------------ */

static int find_instructions(struct discovery *d, struct error *err)
{
    const struct unit_request *r = d->request;
    if (r->entry & 3 || r->entry < r->code_base || r->entry - r->code_base + 4 > r->code_size)
        return error_set(err, 0, "unit entry %#lx outside its code", r->entry);
    if (insn_decode(word_at(r, r->entry), r->is64) == INSN_INVALID)
        return error_set(err, 0, "no instruction at unit entry %#lx: %08x", r->entry, word_at(r, r->entry));
    find_function(d);
    follow(d, r->entry);
    while (d->work_count)
        follow(d, d->work[--d->work_count]);
    qsort(d->unit->insns, d->unit->insn_count, sizeof *d->unit->insns, by_pc);
    return 0;
}

int unit_discover(const struct unit_request *request, struct unit *u, struct error *err)
{
    *u = (struct unit){.is64 = request->is64, .precise = request->precise, .entry = request->entry};
    u->insns = calloc(MAX_INSNS, sizeof *u->insns);
    u->blocks = calloc(MAX_INSNS, sizeof *u->blocks);
    u->targets = calloc(MAX_SWITCH_TARGETS, sizeof *u->targets);
    struct discovery *d = calloc(1, sizeof *d);
    int result = -1;
    if (!d || !u->insns || !u->blocks || !u->targets) {
        error_set(err, ENOMEM, "unit: out of memory");
    } else {
        d->request = request;
        d->unit = u;
        result = find_instructions(d, err);
    }
    free(d);
    if (result) {
        unit_free(u);
        return -1;
    }
    make_blocks(u);
    for (unsigned i = 0; i < u->block_count; i++)
        connect(u, &u->blocks[i]);
    compute_dirty(u);
    compute_live(u);
    return 0;
}

void unit_free(struct unit *u)
{
    free(u->insns);
    free(u->blocks);
    free(u->targets);
    *u = (struct unit){0};
}
