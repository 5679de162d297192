/* interp.c -- fetch, decode by table, call the instruction's function: the semantics themselves are lift_*.c, compiled
 * against emit_interp.h once for each width of guest. */
#include "xlate/run/interp.h"
#include <string.h>
#include "runtime/host.h"
#include "xlate/isa/decode.h"
#include "xlate/run/interp_emit.h"

static void no_instruction(struct emit *e, uint32_t word UNUSED) { e->exit = INTERP_ILLEGAL; }

#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section)             \
    void interp32_##mnemonic(struct emit *e, uint32_t w);                               \
    void interp64_##mnemonic(struct emit *e, uint32_t w);
#include "xlate/isa/power_isa.def"
#undef INSN

/* By insn_slot_ids[]: 0 nothing, 1 + id. */
#define IN_MODE_ANY(f) f
#define IN_MODE_W64(f) no_instruction
static const interp_fn functions32[INSN_COUNT + 1] = {
    no_instruction,
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) \
    [1 + INSN_##mnemonic] = IN_MODE_##mode(interp32_##mnemonic),
#include "xlate/isa/power_isa.def"
#undef INSN
};
static const interp_fn functions64[INSN_COUNT + 1] = {
    no_instruction,
#define INSN(mnemonic, opcd, xo, form, operands, since, mode, how, section) \
    [1 + INSN_##mnemonic] = interp64_##mnemonic,
#include "xlate/isa/power_isa.def"
#undef INSN
};

static __attribute__((always_inline)) inline interp_fn function_of(uint32_t word, bool is64)
{
    unsigned i = insn_slot_ids[insn_slot(word)];
    if (unlikely(i > INSN_COUNT)) {
        unsigned id = insn_decode(word, is64);
        i = id == INSN_INVALID ? 0 : id + 1;
    }
    return is64 ? functions64[i] : functions32[i];
}

static __attribute__((always_inline)) inline uint32_t fetch(const struct cpu *cpu, uint64_t pc, bool is64)
{
    uint32_t word;
    memcpy(&word, cpu->mem + (is64 ? pc & ((UINT64_C(1) << 46) - 1) : (uint32_t)pc), 4);
    return __builtin_bswap32(word);
}

static __attribute__((always_inline)) inline enum interp_exit run(struct cpu *cpu, bool is64)
{
    struct emit e = { .cpu = cpu, .is64 = is64, .exit = INTERP_NEXT };
    uint64_t pc = cpu->pc;
    unsigned left = INTERP_RUN;
    do {
        cpu->pc = e.pc = pc;
        uint32_t word = e.word = fetch(cpu, pc, is64);
        function_of(word, is64)(&e, word);
        pc = is64 ? pc + 4 : (uint32_t)(pc + 4);
        left--;
    } while (likely(e.exit == INTERP_NEXT) && left);
    cpu->insn_count += INTERP_RUN - left;
    if (e.exit == INTERP_NEXT) {
        cpu->pc = pc;
        return INTERP_JUMP;
    }
    if (e.exit < INTERP_SYSCALL)
        cpu->pc = e.next;
    return e.exit;
}

static enum interp_exit run32(struct cpu *cpu) { return run(cpu, false); }
static enum interp_exit run64(struct cpu *cpu) { return run(cpu, true); }

enum interp_exit interp_block(struct cpu *cpu) { return cpu->is64 ? run64(cpu) : run32(cpu); }

uint64_t interp_insn(struct cpu *cpu, uint32_t word)
{
    struct emit e = { .cpu = cpu, .pc = cpu->pc, .word = word, .is64 = cpu->is64, .exit = INTERP_NEXT };
    function_of(word, cpu->is64)(&e, word);
    cpu->insn_count++;
    if (e.exit != INTERP_NEXT && e.exit < INTERP_SYSCALL)
        cpu->pc = e.next;
    return e.exit;
}
