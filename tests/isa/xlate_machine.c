/* xlate_machine.c -- a guest machine for tests of translated code. */
#include "tests/isa/xlate_machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "runtime/be.h"
#include "runtime/reserve.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/disasm.h"
#include "xlate/isa/helpers.h"

typedef uint64_t u64;
typedef double f64;
typedef void *ptr;

/* struct cpu is the first member of struct machine. */
static void note(struct cpu *cpu, enum interp_exit how) { ((struct machine *)cpu)->left_by = how; }

static uint64_t cold(struct cpu *cpu)
{
    note(cpu, INTERP_JUMP);
    return cpu->pc;
}

static uint64_t trapped(struct cpu *cpu, enum interp_exit how)
{
    ((struct machine *)cpu)->traps++;
    note(cpu, how);
    return cpu->pc;
}

static u64 helper_interp_insn(struct cpu *cpu, u64 word) { return interp_insn(cpu, (uint32_t)word); }
static ptr helper_lookup(struct cpu *cpu, u64 pc)
{
    cpu->pc = pc;
    return (ptr)(uintptr_t)cpu->cold;
}
static u64 helper_trap(struct cpu *cpu, u64 kind) { return trapped(cpu, kind ? INTERP_TRAP : INTERP_ILLEGAL); }
static u64 helper_syscall(struct cpu *cpu) { return trapped(cpu, INTERP_SYSCALL); }
static KEEPS_REGISTERS void helper_fp_nan(struct cpu *cpu, f64 a, f64 b, f64 c, u64 op)
{
    cpu->fp_result = fp_nan(cpu, as_bits(a), as_bits(b), as_bits(c), op);
}
static KEEPS_REGISTERS void helper_fp_compare_nan(struct cpu *cpu, f64 a, f64 b, u64 ordered)
{
    fp_compare_nan(cpu, as_bits(a), as_bits(b), ordered);
}
static u64 helper_code_changed(struct cpu *cpu, u64 ea) { return 0; }
static u64 helper_timebase(struct cpu *cpu) { return 1234567; }
static u64 helper_fp_to_int(struct cpu *cpu, u64 bits, u64 how) { return fp_to_int_bits(cpu, bits, how); }
static KEEPS_REGISTERS void helper_fp_single(struct cpu *cpu, f64 a, f64 b, f64 c, u64 op)
{
    cpu->fp_result = fp_single(cpu, as_bits(a), as_bits(b), as_bits(c), op);
}

static const void *const helpers[] = {
#define HELPER(name, result, arguments) [HELPER_##name] = (const void *)(uintptr_t)helper_##name,
#include "xlate/isa/helpers.def"
#undef HELPER
};

static void *map(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED) {
        perror("mmap");
        exit(2);
    }
    return p;
}

struct machine *machine_new(bool is64)
{
    struct machine *m = map(sizeof *m);
    m->mem = map(WINDOW_SIZE);
    mprotect(m->mem + HOLE, 4096, PROT_NONE);
    m->cpu.is64 = is64;
    m->cpu.mem = m->mem;
    m->cpu.helpers = helpers;
    m->cpu.cold = cold;
    reserve_thread_init(&m->cpu, 1);
    if (is64) {
        m->cpu.jumps = map(JUMP_CACHE_ENTRIES * sizeof *m->cpu.jumps);
        m->cpu.jumps[0].pc = UINT64_MAX;        /* no entry is for address 0 */
    } else
        m->cpu.flat = map((size_t)8 << 30);
    return m;
}

void machine_free(struct machine *m)
{
    munmap(m->mem, WINDOW_SIZE);
    if (m->cpu.is64)
        munmap(m->cpu.jumps, JUMP_CACHE_ENTRIES * sizeof *m->cpu.jumps);
    else
        munmap(m->cpu.flat, (size_t)8 << 30);
    munmap(m, sizeof *m);
}

void machine_adopt(struct machine *m, const struct cpu *cpu)
{
    struct cpu ours = m->cpu;
    m->cpu = *cpu;
    m->cpu.flat = ours.flat;
    m->cpu.jumps = ours.jumps;
    m->cpu.helpers = ours.helpers;
    m->cpu.cold = ours.cold;
    m->cpu.reserve_versions = ours.reserve_versions;
    m->cpu.reserve_owner = ours.reserve_owner;
    m->cpu.stack_limit = 0;
    m->left_by = INTERP_RETURN;
}

void machine_put_word(struct machine *m, gva ea, uint32_t word)
{
    be32 v;
    be32_put(&v, word);
    memcpy(m->mem + ea, &v, sizeof v);
}

static uint32_t word_at(const struct machine *m, gva ea)
{
    be32 word;
    memcpy(&word, m->mem + ea, sizeof word);
    return be_get(word);
}

void machine_print_words(const struct machine *m, unsigned count)
{
    char text[80];
    for (gva ea = TEXT_BASE; ea < TEXT_BASE + 4 * count; ea += 4) {
        uint32_t word = word_at(m, ea);
        insn_disassemble(word, ea, m->cpu.is64, text, sizeof text);
        fprintf(stderr, "  %08x  %s\n", word, text);
    }
}

static bool in_text(const struct machine *m) { return m->cpu.pc - TEXT_BASE < TEXT_SIZE; }

/* One instruction; false when it was not executed. */
static bool step(struct machine *m)
{
    uint64_t how = interp_insn(&m->cpu, word_at(m, m->cpu.pc));
    if (how == INTERP_NEXT)
        m->cpu.pc += 4;
    m->left_by = how;
    return how != INTERP_SYSCALL && how != INTERP_TRAP && how != INTERP_ILLEGAL;
}

bool machine_step(struct machine *m, unsigned count)
{
    while (count-- && in_text(m))
        if (!step(m))
            return false;
    return true;
}

uint64_t machine_interpret(struct machine *m)
{
    uint64_t before = m->cpu.insn_count;
    while (in_text(m)) {
        enum interp_exit how = interp_block(&m->cpu);
        if (how == INTERP_SYSCALL || how == INTERP_TRAP || how == INTERP_ILLEGAL)
            break;
    }
    return m->cpu.insn_count - before;
}

void unit_map(const struct unit_code *unit, struct mapped_unit *out)
{
    out->size = unit->size + unit->link_count * sizeof(code_fn);
    out->base = map(out->size);
    memcpy(out->base, unit->text, unit->size);
    out->slots = (code_fn *)(out->base + unit->size);
    for (size_t i = 0; i < unit->link_count; i++) {
        int32_t value = (int32_t)(unit->size + i * sizeof(code_fn) - unit->links[i].offset - 4);
        memcpy(out->base + unit->links[i].offset, &value, sizeof value);
    }
    mprotect(out->base, out->size, PROT_READ | PROT_WRITE | PROT_EXEC);
    out->code = (code_fn)(uintptr_t)out->base;
}

void unit_unmap(struct mapped_unit *u) { munmap(u->base, u->size); }

const char *cpu_difference(const struct cpu *a, const struct cpu *b)
{
    static char text[80];
#define SCALAR(field)                                                                                                   \
    if (a->field != b->field) {                                                                                         \
        snprintf(text, sizeof text, #field ": %llx %llx", (unsigned long long)a->field, (unsigned long long)b->field);   \
        return text;                                                                                                    \
    }
#define ARRAY(field, count)                                                                                             \
    for (unsigned i = 0; i < (count); i++)                                                                              \
        if (a->field[i] != b->field[i]) {                                                                               \
            snprintf(text, sizeof text, #field "[%u]: %llx %llx", i, (unsigned long long)a->field[i],                    \
                     (unsigned long long)b->field[i]);                                                                  \
            return text;                                                                                                \
        }
    ARRAY(gpr, 32)
    ARRAY(cr, 32)
    SCALAR(lr)
    SCALAR(ctr)
    SCALAR(so)
    SCALAR(ov)
    SCALAR(ca)
    SCALAR(xer_count)
    SCALAR(xer_byte)
    SCALAR(mq)
    SCALAR(vrsave)
    SCALAR(vscr)
    SCALAR(reserve_ea)
    for (unsigned n = 0; n < 64; n++)
        ARRAY(vsr[n].dw, 2)
    return NULL;
}
