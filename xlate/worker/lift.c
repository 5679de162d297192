/* lift.c -- from a unit's instructions to one LLVM function: uint64_t unit(struct cpu *).
 *
 * The frame of the function is made here: homes, checks at the entry, blocks, and a debug "line" per guest instruction, from which the
 * object's line table says later where a fault happened. The instructions themselves are lifted by lift_*.c of xlate/isa.
 */
#include "xlate/worker/lift.h"

#include <inttypes.h>
#include <llvm-c/DebugInfo.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "xlate/isa/decode.h"
#include "xlate/worker/codegen.h"
#include "xlate/worker/emit_llvm.h"

#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) void lift_##mnemonic(struct emit *e, uint32_t w);
#include "xlate/isa/power_isa.def"
#undef INSN

void illegal(struct emit *e);

static void (*const lifters[INSN_COUNT])(struct emit *, uint32_t) = {
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) [INSN_##mnemonic] = lift_##mnemonic,
#include "xlate/isa/power_isa.def"
#undef INSN
};

/* --- the frame --------------------------------------------------------------------------------------------------------- */

static LLVMValueRef metadata_string(struct emit *e, const char *s) { return LLVMMDStringInContext(e->context, s, strlen(s)); }

/* Struct cpu and guest memory never overlap: two classes under one root. */
static LLVMValueRef alias_tag(struct emit *e, LLVMValueRef root, const char *name)
{
    LLVMValueRef type_operands[] = {metadata_string(e, name), root, const64(e, 0)};
    LLVMValueRef type = LLVMMDNodeInContext(e->context, type_operands, 3);
    LLVMValueRef tag_operands[] = {type, type, const64(e, 0)};
    return LLVMMDNodeInContext(e->context, tag_operands, 3);
}

static unsigned metadata_kind(struct emit *e, const char *name)
{
    return LLVMGetMDKindIDInContext(e->context, name, (unsigned)strlen(name));
}

static void prepare_metadata(struct emit *e)
{
    LLVMValueRef root_name = metadata_string(e, "guest machine");
    LLVMValueRef root = LLVMMDNodeInContext(e->context, &root_name, 1);
    e->tag_state = alias_tag(e, root, "state");
    e->tag_guest = alias_tag(e, root, "memory");
    LLVMValueRef weights[] = {metadata_string(e, "branch_weights"), LLVMConstInt(e->i32, 1, false), LLVMConstInt(e->i32, 2000, false)};
    e->unlikely = LLVMMDNodeInContext(e->context, weights, 3);
    e->no_operands = LLVMMDNodeInContext(e->context, NULL, 0);
    e->kind_tbaa = metadata_kind(e, "tbaa");
    e->kind_invariant = metadata_kind(e, "invariant.load");
    e->kind_prof = metadata_kind(e, "prof");
}

static void prepare_types(struct emit *e)
{
    e->i1 = LLVMInt1TypeInContext(e->context);
    e->i8 = LLVMInt8TypeInContext(e->context);
    e->i16 = LLVMInt16TypeInContext(e->context);
    e->i32 = LLVMInt32TypeInContext(e->context);
    e->i64 = LLVMInt64TypeInContext(e->context);
    e->i128 = LLVMInt128TypeInContext(e->context);
    e->f32 = LLVMFloatTypeInContext(e->context);
    e->f64 = LLVMDoubleTypeInContext(e->context);
    e->ptr = LLVMPointerTypeInContext(e->context, 0);
    e->code = LLVMFunctionType(e->i64, &e->ptr, 1, false);
}

static void add_enum_attribute(struct emit *e, LLVMAttributeIndex index, const char *name)
{
    unsigned kind = LLVMGetEnumAttributeKindForName(name, strlen(name));
    LLVMAddAttributeAtIndex(e->function, index, LLVMCreateEnumAttribute(e->context, kind, 0));
}

static void make_function(struct emit *e)
{
    e->function = LLVMAddFunction(e->module, "unit", e->code);
    add_enum_attribute(e, LLVMAttributeFunctionIndex, "nounwind");
    add_enum_attribute(e, 1, "noalias");
    add_enum_attribute(e, 1, "nonnull");
    e->cpu = LLVMGetParam(e->function, 0);
}

/* --- debug lines ---------------------------------------------------------------------------------------------------------- */

static LLVMMetadataRef describe_function(struct emit *e, LLVMDIBuilderRef di)
{
    static const char name[] = "unit";
    LLVMMetadataRef file = LLVMDIBuilderCreateFile(di, name, 4, "", 0);
    LLVMDIBuilderCreateCompileUnit(di, LLVMDWARFSourceLanguageC, file, "", 0, true, "", 0, 0, "", 0, LLVMDWARFEmissionLineTablesOnly, 0,
                                   false, false, "", 0, "", 0);
    LLVMMetadataRef type = LLVMDIBuilderCreateSubroutineType(di, file, NULL, 0, LLVMDIFlagZero);
    LLVMMetadataRef scope = LLVMDIBuilderCreateFunction(di, file, name, 4, name, 4, file, 0, type, false, true, 0, LLVMDIFlagZero, true);
    LLVMSetSubprogram(e->function, scope);
    LLVMAddModuleFlag(e->module, LLVMModuleFlagBehaviorWarning, "Debug Info Version", 18,
                      LLVMValueAsMetadata(LLVMConstInt(e->i32, LLVMDebugMetadataVersion(), false)));
    LLVMAddModuleFlag(e->module, LLVMModuleFlagBehaviorWarning, "Dwarf Version", 13, LLVMValueAsMetadata(LLVMConstInt(e->i32, 4, false)));
    LLVMDIBuilderFinalize(di);
    return scope;
}

static void set_line(struct emit *e, LLVMMetadataRef scope, gva pc)
{
    unsigned line = (unsigned)(LINE_OF_ENTRY + (int32_t)(pc - e->unit->entry) / 4);
    LLVMSetCurrentDebugLocation2(e->b, LLVMDIBuilderCreateDebugLocation(e->context, line, 0, scope, NULL));
}

/* --- the body -------------------------------------------------------------------------------------------------------------- */

static void make_homes(struct emit *e)
{
    struct slot_set used = {{0, 0}};
    for (unsigned i = 0; i < e->unit->insn_count; i++)
        used = slot_or(used, slot_or(e->unit->insns[i].reads, e->unit->insns[i].writes));
    for (unsigned i = 0; i < SLOT_COUNT; i++)
        if (slot_in(used, i))
            e->home[i] = LLVMBuildAlloca(e->b, slot_type(e, i), "");
    for (unsigned i = 0; i < e->unit->stack_slot_count; i++)
        e->stack_home[i] = LLVMBuildAlloca(e->b, e->unit->stack_slots[i].bytes == 8 ? e->i64 : e->i32, "");
}

/* Leave at once when the host stack is used up: the dispatcher goes on from a shallower frame. */
static void check_stack(struct emit *e)
{
    LLVMValueRef name = LLVMMetadataAsValue(e->context, LLVMMDStringInContext2(e->context, "rsp", 3));
    LLVMValueRef reg = LLVMMDNodeInContext(e->context, &name, 1);
    LLVMValueRef sp = intrinsic(e, "llvm.read_register", &e->i64, 1, &reg, 1);
    LLVMValueRef limit = state_load(e, e->i64, offsetof(struct cpu, stack_limit));
    LLVMBasicBlockRef leave = new_block(e), go_on = new_block(e);
    branch_unlikely(e, LLVMBuildICmp(e->b, LLVMIntULT, sp, limit, ""), leave, go_on);
    enter_block(e, leave);
    LLVMBuildRet(e->b, code_address(e, e->unit->entry));
    enter_block(e, go_on);
}

/* The mask of a 64-bit window, as a value that LLVM knows nothing of: of a constant used seldom it makes bzhi with a count moved into a
 * byte register, which then waits for whatever was in that register before. In large units it is a constant: kept in a register where
 * there is one, and not spilled. */
enum { SMALL_UNIT = 48 };
static LLVMValueRef opaque_mask(struct emit *e)
{
    char text[64];
    int length = snprintf(text, sizeof text, "movabsq $$%#" PRIx64 ", $0", (uint64_t)WINDOW64_MASK);
    LLVMTypeRef type = LLVMFunctionType(e->i64, NULL, 0, false);
    LLVMValueRef code = LLVMGetInlineAsm(type, text, (size_t)length, "=r", 2, false, false, LLVMInlineAsmDialectATT, false);
    return LLVMBuildCall2(e->b, type, code, NULL, 0, "");
}

static void make_entry(struct emit *e)
{
    e->mem = constant_load(e, e->ptr, CPU_FIELD(e, mem));
    e->window_mask = e->unit->insn_count <= SMALL_UNIT ? opaque_mask(e) : const64(e, WINDOW64_MASK);
    if (e->unit->has_calls) {
        check_stack(e);
        LLVMBasicBlockRef go_on = new_block(e);
        safepoint(e, e->unit->entry, go_on);
        enter_block(e, go_on);
    }
    const struct unit_block *first = &e->unit->blocks[e->unit->entry_block];
    if (first->entries)
        reload(e, first->live_in);
    LLVMBuildBr(e->b, e->blocks[e->unit->entry_block]);
}

static void lift_insn(struct emit *e, const struct unit_insn *insn)
{
    e->insn = insn;
    e->pc = insn->pc;
    e->word = insn->word;
    e->accessed = false;
    if (insn->id == INSN_INVALID)
        illegal(e);
    else
        lifters[insn->id](e, insn->word);
}

/* What somebody may see behind the block, or where it is left. */
static void check_live(struct emit *e)
{
    struct slot_set seen = e->block->flushes ? slot_or(e->block->live_out, e->dirty) : e->block->live_out;
    check_fprs(e, (uint32_t)(seen.w[REG_FPR / 64] >> REG_FPR % 64));
}

/* Before the last instruction, which may be the end of several ways: nothing is put off any longer. */
static void end_waiting(struct emit *e, struct slot_set reads)
{
    reload_waiting(e, slot_or(e->block->live_out, reads));
    check_live(e);
}

static void lift_block(struct emit *e, unsigned index, LLVMMetadataRef scope)
{
    const struct unit_block *b = &e->unit->blocks[index];
    e->block = b;
    e->dirty = b->dirty_in;
    e->waiting = unit_waiting(e->unit, b);
    forward_forget(e);
    status_forget(e);
    check_forget(e);
    enter_block(e, e->blocks[index]);
    for (unsigned i = b->first; i < b->first + b->count; i++) {
        set_line(e, scope, e->unit->insns[i].pc);
        if (i == b->first + b->count - 1)
            end_waiting(e, e->unit->insns[i].reads);
        lift_insn(e, &e->unit->insns[i]);
    }
    if (LLVMGetBasicBlockTerminator(LLVMGetInsertBlock(e->b)))
        return;
    check_live(e);
    if (b->passes)
        LLVMBuildBr(e->b, way_to(e, e->pc + 4));
    else
        LLVMBuildUnreachable(e->b);     /* behind a trap that is always taken */
}

void lift_unit(const struct unit *unit, LLVMModuleRef module)
{
    struct emit e = {.is64 = unit->is64, .unit = unit, .module = module, .context = LLVMGetModuleContext(module)};
    e.b = LLVMCreateBuilderInContext(e.context);
    prepare_types(&e);
    prepare_metadata(&e);
    make_function(&e);
    LLVMDIBuilderRef di = LLVMCreateDIBuilder(module);
    LLVMMetadataRef scope = describe_function(&e, di);
    LLVMBasicBlockRef entry = new_block(&e);
    e.blocks = calloc(unit->block_count, sizeof *e.blocks);
    for (unsigned i = 0; i < unit->block_count; i++)
        e.blocks[i] = new_block(&e);
    enter_block(&e, entry);
    set_line(&e, scope, unit->entry);
    make_homes(&e);
    status_prepare(&e);
    make_entry(&e);
    for (unsigned i = 0; i < unit->block_count; i++)
        lift_block(&e, i, scope);
    free(e.unchecked);
    free(e.replaces);
    free(e.blocks);
    LLVMDisposeDIBuilder(di);
    LLVMDisposeBuilder(e.b);
}
