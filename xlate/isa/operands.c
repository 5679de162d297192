/* operands.c -- reads the operands column of power_isa.def with the names of operands.def. */
#include "xlate/isa/operands.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/host.h"
#include "xlate/isa/bits.h"

static const struct operand operand_table[] = {
#define OPERAND(name_, kind_, lo_, hi_, role_) \
    { .name = #name_, .kind = KIND_##kind_, .role = ROLE_##role_, .lo = lo_, .hi = hi_ },
#include "xlate/isa/operands.def"
#undef OPERAND
};

static const struct operand *find(const char *name, size_t length)
{
    for (size_t i = 0; i < ARRAY_LEN(operand_table); i++)
        if (strlen(operand_table[i].name) == length && memcmp(operand_table[i].name, name, length) == 0)
            return &operand_table[i];
    abort();
}

bool operand_next(const char **text, struct operand *out)
{
    const char *p = *text;
    while (*p == ',' || *p == ')' || *p == ' ')
        p++;
    if (*p == 0 || *p == ';')
        return false;
    bool in_parentheses = *p == '(';
    p += in_parentheses;
    size_t length = strcspn(p, ",();| ");
    *out = *find(p, length);
    out->in_parentheses = in_parentheses;
    p += length;
    out->or_zero = p[0] == '|' && p[1] == '0';
    *text = p + 2 * out->or_zero;
    return true;
}

int64_t operand_value(const struct operand *o, uint32_t w)
{
    uint32_t field = BITS(w, o->lo, o->hi);
    switch ((enum operand_kind)o->kind) {
    case KIND_SIGNED:    return SBITS(w, o->lo, o->hi);
    case KIND_SIGNED4:
    case KIND_TARGET:    return SBITS(w, o->lo, o->hi) * 4;
    case KIND_VSR_T:     return field | BITS(w, 31, 31) << 5;
    case KIND_VSR_A:     return field | BITS(w, 29, 29) << 5;
    case KIND_VSR_B:     return field | BITS(w, 30, 30) << 5;
    case KIND_VSR_C:     return field | BITS(w, 28, 28) << 5;
    case KIND_SPLIT_SH:  return field | BITS(w, 30, 30) << 5;
    case KIND_SPLIT_MB:  return field | BITS(w, 26, 26) << 5;
    case KIND_SPLIT_SPR: return BITS(w, 16, 20) << 5 | BITS(w, 11, 15);
    default:             return field;
    }
}
