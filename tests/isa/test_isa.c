/* test_isa.c -- the instruction table: no two patterns overlap, decoding agrees with a plain search, what is recorded
 * of an instruction agrees with what the interpreter does to a processor.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>
#include "xlate/isa/decode.h"
#include "xlate/isa/disasm.h"
#include "xlate/isa/fpscr.h"
#include "xlate/isa/operands.h"
#include "xlate/isa/record.h"
#include "xlate/run/interp.h"

static uint64_t random_state = 1;
static uint64_t random64(void)
{
    random_state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = random_state;
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void no_two_patterns_overlap(void **state)
{
    for (unsigned i = 0; i < INSN_COUNT; i++)
        for (unsigned j = 0; j < i; j++) {
            const struct insn_desc *a = &insn_table[i], *b = &insn_table[j];
            if (((a->match ^ b->match) & a->mask & b->mask) == 0)
                fail_msg("%s and %s", a->mnemonic, b->mnemonic);
        }
}

static void opcodes_lie_inside_their_masks(void **state)
{
    for (unsigned i = 0; i < INSN_COUNT; i++)
        if (insn_table[i].match & ~insn_table[i].mask)
            fail_msg("%s", insn_table[i].mnemonic);
}

static void decoding_agrees_with_a_search(void **state)
{
    for (unsigned n = 0; n < 200000; n++) {
        uint32_t word = (uint32_t)random64();
        if (n & 1)
            word = insn_table[word % INSN_COUNT].match | ((uint32_t)random64() & ~insn_table[word % INSN_COUNT].mask);
        unsigned found = INSN_INVALID;
        for (unsigned i = 0; i < INSN_COUNT && found == INSN_INVALID; i++)
            if ((word & insn_table[i].mask) == insn_table[i].match)
                found = i;
        assert_int_equal(insn_decode(word, true), found);
        bool wide = found != INSN_INVALID && insn_table[found].mode == MODE_W64;
        assert_int_equal(insn_decode(word, false), wide ? INSN_INVALID : found);
    }
}

static void disassembly_shows_operands(void **state)
{
    static const struct { uint32_t word; const char *text; } cases[] = {
        { 0x38600005, "addi r3,0,5" }, { 0x7c632215, "add. r3,r3,r4" },
        { 0x7c642e14, "addo r3,r4,r5" }, { 0x80640008, "lwz r3,8(r4)" },
        { 0xe8640009, "ldu r3,8(r4)" }, { 0x5464103b, "rlwinm. r4,r3,2,0,29" },
        { 0x7c6802a6, "mfspr r3,8" }, { 0x48000011, "bl 0x1010" },
        { 0x4182fff0, "bc 12,2,0xff0" }, { 0x4e800020, "bclr 20,0" },
        { 0xfc20102a, "fadd f1,f0,f2" }, { 0x7c60212d, "stwcx. r3,0,r4" },
        { 0x7c0004ac, "sync" }, { 0x00000000, ".long 0x00000000" },
        { 0x7883f82c, "rldimi r3,r4,31,32" }, { 0xf0000c97, "xxlor vs32,vs32,vs33" },
    };
    char text[80];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        insn_disassemble(cases[i].word, 0x1000, true, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

/* --- recorded effects --------------------------------------------------------------------------------------------- */

static struct insn_effects effects_of(uint32_t word, bool is64)
{
    struct insn_effects e;
    insn_record(word, 0x1000, is64, &e);
    return e;
}

static void control_is_recorded(void **state)
{
    struct insn_effects e = effects_of(0x48000011, false);      /* bl */
    assert_int_equal(e.control, CONTROL_DIRECT);
    assert_int_equal(e.target, 0x1010);
    assert_true(e.link && !e.conditional && reg_set_has(&e.writes, REG_LR));
    e = effects_of(0x4182fff0, false);                          /* beq */
    assert_true(e.control == CONTROL_DIRECT && e.target == 0xff0 && e.conditional && !e.link);
    assert_true(reg_set_has(&e.reads, REG_CR + 2));
    e = effects_of(0x4200fff0, false);                          /* bdnz */
    assert_true(e.conditional && reg_set_has(&e.reads, REG_CTR) && reg_set_has(&e.writes, REG_CTR));
    e = effects_of(0x4e800020, false);                          /* blr */
    assert_true(e.control == CONTROL_INDIRECT && !e.via_ctr && !e.conditional && !e.link);
    assert_true(reg_set_has(&e.reads, REG_LR));
    e = effects_of(0x4e800421, true);                           /* bctrl */
    assert_true(e.control == CONTROL_INDIRECT && e.via_ctr && e.link);
    assert_int_equal(effects_of(0x44000002, true).control, CONTROL_SYSCALL);
    assert_int_equal(effects_of(0x00000000, true).control, CONTROL_ILLEGAL);
    assert_int_equal(effects_of(0xe8640000, false).control, CONTROL_ILLEGAL);   /* ld in a 32-bit guest */
    e = effects_of(0x7fe00008, true);                           /* trap */
    assert_true(e.control == CONTROL_TRAP && !e.conditional);
    e = effects_of(0x0c830005, true);                           /* tweqi */
    assert_true(e.control == CONTROL_TRAP && e.conditional);
    assert_int_equal(effects_of(0x38600005, true).control, CONTROL_NONE);
}

static void memory_is_recorded(void **state)
{
    assert_true(effects_of(0x80640000, false).memory && !effects_of(0x80640000, false).stores);     /* lwz */
    assert_true(effects_of(0x90640000, false).stores);     /* stw */
    assert_true(effects_of(0x7c60212d, false).stores);     /* stwcx. */
    assert_true(effects_of(0x7ca0242a, false).memory);      /* lswx */
    assert_true(effects_of(0x7ca0242a, false).calls_interpreter);
    assert_true(effects_of(0x7ca0252a, false).stores);     /* stswx */
    assert_false(effects_of(0x7c632214, false).memory);     /* add */
    assert_true(effects_of(0xfc22182b, false).calls_interpreter);     /* fadd. shows FPSCR */
    struct insn_effects e = effects_of(0xfc22182b, false);
    assert_true(reg_set_has(&e.writes, REG_CR + 4));
}

/* The part of a processor that a register number names. */
static uint64_t reg_value(const struct cpu *c, unsigned reg)
{
    if (reg < REG_FPR)
        return c->gpr[reg];
    if (reg < REG_CR)
        return c->vsr[reg - REG_FPR].dw[0];
    if (reg < REG_LR)
        return c->cr[reg - REG_CR];
    if (reg >= REG_VR0)
        return c->vsr[32 + reg - REG_VR0].dw[0];
    if (reg >= REG_VSR1)
        return c->vsr[reg - REG_VSR1].dw[1];
    switch (reg) {
    case REG_LR:     return c->lr;
    case REG_CTR:    return c->ctr;
    case REG_SO:     return c->so;
    case REG_OV:     return c->ov;
    case REG_CA:     return c->ca;
    case REG_MQ:     return c->mq;
    case REG_XERLOW: return (uint64_t)c->xer_byte << 8 | c->xer_count;
    case REG_VRSAVE: return c->vrsave;
    }
    return 0;
}

static void reg_randomize(struct cpu *c, unsigned reg)
{
    uint64_t v = random64() >> (random64() & 63);
    if (reg < REG_FPR)
        c->gpr[reg] = c->is64 ? v : (uint32_t)v;
    else if (reg < REG_CR)
        c->vsr[reg - REG_FPR].dw[0] = v;
    else if (reg < REG_LR)
        c->cr[reg - REG_CR] = v & 1;
    else if (reg >= REG_VR0)
        c->vsr[32 + reg - REG_VR0].dw[0] = v;
    else if (reg >= REG_VSR1)
        c->vsr[reg - REG_VSR1].dw[1] = v;
    else if (reg == REG_LR)
        c->lr = c->is64 ? v : (uint32_t)v;
    else if (reg == REG_CTR)
        c->ctr = c->is64 ? v : (uint32_t)v;
    else if (reg == REG_SO)
        c->so = v & 1;
    else if (reg == REG_OV)
        c->ov = v & 1;
    else if (reg == REG_CA)
        c->ca = v & 1;
    else if (reg == REG_MQ)
        c->mq = (uint32_t)v;
    else if (reg == REG_XERLOW)
        c->xer_byte = (uint8_t)(v >> 8), c->xer_count = v & 0x7f;
    else if (reg == REG_VRSAVE)
        c->vrsave = (uint32_t)v;
}

static uint8_t *window;
enum { DATA = 0x20000000 };
#define WINDOW_SIZE (UINT64_C(1) << 33)

static void complain(uint32_t word, bool is64, unsigned reg, const char *what)
{
    char text[80];
    insn_disassemble(word, 0, is64, text, sizeof text);
    fail_msg("%d-bit %08x %s: register %u %s", is64 ? 64 : 32, word, text, reg, what);
}

/* Two states that agree in what the instruction is said to read give the same in what it is said to write; nothing else
 * changes. */
static void check_effects(uint32_t word, bool is64)
{
    struct insn_effects e = effects_of(word, is64);
    struct cpu a = { .mem = window, .is64 = is64, .pc = 0x1000, .reserve_ea = CPU_NO_RESERVATION }, b = a;
    for (unsigned reg = 0; reg < REG_COUNT; reg++) {
        reg_randomize(&a, reg);
        if (e.memory && reg < REG_FPR)
            a.gpr[reg] = DATA / 2 + (random64() & 0xfff);       /* one register or two: somewhere mapped */
    }
    b = a;
    for (unsigned reg = 0; reg < REG_COUNT; reg++)
        if (!reg_set_has(&e.reads, reg))
            reg_randomize(&b, reg);
    struct cpu before = a, before_b = b;
    fpscr_write(&a, 0);
    uint64_t exit_a = interp_insn(&a, word);
    fpscr_write(&b, 0);
    uint64_t exit_b = interp_insn(&b, word);
    assert_int_equal(exit_a, exit_b);
    for (unsigned reg = 0; reg < REG_COUNT; reg++) {
        bool written = reg_set_has(&e.writes, reg);
        if (!written && reg_value(&a, reg) != reg_value(&before, reg))
            complain(word, is64, reg, "changed unannounced");
        if (written && !reg_set_has(&e.reads, reg) && reg_value(&a, reg) != reg_value(&b, reg) &&
            (reg_value(&a, reg) != reg_value(&before, reg) || reg_value(&b, reg) != reg_value(&before_b, reg)))
            complain(word, is64, reg, "depends on something unannounced");
    }
}

static bool can_be_tried(uint32_t word, bool is64)
{
    enum insn_id id = insn_decode(word, is64);
    struct insn_effects e = effects_of(word, is64);
    bool clock = id == INSN_mftb || id == INSN_mfspr;
    return id != INSN_INVALID && e.control != CONTROL_ILLEGAL && !clock && !(e.memory && e.stores);
}

static void effects_agree_with_the_interpreter(void **state)
{
    unsigned tried[INSN_COUNT] = { 0 };
    window = mmap(NULL, WINDOW_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_ptr_not_equal(window, MAP_FAILED);
    for (unsigned n = 0; n < 400 * INSN_COUNT; n++) {
        const struct insn_desc *d = &insn_table[n % INSN_COUNT];
        uint32_t word = d->match | ((uint32_t)random64() & ~d->mask);
        if (effects_of(word, true).memory)
            word |= 1 << 16;                    /* RA is not 0: no displacement below address zero */
        for (int is64 = 0; is64 < 2; is64++)
            if (can_be_tried(word, is64)) {
                check_effects(word, is64);
                tried[n % INSN_COUNT]++;
            }
    }
    unsigned untried = 0;
    for (unsigned i = 0; i < INSN_COUNT; i++)
        untried += tried[i] == 0;
    assert_in_range(untried, 0, 60);            /* stores, clocks */
    munmap(window, WINDOW_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_patterns_overlap),
        cmocka_unit_test(opcodes_lie_inside_their_masks),
        cmocka_unit_test(decoding_agrees_with_a_search),
        cmocka_unit_test(disassembly_shows_operands),
        cmocka_unit_test(control_is_recorded),
        cmocka_unit_test(memory_is_recorded),
        cmocka_unit_test(effects_agree_with_the_interpreter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
