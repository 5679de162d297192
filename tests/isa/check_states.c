/* check_states.c -- interpreter against translated code: single instructions and basic blocks, each on many random states.
 *
 *   check_states SEED PAIRS              pairs of an instruction and a state: every line of the instruction table in turn, both widths
 *   check_states --blocks SEED RUNS      basic blocks of up to 25 instructions, the last one often a branch or a trap
 *
 * Each word or block is translated once and run by both on many states; afterwards all of the processor is compared, memory
 * near each access, and at the end all of it. A single instruction's FPSCR must be the same in every bit, in all rounding modes and with
 * any bits set before. In a block, exceptions of results nobody uses may be missing (fpscr.h), nothing else. A conditional store comes
 * behind the load of its reservation. Not tried: the time base and the real-time clock.
 *
 * Semantics are stated once for both sides: what is tested here is the bindings (record.h, emit_interp.h, worker/). See check_qemu for
 * the meaning of the same instructions.
 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tests/isa/random_code.h"
#include "tests/isa/xlate_machine.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/fpscr.h"
#include "xlate/isa/record.h"

enum {
    MAX_WORDS = 26,
    LEAST_STATES = 500, MOST_STATES = 4000,     /* per single instruction; of STATES_PARTS parts of all that is wanted */
    STATES_PARTS = 25000,
    BLOCK_STATES = 100,
    TRIES = 4000,               /* words tried until a line gives a usable one */
    MARGIN = 128, WINDOW = 512, /* bytes before an access, and in all, that are set before and compared after it */
    DIFFERENCES_SHOWN = 40,
};

/* What runs, and what its runs need set and compared. */
struct subject {
    unsigned count;
    uint32_t words[MAX_WORDS];
    unsigned reg_count;
    uint16_t regs[REG_COUNT];   /* GPRs and doublewords of vector-scalar registers that it reads or writes */
    unsigned access_count;
    uint32_t accesses[MAX_WORDS];
    bool exact;                 /* all of FPSCR counts */
    bool single;                /* single-precision arithmetic: only of singles is the result defined by the manual */
};

struct totals { unsigned long long wanted, pairs, runs, words, differences; };

static struct translator *translator;
static struct totals totals;
static bool tried[2][INSN_COUNT];

static void fail(const char *what)
{
    fprintf(stderr, "check_states: %s\n", what);
    exit(1);
}

/* --- subjects ----------------------------------------------------------------------------------------------------------------- */

static void add_regs(struct subject *s, const struct reg_set *set)
{
    for (unsigned reg = 0; reg < REG_COUNT; reg++)
        if (reg_set_has(set, reg) && (reg < REG_CR || reg >= REG_VSR1))
            s->regs[s->reg_count++] = (uint16_t)reg;
}

static void unite(struct reg_set *into, const struct reg_set *other)
{
    for (unsigned i = 0; i < 4; i++)
        into->bits[i] |= other->bits[i];
}

/* Primary opcode 59, and xs...sp, but for conversions of integers. */
static bool is_single_arithmetic(enum insn_id id)
{
    const struct insn_desc *d = &insn_table[id];
    const char *name = d->mnemonic;
    bool scalar = d->match >> 26 == 60 && !strncmp(name, "xs", 2) && !strcmp(name + strlen(name) - 2, "sp");
    return (d->match >> 26 == 59 && strncmp(name, "fcf", 3)) || (scalar && strncmp(name, "xscv", 4) && strcmp(name, "xsrsp"));
}

static void describe(struct subject *s, bool is64)
{
    struct reg_set all = {0};
    s->reg_count = s->access_count = 0;
    for (unsigned i = 0; i < s->count; i++) {
        struct insn_effects effects;
        insn_record(s->words[i], TEXT_BASE + 4 * i, is64, &effects);
        unite(&all, &effects.reads);
        unite(&all, &effects.writes);
        if (effects.memory)
            s->accesses[s->access_count++] = s->words[i];
    }
    if (s->access_count)
        all.bits[0] &= ~UINT64_C(0xe);
    add_regs(s, &all);
}

/* Not into the text: that would be a loop. */
static bool leaves_text(const struct insn_effects *effects)
{
    return effects->control != CONTROL_DIRECT || effects->target - TEXT_BASE >= 4 * MAX_WORDS;
}

static bool is_update(uint32_t word, enum insn_id id) { return !strstr(insn_table[id].operands, "RA|0"); }

/* At an address that random_cpu() makes safe. An update of the register that is loaded, too, is no valid form. */
static bool usable_alone(uint32_t word, enum insn_id id, bool is64)
{
    struct insn_effects effects;
    unsigned ra = word >> 16 & 31, rb = word >> 11 & 31;
    if (insn_decode(word, is64) != id || shows_time(word, id))
        return false;
    insn_record(word, TEXT_BASE, is64, &effects);
    if (!effects.memory)
        return leaves_text(&effects);
    if (is_update(word, id) && ra == (word >> 21 & 31))
        return false;
    return (ra == 1 || ra == 2) && (rb == 3 || !strstr(insn_table[id].operands, "RB"));
}

static enum insn_id reserving(enum insn_id id)
{
    switch (id) {
    case INSN_stbcx_: return INSN_lbarx;
    case INSN_sthcx_: return INSN_lharx;
    case INSN_stwcx_: return INSN_lwarx;
    case INSN_stdcx_: return INSN_ldarx;
    default: return INSN_INVALID;
    }
}

/* False when the line is not for this width, or no word of it is usable. */
static bool make_single(struct subject *s, enum insn_id id, bool is64)
{
    enum { RA_RB = 0x1ff800, R4 = 4 << 21 };
    enum insn_id load = reserving(id);
    for (unsigned i = 0; i < TRIES; i++) {
        uint32_t word = random_word(id);
        if (!usable_alone(word, id, is64))
            continue;
        s->count = 0;
        s->exact = true;
        s->single = is_single_arithmetic(id);
        if (load != INSN_INVALID && random64() % 8)
            s->words[s->count++] = insn_table[load].match | R4 | (word & RA_RB);
        s->words[s->count++] = word;
        describe(s, is64);
        return true;
    }
    return false;
}

/* The last word of a basic block: whatever goes elsewhere or may stop. */
static uint32_t random_ending(gva pc, bool is64)
{
    static const enum insn_id endings[] = {INSN_b, INSN_bc, INSN_bclr, INSN_bcctr, INSN_tw, INSN_twi, INSN_td, INSN_tdi, INSN_sc};
    for (;;) {
        enum insn_id id = endings[random64() % (sizeof endings / sizeof *endings)];
        struct insn_effects effects;
        uint32_t word = random_word(id);
        insn_record(word, pc, is64, &effects);
        if (insn_decode(word, is64) == id && leaves_text(&effects))
            return word;
    }
}

static void make_block(struct subject *s, bool is64)
{
    unsigned body = 1 + random64() % (MAX_WORDS - 2);
    s->exact = s->single = false;
    for (s->count = 0; s->count < body; s->count++)
        s->words[s->count] = random_insn(TEXT_BASE + 4 * s->count, is64);
    if (random64() % 2)
        s->words[s->count++] = random_ending(TEXT_BASE + 4 * body, is64);
    describe(s, is64);
}

/* --- states -------------------------------------------------------------------------------------------------------------------- */

static uint64_t *place_of(struct cpu *cpu, unsigned reg)
{
    if (reg < REG_FPR)
        return &cpu->gpr[reg];
    if (reg >= REG_VR0)
        return &cpu->vsr[32 + reg - REG_VR0].dw[0];
    return reg >= REG_VSR1 ? &cpu->vsr[reg - REG_VSR1].dw[1] : &cpu->vsr[reg - REG_FPR].dw[0];
}

/* Equal operands are likelier than by chance. */
static void random_registers(struct cpu *cpu, const struct subject *s, bool singles)
{
    uint64_t last[2] = {0, 0};
    for (unsigned i = 0; i < s->reg_count; i++) {
        bool is_gpr = s->regs[i] < REG_FPR;
        if (random64() % 8)
            last[is_gpr] = is_gpr ? random_value() : singles ? fp_widen(random_single()) : random_lane();
        *place_of(cpu, s->regs[i]) = is_gpr && !cpu->is64 ? (uint32_t)last[1] : last[is_gpr];
    }
    if (s->access_count)
        cpu->gpr[3] = random64() % 256;
}

static void random_bits(struct cpu *cpu)
{
    for (unsigned i = 0; i < 32; i += 8) {
        uint64_t bits = random64() & UINT64_C(0x0101010101010101);
        memcpy(cpu->cr + i, &bits, sizeof bits);
    }
    uint64_t v = random64();
    cpu->so = v & 1;
    cpu->ov = v >> 1 & 1;
    cpu->ca = v >> 2 & 1;
    cpu->xer_count = v >> 3 & 127;
    cpu->xer_byte = (uint8_t)(v >> 10);
    cpu->vscr = v >> 18 & 0x00010001;
    cpu->mq = (uint32_t)random_value();
    cpu->vrsave = (uint32_t)(v >> 32);
    cpu->lr = cpu->is64 ? random_value() : (uint32_t)random_value();
    cpu->ctr = cpu->is64 ? random_value() : (uint32_t)random_value();
}

/* Any rounding mode; often nothing else, else any bits. */
static uint32_t random_fpscr(void)
{
    uint64_t v = random64();
    return v >> 63 ? (uint32_t)v : (uint32_t)v & FPSCR_RN;
}

static void random_memory(struct machine *ours, struct machine *theirs, const struct cpu *cpu, const struct subject *s)
{
    for (unsigned i = 0; i < s->access_count; i++) {
        uint8_t *window = ours->mem + access_address(cpu, s->accesses[i]) - MARGIN;
        for (unsigned at = 0; at < WINDOW; at += 8) {
            uint64_t v = __builtin_bswap64(random_lane());
            memcpy(window + at, &v, sizeof v);
        }
        memcpy(theirs->mem + (window - ours->mem), window, WINDOW);
    }
}

enum { ARCHITECTURE = offsetof(struct cpu, poll) };     /* what comes before in struct cpu is the guest's */

static void start(struct machine *m, const struct cpu *state, uint32_t fpscr)
{
    memcpy(&m->cpu, state, ARCHITECTURE);
    m->cpu.pc = TEXT_BASE;
    m->traps = 0;
    fpscr_write(&m->cpu, fpscr);
}

/* --- runs ---------------------------------------------------------------------------------------------------------------------- */

/* Single-precision arithmetic of what are no singles may differ in UX: the host may have come to the result in two steps. */
static bool same_fpscr(const struct subject *s, uint32_t ours, uint32_t theirs, bool singles)
{
    const uint32_t summed = FPSCR_EXCEPTIONS | FPSCR_FX | FPSCR_VX | FPSCR_FEX;
    if (s->exact && !s->single)
        return ours == theirs;
    if (s->exact)
        return ((ours ^ theirs) & ~(singles ? 0 : FPSCR_UX | FPSCR_FX | FPSCR_FEX)) == 0;
    return (ours & ~summed) == (theirs & ~summed) && !(ours & ~theirs & FPSCR_EXCEPTIONS & ~FPSCR_UX);
}

static bool same_memory(const struct machine *ours, const struct machine *theirs, const struct cpu *before, const struct subject *s)
{
    for (unsigned i = 0; i < s->access_count; i++) {
        gva at = access_address(before, s->accesses[i]) - MARGIN;
        if (memcmp(ours->mem + at, theirs->mem + at, WINDOW))
            return false;
    }
    return true;
}

static const char *difference(struct machine *ours, struct machine *theirs, const struct cpu *before, const struct subject *s, bool done,
                              bool singles)
{
    static char text[80];
    if (!same_fpscr(s, ours->cpu.fpscr, theirs->cpu.fpscr, singles)) {
        snprintf(text, sizeof text, "fpscr: %x %x", ours->cpu.fpscr, theirs->cpu.fpscr);
        return text;
    }
    if (ours->cpu.pc != theirs->cpu.pc) {
        snprintf(text, sizeof text, "pc: %llx %llx", (unsigned long long)ours->cpu.pc, (unsigned long long)theirs->cpu.pc);
        return text;
    }
    if (done != !ours->traps || (!done && ours->left_by != theirs->left_by))
        return "trap";
    if (!same_memory(ours, theirs, before, s))
        return "memory";
    ours->cpu.fpscr = theirs->cpu.fpscr;
    ours->cpu.reserve_version = theirs->cpu.reserve_version;        /* a conditional store of the other has raised it */
    if (!memcmp(&ours->cpu, &theirs->cpu, ARCHITECTURE))
        return NULL;
    const char *named = cpu_difference(&ours->cpu, &theirs->cpu);
    return named ? named : "reservation";
}

static void show(const struct machine *m, const struct cpu *before, uint32_t fpscr, const struct subject *s, const char *what)
{
    if (totals.differences++ >= DIFFERENCES_SHOWN)
        return;
    machine_print_words(m, s->count);
    for (unsigned i = 0; i < s->reg_count; i++)
        fprintf(stderr, "  %s%u%s=%016llx", s->regs[i] < 32 ? "r" : "v", s->regs[i] < 32 ? s->regs[i] : s->regs[i] >= REG_VR0 ?
                s->regs[i] - REG_VR0 + 32u : s->regs[i] >= REG_VSR1 ? s->regs[i] - REG_VSR1 : s->regs[i] - REG_FPR,
                s->regs[i] < 32 ? "" : s->regs[i] >= REG_VSR1 && s->regs[i] < REG_VR0 ? ".1" : ".0",
                (unsigned long long)*place_of((struct cpu *)before, s->regs[i]));
    fprintf(stderr, "\n  cr=%08x xer=%08x mq=%08x fpscr=%08x vscr=%08x lr=%llx ctr=%llx\n%u-bit: translated, interpreted: %s\n\n",
            cpu_cr_get(before), cpu_xer_get(before), before->mq, fpscr, before->vscr, (unsigned long long)before->lr,
            (unsigned long long)before->ctr, m->cpu.is64 ? 64 : 32, what);
}

/* True when both agree. */
static bool run_once(struct machine *ours, struct machine *theirs, struct cpu *state, const struct subject *s, code_fn code)
{
    uint32_t fpscr = random_fpscr();
    bool singles = s->single && random64() % 4;
    random_registers(state, s, singles);
    random_bits(state);
    random_memory(ours, theirs, state, s);
    start(theirs, state, fpscr);
    uint64_t before = theirs->cpu.insn_count;
    bool done = machine_step(theirs, s->count);
    fpscr_read(&theirs->cpu);
    start(ours, state, fpscr);
    ours->cpu.pc = code(&ours->cpu);
    fpscr_read(&ours->cpu);
    totals.runs++;
    totals.pairs += theirs->cpu.insn_count - before;
    const char *what = difference(ours, theirs, state, s, done, singles);
    if (what)
        show(ours, state, fpscr, s, what);
    return !what;
}

static void put_words(struct machine *m, const struct subject *s)
{
    for (unsigned i = 0; i < s->count; i++)
        machine_put_word(m, TEXT_BASE + 4 * i, s->words[i]);
}

static void translate(const struct machine *m, const struct subject *s, struct unit_code *code)
{
    struct error err;
    struct unit_request request = {.is64 = m->cpu.is64, .precise = random64() & 1, .entry = TEXT_BASE, .code_base = TEXT_BASE,
                                   .code = m->mem + TEXT_BASE, .code_size = 4 * s->count};
    if (translate_unit(translator, &request, code, &err)) {
        machine_print_words(m, s->count);
        fail(err.text);
    }
}

static void run_states(struct machine *ours, struct machine *theirs, const struct subject *s, unsigned states)
{
    struct unit_code code;
    struct mapped_unit mapped;
    struct cpu state = ours->cpu;
    put_words(ours, s);
    put_words(theirs, s);
    fpscr_write(&state, 0);                 /* LLVM computes, too */
    translate(ours, s, &code);
    unit_map(&code, &mapped);
    random_cpu(&state);
    while (states-- && run_once(ours, theirs, &state, s, mapped.code))
        ;
    if (memcmp(ours->mem + DATA_BASE, theirs->mem + DATA_BASE, DATA_SIZE)) {
        show(ours, &state, 0, s, "memory elsewhere");
        memcpy(ours->mem + DATA_BASE, theirs->mem + DATA_BASE, DATA_SIZE);
    }
    unit_unmap(&mapped);
    unit_code_free(&code);
    totals.words += s->count;
}

/* --- the two modes --------------------------------------------------------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void show_progress(unsigned long long done)
{
    static double next;
    double now = seconds();
    if (now < next || !isatty(2))
        return;
    next = now + 0.5;
    fprintf(stderr, "\r\033[K%.1f of %.1f million\r", 1e-6 * (double)done, 1e-6 * (double)totals.wanted);
}

static void run_singles(struct machine *ours[2], struct machine *theirs[2])
{
    unsigned long long part = totals.wanted / STATES_PARTS;
    unsigned states = part < LEAST_STATES ? LEAST_STATES : part > MOST_STATES ? MOST_STATES : (unsigned)part;
    while (totals.pairs < totals.wanted)
        for (unsigned id = 0; id < INSN_COUNT; id++)
            for (unsigned is64 = 0; is64 < 2; is64++) {
                struct subject s;
                if (!make_single(&s, id, is64))
                    continue;
                tried[is64][id] = true;
                run_states(ours[is64], theirs[is64], &s, states);
                show_progress(totals.pairs);
            }
}

static void run_blocks(struct machine *ours[2], struct machine *theirs[2])
{
    for (unsigned is64 = 0; totals.runs < totals.wanted; is64 = !is64) {
        struct subject s;
        make_block(&s, is64);
        run_states(ours[is64], theirs[is64], &s, BLOCK_STATES);
        show_progress(totals.runs);
    }
}

/* Names every line that a width has and that was not tried, and fails but for the time base. */
static bool all_tried(void)
{
    bool all = true;
    for (unsigned id = 0; id < INSN_COUNT; id++)
        for (unsigned is64 = 0; is64 < 2; is64++)
            if (!tried[is64][id] && id != INSN_mftb && (is64 || insn_table[id].mode == MODE_ANY)) {
                fprintf(stderr, "%s was not tried in %u-bit mode\n", insn_table[id].mnemonic, is64 ? 64 : 32);
                all = false;
            }
    return all;
}

int main(int argc, char **argv)
{
    struct error err;
    bool blocks = argc == 4 && !strcmp(argv[1], "--blocks");
    if (argc != 3 && !blocks)
        fail("usage: SEED PAIRS | --blocks SEED RUNS");
    struct machine *ours[2] = {machine_new(false), machine_new(true)}, *theirs[2] = {machine_new(false), machine_new(true)};
    double begin = seconds();
    translator = translator_new(&err);
    if (!translator)
        fail(err.text);
    random_seed(strtoull(argv[argc - 2], NULL, 0));
    totals.wanted = strtoull(argv[argc - 1], NULL, 0);
    (blocks ? run_blocks : run_singles)(ours, theirs);
    bool all = blocks || all_tried();
    printf("%llu pairs of an instruction and a state, in %llu runs of %llu translated instructions: %llu differences (%.0f s)\n",
           totals.pairs, totals.runs, totals.words, totals.differences, seconds() - begin);
    return totals.differences || !all;
}
