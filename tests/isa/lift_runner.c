/* lift_runner.c -- runs test vectors for the meaning of instructions, through the interpreter or (execute_block.h) translated.
 *
 *      lift_runner FILE...         meanings
 *      lift_runner --decode FILE   words and mnemonics
 *      lift_runner --cover FILE... every line of power_isa.def has a case among these
 *
 * A line is one case:   NAME WORD[+WORD...] INPUT... = OUTPUT...
 * WORDs stand at TEXT in the guest, followed by an illegal word. INPUTs are registers, hexadecimal: r0-r31, f0-f31,
 * v0-v63 (32 digits, vector-scalar), lr, ctr, xer, cr, mq, fpscr, vrsave, and mem (bytes at MEM); others are zero.
 * OUTPUTs are what must have changed; whatever is not named must be as before. `~` before an output compares its low
 * word only. `exit=` and `pc=` tell how the block ends; without them it must run into the illegal word. FPSCR is
 * compared when named; as value/mask, in those bits. `bits 32` or `bits 64` sets the width for the lines that follow; '#'
 * starts a comment.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "runtime/host.h"
#include "tests/isa/execute_block.h"
#include "xlate/isa/decode.h"
#include "xlate/isa/disasm.h"
#include "xlate/isa/fpscr.h"

enum { TEXT = 0x10000, MEM = 0x20000000, MEM_SIZE = 256, R0_VALUE = 0x12340000 };

static struct cpu cpu, expected;
static uint8_t expected_mem[MEM_SIZE];
static bool is64;
static unsigned cases, failures;

/* What a token of a line names. */
struct place {
    enum { GPR, FPR, VSR, WORD32, LONG, CR, XER, FPSCR, MEMORY, EXIT, PC, UNKNOWN } kind;
    unsigned n;
    void *field;
};

static struct place place_of(struct cpu *c, const char *name)
{
    if (strchr("rfv", name[0]) && name[1] >= '0' && name[1] <= '9')
        return (struct place){ name[0] == 'r' ? GPR : name[0] == 'f' ? FPR : VSR, (unsigned)atoi(name + 1), NULL };
    const struct { const char *name; struct place place; } names[] = {
        { "lr", { LONG, 0, &c->lr } }, { "ctr", { LONG, 0, &c->ctr } }, { "mq", { WORD32, 0, &c->mq } },
        { "vrsave", { WORD32, 0, &c->vrsave } }, { "cr", { CR, 0, NULL } }, { "xer", { XER, 0, NULL } },
        { "fpscr", { FPSCR, 0, NULL } },
        { "mem", { MEMORY, 0, NULL } }, { "exit", { EXIT, 0, NULL } }, { "pc", { PC, 0, NULL } },
    };
    for (unsigned i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].place;
    return (struct place){ UNKNOWN, 0, NULL };
}

static uint64_t hex(const char *text, unsigned digits)
{
    char part[17] = { 0 };
    memcpy(part, text, digits < 16 ? digits : 16);
    return strtoull(part, NULL, 16);
}

static void bytes_of(const char *text, uint8_t *bytes)
{
    for (unsigned i = 0; text[2 * i] && i < MEM_SIZE; i++)
        bytes[i] = (uint8_t)hex(text + 2 * i, 2);
}

static void put(struct cpu *c, struct place p, const char *value, uint8_t *mem)
{
    uint64_t v = hex(value, 16);
    switch (p.kind) {
    case GPR: c->gpr[p.n] = v; break;
    case FPR: c->vsr[p.n].dw[0] = v; break;
    case VSR: c->vsr[p.n] = (struct vsr){ .dw = { hex(value, 16), hex(value + 16, 16) } }; break;
    case WORD32: *(uint32_t *)p.field = (uint32_t)v; break;
    case LONG: *(uint64_t *)p.field = v; break;
    case CR: cpu_cr_set(c, (uint32_t)v); break;
    case XER: cpu_xer_set(c, (uint32_t)v); break;
    case MEMORY: bytes_of(value, mem); break;
    default: break;
    }
}

static const char *const exit_names[] = {
    [INTERP_NEXT] = "next", [INTERP_JUMP] = "jump", [INTERP_CALL] = "call", [INTERP_RETURN] = "return",
    [INTERP_INDIRECT] = "indirect", [INTERP_SYSCALL] = "syscall", [INTERP_TRAP] = "trap", [INTERP_ILLEGAL] = "illegal",
};

static void put_code(unsigned at, uint32_t word)
{
    word = __builtin_bswap32(word);
    memcpy(cpu.mem + TEXT + 4 * at, &word, 4);
}

/* What the case expects of everything that `expected` cannot hold. */
struct ending { const char *exit; uint64_t pc; uint32_t fpscr, fpscr_mask; };

static void complain(const char *line, const char *what, uint64_t got, uint64_t want)
{
    if (failures++ < 60)
        printf("%s: %s is 0x%llx, not 0x%llx\n", line, what, (unsigned long long)got, (unsigned long long)want);
}

static void compare(const char *line, const struct ending *end, enum interp_exit how)
{
    unsigned before = failures;
    char name[8];
    for (unsigned i = 0; i < 32; i++)
        if (snprintf(name, sizeof name, "r%u", i) && cpu.gpr[i] != expected.gpr[i])
            complain(line, name, cpu.gpr[i], expected.gpr[i]);
    for (unsigned i = 0; i < 128; i++) {
        uint64_t got = cpu.vsr[i / 2].dw[i % 2], want = expected.vsr[i / 2].dw[i % 2];
        if (snprintf(name, sizeof name, "v%u.%u", i / 2, i % 2) && got != want)
            complain(line, name, got, want);
    }
    if (cpu_cr_get(&cpu) != cpu_cr_get(&expected))
        complain(line, "cr", cpu_cr_get(&cpu), cpu_cr_get(&expected));
    if (cpu_xer_get(&cpu) != cpu_xer_get(&expected))
        complain(line, "xer", cpu_xer_get(&cpu), cpu_xer_get(&expected));
    if (cpu.lr != expected.lr)
        complain(line, "lr", cpu.lr, expected.lr);
    if (cpu.ctr != expected.ctr)
        complain(line, "ctr", cpu.ctr, expected.ctr);
    if (cpu.mq != expected.mq)
        complain(line, "mq", cpu.mq, expected.mq);
    if (cpu.vrsave != expected.vrsave)
        complain(line, "vrsave", cpu.vrsave, expected.vrsave);
    if (memcmp(cpu.mem + MEM, expected_mem, MEM_SIZE) != 0)
        complain(line, "mem (first bytes)", __builtin_bswap64(*(uint64_t *)(cpu.mem + MEM)),
                 __builtin_bswap64(*(uint64_t *)expected_mem));
    if (strcmp(exit_names[how], end->exit) != 0 || cpu.pc != end->pc)
        complain(line, exit_names[how], cpu.pc, end->pc);
    if (end->fpscr_mask && (fpscr_read(&cpu) ^ end->fpscr) & end->fpscr_mask)
        complain(line, "fpscr", cpu.fpscr, end->fpscr);
    cases++;
    if (failures != before) {
        char text[80];
        uint32_t word = __builtin_bswap32(*(uint32_t *)(cpu.mem + TEXT));
        insn_disassemble(word, TEXT, is64, text, sizeof text);
        printf("    %s\n", text);
    }
}

/* An output: into `expected`, or where only its low word counts into both alike. */
static void expect(struct place p, const char *value, bool low_only, struct ending *end)
{
    put(&expected, p, value, expected_mem);
    if (p.kind == EXIT)
        end->exit = value;
    if (p.kind == PC)
        end->pc = hex(value, 16);
    if (p.kind == FPSCR) {
        end->fpscr_mask = strchr(value, '/') ? (uint32_t)hex(strchr(value, '/') + 1, 8) : UINT32_MAX;
        end->fpscr = (uint32_t)hex(value, 16);
    }
    uint64_t *got = p.kind == GPR ? &cpu.gpr[p.n] : &cpu.vsr[p.n].dw[0];
    uint64_t *want = p.kind == GPR ? &expected.gpr[p.n] : &expected.vsr[p.n].dw[0];
    if (low_only && (uint32_t)*got == (uint32_t)*want)
        *got = *want;
}

static void reset(void)
{
    uint8_t *mem = cpu.mem;
    memset(&cpu, 0, sizeof cpu);
    cpu.mem = mem;
    cpu.is64 = is64;
    cpu.gpr[0] = R0_VALUE;
    cpu.reserve_ea = CPU_NO_RESERVATION;
    cpu.pc = TEXT;
    memset(mem + MEM, 0, MEM_SIZE);
    fpscr_write(&cpu, 0);
}

static unsigned put_words(char *words)
{
    unsigned count = 0;
    for (char *save, *word = strtok_r(words, "+", &save); word; word = strtok_r(NULL, "+", &save))
        put_code(count++, (uint32_t)hex(word, 8));
    put_code(count, 0);
    return count;
}

/* Splits "name=value"; NULL when the token is not one. */
static char *split(const char *line, char *token)
{
    char *equal = strchr(token, '=');
    if (!equal || equal == token || !equal[1]) {
        complain(line, "token without value", 0, 0);
        return NULL;
    }
    *equal = 0;
    return equal + 1;
}

static void run_case(char *text)
{
    char line[2048], *save;
    snprintf(line, sizeof line, "%s", text);
    strtok_r(text, " ", &save);
    char *words = strtok_r(NULL, " ", &save), *token;
    reset();
    unsigned count = put_words(words);
    struct ending end = { .exit = "illegal", .pc = TEXT + 4 * count };
    while ((token = strtok_r(NULL, " ", &save)) && strcmp(token, "=") != 0) {
        char *value = split(line, token);
        struct place p = value ? place_of(&cpu, token) : (struct place){ UNKNOWN, 0, NULL };
        if (p.kind == UNKNOWN)
            complain(line, "unknown input", 0, 0);
        else if (p.kind == FPSCR)
            fpscr_write(&cpu, (uint32_t)hex(value, 16));
        else
            put(&cpu, p, value, cpu.mem + MEM);
    }
    expected = cpu;
    memcpy(expected_mem, cpu.mem + MEM, MEM_SIZE);
    enum interp_exit how = execute_block(&cpu, count);
    while ((token = strtok_r(NULL, " ", &save))) {
        bool low_only = token[0] == '~';
        char *value = split(line, token + low_only);
        struct place p = value ? place_of(&expected, token + low_only) : (struct place){ UNKNOWN, 0, NULL };
        if (p.kind == UNKNOWN)
            complain(line, "unknown output", 0, 0);
        else
            expect(p, value, low_only, &end);
    }
    compare(line, &end, how);
    fpscr_write(&cpu, 0);
}

static void check_mnemonic(char *line)
{
    char text[80], word[16], want[32];
    if (sscanf(line, "%15s %31s", word, want) != 2)
        return;
    insn_disassemble((uint32_t)hex(word, 8), 0, true, text, sizeof text);
    text[strcspn(text, " ")] = 0;
    cases++;
    if (strcmp(text, want) != 0) {
        printf("%s: decoded as %s, not %s\n", word, text, want);
        failures++;
    }
}

static bool covered[INSN_COUNT + 1];

static void note_words(char *line)
{
    char words[512] = "";
    sscanf(line, "%*s %511s", words);
    for (char *save, *word = strtok_r(words, "+", &save); word; word = strtok_r(NULL, "+", &save)) {
        covered[insn_decode((uint32_t)hex(word, 8), is64)] = true;
        cases++;
    }
}

static void complain_of_uncovered(void)
{
    for (unsigned id = 0; id < INSN_COUNT; id++)
        if (!covered[id]) {
            printf("%s has no case\n", insn_table[id].mnemonic);
            failures++;
        }
}

static void run_line(char *line, void (*run)(char *line))
{
    line[strcspn(line, "#\n")] = 0;
    if (line[0] == 0)
        return;
    if (strncmp(line, "bits ", 5) == 0)
        is64 = atoi(line + 5) == 64;
    else
        run(line);
}

int main(int argc, char **argv)
{
    const char *option = argc > 1 && argv[1][0] == '-' ? argv[1] : "";
    bool cover = strcmp(option, "--cover") == 0;
    void (*run)(char *line) = strcmp(option, "--decode") == 0 ? check_mnemonic : cover ? note_words : run_case;
    cpu.mem = mmap(NULL, UINT64_C(1) << 32, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (cpu.mem == MAP_FAILED) {
        perror("mmap");
        return 2;
    }
    for (int i = 1 + (option[0] != 0); i < argc; i++) {
        FILE *f = fopen(argv[i], "r");
        if (!f) {
            perror(argv[i]);
            return 2;
        }
        char line[2048];
        while (fgets(line, sizeof line, f))
            run_line(line, run);
        fclose(f);
    }
    if (cover)
        complain_of_uncovered();
    printf("%u cases, %u differences\n", cases, failures);
    return failures || cases == 0;
}
