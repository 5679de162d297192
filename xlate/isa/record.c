/* record.c -- effects of an instruction, from the semantics run against emit_record.h or, for CALL, from the operands
 * column. */
#include "xlate/isa/record.h"
#include <string.h>
#include "xlate/isa/bits.h"
#include "xlate/isa/decode.h"
#include "xlate/isa/emit_record.h"
#include "xlate/isa/operands.h"

typedef void (*record_fn)(struct emit *e, uint32_t word);

#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) \
    void record_##mnemonic(struct emit *e, uint32_t w);
#include "xlate/isa/power_isa.def"
#undef INSN

static const record_fn record_table[INSN_COUNT] = {
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) [INSN_##mnemonic] = record_##mnemonic,
#include "xlate/isa/power_isa.def"
#undef INSN
};

static void note_read_write(struct emit *e, unsigned reg)
{
    reg_set_add(&e->out->reads, reg);
    reg_set_add(&e->out->writes, reg);
}

static void note_cr_field(struct emit *e, unsigned field)
{
    for (unsigned bit = 0; bit < 4; bit++)
        note_write(e, REG_CR + 4 * field + bit);
}

static bool updates(const char *mnemonic)
{
    size_t n = strlen(mnemonic);
    return mnemonic[n - 1] == 'u' || (n > 2 && strcmp(mnemonic + n - 2, "ux") == 0);
}

static void note_operand(struct emit *e, const struct operand *o, const struct insn_desc *d, bool first)
{
    unsigned n = (unsigned)operand_value(o, e->word);
    switch ((enum operand_role)o->role) {
    case ROLE_GPR_IN:  reg_set_add(&e->out->reads, REG_GPR + n); break;
    case ROLE_GPR_OUT: note_write(e, REG_GPR + n); break;
    case ROLE_GPR_RA:
        if (!first && !(o->or_zero && n == 0))
            reg_set_add(&e->out->reads, REG_GPR + n);
        if (first || (!o->or_zero && updates(d->mnemonic)))
            note_write(e, REG_GPR + n);
        break;
    case ROLE_FPR_IN:  reg_set_add(&e->out->reads, REG_FPR + n); break;
    case ROLE_FPR_OUT: note_write(e, REG_FPR + n); break;
    case ROLE_VR_IN: case ROLE_VSR_IN:
        n += o->role == ROLE_VR_IN ? 32 : 0;
        reg_set_add(&e->out->reads, reg_of_vsr(n, 0));
        reg_set_add(&e->out->reads, reg_of_vsr(n, 1));
        break;
    case ROLE_VR_OUT: case ROLE_VSR_OUT:        /* some also read their target: multiply-add, inserts */
        n += o->role == ROLE_VR_OUT ? 32 : 0;
        note_read_write(e, reg_of_vsr(n, 0));
        note_read_write(e, reg_of_vsr(n, 1));
        break;
    case ROLE_CRF_IN:
        for (unsigned bit = 0; bit < 4; bit++)
            reg_set_add(&e->out->reads, REG_CR + 4 * n + bit);
        break;
    case ROLE_CRF_OUT: note_cr_field(e, n); break;
    case ROLE_NONE: break;
    }
}

/* The names behind ';' in the operands column. */
static void note_implicit(struct emit *e, const char *names)
{
    if (strstr(names, "gprs"))
        for (unsigned r = 0; r < 32; r++)
            note_read_write(e, REG_GPR + r);
    if (strstr(names, "xer")) {
        note_read_write(e, REG_SO);
        note_read_write(e, REG_OV);
        note_read_write(e, REG_CA);
        note_read_write(e, REG_XERLOW);
    }
    if (strstr(names, "mq"))
        note_read_write(e, REG_MQ);
    for (unsigned field = 0; field < 8; field++)
        if (strstr(names, (char[]){ 'c', 'r', (char)('0' + field), 0 }))
            note_cr_field(e, field);
}

/* CR field that a record bit sets: CR1 for floating point, CR6 for vectors; fixed-point CALL lines name cr0. */
static void note_record_bit(struct emit *e, const struct insn_desc *d)
{
    unsigned opcd = e->word >> 26;
    if ((d->suffixes & SUFFIX_RC) && BITS(e->word, 31, 31) && (opcd == 59 || opcd == 63))
        note_cr_field(e, 1);
    if ((d->suffixes & SUFFIX_VRC) && BITS(e->word, 21, 21))
        note_cr_field(e, 6);
}

void record_by_operands(struct emit *e)
{
    const struct insn_desc *d = insn_describe(e->word, e->is64);
    const char *rest = d->operands;
    struct operand o;
    e->out->calls_interpreter = true;
    for (bool first = true; operand_next(&rest, &o); first = false) {
        note_operand(e, &o, d, first);
        if (o.or_zero)
            e->out->memory = true;
        if (first && (o.role == ROLE_GPR_IN || o.role == ROLE_FPR_IN || o.role == ROLE_VR_IN || o.role == ROLE_VSR_IN))
            e->out->stores = true;
    }
    e->out->stores = e->out->stores && e->out->memory;
    note_implicit(e, rest);
    note_record_bit(e, d);
}

void insn_record(uint32_t word, uint64_t pc, bool is64, struct insn_effects *out)
{
    struct emit e = { .pc = pc, .word = word, .is64 = is64, .out = out };
    enum insn_id id = insn_decode(word, is64);

    memset(out, 0, sizeof *out);
    if (id == INSN_INVALID)
        out->control = CONTROL_ILLEGAL;
    else
        record_table[id](&e, word);
}
