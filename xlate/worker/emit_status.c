/* emit_status.c -- FR, FI and FPRF of FPSCR in the LLVM binding: which operation was the last is remembered here, while building, and
 * written to cpu->fp_last only where other code may look. [xlate/isa/fpscr.h]
 *
 * Where that is: where struct cpu is made exact (flush), and on the way into a block behind which somebody may look before another
 * operation comes. A block that surely has its own operation first *replaces* the one before: so a loop with an operation in every
 * turn writes nothing but on the way out of it. After a fault in guest memory the bits may be those of an older operation.
 */
#include <stddef.h>
#include <stdlib.h>
#include "runtime/log.h"
#include "xlate/worker/emit_llvm.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/emit.h"
#include "xlate/isa/record.h"

enum { REPLACES_NOTHING, REPLACES_COMPARISON, REPLACES_ALL };

/* --- what blocks replace -------------------------------------------------------------------------------------------------- */

/* The first instruction that sets the bits or that lets others look decides; -1: there is none. */
static int replaced_inside(const struct unit *unit, const struct unit_block *b)
{
    int replaced = -1;
    for (unsigned i = b->first; i < b->first + b->count && replaced != REPLACES_ALL; i++) {
        struct insn_effects effects;
        insn_record(unit->insns[i].word, unit->insns[i].pc, unit->is64, &effects);
        bool looks = effects.calls_interpreter || (effects.control != CONTROL_NONE && effects.control != CONTROL_DIRECT);
        if (looks)
            return replaced < 0 ? REPLACES_NOTHING : replaced;
        replaced = effects.sets_fprf ? REPLACES_ALL : effects.sets_fpcc ? REPLACES_COMPARISON : replaced;
    }
    return replaced;
}

/* Ways backward have a safepoint: somebody may look there. */
static int replaced_behind(const struct unit *unit, const struct unit_block *from, int to, const unsigned char *replaces)
{
    return to < 0 ? REPLACES_ALL : unit->blocks[to].pc <= from->pc ? REPLACES_NOTHING : replaces[to];
}

static int replaced_by(const struct unit *unit, unsigned index, const unsigned char *replaces)
{
    const struct unit_block *b = &unit->blocks[index];
    int inside = replaced_inside(unit, b);
    if (inside == REPLACES_ALL || inside == REPLACES_NOTHING)
        return inside;
    int taken = replaced_behind(unit, b, b->taken, replaces), next = replaced_behind(unit, b, b->next, replaces);
    int behind = b->flushes || (b->taken < 0 && b->next < 0) ? REPLACES_NOTHING : taken < next ? taken : next;
    return behind > inside ? behind : inside;
}

void status_prepare(struct emit *e)
{
    const struct unit *unit = e->unit;
    e->replaces = calloc(unit->block_count, 1);
    if (!e->replaces)
        BUG("out of memory for %u blocks", unit->block_count);
    for (bool changed = true; changed;) {
        changed = false;
        for (unsigned i = unit->block_count; i-- > 0;) {
            int now = replaced_by(unit, i, e->replaces);
            changed |= now != e->replaces[i];
            e->replaces[i] = (unsigned char)now;
        }
    }
}

/* --- the words, and what they leave to be written --------------------------------------------------------------------------- */

void fp_status(struct emit *e, uint32_t operation, fval a, fval b, fval c)
{
    e->status = (struct status){.operation = operation, .operands = {a.v, b.v, c.v}};
}

void fp_compared(struct emit *e, fval a, fval b, bool ordered)
{
    e->status.compared = true;
    e->status.sides[0] = a.v;
    e->status.sides[1] = b.v;
    if (!ordered)
        return;
    LLVMBasicBlockRef nan = new_block(e), go_on = new_block(e);
    branch_unlikely(e, fp_unordered(e, a, b).v, nan, go_on);
    enter_block(e, nan);
    LLVMValueRef args[] = {e->cpu, a.v, b.v, const64(e, 1)};
    call_keeping_helper(e, HELPER_fp_compare_nan, args, 4);
    LLVMBuildBr(e->b, go_on);
    enter_block(e, go_on);
}

_Static_assert(offsetof(struct fp_last, compared) == offsetof(struct fp_last, operation) + 4, "stored as one");
#define LAST(field) (offsetof(struct cpu, fp_last) + offsetof(struct fp_last, field))

static void store_status(struct emit *e, const struct status *s)
{
    static const size_t operands[] = {LAST(a), LAST(b), LAST(c)};
    unsigned count = s->operation ? fp_operands(s->operation & 15) : 0;
    for (unsigned i = 0; i < count; i++)
        state_store(e, s->operands[i], operands[i]);
    if (s->compared) {
        state_store(e, s->sides[0], LAST(left));
        state_store(e, s->sides[1], LAST(right));
    }
    if (s->operation)
        state_store(e, const64(e, s->operation | (uint64_t)s->compared << 32), LAST(operation));        /* and compared */
    else if (s->compared)
        state_store(e, LLVMConstInt(e->i32, 1, false), LAST(compared));
}

void status_flush(struct emit *e) { store_status(e, &e->status); }

void status_forget(struct emit *e) { e->status = (struct status){.operation = 0}; }

/* The way to a block of the unit: it, or one that writes first what it does not replace. */
LLVMBasicBlockRef status_way_to(struct emit *e, int block)
{
    struct status left = e->status;
    if (e->replaces[block] == REPLACES_ALL)
        return e->blocks[block];
    if (e->replaces[block] == REPLACES_COMPARISON)
        left.compared = false;
    if (!left.operation && !left.compared)
        return e->blocks[block];
    LLVMBasicBlockRef here = LLVMGetInsertBlock(e->b), way = new_block(e);
    enter_block(e, way);
    store_status(e, &left);
    LLVMBuildBr(e->b, e->blocks[block]);
    enter_block(e, here);
    return way;
}
