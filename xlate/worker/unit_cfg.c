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

struct place { gva pc; unsigned instance; };

struct discovery {
    const struct unit_request *request;
    struct unit *unit;
    struct { gva pc; unsigned instance; bool used; } seen[TABLE_SIZE];
    struct place work[MAX_INSNS + 1 + MAX_SWITCH_TARGETS];      /* branch targets to be looked at */
    unsigned work_count;
    unsigned calls[MAX_INSNS];  /* insns[]: direct calls, in the order they were found */
    unsigned call_count;
    unsigned inlined;           /* instructions in followed calls */
    bool looked_for_tables;
};

/* The function around pc, as far as zero words tell: one stands behind each function, before its traceback table. */
static void find_function(const struct unit_request *r, gva pc, gva *lo, gva *hi)
{
    gva window_end = r->code_base + (r->code_size & ~(size_t)3);
    gva lowest = pc - r->code_base > MAX_REACH ? pc - MAX_REACH : r->code_base;
    gva highest = window_end - pc > MAX_REACH ? pc + MAX_REACH : window_end;
    *lo = *hi = pc;
    while (*lo > lowest && unit_word_at(r, *lo - 4))
        *lo -= 4;
    while (*hi < highest && unit_word_at(r, *hi))
        *hi += 4;
}

/* True when the place was seen before; notes it otherwise. */
static bool seen(struct discovery *d, unsigned instance, gva pc)
{
    unsigned i = (unsigned)((pc >> 2) + instance * 97) & (TABLE_SIZE - 1);
    while (d->seen[i].used && (d->seen[i].pc != pc || d->seen[i].instance != instance))
        i = (i + 1) & (TABLE_SIZE - 1);
    if (d->seen[i].used)
        return true;
    d->seen[i].pc = pc;
    d->seen[i].instance = instance;
    d->seen[i].used = true;
    return false;
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
        u->target_count = switch_targets(d->request, u->instances[0].lo, u->instances[0].hi, u->targets);
        for (unsigned i = 0; i < u->target_count; i++)
            d->work[d->work_count++] = (struct place){u->targets[i], 0};
    }
    if (u->target_count)
        insn->end = END_SWITCH;
}

static void note_end(struct discovery *d, unsigned index)
{
    struct unit_insn *insn = &d->unit->insns[index];
    if (insn->end == END_BRANCH)
        d->work[d->work_count++] = (struct place){insn->target, insn->instance};
    if (insn->end == END_JUMP && insn->instance == 0)
        find_switch(d, insn);
    if (insn->end == END_CALL && insn->target && !insn->conditional)
        d->calls[d->call_count++] = index;
}

/* One straight run of instructions. */
static void follow(struct discovery *d, struct place at)
{
    struct unit *u = d->unit;
    struct unit_instance *inside = &u->instances[at.instance];
    for (gva pc = at.pc; pc >= inside->lo && pc < inside->hi && u->insn_count < MAX_INSNS && !seen(d, at.instance, pc); pc += 4) {
        struct unit_insn *insn = &u->insns[u->insn_count++];
        unit_describe(d->request, pc, insn);
        insn->instance = (uint8_t)at.instance;
        inside->writes_lr |= slot_in(insn->writes, REG_LR);
        note_end(d, u->insn_count - 1);
        bool goes_on = insn->end == END_NONE || insn->end == END_CALL || insn->end == END_INTERPRET || insn->conditional;
        if (!goes_on)
            return;
    }
}

static void follow_all(struct discovery *d)
{
    while (d->work_count)
        follow(d, d->work[--d->work_count]);
}

static bool in_window(const struct unit_request *r, gva pc)
{
    return !(pc & 3) && pc >= r->code_base && pc - r->code_base + 4 <= r->code_size;
}

/* Make the call an instance of its callee, when that is small enough. */
static void follow_call(struct discovery *d, struct unit_insn *call)
{
    struct unit *u = d->unit;
    unsigned depth = u->instances[call->instance].depth + 1;
    if (depth > INLINE_DEPTH || u->instance_count == MAX_INSTANCES || !in_window(d->request, call->target))
        return;
    struct unit_instance callee = {.caller = call->instance, .depth = depth, .entry = call->target, .back = call->pc + 4};
    find_function(d->request, callee.entry, &callee.lo, &callee.hi);
    unsigned size = inline_size(d->request, callee.entry, callee.lo, callee.hi);
    if (!size || d->inlined + size > INLINE_BUDGET || u->insn_count + size > MAX_INSNS)
        return;
    d->inlined += size;
    call->end = END_INLINE;
    call->callee = (uint8_t)u->instance_count;
    u->instances[u->instance_count++] = callee;
    d->work[d->work_count++] = (struct place){callee.entry, call->callee};
    follow_all(d);
}

/* Nearest calls first: those of callees are appended while the list is gone through. */
static void follow_calls(struct discovery *d)
{
    for (unsigned i = 0; i < d->call_count; i++)
        follow_call(d, &d->unit->insns[d->calls[i]]);
}

static int by_pc(const void *a, const void *b)
{
    const struct unit_insn *x = a, *y = b;
    if (x->instance != y->instance)
        return x->instance < y->instance ? -1 : 1;
    return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static int insn_at(const struct unit *u, unsigned instance, gva pc)
{
    struct unit_insn key = {.pc = pc, .instance = (uint8_t)instance};
    const struct unit_insn *found = bsearch(&key, u->insns, u->insn_count, sizeof key, by_pc);
    return found ? (int)(found - u->insns) : -1;
}

/* --- blocks ---------------------------------------------------------------------------------------------------------- */

static bool before(const struct unit_block *b, unsigned instance, gva pc)
{
    return b->instance != instance ? b->instance < instance : b->pc < pc;
}

int unit_block_at(const struct unit *u, unsigned instance, gva pc)
{
    unsigned lo = 0, hi = u->block_count;
    while (lo < hi) {
        unsigned middle = (lo + hi) / 2;
        if (before(&u->blocks[middle], instance, pc))
            lo = middle + 1;
        else
            hi = middle;
    }
    return lo < u->block_count && u->blocks[lo].instance == instance && u->blocks[lo].pc == pc ? (int)lo : -1;
}

int unit_block_behind(const struct unit *u, unsigned instance)
{
    const struct unit_instance *callee = &u->instances[instance];
    return instance ? unit_block_at(u, callee->caller, callee->back) : -1;
}

static void mark_leader(const struct unit *u, bool *leader, unsigned instance, gva pc)
{
    int i = insn_at(u, instance, pc);
    if (i >= 0)
        leader[i] = true;
}

/* Targets that the cap on instructions left out are not in the unit. */
static void mark_switch_targets(struct unit *u, bool *leader)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < u->target_count; i++) {
        if (insn_at(u, 0, u->targets[i]) < 0)
            continue;
        u->targets[kept++] = u->targets[i];
        mark_leader(u, leader, 0, u->targets[i]);
    }
    u->target_count = kept;
}

static void make_blocks(struct unit *u)
{
    bool leader[MAX_INSNS + 1] = {false};
    for (unsigned i = 0; i < u->instance_count; i++)
        mark_leader(u, leader, i, u->instances[i].entry);
    mark_switch_targets(u, leader);
    for (unsigned i = 0; i < u->insn_count; i++) {
        const struct unit_insn *insn = &u->insns[i];
        if (i == 0 || insn[-1].instance != insn->instance || insn[-1].pc + 4 != insn->pc || insn[-1].end != END_NONE)
            leader[i] = true;
        if (insn->end == END_BRANCH)
            mark_leader(u, leader, insn->instance, insn->target);
    }
    for (unsigned i = 0; i < u->insn_count; i++) {
        if (leader[i])
            u->blocks[u->block_count++] = (struct unit_block){.pc = u->insns[i].pc, .instance = u->insns[i].instance, .first = i};
        u->blocks[u->block_count - 1].count++;
    }
    u->entry_block = unit_block_at(u, 0, u->entry);
}

/* Where the branch, the followed call, or the return of a followed call at the end of the block leads to inside the unit. */
static int taken(const struct unit *u, const struct unit_insn *last)
{
    switch (last->end) {
    case END_BRANCH: return unit_block_at(u, last->instance, last->target);
    case END_INLINE: return unit_block_at(u, last->callee, last->target);
    case END_RETURN: return unit_block_behind(u, last->instance);
    default: return -1;
    }
}

static void connect(struct unit *u, struct unit_block *b)
{
    const struct unit_insn *last = &u->insns[b->first + b->count - 1];
    b->taken = taken(u, last);
    b->reload = last->end == END_CALL || last->end == END_INTERPRET || last->end == END_TAIL_CALL;
    b->passes = last->end == END_NONE || last->conditional;
    if (last->end == END_TAIL_CALL)
        b->next = unit_block_behind(u, last->instance);
    else
        b->next = b->passes || b->reload ? unit_block_at(u, last->instance, last->pc + 4) : -1;
    bool backward = last->end == END_BRANCH && last->target <= last->pc;
    bool leaves = (last->end == END_BRANCH && b->taken < 0) || (b->next < 0 && (b->passes || b->reload));
    bool surely_inside = last->end == END_INLINE || (last->end == END_RETURN && b->taken >= 0 && !u->instances[b->instance].writes_lr);
    b->flushes = backward || leaves || (last->end != END_BRANCH && last->end != END_NONE && !surely_inside);
    if (leaves || b->reload || last->end == END_JUMP || last->end == END_SWITCH)
        u->has_calls = true;
}

/* Import glue comes back behind the call that was followed. */
static void find_tail_calls(struct unit *u)
{
    for (unsigned i = 0; i < u->insn_count; i++) {
        struct unit_insn *insn = &u->insns[i];
        const struct unit_instance *inside = &u->instances[insn->instance];
        if (insn->instance && insn->end == END_JUMP && !insn->conditional && !inside->writes_lr &&
            insn_at(u, inside->caller, inside->back) >= 0)
            insn->end = END_TAIL_CALL;
    }
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
        changed |= pass_dirty(u, unit_block_at(u, 0, u->targets[i]), b->dirty_out);
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
        live = slot_or(live, u->blocks[unit_block_at(u, 0, u->targets[i])].live_in);
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

static void count_entry(struct unit *u, int to) { if (to >= 0) u->blocks[to].entries++; }

static void count_entries(struct unit *u)
{
    for (unsigned i = 0; i < u->block_count; i++)
        u->blocks[i].behind_call = -1;
    for (unsigned i = 0; i < u->block_count; i++) {
        const struct unit_block *b = &u->blocks[i];
        count_entry(u, b->taken);
        if (b->passes)
            count_entry(u, b->next);
        if (b->reload) {
            count_entry(u, b->next);
            if (b->next >= 0)
                u->blocks[b->next].behind_call = (int)i;
        }
    }
    for (unsigned i = 0; i < u->target_count; i++)
        count_entry(u, unit_block_at(u, 0, u->targets[i]));
}

struct slot_set unit_waiting(const struct unit *u, const struct unit_block *b)
{
    bool entered = b == &u->blocks[u->entry_block] && !b->entries;
    if (entered || (b->behind_call >= 0 && unit_puts_off(u, &u->blocks[b->behind_call])))
        return b->live_in;
    return (struct slot_set){{0, 0}};
}

bool unit_puts_off(const struct unit *u, const struct unit_block *b)
{
    return b->reload && !b->passes && b->next >= 0 && b->next != u->entry_block && u->blocks[b->next].entries == 1;
}

/* --- all of it ------------------------------------------------------------------------------------------------------------ */

static int find_instructions(struct discovery *d, struct error *err)
{
    const struct unit_request *r = d->request;
    if (r->entry & 3 || r->entry < r->code_base || r->entry - r->code_base + 4 > r->code_size)
        return error_set(err, 0, "unit entry %#lx outside its code", r->entry);
    if (insn_decode(unit_word_at(r, r->entry), r->is64) == INSN_INVALID)
        return error_set(err, 0, "no instruction at unit entry %#lx: %08x", r->entry, unit_word_at(r, r->entry));
    struct unit *u = d->unit;
    u->instances[0] = (struct unit_instance){.entry = r->entry};
    u->instance_count = 1;
    find_function(r, r->entry, &u->instances[0].lo, &u->instances[0].hi);
    d->work[d->work_count++] = (struct place){r->entry, 0};
    follow_all(d);
    if (!r->precise)
        follow_calls(d);
    qsort(u->insns, u->insn_count, sizeof *u->insns, by_pc);
    return 0;
}

static bool branches_absolutely(const struct unit *u)
{
    for (unsigned i = 0; i < u->insn_count; i++)
        if (u->insns[i].id != INSN_INVALID && insn_table[u->insns[i].id].suffixes & SUFFIX_AA && u->insns[i].word & 2)
            return true;
    return false;
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
    u->moves = !branches_absolutely(u);
    find_tail_calls(u);
    make_blocks(u);
    for (unsigned i = 0; i < u->block_count; i++)
        connect(u, &u->blocks[i]);
    compute_dirty(u);
    compute_live(u);
    count_entries(u);
    unit_find_stack_slots(u);
    return 0;
}

void unit_free(struct unit *u)
{
    free(u->insns);
    free(u->blocks);
    free(u->targets);
    *u = (struct unit){0};
}
