/* unit_defer.c -- the list of deferred instructions, step by step. */
#include "xlate/worker/unit_defer.h"

#include <string.h>

static const struct slot_set nothing = {{0, 0}};

static bool is_empty(struct slot_set s) { return !(s.w[0] | s.w[1]); }
static void move(struct slot_set *from, struct slot_set *to, struct slot_set which)
{
    which = slot_and(*from, which);
    *from = slot_minus(*from, which);
    *to = slot_or(*to, which);
}

/* --- the list ------------------------------------------------------------------------------------------------------------ */

static struct slot_set written_behind(const struct deferral *d, const struct unit_insn *insns, unsigned k)
{
    struct slot_set written = nothing;
    for (unsigned i = k + 1; i < d->count; i++)
        written = slot_or(written, insns[d->list[i].insn].writes);
    return written;
}

/* What entry k writes and nothing has written since. */
static struct slot_set current_results(const struct deferral *d, const struct unit_insn *insns, unsigned k)
{
    return slot_minus(slot_and(insns[d->list[k].insn].writes, d->slots), written_behind(d, insns, k));
}

/* Operands of later entries that entry k writes for them. */
static struct slot_set links_to(const struct deferral *d, const struct unit_insn *insns, unsigned k, unsigned later)
{
    struct slot_set between = nothing;
    for (unsigned i = k + 1; i < later; i++)
        between = slot_or(between, insns[d->list[i].insn].writes);
    return slot_minus(slot_and(insns[d->list[k].insn].writes, d->list[later].linked), between);
}

static struct slot_set written_before(const struct deferral *d, const struct unit_insn *insns, unsigned k)
{
    struct slot_set written = nothing;
    for (unsigned i = 0; i < k; i++)
        written = slot_or(written, insns[d->list[i].insn].writes);
    return written;
}

static void erase(struct deferral *d, unsigned k)
{
    d->count--;
    memmove(&d->list[k], &d->list[k + 1], (d->count - k) * sizeof d->list[0]);
}

/* Entry k cannot be worked out again: its results are to be stored before the next access, and what later entries take from it is awaited
 * from there. Entries go with it that take what is not current any longer, or what an earlier one would write to the copy. */
static void drop(struct deferral *d, const struct unit_insn *insns, unsigned k)
{
    struct slot_set results = current_results(d, insns, k), hidden = written_before(d, insns, k);
    for (unsigned i = d->count; i-- > k + 1;) {
        struct slot_set links = links_to(d, insns, k, i);
        if (!is_empty(slot_minus(links, results)) || !is_empty(slot_and(links, hidden)))
            drop(d, insns, i);
    }
    for (unsigned i = k + 1; i < d->count; i++)
        move(&d->list[i].linked, &d->list[i].awaited, links_to(d, insns, k, i));
    d->slots = slot_minus(d->slots, current_results(d, insns, k));
    erase(d, k);
}

static bool is_needed(const struct deferral *d, const struct unit_insn *insns, unsigned k)
{
    if (!is_empty(current_results(d, insns, k)))
        return true;
    for (unsigned i = k + 1; i < d->count; i++)
        if (!is_empty(links_to(d, insns, k, i)))
            return true;
    return false;
}

static void erase_unneeded(struct deferral *d, const struct unit_insn *insns)
{
    for (unsigned k = d->count; k-- > 0;)
        if (!is_needed(d, insns, k))
            erase(d, k);
}

/* --- the steps ------------------------------------------------------------------------------------------------------------- */

/* Everything that is dirty and not deferred is stored; results of entries that do not bear that are stored with it. */
static struct slot_set store_before_access(struct deferral *d, const struct unit_insn *insns, struct slot_set dirty)
{
    struct slot_set stored = slot_minus(dirty, d->slots);
    for (unsigned k = 0; k < d->count;) {
        if (is_empty(slot_and(d->list[k].old, stored))) {
            k++;
            continue;
        }
        drop(d, insns, k);
        stored = slot_minus(dirty, d->slots);
        k = 0;
    }
    for (unsigned k = 0; k < d->count; k++)
        move(&d->list[k].awaited, &d->list[k].kept, stored);
    return stored;
}

/* The slots get other values than the operands of the list had: those that are in struct cpu have to stay there. */
static void overwrite(struct deferral *d, const struct unit_insn *insns, struct slot_set written)
{
    for (unsigned k = 0; k < d->count;) {
        if (is_empty(slot_and(d->list[k].awaited, written))) {
            k++;
            continue;
        }
        drop(d, insns, k);
        k = 0;
    }
    for (unsigned k = 0; k < d->count; k++)
        move(&d->list[k].kept, &d->list[k].old, written);
}

static void forget_all(struct deferral *d)
{
    d->count = 0;
    d->slots = nothing;
}

static bool reads_all_of_cr(const struct unit_insn *insn) { return insn->reads.w[REG_CR / 64] >> REG_CR % 64 == UINT32_MAX; }

/* Try to put the instruction on the list; operands and results as before it. */
static bool append(struct deferral *d, const struct unit_insn *insns, unsigned index, struct slot_set dirty)
{
    const struct unit_insn *insn = &insns[index];
    if (!insn->pure || is_empty(insn->writes))
        return false;
    struct deferred_insn entry = {.insn = (uint16_t)index, .linked = slot_and(insn->reads, d->slots)};
    struct slot_set others = slot_minus(insn->reads, entry.linked);
    entry.awaited = slot_and(others, dirty);
    entry.kept = slot_minus(others, dirty);
    if (!is_empty(slot_and(entry.awaited, insn->writes)))
        return false;
    move(&entry.kept, &entry.old, insn->writes);
    erase_unneeded(d, insns);
    if (d->count == DEFER_MAX || !is_empty(slot_and(others, written_before(d, insns, d->count))))
        return false;
    d->list[d->count++] = entry;
    return true;
}

struct slot_set defer_store(struct deferral *d, const struct unit_insn *insns, unsigned index, struct slot_set *dirty)
{
    const struct unit_insn *insn = &insns[index];
    struct slot_set stored = nothing;
    if (insn->accesses && insn->stores && insn->orders) {       /* by steps of its own, with everything stored */
        stored = *dirty;
        forget_all(d);
    } else if (insn->accesses) {
        stored = store_before_access(d, insns, *dirty);
    } else if (reads_all_of_cr(insn)) {                         /* gathered from struct cpu, where it is stored for that */
        forget_all(d);
    }
    *dirty = slot_minus(*dirty, stored);
    return stored;
}

/* The results of a deferred instruction hide those of earlier entries, which stay for the sake of later ones. */
void defer_results(struct deferral *d, const struct unit_insn *insns, unsigned index, struct slot_set *dirty)
{
    const struct unit_insn *insn = &insns[index];
    overwrite(d, insns, insn->writes);
    bool deferred = append(d, insns, index, *dirty);
    d->slots = deferred ? slot_or(d->slots, insn->writes) : slot_minus(d->slots, insn->writes);
    *dirty = slot_or(*dirty, insn->writes);
}

/* --- the record --------------------------------------------------------------------------------------------------------------- */

unsigned defer_record(const struct deferral *d, const struct unit_insn *insns, gva entry, uint8_t *out)
{
    struct deferral needed = *d;
    erase_unneeded(&needed, insns);
    if (is_empty(needed.slots))
        return 0;
    unsigned size = 2;
    for (unsigned k = 0; k < needed.count; k++, size += 8) {
        const struct unit_insn *insn = &insns[needed.list[k].insn];
        int32_t from_entry = (int32_t)(insn->pc - entry);
        memcpy(out + size, &insn->word, 4);
        memcpy(out + size + 4, &from_entry, 4);
    }
    out[0] = (uint8_t)needed.count;
    for (unsigned slot = 0; slot < SLOT_COUNT; slot++)
        if (slot_in(needed.slots, slot))
            out[size++] = (uint8_t)slot;
    out[1] = (uint8_t)(size - 2 - 8 * needed.count);
    return size;
}
