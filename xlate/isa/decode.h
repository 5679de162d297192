/* decode.h -- instruction word -> line of power_isa.def. */
#ifndef XLATE_ISA_DECODE_H
#define XLATE_ISA_DECODE_H

#include <stdbool.h>
#include <stdint.h>

enum insn_id {
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) INSN_##mnemonic,
#include "xlate/isa/power_isa.def"
#undef INSN
    INSN_COUNT,
    INSN_INVALID = INSN_COUNT,
};

enum insn_form {
#define FORM(name, mask, shift, suffixes) FORM_##name,
#include "xlate/isa/power_forms.def"
#undef FORM
};

enum insn_since { SINCE_PWR, SINCE_P1, SINCE_PPC64, SINCE_P2, SINCE_P5, SINCE_P6, SINCE_P7, SINCE_P8, SINCE_P9 };
enum insn_mode { MODE_ANY, MODE_W64 };
enum insn_how { HOW_LIFT, HOW_CALL };

/* Suffix bits of a format. */
enum { SUFFIX_RC = 1, SUFFIX_OE = 2, SUFFIX_LK = 4, SUFFIX_AA = 8, SUFFIX_VRC = 16 };

struct insn_desc {
    const char *mnemonic;       /* as in the table: '_' for '.' */
    const char *operands;
    const char *section;
    uint32_t mask, match;       /* word & mask == match */
    uint8_t form, suffixes, since, mode, how;
};

extern const struct insn_desc insn_table[INSN_COUNT];

/* INSN_INVALID for a word that is no instruction in this mode. Reserved bits are ignored, as processors do. */
enum insn_id insn_decode(uint32_t word, bool is64);

/* NULL for an invalid word. */
const struct insn_desc *insn_describe(uint32_t word, bool is64);

/* For tables of handlers that are to be reached without a search. insn_slot() is a number below INSN_SLOTS for any
 * word; insn_slot_ids[] there: 0 no instruction, 1 + id the one instruction, above INSN_COUNT several: ask insn_decode.
 * The mode is not looked at. */
enum { INSN_SLOT_TABLES = 16, INSN_SLOTS = 64 + INSN_SLOT_TABLES * 2048 };
struct insn_slot_rule { uint32_t base, mask; };         /* of a primary opcode */
extern const struct insn_slot_rule insn_slot_rules[64];
extern const uint16_t insn_slot_ids[INSN_SLOTS];
static inline uint32_t insn_slot(uint32_t word)
{
    struct insn_slot_rule r = insn_slot_rules[word >> 26];
    return r.base + (word & r.mask);
}

#endif
