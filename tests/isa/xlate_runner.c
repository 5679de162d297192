/* xlate_runner.c -- translated code against the interpreter.
 *
 *   xlate_runner random SEED COUNT       straight blocks of random instructions on random states, both widths, precise and not
 *   xlate_runner loop SEED COUNT         the same with a loop and a way round a part of it
 *   xlate_runner frame SEED COUNT        loops whose instructions are mostly loads and stores at a distance from r1 and r2
 *   xlate_runner fault SEED COUNT        the same with an access in the middle that faults: where it is, and the registers there
 *   xlate_runner call OBJECT FUNCTION ARGUMENT RESULT [REPEAT]
 *                                        a function of an XCOFF object compiled from C: its result by translation and interpretation
 *   xlate_runner cost OBJECT...          translate every function: microseconds and bytes per guest instruction
 *   xlate_runner dump OBJECT FUNCTION FILE   the bytes of a function's translation, for a disassembler
 *
 * The semantics of instructions are stated once for both sides, so agreement says that the *bindings* and the translator's handling of
 * registers, calls and exits are right; what instructions mean is tested elsewhere. Results of `call` are given from outside.
 */
#include <immintrin.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include "runtime/be.h"
#include "tests/isa/random_code.h"
#include "tests/isa/xlate_machine.h"
#include "xlate/isa/fpscr.h"
#include "xlate/isa/record.h"
#include "xlate/worker/unit_code.h"

enum { HOST_FLOAT_DEFAULT = 0x1f80 };   /* round to nearest, all exceptions masked, none pending */

static struct translator *translator;

static void fail(const char *what)
{
    fprintf(stderr, "xlate_runner: %s\n", what);
    exit(1);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* --- random blocks ------------------------------------------------------------------------------------------------------ */

static void same_start(struct machine *ours, struct machine *theirs)
{
    random_cpu(&ours->cpu);
    for (unsigned i = 0; i < DATA_SIZE; i += 8) {
        uint64_t v = random64();
        memcpy(ours->mem + DATA_BASE + i, &v, 8);
    }
    memcpy(theirs->mem + DATA_BASE, ours->mem + DATA_BASE, DATA_SIZE);
    theirs->cpu = ours->cpu;
    theirs->cpu.mem = theirs->mem;
    theirs->cpu.pc = TEXT_BASE;
    ours->traps = 0;
}

static void print_difference(const struct machine *ours, const struct cpu *before, unsigned count, const char *difference)
{
    machine_print_words(ours, count);
    for (unsigned i = 0; i < 32; i++)
        fprintf(stderr, "r%u=%llx%s", i, (unsigned long long)before->gpr[i], i % 8 == 7 ? "\n" : " ");
    for (unsigned i = 0; i < 32; i++)
        fprintf(stderr, "f%u=%llx%s", i, (unsigned long long)before->vsr[i].dw[0], i % 8 == 7 ? "\n" : " ");
    fprintf(stderr, "%u-bit: translated, interpreted: %s\n", ours->cpu.is64 ? 64 : 32, difference);
    exit(1);
}

/* What FPSCR says of the last operation; in the rounding mode that the run left. */
static uint32_t status_bits(struct machine *m) { return fpscr_read(&m->cpu) & (FPSCR_FR | FPSCR_FI | FPSCR_FPRF); }

static void compare_ends(struct machine *ours, struct machine *theirs, const struct cpu *before, unsigned count, uint32_t status)
{
    const char *difference = cpu_difference(&ours->cpu, &theirs->cpu);
    if (!difference && status_bits(ours) != status)
        difference = "fpscr: FR, FI, FPRF";
    if (!difference && ours->cpu.pc != theirs->cpu.pc)
        difference = "pc";
    if (!difference && memcmp(ours->mem + DATA_BASE, theirs->mem + DATA_BASE, DATA_SIZE))
        difference = "memory";
    if (difference)
        print_difference(ours, before, count, difference);
}

static void compare_run(struct machine *ours, struct machine *theirs, const struct mapped_unit *unit, unsigned count)
{
    same_start(ours, theirs);
    struct cpu before = ours->cpu;
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    bool done = machine_step(theirs, count);
    uint32_t status = status_bits(theirs);
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    ours->cpu.pc = unit->code(&ours->cpu);
    compare_ends(ours, theirs, &before, count, status);
    if (done != !ours->traps)
        print_difference(ours, &before, count, "trap");
}

static bool in_frames;      /* most instructions are those of frame_insn() */

/* A word or less in a frame, at r1 or at r2, which may be the same place, known to be so or not; and what makes it so. */
static uint32_t frame_insn(bool is64)
{
    enum { LWZ = 32, LBZ = 34, STW = 36, STWU = 37, STB = 38, STH = 44, LFS = 48, LFD = 50, STFS = 52, STFD = 54, LD = 58, STD = 62 };
    static const unsigned accesses[] = {LWZ, STW, LWZ, STW, LWZ, STW, LFD, STFD, LBZ, STB, STH, LFS, STFS, LD, STD, LD, STD};
    static const uint32_t others[] = {
        0x38410000 /* addi r2,r1,D */, 0x38210000 /* addi r1,r1,D */, 0x38420000 /* addi r2,r2,D */, 0x94210000 /* stwu r1,D(r1) */,
    };
    static const uint32_t plain[] = {0x7c220b78 /* mr r2,r1 */, 0x68220008 /* xori r2,r1,8 */, 0x7c2004ac /* lwsync */};
    uint32_t distance = (uint32_t)(4 * (random64() % 8)), sign = random64() & 1 ? 0xfff0 : 0;
    switch (random64() % 16) {
    case 0: return others[random64() % 4] | (sign ? sign : 16);
    case 1: return plain[random64() % 3];
    default: break;
    }
    unsigned opcode = accesses[random64() % (is64 ? 17 : 13)];
    if (opcode != LD && opcode != STD && random64() % 8 == 0)
        distance += 2;
    return opcode << 26 | (uint32_t)(4 + random64() % 6) << 21 | (uint32_t)(1 + random64() % 2) << 16 | distance;
}

/* Fills both texts with `count` random instructions. */
static void random_text(struct machine *ours, struct machine *theirs, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        bool framed = in_frames && random64() % 16;
        uint32_t word = framed ? frame_insn(ours->cpu.is64) : random_insn(TEXT_BASE + 4 * i, ours->cpu.is64);
        machine_put_word(ours, TEXT_BASE + 4 * i, word);
        machine_put_word(theirs, TEXT_BASE + 4 * i, word);
    }
}

static void translate_text(struct machine *m, unsigned count, bool precise, struct unit_code *code)
{
    struct unit_request request = {.is64 = m->cpu.is64, .precise = precise, .entry = TEXT_BASE, .code_base = TEXT_BASE,
                                   .code = m->mem + TEXT_BASE, .code_size = 4 * count};
    struct error err;
    if (translate_unit(translator, &request, code, &err)) {
        machine_print_words(m, count);
        fail(err.text);
    }
}

static void check_repeatable(struct machine *m, unsigned count, bool precise, const struct unit_code *first)
{
    struct unit_code second;
    translate_text(m, count, precise, &second);
    if (first->size != second.size || memcmp(first->text, second.text, first->size) || first->pc_count != second.pc_count ||
        memcmp(first->pcs, second.pcs, first->pc_count * sizeof *first->pcs))
        fail("the same request gave other bytes");
    unit_code_free(&second);
}

static void random_block(struct machine *ours, struct machine *theirs)
{
    unsigned count = 1 + random64() % 24;
    bool precise = random64() & 1;
    struct unit_code code;
    struct mapped_unit mapped;
    random_text(ours, theirs, count);
    translate_text(ours, count, precise, &code);
    if (random64() % 8 == 0)
        check_repeatable(ours, count, precise, &code);
    unit_map(&code, &mapped);
    for (unsigned i = 0; i < 8; i++)
        compare_run(ours, theirs, &mapped, count);
    unit_unmap(&mapped);
    unit_code_free(&code);
}

/* --- loops ---------------------------------------------------------------------------------------------------------------- */

static void put_both(struct machine *ours, struct machine *theirs, unsigned at, uint32_t word)
{
    machine_put_word(ours, TEXT_BASE + 4 * at, word);
    machine_put_word(theirs, TEXT_BASE + 4 * at, word);
}

static void compare_loop(struct machine *ours, struct machine *theirs, const struct mapped_unit *unit, unsigned count)
{
    same_start(ours, theirs);
    ours->cpu.ctr = theirs->cpu.ctr = 1 + random64() % 4;
    struct cpu before = ours->cpu;
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    machine_interpret(theirs);
    uint32_t status = status_bits(theirs);
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    ours->cpu.pc = unit->code(&ours->cpu);
    compare_ends(ours, theirs, &before, count, status);
}

static bool writes_ctr(const struct machine *m, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct insn_effects effects;
        be32 word;
        memcpy(&word, m->mem + TEXT_BASE + 4 * i, 4);
        insn_record(be_get(word), TEXT_BASE + 4 * i, m->cpu.is64, &effects);
        if (reg_set_has(&effects.writes, REG_CTR))
            return true;
    }
    return false;
}

/* Some instructions; more of them in a loop, the last of these with a conditional way round them; more behind. */
static void random_loop(struct machine *ours, struct machine *theirs)
{
    enum { BC_IF_SET = 0x41800000, BDNZ = 0x42000000 };
    unsigned most = in_frames ? 10 : 5;
    unsigned head = random64() % most, body = random64() % most, part = random64() % most;
    unsigned count = head + body + part + 2 + random64() % most;
    struct unit_code code;
    struct mapped_unit mapped;
    do
        random_text(ours, theirs, count);
    while (writes_ctr(ours, count));
    put_both(ours, theirs, head + body, BC_IF_SET | (uint32_t)(random64() % 32) << 16 | 4 * (part + 1));
    put_both(ours, theirs, head + body + part + 1, BDNZ | (0xfffc & -4 * (body + part + 1)));
    put_both(ours, theirs, count, 0);
    translate_text(ours, count, random64() & 1, &code);
    unit_map(&code, &mapped);
    for (unsigned i = 0; i < 8; i++)
        compare_loop(ours, theirs, &mapped, count);
    unit_unmap(&mapped);
    unit_code_free(&code);
}

/* The same, longer. */
static void random_frame(struct machine *ours, struct machine *theirs)
{
    in_frames = true;
    random_loop(ours, theirs);
    in_frames = false;
}

/* --- faults --------------------------------------------------------------------------------------------------------------- */

static sigjmp_buf fault_return;
static volatile uintptr_t fault_host_pc;

static void on_fault(int number, siginfo_t *info, void *context)
{
    fault_host_pc = (uintptr_t)((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    siglongjmp(fault_return, 1);
}

static gva guest_pc(const struct unit_code *code, const struct mapped_unit *mapped)
{
    uintptr_t offset = fault_host_pc - (uintptr_t)mapped->base;
    if (offset >= code->size)
        return UINT64_MAX;
    size_t i = 0;
    while (i + 1 < code->pc_count && code->pcs[i + 1].host <= offset)
        i++;
    return TEXT_BASE + (gva)(int64_t)(int32_t)code->pcs[i].guest;
}

static void compare_fault(struct machine *ours, struct machine *theirs, const struct unit_code *code, unsigned at, unsigned count,
                          bool precise)
{
    struct mapped_unit mapped;
    const char *difference = NULL;
    unit_map(code, &mapped);
    same_start(ours, theirs);
    struct cpu before = ours->cpu;
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    bool reached = machine_step(theirs, at);
    _mm_setcsr(HOST_FLOAT_DEFAULT);
    bool faulted = sigsetjmp(fault_return, 1);
    if (!faulted)
        mapped.code(&ours->cpu);
    if (reached != faulted)
        difference = "fault";
    else if (faulted && guest_pc(code, &mapped) != TEXT_BASE + 4 * at)
        difference = "pc of the fault";
    else if (faulted && (ours->cpu.gpr[1] != theirs->cpu.gpr[1] || ours->cpu.lr != theirs->cpu.lr))
        difference = "stack pointer or link register at the fault";
    else if (faulted && precise)
        difference = cpu_difference(&ours->cpu, &theirs->cpu);
    if (!difference && faulted && memcmp(ours->mem + DATA_BASE, theirs->mem + DATA_BASE, DATA_SIZE))
        difference = "memory at the fault";
    if (difference)
        print_difference(ours, &before, count, difference);
    unit_unmap(&mapped);
}

/* The load at `at`, and what a host could do in one instruction: a change of its value, and the store that takes it back. */
static void put_change(struct machine *m, unsigned at)
{
    enum { LBZ_5 = 0x88a00000, ADDI_5_5_1 = 0x38a50001, STB_5 = 0x98a00000, LI_5_0 = 0x38a00000 };
    machine_put_word(m, TEXT_BASE + 4 * at, LBZ_5 | HOLE);
    machine_put_word(m, TEXT_BASE + 4 * at + 4, ADDI_5_5_1);
    machine_put_word(m, TEXT_BASE + 4 * at + 8, STB_5 | HOLE);
    machine_put_word(m, TEXT_BASE + 4 * at + 12, LI_5_0);
}

static void random_fault(struct machine *ours, struct machine *theirs)
{
    enum { LBZ = 34, LWZ = 32, LHA = 42, STW = 36, STB = 38, LFS = 48, LFD = 50, STFS = 52, STFD = 54 };
    static const unsigned opcodes[] = {LBZ, LWZ, LHA, STW, STB, LFS, LFD, STFS, STFD};
    unsigned count = 2 + random64() % 16, at = random64() % count;
    bool precise = random64() & 1;
    struct unit_code code;
    uint32_t word = opcodes[random64() % 9] << 26 | (4 + random64() % 28) << 21 | HOLE;
    random_text(ours, theirs, count);
    machine_put_word(ours, TEXT_BASE + 4 * at, word);
    if (at + 4 <= count && random64() % 4 == 0)
        put_change(ours, at);
    translate_text(ours, count, precise, &code);
    compare_fault(ours, theirs, &code, at, count, precise);
    unit_code_free(&code);
}

static void catch_faults(void)
{
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
    sigaction(SIGSEGV, &action, NULL);
}

static int run_random(uint64_t seed, unsigned blocks, void (*one)(struct machine *ours, struct machine *theirs))
{
    random_seed(seed);
    for (unsigned width = 0; width < 2; width++) {
        struct machine *ours = machine_new(width), *theirs = machine_new(width);
        for (unsigned i = 0; i < blocks; i++)
            one(ours, theirs);
        machine_free(theirs);
        machine_free(ours);
    }
    printf("%u random blocks of each width agree\n", blocks);
    return 0;
}

/* --- compiled functions --------------------------------------------------------------------------------------------------- */

/* What is wanted of an XCOFF object: its sections, at the addresses the compiler gave them (so that nothing needs relocation), and the
 * functions in it. [aix-abi 1] */
struct object {
    bool is64;
    uint8_t *image;
    size_t size;
    uint64_t toc;
    unsigned function_count;
    struct { char name[64]; uint64_t offset; } functions[512];
};

static uint64_t be_at(const uint8_t *p, unsigned bytes)
{
    uint64_t v = 0;
    while (bytes--)
        v = v << 8 | *p++;
    return v;
}

/* Functions are ".name"; csects of constants have such names too. */
static bool is_function(const char *name)
{
    return name[0] == '.' && name[1] && name[1] != '.' && strncmp(name, ".rodata", 7);
}

static void read_symbols(struct object *o, const uint8_t *file, uint64_t at, uint64_t count)
{
    const uint8_t *strings = file + at + 18 * count;
    for (uint64_t i = 0; i < count; i++) {
        const uint8_t *s = file + at + 18 * i;
        const char *name = o->is64 ? (const char *)strings + be_at(s + 8, 4)
                           : be_at(s, 4) ? (const char *)s : (const char *)strings + be_at(s + 4, 4);
        uint64_t value = o->is64 ? be_at(s, 8) : be_at(s + 8, 4);
        size_t length = o->is64 || !be_at(s, 4) ? strlen(name) : strnlen(name, 8);
        if (length == 3 && !strncmp(name, "TOC", 3))
            o->toc = value;
        if (be_at(s + 12, 2) == 1 && is_function(name) && o->function_count < 512) {
            snprintf(o->functions[o->function_count].name, 64, "%.*s", (int)length - 1, name + 1);
            o->functions[o->function_count++].offset = value;
        }
        i += s[17];
    }
}

static void read_object(struct object *o, const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        fail(path);
    static uint8_t file[1 << 22];
    size_t size = fread(file, 1, sizeof file, f);
    fclose(f);
    *o = (struct object){.is64 = be_at(file, 2) == 0x1f7};
    if (size < 24 || (!o->is64 && be_at(file, 2) != 0x1df))
        fail("not an XCOFF object");
    o->image = calloc(1, TEXT_SIZE);
    const uint8_t *section = file + (o->is64 ? 24 : 20) + be_at(file + 16, 2);
    for (unsigned i = 0; i < be_at(file + 2, 2); i++, section += o->is64 ? 72 : 40) {
        uint64_t address = o->is64 ? be_at(section + 16, 8) : be_at(section + 12, 4);
        uint64_t bytes = o->is64 ? be_at(section + 24, 8) : be_at(section + 16, 4);
        uint64_t at = o->is64 ? be_at(section + 32, 8) : be_at(section + 20, 4);
        bool text = i == 0, data = be_at(section + (o->is64 ? 64 : 36), 4) & 0x40;
        if ((!text && !data) || address + bytes > TEXT_SIZE)
            continue;
        memcpy(o->image + address, file + at, bytes);
        o->size = address + bytes;
    }
    if (o->is64)
        read_symbols(o, file, be_at(file + 8, 8), be_at(file + 20, 4));
    else
        read_symbols(o, file, be_at(file + 8, 4), be_at(file + 12, 4));
}

/* All functions of the object, translated, linked with each other. */
struct program {
    struct object object;
    struct unit_code code[512];
    struct mapped_unit mapped[512];
};

static struct unit_request request_for(const struct object *o, uint64_t offset)
{
    return (struct unit_request){.is64 = o->is64, .entry = TEXT_BASE + offset, .code_base = TEXT_BASE, .code = o->image,
                                 .code_size = o->size};
}

static code_fn code_at(const struct program *p, gva pc)
{
    for (unsigned i = 0; i < p->object.function_count; i++)
        if (TEXT_BASE + p->object.functions[i].offset == pc)
            return p->mapped[i].code;
    return NULL;
}

static void translate_program(struct program *p)
{
    struct error err;
    for (unsigned i = 0; i < p->object.function_count; i++) {
        struct unit_request request = request_for(&p->object, p->object.functions[i].offset);
        if (translate_unit(translator, &request, &p->code[i], &err))
            fail(err.text);
        unit_map(&p->code[i], &p->mapped[i]);
    }
    for (unsigned i = 0; i < p->object.function_count; i++)
        for (size_t l = 0; l < p->code[i].link_count; l++)
            p->mapped[i].slots[l] = code_at(p, p->code[i].links[l].target);
}

static void publish(const struct program *p, struct machine *m)
{
    for (unsigned i = 0; i < p->object.function_count; i++) {
        gva pc = TEXT_BASE + p->object.functions[i].offset;
        if (m->cpu.is64)
            m->cpu.jumps[pc >> 2 & (JUMP_CACHE_ENTRIES - 1)] = (struct jump_entry){pc, p->mapped[i].code};
        else
            m->cpu.flat[pc >> 2] = p->mapped[i].code;
    }
}

static void prepare_call(struct machine *m, gva pc, uint64_t toc, uint64_t argument)
{
    memset(m->cpu.gpr, 0, sizeof m->cpu.gpr);
    m->cpu.gpr[1] = STACK_TOP;
    m->cpu.gpr[2] = toc;
    m->cpu.gpr[3] = argument;
    m->cpu.gpr[4] = DATA_BASE;
    m->cpu.lr = RETURN_PC;
    m->cpu.pc = pc;
    memset(m->mem + DATA_BASE, 0, DATA_SIZE);
}

static void expect(const char *who, const struct machine *m, uint64_t result)
{
    if (m->cpu.pc == RETURN_PC && m->cpu.gpr[3] == result)
        return;
    fprintf(stderr, "%s: pc %llx, r3 %llx, expected %llx\n", who, (unsigned long long)m->cpu.pc, (unsigned long long)m->cpu.gpr[3],
            (unsigned long long)result);
    exit(1);
}

static int run_call(const char *path, const char *function, uint64_t argument, uint64_t result, unsigned repeat)
{
    static struct program p;
    read_object(&p.object, path);
    translate_program(&p);
    struct machine *ours = machine_new(p.object.is64), *theirs = machine_new(p.object.is64);
    publish(&p, ours);
    memcpy(theirs->mem + TEXT_BASE, p.object.image, p.object.size);
    memcpy(ours->mem + TEXT_BASE, p.object.image, p.object.size);
    for (unsigned i = 0; i < p.object.function_count; i++) {
        if (strcmp(p.object.functions[i].name, function))
            continue;
        gva pc = TEXT_BASE + p.object.functions[i].offset;
        prepare_call(theirs, pc, p.object.toc, argument);
        double start = seconds();
        uint64_t insns = machine_interpret(theirs);
        double interpreted = seconds() - start;
        expect("interpreted", theirs, result);
        start = seconds();
        for (unsigned n = 0; n < repeat; n++) {
            prepare_call(ours, pc, p.object.toc, argument);
            ours->cpu.pc = p.mapped[i].code(&ours->cpu);
        }
        double translated = (seconds() - start) / repeat;
        expect("translated", ours, result);
        const char *difference = cpu_difference(&ours->cpu, &theirs->cpu);
        if (difference)
            fail(difference);
        printf("%s(%llu): %llu instructions, interpreted %.1f ns each, translated %.3f ns each\n", function,
               (unsigned long long)argument, (unsigned long long)insns, 1e9 * interpreted / (double)insns,
               1e9 * translated / (double)insns);
        return 0;
    }
    fail("no such function");
    return 1;
}

/* --- cost of translation ---------------------------------------------------------------------------------------------------- */

static int run_cost(char **paths)
{
    double start = seconds();
    uint64_t insns = 0, bytes = 0, units = 0;
    for (; *paths; paths++) {
        struct object o;
        read_object(&o, *paths);
        for (unsigned i = 0; i < o.function_count; i++) {
            struct unit_request request = request_for(&o, o.functions[i].offset);
            struct unit_code code;
            struct error err;
            if (translate_unit(translator, &request, &code, &err))
                fail(err.text);
            insns += code.insn_count;
            bytes += code.size;
            units++;
            unit_code_free(&code);
        }
    }
    printf("%llu units, %llu instructions: %.1f us and %.1f bytes per guest instruction\n", (unsigned long long)units,
           (unsigned long long)insns, 1e6 * (seconds() - start) / (double)insns, (double)bytes / (double)insns);
    return 0;
}

/* --- the same code elsewhere -------------------------------------------------------------------------------------------------- */

static void translate_at(const struct object *o, unsigned function, bool precise, gva base, struct unit_code *code)
{
    struct unit_request request = request_for(o, o->functions[function].offset);
    struct error err;
    request.precise = precise;
    request.entry += base;
    request.code_base += base;
    if (translate_unit(translator, &request, code, &err))
        fail(err.text);
}

/* As cache_move.c does it. */
static void move_code(struct unit_code *code, gva by, bool is64)
{
    for (size_t i = 0; i < code->move_count; i++) {
        uint64_t value = 0;
        memcpy(&value, code->text + code->moves[i].offset, code->moves[i].size);
        value += by;
        memcpy(code->text + code->moves[i].offset, &value, code->moves[i].size);
    }
    for (size_t i = 0; i < code->link_count; i++)
        code->links[i].target = is64 ? code->links[i].target + by : (uint32_t)(code->links[i].target + by);
}

static bool same_code(const struct unit_code *a, const struct unit_code *b)
{
    for (size_t i = 0; i < a->link_count && i < b->link_count; i++)
        if (a->links[i].offset != b->links[i].offset || a->links[i].target != b->links[i].target)
            return false;
    return a->size == b->size && a->link_count == b->link_count && a->move_count == b->move_count && a->pc_count == b->pc_count &&
           !memcmp(a->text, b->text, a->size) &&
           !memcmp(a->moves, b->moves, a->move_count * sizeof *a->moves) && !memcmp(a->pcs, b->pcs, a->pc_count * sizeof *a->pcs);
}

/* What a unit is, moved, is what is made of the same bytes there. */
static void compare_moved(const struct object *o, unsigned function, bool precise, gva from, gva by)
{
    struct unit_code here, there;
    translate_at(o, function, precise, from, &here);
    translate_at(o, function, precise, from + by, &there);
    if (here.fixed || there.fixed)
        fail("an address is wanted as a number");
    move_code(&here, by, o->is64);
    if (!same_code(&here, &there)) {
        fprintf(stderr, "%s at %#llx and %#llx\n", o->functions[function].name, (unsigned long long)from, (unsigned long long)(from + by));
        fail("other code at another address");
    }
    unit_code_free(&here);
    unit_code_free(&there);
}

static int run_move(char **paths)
{
    unsigned count = 0;
    for (; *paths; paths++) {
        struct object o;
        read_object(&o, *paths);
        gva low = o.is64 ? 0x100000000 : 0x10000000, by = o.is64 ? 0x0900200000001000 - low : 0xd0003000 - low;
        for (unsigned i = 0; i < o.function_count; i++) {
            compare_moved(&o, i, count & 1, low, by);
            compare_moved(&o, i, !(count & 1), low + by, 0x51230);
            count++;
        }
    }
    printf("%u functions are the same elsewhere\n", count);
    return count == 0;
}

static int run_dump(const char *path, const char *function, const char *file)
{
    struct object o;
    struct error err;
    struct unit_code code;
    read_object(&o, path);
    for (unsigned i = 0; i < o.function_count; i++) {
        struct unit_request request = request_for(&o, o.functions[i].offset);
        if (strcmp(o.functions[i].name, function))
            continue;
        if (translate_unit(translator, &request, &code, &err))
            fail(err.text);
        FILE *f = fopen(file, "wb");
        if (!f || fwrite(code.text, 1, code.size, f) != code.size || fclose(f))
            fail(file);
        for (size_t n = 0; n < code.pc_count; n++)
            printf("%x: guest %llx\n", code.pcs[n].host, (unsigned long long)(request.entry + (uint64_t)(int32_t)code.pcs[n].guest));
        return 0;
    }
    fail("no such function");
    return 1;
}

int main(int argc, char **argv)
{
    struct error err;
    translator = translator_new(&err);
    if (!translator)
        fail(err.text);
    if (argc == 4 && !strcmp(argv[1], "loop"))
        return run_random(strtoull(argv[2], NULL, 0), (unsigned)atoi(argv[3]), random_loop);
    if (argc == 4 && !strcmp(argv[1], "random"))
        return run_random(strtoull(argv[2], NULL, 0), (unsigned)atoi(argv[3]), random_block);
    if (argc == 4 && !strcmp(argv[1], "frame"))
        return run_random(strtoull(argv[2], NULL, 0), (unsigned)atoi(argv[3]), random_frame);
    if (argc == 4 && !strcmp(argv[1], "fault")) {
        catch_faults();
        return run_random(strtoull(argv[2], NULL, 0), (unsigned)atoi(argv[3]), random_fault);
    }
    if ((argc == 6 || argc == 7) && !strcmp(argv[1], "call"))
        return run_call(argv[2], argv[3], strtoull(argv[4], NULL, 0), strtoull(argv[5], NULL, 0), argc == 7 ? (unsigned)atoi(argv[6]) : 1);
    if (argc >= 3 && !strcmp(argv[1], "cost"))
        return run_cost(argv + 2);
    if (argc >= 3 && !strcmp(argv[1], "move"))
        return run_move(argv + 2);
    if (argc == 5 && !strcmp(argv[1], "dump"))
        return run_dump(argv[2], argv[3], argv[4]);
    fail("usage: random|loop|frame|fault SEED COUNT | call OBJECT FUNCTION ARGUMENT RESULT [REPEAT] | cost|move OBJECT... | "
         "dump OBJECT FUNCTION FILE");
}
