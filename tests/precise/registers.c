/* registers.c -- what a handler of a synchronous signal sees: every register holds what the program put there just before the fault.
 * Then the handler mends the page and returns, steps over the instruction and changes a register, or jumps out. Expected: the
 * contents that this program itself loads; faults are at each kind of access, traps, undefined words, in a callee and in milicode. */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/context.h>
#include <sys/mman.h>

struct state {                  /* what the probes load and dump; the assembly knows the offsets */
    unsigned long gpr[32];
    double fpr[32];
    unsigned long lr, ctr, cr, xer;
};

#ifdef __64BIT__
#define LD "ld "
#define ST "std "
#define STU "stdu "
#define MINE "0,5,6,7,8,9,10,11,12,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
enum { W = 8, FIRST = 14 };
typedef struct __context64 machine;
#else
#define LD "lwz "
#define ST "stw "
#define STU "stwu "
#define MINE "0,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"
enum { W = 4, FIRST = 13 };
typedef struct mstsave machine;
#endif

/* The frame: link area and arguments, saved GPRs 13.. and FPRs 14.., a mark, and a struct state. */
enum { SAVED_G = 128, SAVED_F = 288, MARK_AT = 440, DUMP = 448, FRAME = 1024, MARK = 0x5afe };
enum { F_AT = 32 * W, S_AT = 32 * W + 256 };
#define FPRS "0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31"

/* void probe(void *address, const struct state *load): r3 stays the address, the other registers are loaded, then `insn`. */
#define PROBE(name, insn)                                                                                       \
    __attribute__((naked)) static void name(void *address, const struct state *load)                            \
    {                                                                                                           \
        __asm__("mflr 0\n" ST "0,2*%0(1)\n mfcr 0\n" ST "0,%0(1)\n" STU "1,-%1(1)\n"                            \
                ".irp n,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n" ST "\\n,%2+%0*(\\n-13)(1)\n.endr\n" \
                ".irp n,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n stfd \\n,%3+8*(\\n-14)(1)\n.endr\n" \
                "li 0,%7\n" ST "0,%4(1)\n"                                                                      \
                ".irp n," FPRS "\n lfd \\n,%5+8*\\n(4)\n.endr\n"                                               \
                LD "0,%6(4)\n mtlr 0\n" LD "0,%6+%0(4)\n mtctr 0\n" LD "0,%6+2*%0(4)\n mtcrf 255,0\n"           \
                LD "0,%6+3*%0(4)\n mtxer 0\n"                                                                  \
                ".irp n," MINE "\n" LD "\\n,%0*\\n(4)\n.endr\n" LD "4,%0*4(4)\n"                                \
                insn "\n"                                                                                       \
                ".irp n,2,3,4," MINE "\n" ST "\\n,%8+%0*\\n(1)\n.endr\n"                                        \
                "mflr 0\n" ST "0,%8+%6(1)\n mfctr 0\n" ST "0,%8+%6+%0(1)\n mfcr 0\n" ST "0,%8+%6+2*%0(1)\n"    \
                "mfxer 0\n" ST "0,%8+%6+3*%0(1)\n"                                                             \
                ".irp n," FPRS "\n stfd \\n,%8+%5+8*\\n(1)\n.endr\n"                                            \
                "addi 3,1,%8\n bl .check_after\n nop\n"                                                        \
                ".irp n,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n" LD "\\n,%2+%0*(\\n-13)(1)\n.endr\n" \
                ".irp n,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n lfd \\n,%3+8*(\\n-14)(1)\n.endr\n" \
                "addi 1,1,%1\n" LD "0,2*%0(1)\n mtlr 0\n" LD "0,%0(1)\n mtcrf 56,0\n blr"                        \
                : : "i"(W), "i"(FRAME), "i"(SAVED_G), "i"(SAVED_F), "i"(MARK_AT), "i"(F_AT), "i"(S_AT), "i"(MARK), "i"(DUMP)); \
    }

__attribute__((naked, used, noinline)) void leaf_store(void) { __asm__("stb 4,0(3)\n blr"); }
__attribute__((naked, used, noinline)) void deep_leaf(void) { __asm__("addi 5,5,0\n b .leaf_store"); }

PROBE(load_word, "lwz 5,4(3)")
PROBE(load_update, "lwzu 5,4(3)")
PROBE(load_indexed, "li 6,8\n lhax 5,3,6")
PROBE(load_double, "lfd 5,8(3)")
PROBE(load_reserve, "lwarx 5,0,3")
PROBE(load_string, "lswi 5,3,11")
PROBE(load_many, "lmw 20,0(3)")
PROBE(store_word, "stw 4,4(3)")
PROBE(store_update, "stwu 4,4(3)")
PROBE(store_double, "stfd 7,8(3)")
PROBE(store_byte, "stb 4,1(3)")
PROBE(store_many, "stmw 28,0(3)")
PROBE(zero_block, "dcbz 0,3")
PROBE(trap, "tw 31,0,0")
PROBE(trap_if, "twi 4,4,0x4004")
PROBE(undefined, ".long 0")
PROBE(undefined_31, ".long 0x7c0007fe")
PROBE(in_callee, "bl .leaf_store")
PROBE(in_callee_by_jump, "bl .deep_leaf")
PROBE(in_milicode, "li 5,64\n .long 0x4800e80b")        /* bla ___memset64 */

static const struct probe {
    const char *name;
    void (*run)(void *, const struct state *);
    unsigned word;              /* the instruction that faults; 0: the milicode at `at` */
    int signo, writes, result;  /* result: number of the register that is loaded, then holding what is in the page; -1 none */
    unsigned long at;
} probes[] = {
    { "lwz", load_word, 0x80a30004, SIGSEGV, 0, 5, 0 },
    { "lwzu", load_update, 0x84a30004, SIGSEGV, 0, 5, 0 },
    { "lhax", load_indexed, 0x7ca332ae, SIGSEGV, 0, 5, 0 },
    { "lfd", load_double, 0xc8a30008, SIGSEGV, 0, 32 + 5, 0 },
    { "lwarx", load_reserve, 0x7ca01828, SIGSEGV, 0, 5, 0 },
    { "lswi", load_string, 0x7ca35caa, SIGSEGV, 0, 5, 0 },
    { "lmw", load_many, 0xba830000, SIGSEGV, 0, 20, 0 },
    { "stw", store_word, 0x90830004, SIGSEGV, 1, -1, 0 },
    { "stwu", store_update, 0x94830004, SIGSEGV, 1, -1, 0 },
    { "stfd", store_double, 0xd8e30008, SIGSEGV, 1, -1, 0 },
    { "stb", store_byte, 0x98830001, SIGSEGV, 1, -1, 0 },
    { "stmw", store_many, 0xbf830000, SIGSEGV, 1, -1, 0 },
    { "dcbz", zero_block, 0x7c001fec, SIGSEGV, 1, -1, 0 },
    { "tw", trap, 0x7fe00008, SIGTRAP, 0, -1, 0 },
    { "twi", trap_if, 0x0c844004, SIGTRAP, 0, -1, 0 },
    { "word 0", undefined, 0, SIGILL, 0, -1, 0 },
    { "word 7c0007fe", undefined_31, 0x7c0007fe, SIGILL, 0, -1, 0 },
    { "stb in a callee", in_callee, 0x98830000, SIGSEGV, 1, -1, 0 },
    { "stb behind a jump of a callee", in_callee_by_jump, 0x98830000, SIGSEGV, 1, -1, 0 },
    { "memset by milicode", in_milicode, 0, SIGSEGV, 1, -1, 0xe808 },
};
enum { PROBES = sizeof probes / sizeof *probes };
enum way { MEND, STEP, JUMP, WAYS };
static const char *const ways[WAYS] = { "mended", "stepped over", "jumped out" };

static struct state load;
static char *page;
static const struct probe *now;
static enum way way;
static int faults, changed;
static unsigned long stepped_value;
static sigjmp_buf out;

static void wrong(const char *what, int number, unsigned long got, unsigned long wanted)
{
    printf("%s, %s: %s %d is %lx, wanted %lx\n", now->name, ways[way], what, number, got, wanted);
    exit(1);
}

static void expect(const char *what, int number, unsigned long got, unsigned long wanted)
{
    if (got != wanted)
        wrong(what, number, got, wanted);
}

static int in_callee_probe(void) { return now->run == in_callee || now->run == in_callee_by_jump || now->run == in_milicode; }

/* Registers that the probe's own instructions change before the fault. */
static unsigned long wanted_gpr(int i)
{
    if (i == 6 && now->run == load_indexed)
        return 8;
    if (i == 5 && now->run == in_milicode)
        return 64;
    return load.gpr[i];
}

static void expect_common(const unsigned long *lr_ctr_cr_xer, const double *fpr, int loaded)
{
    if (!in_callee_probe())
        expect("LR", 0, lr_ctr_cr_xer[0], load.lr);
    expect("CTR", 0, lr_ctr_cr_xer[1], load.ctr);
    expect("CR", 0, lr_ctr_cr_xer[2], load.cr);
    expect("XER", 0, lr_ctr_cr_xer[3], load.xer);
    for (int i = 0; i < 32; i++)
        if (i + 32 != loaded && memcmp(&fpr[i], &load.fpr[i], 8))
            wrong("FPR", i, (unsigned long)fpr[i], (unsigned long)load.fpr[i]);
}

/* Where it was: at the only such word of the probe, or of its callee. */
static void expect_place(unsigned long iar, unsigned long lr)
{
    void (*leaf)(void) = leaf_store;
    unsigned *code = now->run == in_callee || now->run == in_callee_by_jump ? *(unsigned **)leaf : *(unsigned **)now->run;
    unsigned long probe = *(unsigned long *)now->run;
    if (now->at) {
        expect("pc", 0, iar, now->at);
    } else {
        while (*code != now->word)
            code++;
        expect("pc", 0, iar, (unsigned long)code);
    }
    if (in_callee_probe() && (lr < probe || lr > probe + 800 || (((unsigned *)lr)[-1] & 0xfc000001) != 0x48000001))
        wrong("LR", 0, lr, probe);
}

static void handler(int signo, siginfo_t *info, void *context)
{
    machine *m = &((ucontext_t *)context)->uc_mcontext.jmp_context;
    unsigned long special[] = { m->lr, m->ctr, m->cr, m->xer };
    faults++;
    expect("signal", 0, (unsigned long)signo, (unsigned long)now->signo);
    expect_place(m->iar, m->lr);
    if (signo == SIGSEGV && ((char *)info->si_addr < page || (char *)info->si_addr >= page + 4096))
        wrong("address", 0, (unsigned long)info->si_addr, (unsigned long)page);
    expect("mark above r", 1, *(unsigned long *)(m->gpr[1] + MARK_AT), MARK);
    expect("GPR", 3, m->gpr[3], (unsigned long)page);
    for (int i = 0; i < 32; i++)
        if (i == 0 || i >= FIRST || (i >= 4 && i < 13))
            expect("GPR", i, m->gpr[i], wanted_gpr(i));
    expect_common(special, m->fpr, -1);
    changed = -1;
    if (way == JUMP)
        siglongjmp(out, 1);
    if (way == MEND && signo == SIGSEGV) {
        mprotect(page, 4096, PROT_READ | PROT_WRITE);
        return;
    }
    m->iar = now->at ? m->lr : m->iar + 4;
    changed = 9;
    m->gpr[9] = stepped_value;
}

/* Of what is in the page, which begins with words 0x81000000, 0x81010101, 0x81020202 ...: what a load leaves. */
static unsigned long loaded_value(int i)
{
    unsigned *words = (unsigned *)page;
    if (now->run == load_indexed)
        return (unsigned long)(long)(short)(words[2] >> 16);
    if (now->run == load_string)
        return i == 7 ? words[2] & 0xffffff00 : words[i - 5];
    if (now->run == load_many)
        return words[i - 20];
    return words[now->run == load_reserve ? 0 : 1];
}

static int is_loaded(int i)
{
    if (changed == 9 || now->result < 0 || now->result >= 32)
        return 0;
    if (now->run == load_many)
        return i >= 20;
    return now->run == load_string ? i >= 5 && i <= 7 : i == now->result;
}

__attribute__((used)) void check_after(const struct state *dump)
{
    int updates = changed != 9 && (now->run == load_update || now->run == store_update);
    expect("GPR after", 3, dump->gpr[3], (unsigned long)page + (updates ? 4 : 0));
    for (int i = 0; i < 32; i++)
        if (i == 0 || i >= FIRST || (i >= 4 && i < 13))
            expect("GPR after", i, dump->gpr[i], i == changed ? stepped_value : is_loaded(i) ? loaded_value(i) : wanted_gpr(i));
    expect_common(&dump->lr, dump->fpr, changed == 9 ? -1 : now->result);
    if (changed != 9 && now->result == 32 + 5 && memcmp(&dump->fpr[5], page + 8, 8))
        wrong("FPR after", 5, 0, 0);
}

static void prepare(int round)
{
    for (int i = 0; i < 32; i++) {
        load.gpr[i] = (unsigned long)0x0123456789abcdefull * (unsigned long)(i + 1) + (unsigned long)round;
        load.fpr[i] = round + i * 1.25;
    }
    load.gpr[4] = 0x4004;
    load.lr = 0x20304050 + 16ul * (unsigned long)round;
    load.ctr = 0x7edcba98;
    load.cr = 0x5a3c9618 ^ ((unsigned)round & 15);
    load.xer = 0xa0000015 ^ (round & 1 ? 0x20000000 : 0);
    stepped_value = 0x55aa0000u + (unsigned)round;
    for (unsigned i = 0; i < 1024; i++)
        ((unsigned *)page)[i] = 0x81000000 + i * 0x10101;
    if (now->signo == SIGSEGV)
        mprotect(page, 4096, now->writes ? PROT_READ : PROT_NONE);
}

int main(void)
{
    struct sigaction a;
    memset(&a, 0, sizeof a);
    a.sa_sigaction = handler;
    a.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &a, NULL);
    sigaction(SIGILL, &a, NULL);
    sigaction(SIGTRAP, &a, NULL);
    page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (now = probes; now < probes + PROBES; now++) {
        faults = 0;
        for (int round = 0; round < 18; round++) {
            way = (enum way)(round % WAYS);
            prepare(round);
            if (sigsetjmp(out, 1) == 0)
                now->run(page, &load);
            mprotect(page, 4096, PROT_READ | PROT_WRITE);
        }
        printf("%s: %d faults, everything as it should be\n", now->name, faults);
    }
    return 0;
}
