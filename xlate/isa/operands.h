/* operands.h -- the operands column of power_isa.def, taken apart. */
#ifndef XLATE_ISA_OPERANDS_H
#define XLATE_ISA_OPERANDS_H

#include <stdbool.h>
#include <stdint.h>
#include "xlate/isa/decode.h"

enum operand_kind {
    KIND_GPR, KIND_FPR, KIND_VR, KIND_VSR_T, KIND_VSR_A, KIND_VSR_B, KIND_VSR_C, KIND_CRF,
    KIND_UNSIGNED, KIND_SIGNED, KIND_SIGNED4, KIND_TARGET, KIND_OPTIONAL, KIND_SPLIT_SH, KIND_SPLIT_MB, KIND_SPLIT_SPR,
};

enum operand_role {
    ROLE_NONE, ROLE_GPR_IN, ROLE_GPR_OUT, ROLE_GPR_RA, ROLE_FPR_IN, ROLE_FPR_OUT, ROLE_VR_IN, ROLE_VR_OUT, ROLE_VSR_IN,
    ROLE_VSR_OUT, ROLE_CRF_IN, ROLE_CRF_OUT,
};

struct operand {
    const char *name;
    uint8_t kind, role;
    uint8_t lo, hi;             /* bits of the word */
    bool or_zero;               /* (RA|0) */
    bool in_parentheses;        /* the base register of D(RA) */
};

/* The operand at *text of an operands column; *text moves behind it. False at the end or at ';'. Aborts on a name that
 * operands.def does not have: the column is ours, and a test walks the whole table. */
bool operand_next(const char **text, struct operand *out);

/* The field's number in a word (branch targets: the displacement). */
int64_t operand_value(const struct operand *o, uint32_t word);

#endif
