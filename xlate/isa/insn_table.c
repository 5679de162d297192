/* insn_table.c -- power_isa.def as an array. */
#include "xlate/isa/decode.h"

enum {
#define FORM(name, mask, shift, suffixes) \
    FORM_MASK_##name = mask, FORM_SHIFT_##name = shift, FORM_SUFFIX_##name = suffixes,
#include "xlate/isa/power_forms.def"
#undef FORM
};

const struct insn_desc insn_table[INSN_COUNT] = {
#define INSN(mnemonic_, opcd, xo, form_, operands_, since_, mode_, how_, section_)                          \
    [INSN_##mnemonic_] = { .mnemonic = #mnemonic_, .operands = operands_, .section = section_,              \
                           .mask = 0xfc000000u | FORM_MASK_##form_,                                         \
                           .match = (uint32_t)(opcd) << 26 | (uint32_t)(xo) << FORM_SHIFT_##form_,          \
                           .form = FORM_##form_, .suffixes = FORM_SUFFIX_##form_, .since = SINCE_##since_,  \
                           .mode = MODE_##mode_, .how = HOW_##how_ },
#include "xlate/isa/power_isa.def"
#undef INSN
};
