/* emit_nan.c -- when a result that is NaN is put right: not at each operation, but where somebody can see it.
 *
 * The host's arithmetic agrees with PowerPC's but for which NaN comes out, and a NaN makes every result that depends on it a NaN. So the
 * result of a double-precision operation goes on unchecked into others, and the check stands where it is stored, moved, rounded, or
 * alive at the end of its block: one for many operations, and none between those of a sum of products. Where it finds a NaN the cold
 * path works the operations out once more, from the first, by the fp_nan helper. [ISA I 4.3.2]
 */
#include <stddef.h>
#include <stdlib.h>
#include "runtime/log.h"
#include "xlate/worker/emit_llvm.h"

enum { DEPTH_MAX = 4 };         /* operations behind one check: what the cold path repeats */

static struct unchecked *find(struct emit *e, LLVMValueRef v)
{
    for (unsigned i = 0; i < e->unchecked_count; i++)
        if (e->unchecked[i].raw == v)
            return &e->unchecked[i];
    return NULL;
}

/* The value itself, where it is known to be what PowerPC makes; else NULL. */
static LLVMValueRef settled(struct emit *e, LLVMValueRef v)
{
    struct unchecked *u = find(e, v);
    return !u ? v : u->checked;
}

static unsigned depth_of(struct emit *e, LLVMValueRef v) { return settled(e, v) ? 0 : find(e, v)->depth; }

static LLVMValueRef phi_of(struct emit *e, LLVMValueRef a, LLVMBasicBlockRef from_a, LLVMValueRef b, LLVMBasicBlockRef from_b)
{
    LLVMValueRef phi = LLVMBuildPhi(e->b, e->f64, ""), values[] = {a, b};
    LLVMBasicBlockRef blocks[] = {from_a, from_b};
    LLVMAddIncoming(phi, values, blocks, 2);
    return phi;
}

static LLVMValueRef unordered(struct emit *e, LLVMValueRef a, LLVMValueRef b) { return LLVMBuildFCmp(e->b, LLVMRealUNO, a, b, ""); }

/* On the cold path: the value as PowerPC makes it. */
static LLVMValueRef worked_out(struct emit *e, LLVMValueRef v)
{
    LLVMValueRef known = settled(e, v);
    if (known)
        return known;
    const struct unchecked u = *find(e, v);
    LLVMBasicBlockRef from = LLVMGetInsertBlock(e->b), nan = new_block(e), join = new_block(e);
    LLVMBuildCondBr(e->b, unordered(e, v, v), nan, join);
    enter_block(e, nan);
    LLVMValueRef args[5] = {e->cpu};
    for (unsigned i = 0; i < 3; i++)
        args[1 + i] = i < u.count ? worked_out(e, u.operands[i]) : LLVMConstReal(e->f64, 0);
    args[4] = const64(e, u.op);
    call_keeping_helper(e, HELPER_fp_nan, args, 5);
    LLVMValueRef result = state_load(e, e->f64, offsetof(struct cpu, fp_result));
    nan = LLVMGetInsertBlock(e->b);
    LLVMBuildBr(e->b, join);
    enter_block(e, join);
    return phi_of(e, result, nan, v, from);
}

/* From here on registers that hold it hold it checked. */
static void settle(struct emit *e, struct unchecked *u, LLVMValueRef v)
{
    u->checked = v;
    for (unsigned r = 0; r < 32; r++) {
        if (e->unchecked_fpr[r] != u - e->unchecked + 1)
            continue;
        LLVMBuildStore(e->b, v, e->home[REG_FPR + r]);
        e->unchecked_fpr[r] = 0;
    }
}

/* Both at the price of one comparison; b may be a. */
static void check_two(struct emit *e, struct unchecked *a, struct unchecked *b)
{
    LLVMBasicBlockRef from = LLVMGetInsertBlock(e->b), cold = new_block(e), join = new_block(e);
    branch_unlikely(e, unordered(e, a->raw, b->raw), cold, join);
    enter_block(e, cold);
    LLVMValueRef right_a = worked_out(e, a->raw), right_b = a == b ? right_a : worked_out(e, b->raw);
    cold = LLVMGetInsertBlock(e->b);
    LLVMBuildBr(e->b, join);
    enter_block(e, join);
    LLVMValueRef end_a = phi_of(e, right_a, cold, a->raw, from);
    LLVMValueRef end_b = a == b ? end_a : phi_of(e, right_b, cold, b->raw, from);
    settle(e, a, end_a);
    if (a != b)
        settle(e, b, end_b);
}

LLVMValueRef checked(struct emit *e, LLVMValueRef v)
{
    struct unchecked *u = find(e, v);
    if (u && !u->checked)
        check_two(e, u, u);
    return u ? u->checked : v;
}

static struct unchecked *new_unchecked(struct emit *e)
{
    if (e->unchecked_count == e->unchecked_room) {
        unsigned room = e->unchecked_room ? 2 * e->unchecked_room : 32;
        struct unchecked *grown = realloc(e->unchecked, room * sizeof *grown);
        if (!grown)
            BUG("out of memory for %u unchecked results", room);
        e->unchecked = grown;
        e->unchecked_room = room;
    }
    return &e->unchecked[e->unchecked_count++];
}

LLVMValueRef check_later(struct emit *e, LLVMValueRef result, const LLVMValueRef *operands, unsigned count, enum fp_op op)
{
    struct unchecked u = {.raw = result, .op = op, .count = count};
    for (unsigned i = 0; i < count; i++) {
        unsigned depth = depth_of(e, operands[i]);
        u.operands[i] = operands[i];
        u.depth = depth > u.depth ? depth : u.depth;
    }
    u.depth++;
    *new_unchecked(e) = u;
    return u.depth < DEPTH_MAX ? result : checked(e, result);
}

void check_fprs(struct emit *e, uint32_t fprs)
{
    struct unchecked *first = NULL;
    for (unsigned i = 0; i < e->unchecked_count; i++) {
        struct unchecked *u = &e->unchecked[i];
        bool wanted = false;
        for (unsigned r = 0; r < 32; r++)
            wanted |= (fprs >> r & 1) && e->unchecked_fpr[r] == i + 1;
        if (!wanted || u->checked)
            continue;
        if (first)
            check_two(e, first, u);
        first = first ? NULL : u;
    }
    if (first)
        check_two(e, first, first);
}

void check_forget(struct emit *e)
{
    e->unchecked_count = 0;
    for (unsigned r = 0; r < 32; r++)
        e->unchecked_fpr[r] = 0;
}
