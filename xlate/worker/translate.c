/* translate.c -- the whole of a translation: discover, lift, optimise, generate code.
 *
 * Each unit has an LLVM context of its own, so that what it becomes does not depend on what was translated before, and nothing piles up.
 */
#include <errno.h>
#include <llvm-c/Core.h>
#include <stdlib.h>
#include "xlate/worker/codegen.h"
#include "xlate/worker/fault_lines.h"
#include "xlate/worker/index_masks.h"
#include "xlate/worker/lift.h"
#include "xlate/worker/optimize.h"
#include "xlate/worker/target.h"
#include "xlate/worker/unit_cfg.h"
#include "xlate/worker/unit_code.h"

struct translator {
    LLVMTargetMachineRef machine;
};

struct translator *translator_new(struct error *err)
{
    struct translator *t = calloc(1, sizeof *t);
    if (!t) {
        error_set(err, ENOMEM, "translator: out of memory");
        return NULL;
    }
    t->machine = target_new(err);
    if (!t->machine) {
        free(t);
        return NULL;
    }
    return t;
}

void translator_free(struct translator *t)
{
    if (!t)
        return;
    LLVMDisposeTargetMachine(t->machine);
    free(t);
}

static int by_address(const void *a, const void *b)
{
    const gva *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Neighbouring instructions become one range; those that stand in the unit several times count once. */
static int note_ranges(const struct unit *unit, struct unit_code *out, struct error *err)
{
    gva *pcs = calloc(unit->insn_count, sizeof *pcs);
    out->ranges = calloc(unit->insn_count, sizeof *out->ranges);
    if (!out->ranges || !pcs) {
        free(pcs);
        return error_set(err, ENOMEM, "translator: out of memory");
    }
    for (unsigned i = 0; i < unit->insn_count; i++)
        pcs[i] = unit->insns[i].pc;
    qsort(pcs, unit->insn_count, sizeof *pcs, by_address);
    for (unsigned i = 0; i < unit->insn_count; i++) {
        if (out->range_count && out->ranges[out->range_count - 1].hi > pcs[i])
            continue;
        if (out->range_count && out->ranges[out->range_count - 1].hi == pcs[i])
            out->ranges[out->range_count - 1].hi += 4;
        else
            out->ranges[out->range_count++] = (struct unit_range){pcs[i], pcs[i] + 4};
    }
    free(pcs);
    out->insn_count = unit->insn_count;
    return 0;
}

static int compile(struct translator *t, const struct unit *unit, struct unit_code *out, struct error *err)
{
    LLVMContextRef context = LLVMContextCreate();
    LLVMContextSetDiscardValueNames(context, true);
    LLVMModuleRef module = LLVMModuleCreateWithNameInContext("unit", context);
    target_describe(t->machine, module);
    lift_unit(unit, module);
    int result = optimize_module(module, t->machine, err);
    if (unit->is64)
        free_indexes_of_masks(module);
    keep_fault_lines(module);
    if (!result)
        result = codegen_module(module, t->machine, out, err);
    LLVMDisposeModule(module);
    LLVMContextDispose(context);
    return result;
}

int translate_unit(struct translator *t, const struct unit_request *request, struct unit_code *out, struct error *err)
{
    struct unit unit;
    *out = (struct unit_code){0};
    if (unit_discover(request, &unit, err))
        return -1;
    int result = note_ranges(&unit, out, err);
    if (!result)
        result = compile(t, &unit, out, err);
    if (result && unit.moves && err->code == EDOM) {    /* an address where LLVM wants a number */
        unit_code_free(out);
        unit.moves = false;
        result = note_ranges(&unit, out, err) || compile(t, &unit, out, err) ? -1 : 0;
    }
    out->fixed = !unit.moves;
    if (result)
        unit_code_free(out);
    unit_free(&unit);
    return result;
}
