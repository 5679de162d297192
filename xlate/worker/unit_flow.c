/* unit_flow.c -- the register flows over a unit's blocks: may be dirty, live; and how blocks are entered. */
#include <stdlib.h>
#include <string.h>
#include "runtime/log.h"
#include "xlate/worker/unit_cfg.h"

struct slot_set unit_written_through(const struct unit *u)
{
    struct slot_set s = {{0, 0}};
    if (!u->precise) {
        slot_add(&s, REG_GPR + 1);
        slot_add(&s, REG_LR);
    }
    return s;
}

/* --- may be dirty --------------------------------------------------------------------------------------------------------- */

struct dirty_flow {
    struct unit *u;
    struct deferral *behind;    /* of precise units: behind each block */
};

static void defer_begin(const struct dirty_flow *f, const struct unit_block *b, struct deferral *d)
{
    int from = b->only_from;
    if (from >= 0 && from < b - f->u->blocks)
        *d = f->behind[from];
    else
        *d = (struct deferral){.count = 0};
}

/* Recomputes dirty_out and what the instructions' dirty sets and stores are; visit, if any, sees each access with what is deferred there. */
static void flow_dirty(struct dirty_flow *f, struct unit_block *b, void (*visit)(struct unit *u, struct unit_insn *insn, struct deferral *d))
{
    struct unit *u = f->u;
    struct slot_set dirty = b->dirty_in, through = unit_written_through(u);
    struct deferral d;
    if (u->precise)
        defer_begin(f, b, &d);
    for (unsigned i = b->first; i < b->first + b->count; i++) {
        struct unit_insn *insn = &u->insns[i];
        insn->dirty = dirty;
        if (insn->end == END_INTERPRET)
            break;
        if (!u->precise) {
            dirty = slot_or(dirty, slot_minus(insn->writes, through));
            continue;
        }
        insn->stored = defer_store(&d, u->insns, i, &dirty);
        if (visit && insn->accesses)
            visit(u, insn, &d);
        defer_results(&d, u->insns, i, &dirty);
    }
    b->dirty_out = dirty;
    if (u->precise)
        f->behind[b - u->blocks] = d;
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

static void note_replay(struct unit *u, struct unit_insn *insn, struct deferral *d)
{
    struct unit_replays *r = &u->replays;
    unsigned size = defer_record(d, u->insns, u->entry, r->bytes + r->size);
    uint32_t last = r->count ? r->starts[r->count - 1] : 0;
    insn->replay = 0;
    if (!size)
        return;
    if (!r->count || r->size - last != size || memcmp(r->bytes + last, r->bytes + r->size, size)) {
        r->starts[r->count++] = (uint32_t)r->size;
        r->size += size;
    }
    insn->replay = r->count;
}

static void note_replays(struct dirty_flow *f)
{
    struct unit *u = f->u;
    u->replays.bytes = malloc((size_t)u->insn_count * REPLAY_MAX + 1);
    u->replays.starts = calloc(u->insn_count + 1, sizeof *u->replays.starts);
    if (!u->replays.bytes || !u->replays.starts)
        BUG("out of memory for the records of %u instructions", u->insn_count);
    for (unsigned i = 0; i < u->block_count; i++)
        flow_dirty(f, &u->blocks[i], note_replay);
}

static void compute_dirty(struct unit *u)
{
    struct dirty_flow f = {.u = u, .behind = u->precise ? calloc(u->block_count, sizeof *f.behind) : NULL};
    if (u->precise && !f.behind)
        BUG("out of memory for %u blocks", u->block_count);
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned i = 0; i < u->block_count; i++) {
            struct unit_block *b = &u->blocks[i];
            flow_dirty(&f, b, NULL);
            changed |= pass_dirty(u, b->taken, b->dirty_out);
            if (b->passes)
                changed |= pass_dirty(u, b->next, b->dirty_out);
            if (is_switch(u, b))
                changed |= pass_dirty_by_switch(u, b);
        }
    }
    if (u->precise)
        note_replays(&f);
    free(f.behind);
}

/* --- live ------------------------------------------------------------------------------------------------------------------ */

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
        if (insn->traps)
            live = slot_or(live, insn->dirty);
        live = slot_or(live, insn->stored);
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

/* --- ways in --------------------------------------------------------------------------------------------------------------- */

/* From block `from`, with homes as they are; -1: otherwise. */
static void count_entry(struct unit *u, int to, int from)
{
    if (to < 0)
        return;
    u->blocks[to].only_from = u->blocks[to].entries || to == u->entry_block ? -1 : from;
    u->blocks[to].entries++;
}

static void count_entries(struct unit *u)
{
    for (unsigned i = 0; i < u->block_count; i++)
        u->blocks[i].behind_call = u->blocks[i].only_from = -1;
    for (unsigned i = 0; i < u->block_count; i++) {
        const struct unit_block *b = &u->blocks[i];
        count_entry(u, b->taken, (int)i);
        if (b->passes)
            count_entry(u, b->next, (int)i);
        if (b->reload) {
            count_entry(u, b->next, -1);
            if (b->next >= 0)
                u->blocks[b->next].behind_call = (int)i;
        }
    }
    for (unsigned i = 0; i < u->target_count; i++)
        count_entry(u, unit_block_at(u, 0, u->targets[i]), -1);
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

void unit_find_flows(struct unit *u)
{
    count_entries(u);
    compute_dirty(u);
    compute_live(u);
}
