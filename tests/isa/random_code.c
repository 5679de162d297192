/* random_code.c -- see random_code.h. */
#include "tests/isa/random_code.h"

#include <string.h>
#include "tests/isa/xlate_machine.h"
#include "xlate/isa/record.h"

static uint64_t random_state;

void random_seed(uint64_t seed) { random_state = seed; }

uint64_t random64(void)
{
    random_state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random_state;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

uint64_t random_value(void)
{
    uint64_t v = random64();
    switch (random64() % 8) {
    case 0: return v & 1 ? 0 : UINT64_MAX;
    case 1: return (uint64_t)((int64_t)(v & 0xff) - 128);
    case 2: return UINT64_C(1) << (v & 63);
    case 3: return (UINT64_C(1) << (v & 63)) - 1;
    case 4: return v & 1 ? 0x80000000 : 0x7fffffff;
    default: return v;
    }
}

uint64_t random_double(void)
{
    static const double some[] = {0.0, -0.0, 1.0, -1.0, 1.5, 1e300, -1e-300, 0x1p-126, 0x1p-149, 0x1p127, 3.0, 0x1.000001p0, 16777217.0};
    static const uint64_t special[] = {0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000001, 0xfff8123400000000,
                                       0x7ff4000020000000, 0x0000000000000001, 0x800fffffffffffff, 0x36a0000000000000};
    uint64_t bits = random64();
    double d = some[bits % 13];
    switch (random64() % 6) {
    case 0: return special[bits % 8];
    case 1: memcpy(&bits, &d, sizeof bits); return bits;
    case 2: return (bits & 0x8000000000000000) | 0x3f00000000000000 + (bits & 0x01ffffffe0000000);
    case 3: d = (float)(int32_t)bits; memcpy(&bits, &d, sizeof bits); return bits;
    default: return bits;
    }
}

uint32_t random_single(void)
{
    static const uint32_t special[] = {0, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0xffc00123, 0x7f800001, 0xffa00000,
                                       1, 0x807fffff, 0x00800000, 0x7f7fffff, 0x3f800000, 0x4f000000, 0xcf000000, 0x5f000000};
    uint64_t bits = random64();
    switch (bits >> 60) {
    case 0: case 1: case 2: case 3: return special[bits % 16];
    case 4: case 5: return (uint32_t)bits;
    default: return ((uint32_t)bits & 0x807fffff) | (uint32_t)(110 + (bits >> 32) % 40) << 23;
    }
}

/* Magnitudes near one another, or near the ends of singles, or just below the least normal one; some are singles, or halfway between. */
static uint64_t random_near_double(void)
{
    uint64_t bits = random64(), how = random64();
    uint64_t exponent = how & 7 ? 1000 + (how >> 8) % 50 : how & 8 ? 870 + (how >> 8) % 30 : 1145 + (how >> 8) % 8;
    if ((how >> 20) % 64 == 0)
        return (bits & 0x800000000fffffff) | UINT64_C(0x380ffffff0000000);
    if ((how >> 16) % 4 == 0)
        bits &= ~UINT64_C(0x1fffffff);
    else if ((how >> 16) % 4 == 1)
        bits = (bits & ~UINT64_C(0x1fffffff)) | 0x10000000;
    return (bits & 0x800fffffffffffff) | exponent << 52;
}

uint64_t random_lane(void)
{
    switch (random64() % 4) {
    case 0: return random_double();
    case 1: return random_near_double();
    case 2: return (uint64_t)random_single() << 32 | random_single();
    default: return random_value();
    }
}

void random_cpu(struct cpu *cpu)
{
    for (unsigned i = 0; i < 32; i++)
        cpu->gpr[i] = cpu->is64 ? random_value() : (uint32_t)random_value();
    cpu->gpr[1] = DATA_BASE + DATA_SIZE / 2;
    cpu->gpr[2] = DATA_BASE + DATA_SIZE / 2 + 4096;
    cpu->gpr[3] = random64() % 256;
    for (unsigned i = 0; i < 32; i++)
        cpu->cr[i] = random64() & 1;
    cpu->so = random64() & 1;
    cpu->ov = random64() & 1;
    cpu->ca = random64() & 1;
    cpu->xer_count = random64() % 32;
    cpu->xer_byte = (uint8_t)random64();
    cpu->mq = (uint32_t)random64();
    cpu->lr = cpu->is64 ? random_value() : (uint32_t)random_value();
    cpu->ctr = cpu->is64 ? random_value() : (uint32_t)random_value();
    for (unsigned i = 0; i < 64; i++) {
        cpu->vsr[i].dw[0] = random_double();
        cpu->vsr[i].dw[1] = random64();
    }
    cpu->fpscr = 0;
    cpu->reserve_ea = CPU_NO_RESERVATION;
}

static bool touches_pinned(const struct reg_set *set) { return (set->bits[0] & 0xe) != 0; }

static bool has_displacement(uint32_t word)
{
    const struct insn_desc *d = &insn_table[insn_decode(word, true)];
    return d->form == FORM_D || d->form == FORM_DS;
}

/* The address comes from registers 1-3, and they stay as they are. */
static bool access_is_pinned(uint32_t word, const struct insn_effects *effects)
{
    unsigned ra = word >> 16 & 31, rb = word >> 11 & 31;
    if (ra != 1 && ra != 2)
        return false;
    if (!has_displacement(word))
        return rb == 3 && !touches_pinned(&effects->writes);
    return !touches_pinned(&effects->writes) || (int16_t)word / 256 == 0;
}

gva access_address(const struct cpu *cpu, uint32_t word)
{
    const struct insn_desc *d = &insn_table[insn_decode(word, true)];
    gva base = cpu->gpr[word >> 16 & 31];
    if (has_displacement(word))
        return base + (gva)(int64_t)(int16_t)(d->form == FORM_DS ? word & 0xfffc : word);
    return strstr(d->operands, "RB") ? base + cpu->gpr[3] : base;
}

static bool shows_fpscr(uint32_t word, enum insn_id id)
{
    unsigned opcd = word >> 26;
    return id == INSN_mffs || id == INSN_mcrfs || ((opcd == 59 || opcd == 63) && insn_table[id].suffixes & SUFFIX_RC && word & 1);
}

bool shows_time(uint32_t word, enum insn_id id)
{
    unsigned spr = (word >> 6 & 0x3e0) | (word >> 16 & 31);
    return id == INSN_mftb || (id == INSN_mfspr && (spr == 4 || spr == 5 || spr == 268 || spr == 269));
}

/* Exceptions of results nobody uses may be missing: of FPSCR only what it says of the last operation is compared. */
static bool usable(uint32_t word, uint64_t pc, bool is64)
{
    struct insn_effects effects;
    enum insn_id id = insn_decode(word, is64);
    if (id == INSN_INVALID)
        return false;
    insn_record(word, pc, is64, &effects);
    if (effects.control != CONTROL_NONE || shows_fpscr(word, id) || shows_time(word, id))
        return false;
    if (effects.memory)
        return access_is_pinned(word, &effects);
    return !touches_pinned(&effects.writes);
}

uint32_t random_word(enum insn_id id)
{
    const struct insn_desc *d = &insn_table[id];
    uint32_t word = d->match | ((uint32_t)random64() & ~d->mask);
    if (strstr(d->operands, "RA")) {
        word = (word & ~(31u << 16)) | (uint32_t)(random64() % 3) << 16 | (word & 0x180000);
        word = random64() & 1 ? (word & ~(31u << 11)) | 3 << 11 : word;
    }
    return word;
}

uint32_t random_insn(uint64_t pc, bool is64)
{
    for (;;) {
        uint32_t word = random_word((enum insn_id)(random64() % INSN_COUNT));
        if (usable(word, pc, is64))
            return word;
    }
}
