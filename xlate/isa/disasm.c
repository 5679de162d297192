/* disasm.c -- assembler text from the operands column of power_isa.def. Base mnemonics only: for logs, tests and
 * traces. */
#include "xlate/isa/disasm.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "runtime/host.h"
#include "xlate/isa/bits.h"
#include "xlate/isa/decode.h"
#include "xlate/isa/operands.h"

struct out { char *text; size_t size, used; };

PRINTF_LIKE(2, 3) static void put(struct out *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(o->text + o->used, o->size - o->used, format, args);
    va_end(args);
    if (n > 0)
        o->used += (size_t)n < o->size - o->used ? (size_t)n : o->size - o->used - 1;
}

static void put_mnemonic(struct out *o, const struct insn_desc *d, uint32_t w)
{
    size_t length = strlen(d->mnemonic);
    bool dot = d->mnemonic[length - 1] == '_';
    put(o, "%.*s", (int)(length - dot), d->mnemonic);
    if ((d->suffixes & SUFFIX_OE) && BITS(w, 21, 21))
        put(o, "o");
    if ((d->suffixes & SUFFIX_LK) && BITS(w, 31, 31))
        put(o, "l");
    if ((d->suffixes & SUFFIX_AA) && BITS(w, 30, 30))
        put(o, "a");
    if (dot || ((d->suffixes & SUFFIX_RC) && BITS(w, 31, 31)) || ((d->suffixes & SUFFIX_VRC) && BITS(w, 21, 21)))
        put(o, ".");
}

static void put_operand(struct out *o, const struct operand *op, uint32_t w, uint64_t pc)
{
    int64_t value = operand_value(op, w);
    switch ((enum operand_kind)op->kind) {
    case KIND_GPR:
        put(o, op->or_zero && value == 0 ? "0" : "r%" PRId64, value);
        break;
    case KIND_FPR:
        put(o, "f%" PRId64, value);
        break;
    case KIND_VR:
        put(o, "v%" PRId64, value);
        break;
    case KIND_VSR_T: case KIND_VSR_A: case KIND_VSR_B: case KIND_VSR_C:
        put(o, "vs%" PRId64, value);
        break;
    case KIND_CRF:
        put(o, "cr%" PRId64, value);
        break;
    case KIND_TARGET:
        put(o, "0x%" PRIx64, (uint64_t)value + (BITS(w, 30, 30) ? 0 : pc));
        break;
    default:
        put(o, "%" PRId64, value);
    }
}

void insn_disassemble(uint32_t w, uint64_t pc, bool is64, char *text, size_t size)
{
    struct out o = { .text = text, .size = size };
    const struct insn_desc *d = insn_describe(w, is64);
    if (!d) {
        put(&o, ".long 0x%08x", w);
        return;
    }
    put_mnemonic(&o, d, w);
    const char *rest = d->operands;
    struct operand op;
    for (const char *before = " "; operand_next(&rest, &op); before = ",") {
        if (op.kind == KIND_OPTIONAL && operand_value(&op, w) == 0)
            continue;
        put(&o, "%s", op.in_parentheses ? "(" : before);
        put_operand(&o, &op, w, pc);
        if (op.in_parentheses)
            put(&o, ")");
    }
}
