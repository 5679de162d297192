/* xlate_vectors.c -- test vectors by translated code. */
#include <immintrin.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/be.h"
#include "tests/isa/execute_block.h"
#include "tests/isa/xlate_machine.h"
#include "xlate/isa/decode.h"

enum { BCL_TO_NEXT = 0x429f0005 };      /* bcl 20,31,$+4: "call" of the next word, to learn the address */

static struct machine *machine_for(bool is64)
{
    static struct machine *machines[2];
    if (!machines[is64])
        machines[is64] = machine_new(is64);
    return machines[is64];
}

static uint32_t word_at(const struct cpu *cpu, gva pc)
{
    be32 bytes;
    memcpy(&bytes, cpu->mem + pc, sizeof bytes);
    return be_get(bytes);
}

/* LLVM computes, too: the exceptions that are pending for the guest must survive it. */
static void translate(const struct cpu *cpu, unsigned count, struct unit_code *code)
{
    static struct translator *translator;
    struct error err;
    unsigned host_float = _mm_getcsr();
    if (!translator)
        translator = translator_new(&err);
    struct unit_request request = {.is64 = cpu->is64, .entry = cpu->pc, .code_base = cpu->pc, .code = cpu->mem + cpu->pc,
                                   .code_size = 4 * count};
    if (!translator || translate_unit(translator, &request, code, &err)) {
        fprintf(stderr, "xlate_vectors: %s\n", err.text);
        exit(1);
    }
    _mm_setcsr(host_float);
}

/* The last unit is kept: vectors come many to a word. */
static code_fn unit_for(const struct cpu *cpu, unsigned count)
{
    static struct { bool is64; gva pc; unsigned count; uint8_t bytes[256]; struct mapped_unit mapped; } last;
    const uint8_t *bytes = cpu->mem + cpu->pc;
    if (count == last.count && cpu->is64 == last.is64 && cpu->pc == last.pc && !memcmp(bytes, last.bytes, 4 * count))
        return last.mapped.code;
    if (last.count)
        unit_unmap(&last.mapped);
    if (4 * count > sizeof last.bytes) {
        fprintf(stderr, "xlate_vectors: a case of %u words\n", count);
        exit(1);
    }
    struct unit_code code;
    translate(cpu, count, &code);
    unit_map(&code, &last.mapped);
    unit_code_free(&code);
    last.count = count;
    last.is64 = cpu->is64;
    last.pc = cpu->pc;
    memcpy(last.bytes, bytes, 4 * count);
    return last.mapped.code;
}

/* Outside a unit all jumps look alike: which kind it was, the last word tells. */
static enum interp_exit kind_of_jump(const struct cpu *cpu, gva last)
{
    uint32_t word = word_at(cpu, last);
    if (cpu->pc == last + 4 && word != BCL_TO_NEXT)
        return INTERP_ILLEGAL;                  /* into the illegal word behind */
    if (word & 1)
        return INTERP_CALL;
    return word >> 26 == 19 ? INTERP_INDIRECT : INTERP_JUMP;
}

/* icbi leaves a unit by returning what comes next; for the interpreter that is a jump. */
static bool is_icbi(uint32_t word) { return (word & 0xfc0007fe) == 0x7c0007ac; }

enum interp_exit execute_block(struct cpu *cpu, unsigned count)
{
    if (insn_decode(word_at(cpu, cpu->pc), cpu->is64) == INSN_INVALID)
        return INTERP_ILLEGAL;                  /* nothing a unit could begin with */
    struct machine *m = machine_for(cpu->is64);
    gva last = cpu->pc + 4 * (count - 1);
    code_fn code = unit_for(cpu, count);
    machine_adopt(m, cpu);
    m->cpu.pc = code(&m->cpu);
    *cpu = m->cpu;
    if (m->left_by == INTERP_RETURN && is_icbi(word_at(cpu, last)))
        return INTERP_JUMP;
    return m->left_by == INTERP_JUMP ? kind_of_jump(cpu, last) : m->left_by;
}
