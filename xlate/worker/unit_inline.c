/* unit_inline.c -- the size of a callee, found by walking its direct branches. */
#include "xlate/worker/unit_inline.h"

#include "xlate/worker/unit_insn.h"

struct walk {
    const struct unit_request *request;
    gva lo, hi;
    gva seen[INLINE_LEAF + 1];
    unsigned count;
    bool calls, branches, glue;
};

static bool is_seen(const struct walk *w, gva pc)
{
    for (unsigned i = 0; i < w->count; i++)
        if (w->seen[i] == pc)
            return true;
    return false;
}

/* One straight run; branch targets are pushed to work. False: not to be followed. */
static bool walk_run(struct walk *w, gva pc, gva *work, unsigned *work_count)
{
    for (; !is_seen(w, pc); pc += 4) {
        if (pc < w->lo || pc >= w->hi || w->count > INLINE_LEAF - 1)
            return false;
        w->seen[w->count++] = pc;
        struct unit_insn insn;
        unit_describe(w->request, pc, &insn);
        switch ((enum unit_end)insn.end) {
        case END_NONE: continue;
        case END_CALL: w->calls = true; continue;
        case END_BRANCH: work[(*work_count)++] = insn.target; w->branches = true; break;
        case END_RETURN: break;
        case END_JUMP: w->glue = true; break;
        default: return false;
        }
        if (!insn.conditional)
            return true;
    }
    return true;
}

unsigned inline_size(const struct unit_request *request, gva entry, gva lo, gva hi)
{
    struct walk w = {.request = request, .lo = lo, .hi = hi};
    gva work[INLINE_LEAF + 1] = {entry};
    unsigned work_count = 1;
    while (work_count)
        if (!walk_run(&w, work[--work_count], work, &work_count))
            return 0;
    unsigned limit = w.glue ? INLINE_GLUE : w.calls ? INLINE_OTHER : INLINE_LEAF;
    return w.count <= limit && !(w.glue && w.branches) ? w.count : 0;
}
