/* check_capstone.c -- the decoder against another one, capstone 4, on any part of the 2^32 words, for both widths.
 *
 *      check_capstone [STRIDE [FIRST LAST]]      every STRIDEth word, at first 1021, of FIRST..LAST (hexadecimal), all
 *
 * Besides those, some words of every line of power_isa.def are compared, since many lines are few words. For each word
 * both say whether it is an instruction, its mnemonic and, where capstone prints the base mnemonic, its operands.
 * Names that mean the same and the places where the two differ for a reason are declared in capstone.def; the one rule
 * in code is that of reserved bits: capstone takes most words that have any for invalid, processors ignore them. At the
 * end stands how often every declared difference was met; one that was never met is an error of a run over all words.
 */
#include <capstone/capstone.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/host.h"
#include "xlate/isa/bits.h"
#include "xlate/isa/decode.h"
#include "xlate/isa/disasm.h"
#include "xlate/isa/operands.h"

enum { PC = 0x10000, NAME_SIZE = 32, TEXT_SIZE = 80, PAIRS = 1 << 14, WORDS_OF_A_LINE = 64 };
#define ALL_WORDS (UINT64_C(1) << 32)

/* A line of capstone.def, read as written there: each declares which names, or operands, may differ. */
static struct rule {
    enum { SAME_INSTRUCTION, DIFFERENT_VERDICT, DIFFERENT_OPERANDS } kind;
    const char *ours, *theirs;  /* names (name_fits), "-" for no instruction */
    const char *reason;
    uint64_t met;
} rules[] = {
#define SAME(ours, theirs) { SAME_INSTRUCTION, ours, theirs, "", 0 },
#define DIFFERENT(ours, theirs, reason) { DIFFERENT_VERDICT, ours, theirs, reason, 0 },
#define OPERANDS(name, reason) { DIFFERENT_OPERANDS, name, "(operands)", reason, 0 },
#include "tests/isa/capstone.def"
#undef SAME
#undef DIFFERENT
#undef OPERANDS
};

/* What became of the words for which the two say these names. */
static struct pair {
    char ours[NAME_SIZE], theirs[NAME_SIZE];
    bool is64, used;
    uint64_t words;
    uint32_t example;
    struct rule *rule;          /* NULL: not declared */
} pairs[PAIRS];

static uint64_t words, equal, same_operand_words, both_invalid, wide_only, branches, reserved_only;

/* Operands are compared for one of this many words with equal mnemonics. */
static unsigned operand_stride = 1;

/* --- our side ----------------------------------------------------------------------------------------------------- */

/* Bits of an instruction that belong to neither opcode, operand nor suffix. */
static uint32_t reserved_bits[INSN_COUNT];

static uint32_t field(unsigned lo, unsigned hi) { return (UINT32_MAX >> lo) & (UINT32_MAX << (31 - hi)); }

static uint32_t operand_bits(const struct operand *o)
{
    uint32_t bits = field(o->lo, o->hi);
    switch ((enum operand_kind)o->kind) {
    case KIND_VSR_T:    return bits | field(31, 31);
    case KIND_VSR_A:    return bits | field(29, 29);
    case KIND_VSR_B:    return bits | field(30, 30);
    case KIND_VSR_C:    return bits | field(28, 28);
    case KIND_SPLIT_SH: return bits | field(30, 30);
    case KIND_SPLIT_MB: return bits | field(26, 26);
    default:            return bits;
    }
}

static uint32_t suffix_bits(unsigned suffixes)
{
    return (suffixes & (SUFFIX_RC | SUFFIX_LK) ? field(31, 31) : 0) | (suffixes & SUFFIX_AA ? field(30, 30) : 0) |
           (suffixes & (SUFFIX_OE | SUFFIX_VRC) ? field(21, 21) : 0);
}

static void find_reserved_bits(void)
{
    for (unsigned id = 0; id < INSN_COUNT; id++) {
        const char *rest = insn_table[id].operands;
        uint32_t known = insn_table[id].mask | suffix_bits(insn_table[id].suffixes);
        struct operand o;
        while (operand_next(&rest, &o))
            known |= operand_bits(&o);
        reserved_bits[id] = ~known;
    }
}

/* With suffixes, which lie in bits 21, 30 and 31. */
static const char *mnemonic(enum insn_id id, uint32_t w)
{
    static char names[INSN_COUNT][8][NAME_SIZE];
    char *name = names[id][(BITS(w, 21, 21) << 2) | (w & 3)], text[TEXT_SIZE];
    if (!name[0]) {
        insn_disassemble(w, PC, true, text, sizeof text);
        snprintf(name, NAME_SIZE, "%.*s", (int)strcspn(text, " "), text);
    }
    return name;
}

static bool is_branch(enum insn_id id) { return id == INSN_bc || id == INSN_bclr || id == INSN_bcctr; }

/* The extended mnemonic of a conditional branch, without its hint. [ISA I C.2] */
static void branch_name(enum insn_id id, uint32_t w, char *name)
{
    static const char *const when[2][4] = { { "ge", "le", "ne", "ns" }, { "lt", "gt", "eq", "so" } };
    unsigned bo = BITS(w, 6, 10), bi = BITS(w, 11, 15);
    const char *counts = bo & 4 ? "" : bo & 2 ? "dz" : "dnz";
    const char *condition = bo & 16 ? "" : !(bo & 4) ? (bo & 8 ? "t" : "f") : when[bo >> 3 & 1][bi & 3];
    const char *tail = id == INSN_bclr ? "lr" : id == INSN_bcctr ? "ctr" : "";
    const char *absolute = id == INSN_bc && BITS(w, 30, 30) ? "a" : "";
    snprintf(name, NAME_SIZE, "b%s%s%s%s%s", counts, condition, tail, BITS(w, 31, 31) ? "l" : "", absolute);
}

/* Branches that are always taken, BO = 1z1zz, are bdnz or bdz for capstone: wrong. */
static bool is_extended_branch(enum insn_id id, uint32_t w, const char *theirs)
{
    char name[NAME_SIZE];
    unsigned bo = BITS(w, 6, 10);
    branch_name(id, w, name);
    size_t length = strlen(name);
    bool always = (bo & 20) == 20 && strncmp(theirs, "bd", 2) == 0;
    return always || (strncmp(theirs, name, length) == 0 && theirs[length + strspn(theirs + length, "+-")] == 0);
}

/* --- verdicts ----------------------------------------------------------------------------------------------------- */

/* A pattern ends in '*' for any rest, in '~' for the suffixes of OE and Rc. */
static bool name_fits(const char *pattern, const char *name)
{
    size_t n = strlen(pattern) - 1;
    if (pattern[n] != '*' && pattern[n] != '~')
        return strcmp(pattern, name) == 0;
    return strncmp(pattern, name, n) == 0 && (pattern[n] == '*' || name[n + strspn(name + n, "o.")] == 0);
}

static struct rule *rule_for(const char *ours, const char *theirs)
{
    for (unsigned i = 0; i < ARRAY_LEN(rules); i++)
        if (name_fits(rules[i].ours, ours) && name_fits(rules[i].theirs, theirs))
            return &rules[i];
    return NULL;
}

static struct pair *pair_of(const char *ours, const char *theirs, bool is64)
{
    unsigned h = 5381 + is64;
    for (const char *p = ours; *p; p++)
        h = h * 33 + (unsigned char)*p;
    for (const char *p = theirs; *p; p++)
        h = h * 31 + (unsigned char)*p;
    for (h %= PAIRS; pairs[h].used; h = (h + 1) % PAIRS)
        if (pairs[h].is64 == is64 && strcmp(pairs[h].ours, ours) == 0 && strcmp(pairs[h].theirs, theirs) == 0)
            return &pairs[h];
    struct pair *p = &pairs[h];
    p->used = true;
    p->is64 = is64;
    snprintf(p->ours, NAME_SIZE, "%s", ours);
    snprintf(p->theirs, NAME_SIZE, "%s", theirs);
    p->rule = rule_for(ours, theirs);
    return p;
}

/* Capstone writes f3 for vs3, and not always r0 where that stands for zero. */
static const char *register_number(const char *operand, size_t n)
{
    if (n > 2 && operand[0] == 'v' && operand[1] == 's')
        return operand + 2;
    return operand[0] == 'f' || (operand[0] == 'r' && operand[1] == '0') ? operand + 1 : operand;
}

/* Registers by number, immediates modulo 2^16 since capstone prints some without sign; everything else by letter. */
static bool same_operand(const char *a, size_t n, const char *b, size_t m)
{
    if (n == m && memcmp(a, b, n) == 0)
        return true;
    a = register_number(a, n);
    b = register_number(b, m);
    bool numbers = strspn(a, "-0123456789") && strspn(b, "-0123456789");
    return numbers && ((strtoll(a, NULL, 0) ^ strtoll(b, NULL, 0)) & 0xffff) == 0;
}

static bool same_operands(const char *a, const char *b)
{
    static const char separators[] = " ,()";
    for (;;) {
        a += strspn(a, separators);
        b += strspn(b, separators);
        size_t n = strcspn(a, separators), m = strcspn(b, separators);
        if (n == 0 || m == 0)
            return n == m;
        if (!same_operand(a, n, b, m))
            return false;
        a += n;
        b += m;
    }
}

static void count(const char *ours, const char *theirs, bool is64, uint32_t w)
{
    struct pair *pair = pair_of(ours, theirs, is64);
    pair->words++;
    pair->example = w;
}

/* Both call the word an instruction. */
static void compare_texts(enum insn_id id, const cs_insn *theirs, bool is64, uint32_t w)
{
    const char *ours = mnemonic(id, w);
    char text[TEXT_SIZE];
    if (is_branch(id) && is_extended_branch(id, w, theirs->mnemonic)) {
        branches++;
        return;
    }
    if (strcmp(ours, theirs->mnemonic)) {
        count(ours, theirs->mnemonic, is64, w);
        return;
    }
    equal++;
    if (equal % operand_stride)
        return;
    insn_disassemble(w, PC, true, text, sizeof text);
    if (same_operands(text + strcspn(text, " "), theirs->op_str))
        same_operand_words++;
    else
        count(ours, "(operands)", is64, w);
}

static void compare(csh capstone, cs_insn *theirs, uint32_t w, bool is64)
{
    uint32_t bytes = __builtin_bswap32(w);
    const uint8_t *p = (const uint8_t *)&bytes;
    size_t size = 4;
    uint64_t pc = PC;
    enum insn_id id = insn_decode(w, is64), wide = insn_decode(w, true);
    bool valid = cs_disasm_iter(capstone, &p, &size, &pc, theirs);
    words++;
    if (id != INSN_INVALID && valid)
        compare_texts(id, theirs, is64, w);
    else if (id == INSN_INVALID && !valid)
        both_invalid++;
    else if (id != wide)
        wide_only++;
    else if (id != INSN_INVALID && (w & reserved_bits[id]))
        reserved_only++;
    else
        count(id == INSN_INVALID ? "-" : mnemonic(id, w), valid ? theirs->mnemonic : "-", is64, w);
}

/* --- which words -------------------------------------------------------------------------------------------------- */

static uint64_t random64(void)
{
    static uint64_t state;
    state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = state;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint32_t random_word(unsigned id)
{
    return insn_table[id].match | ((uint32_t)random64() & ~insn_table[id].mask & ~reserved_bits[id]);
}

static void compare_width(bool is64, uint64_t stride, uint64_t first, uint64_t last)
{
    csh capstone;
    if (cs_open(CS_ARCH_PPC, (is64 ? CS_MODE_64 : CS_MODE_32) | CS_MODE_BIG_ENDIAN, &capstone) != CS_ERR_OK) {
        fprintf(stderr, "check_capstone: capstone has no PowerPC\n");
        exit(2);
    }
    cs_insn *insn = cs_malloc(capstone);
    for (uint64_t w = first; w <= last; w += stride)
        compare(capstone, insn, (uint32_t)w, is64);
    for (unsigned id = 0; stride > 1 && id < INSN_COUNT; id++)
        for (unsigned i = 0; i < WORDS_OF_A_LINE; i++)
            compare(capstone, insn, random_word(id), is64);
    cs_free(insn, 1);
    cs_close(&capstone);
}

static unsigned undeclared(void)
{
    unsigned wrong = 0;
    for (struct pair *p = pairs; p < pairs + PAIRS; p++) {
        if (p->used && p->rule)
            p->rule->met += p->words;
        if (!p->used || p->rule)
            continue;
        printf("%u-bit %08" PRIx32 ": ours %s, capstone %s (%" PRIu64 " words)\n", p->is64 ? 64 : 32, p->example,
               p->ours, p->theirs, p->words);
        wrong++;
    }
    return wrong;
}

static unsigned report(bool all_words)
{
    unsigned wrong = undeclared();
    uint64_t renamed = 0;
    for (unsigned i = 0; i < ARRAY_LEN(rules); i++) {
        if (rules[i].kind == SAME_INSTRUCTION)
            renamed += rules[i].met;
        else
            printf("%12" PRIu64 "  %-10s %-10s %s\n", rules[i].met, rules[i].ours, rules[i].theirs, rules[i].reason);
        if (all_words && rules[i].met == 0) {
            printf("never met: %s %s\n", rules[i].ours, rules[i].theirs);
            wrong++;
        }
    }
    printf("%12" PRIu64 "  reserved bits set, invalid for capstone only\n", reserved_only);
    printf("%12" PRIu64 "  64-bit instructions, which capstone has in 32-bit code too\n", wide_only);
    printf("%12" PRIu64 "  the same under a declared extended mnemonic\n", renamed);
    printf("%12" PRIu64 "  conditional branches under their extended mnemonics\n", branches);
    printf("%12" PRIu64 "  no instruction for both\n", both_invalid);
    printf("%12" PRIu64 "  same mnemonic\n", equal);
    printf("%12" PRIu64 "  of these also compared: same operands\n", same_operand_words);
    printf("%12" PRIu64 "  words and widths compared, %u undeclared differences\n", words, wrong);
    return wrong;
}

int main(int argc, char **argv)
{
    uint64_t stride = argc > 1 ? strtoull(argv[1], NULL, 10) : 1021;
    uint64_t first = argc > 3 ? strtoull(argv[2], NULL, 16) : 0;
    uint64_t last = argc > 3 ? strtoull(argv[3], NULL, 16) : ALL_WORDS - 1;
    operand_stride = stride == 1 ? 64 : 1;
    find_reserved_bits();
    for (int is64 = 0; is64 < 2; is64++)
        compare_width(is64, stride, first, last);
    return report(stride == 1 && first == 0 && last == ALL_WORDS - 1) != 0;
}
