/* unit_stack.c -- two forward flows: how far registers are from their bases, and which words there are known. [ISA I 3.3.2, 4.6.2] */
#include "xlate/worker/unit_stack.h"

#include <stdlib.h>
#include "runtime/log.h"
#include "xlate/worker/unit_cfg.h"

/* --- pointers ------------------------------------------------------------------------------------------------------------ */

/* A register is `offset` bytes above a base; base 0: not known yet. Every way for a register to hold something unknown is a base of
 * its own: the begin of a block, and an instruction. */
struct pointer {
    unsigned base;
    int32_t offset;
};

struct pointers { struct pointer gpr[32]; };

enum {
    OPCD_ADDI = 14, OPCD_31 = 31, OPCD_LWZ = 32, OPCD_STW = 36, OPCD_STWU = 37,
    OPCD_LFD = 50, OPCD_STFD = 54, OPCD_LD = 58, OPCD_STD = 62,
    XO_OR = 444,
};

static unsigned opcd(uint32_t w) { return w >> 26; }
static unsigned rt(uint32_t w) { return w >> 21 & 31; }
static unsigned ra(uint32_t w) { return w >> 16 & 31; }
static unsigned rb(uint32_t w) { return w >> 11 & 31; }
static int32_t d_field(uint32_t w) { return (int16_t)w; }
static int32_t ds_field(uint32_t w) { return (int16_t)(w & 0xfffc); }

static bool moves(uint32_t w) { return opcd(w) == OPCD_31 && (w >> 1 & 0x3ff) == XO_OR && rt(w) == rb(w); }
static bool pushes(uint32_t w) { return opcd(w) == OPCD_STWU || (opcd(w) == OPCD_STD && (w & 3) == 1); }

static struct pointer fresh_pointer(unsigned place, unsigned r) { return (struct pointer){1 + 32 * place + r, 0}; }
static struct pointer moved(struct pointer p, int32_t distance) { return (struct pointer){p.base, p.offset + distance}; }

static void pointers_after(const struct unit *u, unsigned index, struct pointers *p)
{
    const struct unit_insn *insn = &u->insns[index];
    uint32_t w = insn->word;
    if (opcd(w) == OPCD_ADDI && ra(w)) {
        p->gpr[rt(w)] = moved(p->gpr[ra(w)], d_field(w));
    } else if (moves(w)) {
        p->gpr[ra(w)] = p->gpr[rt(w)];
    } else if (pushes(w)) {
        p->gpr[ra(w)] = moved(p->gpr[ra(w)], opcd(w) == OPCD_STD ? ds_field(w) : d_field(w));
    } else {
        for (uint32_t written = (uint32_t)insn->writes.w[0]; written; written &= written - 1) {
            unsigned r = (unsigned)__builtin_ctz(written);
            p->gpr[r] = fresh_pointer(u->block_count + index, r);
        }
    }
}

struct flow {
    struct unit *u;
    struct pointers *at;        /* begin of each block */
    uint64_t *known;            /* ... slots known there, by a bit each */
    uint64_t *fresh;            /* ... and not from before the last turn of a loop */
    bool *in_loop;
    bool changed;
};

static bool is_reached(const struct flow *f, unsigned block) { return f->at[block].gpr[0].base != 0; }

/* Where ways with different values meet, a new base begins. Behind a call (p is NULL) everything is new. */
static void meet_pointers(struct flow *f, int to, const struct pointers *p)
{
    for (unsigned r = 0; to >= 0 && r < 32; r++) {
        struct pointer *in = &f->at[to].gpr[r], new = fresh_pointer((unsigned)to, r);
        struct pointer met = !p ? new : !in->base || (in->base == p->gpr[r].base && in->offset == p->gpr[r].offset) ? p->gpr[r] : new;
        f->changed |= met.base != in->base || met.offset != in->offset;
        *in = met;
    }
}

static void meet_set(struct flow *f, uint64_t *in, uint64_t set)
{
    f->changed |= (*in & set) != *in;
    *in &= set;
}

static unsigned block_last(const struct unit_block *b) { return b->first + b->count - 1; }

static void pass_pointers(struct flow *f, unsigned index, const struct pointers *p)
{
    const struct unit *u = f->u;
    const struct unit_block *b = &u->blocks[index];
    meet_pointers(f, b->taken, p);
    if (b->passes)
        meet_pointers(f, b->next, p);
    if (b->reload)
        meet_pointers(f, b->next, NULL);
    for (unsigned i = 0; u->insns[block_last(b)].end == END_SWITCH && i < u->target_count; i++)
        meet_pointers(f, unit_block_at(u, 0, u->targets[i]), p);
}

static void find_pointers(struct flow *f)
{
    const struct unit *u = f->u;
    meet_pointers(f, u->entry_block, NULL);
    do {
        f->changed = false;
        for (unsigned i = 0; i < u->block_count; i++) {
            if (!is_reached(f, i))
                continue;
            struct pointers p = f->at[i];
            for (unsigned k = u->blocks[i].first; k <= block_last(&u->blocks[i]); k++)
                pointers_after(u, k, &p);
            pass_pointers(f, i, &p);
        }
    } while (f->changed);
}

/* --- words --------------------------------------------------------------------------------------------------------------- */

enum access { ACCESS_NONE, ACCESS_LOAD, ACCESS_STORE };

/* A load or store of a whole word or doubleword at a distance from a register: which, and where. */
static enum access word_access(const struct unit_insn *insn, const struct pointers *p, struct stack_slot *place)
{
    uint32_t w = insn->word;
    if (!insn->accesses || !ra(w))
        return ACCESS_NONE;
    struct pointer base = p->gpr[ra(w)];
    *place = (struct stack_slot){base.base, base.offset + d_field(w), 4};
    switch (opcd(w)) {
    case OPCD_LWZ: return ACCESS_LOAD;
    case OPCD_STW:
    case OPCD_STWU: return ACCESS_STORE;
    case OPCD_LFD:
    case OPCD_STFD:
        place->bytes = 8;
        return opcd(w) == OPCD_LFD ? ACCESS_LOAD : ACCESS_STORE;
    case OPCD_LD:
    case OPCD_STD:
        place->offset = base.offset + ds_field(w);
        place->bytes = 8;
        return opcd(w) == OPCD_STD ? ((w & 3) < 2 ? ACCESS_STORE : ACCESS_NONE) : (w & 3) == 0 ? ACCESS_LOAD : ACCESS_NONE;
    default: return ACCESS_NONE;
    }
}

static unsigned slot_of(const struct unit *u, const struct stack_slot *place)
{
    for (unsigned i = 0; i < u->stack_slot_count; i++) {
        const struct stack_slot *s = &u->stack_slots[i];
        if (s->base == place->base && s->offset == place->offset && s->bytes == place->bytes)
            return i;
    }
    return NO_STACK_SLOT;
}

/* Slots that a store to place may change: those that overlap it, and all that are told from another base. */
static uint64_t overlapping(const struct unit *u, const struct stack_slot *place)
{
    uint64_t hit = 0;
    for (unsigned i = 0; i < u->stack_slot_count; i++) {
        const struct stack_slot *s = &u->stack_slots[i];
        if (s->base != place->base || (s->offset < place->offset + place->bytes && place->offset < s->offset + s->bytes))
            hit |= UINT64_C(1) << i;
    }
    return hit;
}

static uint64_t known_after(const struct unit *u, const struct unit_insn *insn, const struct pointers *p, uint64_t known)
{
    struct stack_slot place;
    enum access access = word_access(insn, p, &place);
    if (access == ACCESS_STORE)
        known &= ~overlapping(u, &place);
    else if (insn->stores || insn->orders)
        return 0;
    unsigned slot = access == ACCESS_NONE ? NO_STACK_SLOT : slot_of(u, &place);
    return slot == NO_STACK_SLOT ? known : known | UINT64_C(1) << slot;
}

typedef void visit_fn(struct unit *u, struct unit_insn *insn, const struct pointers *p, uint64_t known);

static void walk(struct flow *f, unsigned index, visit_fn *visit)
{
    struct unit *u = f->u;
    struct pointers p = f->at[index];
    uint64_t known = f->in_loop[index] ? f->fresh[index] : f->known[index];
    for (unsigned i = u->blocks[index].first; i <= block_last(&u->blocks[index]); i++) {
        visit(u, &u->insns[i], &p, known);
        known = known_after(u, &u->insns[i], &p, known);
        pointers_after(u, i, &p);
    }
}

static void walk_all(struct flow *f, visit_fn *visit)
{
    for (unsigned i = 0; i < f->u->block_count; i++)
        if (is_reached(f, i))
            walk(f, i, visit);
}

static uint64_t set_behind(const struct flow *f, unsigned index, uint64_t known)
{
    const struct unit_block *b = &f->u->blocks[index];
    struct pointers p = f->at[index];
    for (unsigned i = b->first; i <= block_last(b); i++) {
        known = known_after(f->u, &f->u->insns[i], &p, known);
        pointers_after(f->u, i, &p);
    }
    return known;
}

static void pass_set(struct flow *f, uint64_t *sets, unsigned index)
{
    const struct unit *u = f->u;
    const struct unit_block *b = &u->blocks[index];
    const struct unit_insn *last = &u->insns[block_last(b)];
    uint64_t set = set_behind(f, index, sets[index]);
    bool turns = sets == f->fresh && ((last->end == END_BRANCH && last->target <= last->pc) || last->end == END_SWITCH);
    if (b->taken >= 0)
        meet_set(f, &sets[b->taken], turns ? 0 : set);
    if (b->passes && b->next >= 0)
        meet_set(f, &sets[b->next], set);
    if (b->reload && b->next >= 0)
        meet_set(f, &sets[b->next], 0);
    for (unsigned i = 0; last->end == END_SWITCH && i < u->target_count; i++)
        meet_set(f, &sets[unit_block_at(u, 0, u->targets[i])], turns ? 0 : set);
}

static void find_sets(struct flow *f, uint64_t *sets)
{
    for (unsigned i = 0; i < f->u->block_count; i++)
        sets[i] = UINT64_MAX;
    sets[f->u->entry_block] = 0;
    do {
        f->changed = false;
        for (unsigned i = 0; i < f->u->block_count; i++)
            if (is_reached(f, i))
                pass_set(f, sets, i);
    } while (f->changed);
}

/* --- loops ---------------------------------------------------------------------------------------------------------------- */

/* A way back makes a loop of everything between its ends: whatever is on a circle lies between the ends of a way back on it. */
static void mark_between(struct flow *f, const struct unit_block *from, gva to)
{
    for (unsigned i = 0; i < f->u->block_count; i++) {
        const struct unit_block *b = &f->u->blocks[i];
        f->in_loop[i] |= b->instance == from->instance && b->pc >= to && b->pc <= from->pc;
    }
}

static void mark_callee(struct flow *f, unsigned instance)
{
    for (unsigned i = 0; i < f->u->block_count; i++)
        f->in_loop[i] |= f->u->blocks[i].instance == instance;
}

/* Callees have higher numbers than their callers. */
static void find_loops(struct flow *f)
{
    const struct unit *u = f->u;
    for (unsigned i = 0; i < u->block_count; i++) {
        const struct unit_insn *last = &u->insns[block_last(&u->blocks[i])];
        if (last->end == END_BRANCH && last->target <= last->pc)
            mark_between(f, &u->blocks[i], last->target);
        for (unsigned k = 0; last->end == END_SWITCH && k < u->target_count; k++)
            mark_between(f, &u->blocks[i], u->targets[k]);
    }
    for (unsigned i = 0; i < u->block_count; i++) {
        const struct unit_insn *last = &u->insns[block_last(&u->blocks[i])];
        if (last->end == END_INLINE && f->in_loop[i])
            mark_callee(f, last->callee);
    }
}

/* --- the results ------------------------------------------------------------------------------------------------------------ */

static void add_loaded(struct unit *u, struct unit_insn *insn, const struct pointers *p, uint64_t known)
{
    (void)known;
    struct stack_slot place;
    if (word_access(insn, p, &place) == ACCESS_LOAD && slot_of(u, &place) == NO_STACK_SLOT && u->stack_slot_count < STACK_SLOTS)
        u->stack_slots[u->stack_slot_count++] = place;
}

static void note_slot(struct unit *u, struct unit_insn *insn, const struct pointers *p, uint64_t known)
{
    struct stack_slot place;
    enum access access = word_access(insn, p, &place);
    insn->stack_slot = (uint8_t)(access == ACCESS_NONE ? NO_STACK_SLOT : slot_of(u, &place));
    insn->stack_known = access == ACCESS_LOAD && insn->stack_slot != NO_STACK_SLOT && known >> insn->stack_slot & 1;
}

/* Slots that no load gains by are of no use. */
static void drop_useless(struct unit *u)
{
    uint64_t useful = 0;
    for (unsigned i = 0; i < u->insn_count; i++)
        if (u->insns[i].stack_known)
            useful |= UINT64_C(1) << u->insns[i].stack_slot;
    for (unsigned i = 0; i < u->insn_count; i++)
        if (u->insns[i].stack_slot != NO_STACK_SLOT && !(useful >> u->insns[i].stack_slot & 1))
            u->insns[i].stack_slot = NO_STACK_SLOT;
}

static bool flow_begin(struct flow *f, struct unit *u)
{
    f->u = u;
    f->at = calloc(u->block_count, sizeof *f->at);
    f->known = calloc(u->block_count, sizeof *f->known);
    f->fresh = calloc(u->block_count, sizeof *f->fresh);
    f->in_loop = calloc(u->block_count, sizeof *f->in_loop);
    return f->at && f->known && f->fresh && f->in_loop;
}

void unit_find_stack_slots(struct unit *u)
{
    struct flow f;
    if (!flow_begin(&f, u))
        BUG("out of memory for %u blocks", u->block_count);
    for (unsigned i = 0; i < u->insn_count; i++)
        u->insns[i].stack_slot = NO_STACK_SLOT;
    find_pointers(&f);
    walk_all(&f, add_loaded);
    find_sets(&f, f.known);
    find_sets(&f, f.fresh);
    find_loops(&f);
    walk_all(&f, note_slot);
    drop_useless(u);
    free(f.at);
    free(f.known);
    free(f.fresh);
    free(f.in_loop);
}
