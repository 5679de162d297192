/* test_loader.c -- load made modules (tests/xcoff/loader/mkxcoff.py) and look at the relocated words.
 *
 * Expected values follow from the layout mkxcoff.py states (word n of a module's data, value 0x1234 at ...) and from
 * where modules were mapped; the computations are those of [aix-abi 1.6], written out here by hand.
 */
#include "loader_case.h"

#include "runtime/guest_map.h"
#include <sys/mman.h>

static char *no_environment[] = { NULL };

static void check_program(int width)
{
    struct program p;
    struct error err;
    unsigned word = width / 8;
    EXPECT_EQUAL(load_case("main", width, no_environment, &p, &err), 0);
    struct module *m = loader.program, *a = module_named("liba.a(shr.o)"), *b = module_named("libb");
    EXPECT(a && b);
    /* 32: headers 252 -> text at 256, data at 272; 64: headers 432 -> 448, 464; programs stay where they are linked. */
    EXPECT_EQUAL(p.entry, width == 32 ? 0x10000100 : 0x1000001c0);
    EXPECT_EQUAL(p.toc, width == 32 ? 0x20000110 : 0x1100001d0);
    EXPECT_EQUAL(m->data_start, p.toc);
    EXPECT_EQUAL(p.text_origin, width == 32 ? 0x10000000 : 0x100000000);
    EXPECT_EQUAL(be_get(*(be32 *)g2h(p.entry)), 0x4e800020);
    EXPECT_EQUAL(be_get(*(be16 *)g2h(p.text_origin)), width == 32 ? 0x1df : 0x1f7);    /* the file header below .text */
    EXPECT_EQUAL(data_word(m, 3), a->data_start + 0x40);
    EXPECT_EQUAL(data_word(m, 4), a->data_start + word);
    EXPECT_EQUAL(data_word(m, 5), b->data_start + word);
    EXPECT_EQUAL(data_word(m, 6), KCALL);
    EXPECT_EQUAL(data_word(m, 7), 0xf000);
    EXPECT_EQUAL(data_word(m, 8), 5);
    EXPECT_EQUAL(data_word(m, 10), a->data_start);
    EXPECT_EQUAL(data_word(m, 11), KDATA);
    /* The libraries' own words and descriptors. */
    EXPECT_EQUAL(data_word(a, 0), 0x1234);
    EXPECT_EQUAL(be_get(*(be32 *)g2h(data_word(a, 1))), 0x4e800020);
    EXPECT_EQUAL(data_word(a, 2), a->data_start);
    EXPECT_EQUAL(data_word(b, 1), 0x77);
    EXPECT_EQUAL(p.module_count, 4);
    /* Text is read-only and executable, data is not executable. */
    EXPECT_EQUAL((uint64_t)guest_prot(p.entry, NULL, NULL), PROT_READ | PROT_EXEC);
    EXPECT_EQUAL((uint64_t)guest_prot(data_word(a, 1), NULL, NULL), PROT_READ | PROT_EXEC);
    EXPECT_EQUAL((uint64_t)guest_prot(p.toc, NULL, NULL), PROT_READ | PROT_WRITE);
    if (width == 32) {
        EXPECT_EQUAL(a->text_map.lo >> 28, 0xd);
        EXPECT_EQUAL(a->data_start >> 28, 0xf);
    }
}

static void check_relocations(int width)
{
    struct program p;
    struct error err;
    EXPECT_EQUAL(load_case("main", width, no_environment, &p, &err), 0);
    struct module *r = module_named("librel"), *a = module_named("liba.a(shr.o)");
    EXPECT(r && a);
    unsigned word = width / 8;
    uint64_t mask = width == 64 ? ~0ull : 0xffffffff;
    gva value = a->data_start, text = r->text_delta, data = r->data_delta;
    EXPECT_EQUAL(data, r->data_start);                              /* linked at 0 */
    EXPECT_EQUAL(data_word(r, 0), (text + 4) & mask);               /* R_POS text */
    EXPECT_EQUAL(data_word(r, 1), data + 8);                        /* R_POS data */
    EXPECT_EQUAL(data_word(r, 2), data + 0x100);                    /* R_POS bss: moves with data */
    EXPECT_EQUAL(data_word(r, 3), value + 0x40);                    /* R_POS import with addend */
    EXPECT_EQUAL(data_word(r, 4), data + 8 * word);                 /* R_POS own symbol */
    EXPECT_EQUAL(data_word(r, 5), (0x1000 - value) & mask);         /* R_NEG */
    EXPECT_EQUAL(data_word(r, 6), (0x10 + value - data) & mask);    /* R_REL */
    EXPECT_EQUAL(data_word(r, 7), data + 3);                        /* R_RL as R_POS */
    EXPECT_EQUAL(data_word(r, 8), 0x5a);
    EXPECT_EQUAL(data_word(r, 9), data + 5);                        /* R_RLA as R_POS */
    EXPECT_EQUAL(data_word(r, 10), 0x99);                           /* R_REF: nothing */
    EXPECT_EQUAL(data_word(r, 11), width == 32 ? 0x11223344 : 0x1122334455667788);     /* R_POS and R_NEG cancel out */
    EXPECT_EQUAL(word_at(r->data_end - 64), 0);                     /* bss */
}

static void check_stack(int width)
{
    struct program p;
    struct error err;
    struct cpu *cpu = aligned_alloc(16, (sizeof *cpu + 15) & ~15ull);
    char *env[] = { "ONE=1", "TWO=22", NULL };
    unsigned word = width / 8;
    memset(cpu, 0xee, sizeof *cpu);
    EXPECT_EQUAL(load_case("main", width, env, &p, &err), 0);
    load_entry_registers(&p, cpu);
    EXPECT_EQUAL(cpu->pc, p.entry);
    EXPECT_EQUAL(cpu->gpr[2], p.toc);
    EXPECT_EQUAL(cpu->gpr[1] % 16, 0);
    EXPECT_EQUAL(cpu->fpscr, 0);
    const uint64_t *r = cpu->gpr;
    gva argc = width == 32 ? r[3] : r[14], argv = width == 32 ? r[4] : r[15], envp = width == 32 ? r[5] : r[16];
    EXPECT_EQUAL(argc, 2);
    EXPECT(strcmp(g2h(word_at(argv)), "name") == 0);
    EXPECT(strcmp(g2h(word_at(argv + word)), "second") == 0);
    EXPECT_EQUAL(word_at(argv + 2 * word), 0);
    EXPECT(strcmp(g2h(word_at(envp)), "ONE=1") == 0);
    EXPECT(strcmp(g2h(word_at(envp + word)), "TWO=22") == 0);
    EXPECT_EQUAL(word_at(envp + 2 * word), 0);
    EXPECT(envp > argv && argv > r[1]);
    for (unsigned i = 0; i < 16; i++)
        EXPECT_EQUAL(word_at(r[1] + i * word), 0);
    EXPECT(guest_is_mapped(r[1] - 65536, 65536));
    if (width == 32) {
        EXPECT(r[1] > 0x2ff20000 && r[1] < 0x2ff23000);
        EXPECT_EQUAL(r[31], r[30]);
        EXPECT_EQUAL(r[28], p.data_origin);
        EXPECT(p.brk_limit < 0x2ff20000 && p.brk_limit > 0x20000000 + (128 << 20));
    } else {
        EXPECT_EQUAL(r[1] >> 32, 0x0fffffff);
        EXPECT(guest_is_mapped(r[13] - 0x7800, 0x8000));
        for (unsigned i = 0; i < 0x8000; i += 8)
            EXPECT_EQUAL(word_at(r[13] - 0x7800 + i), 0);
        EXPECT_EQUAL(be_get(*(be32 *)g2h(word_at(r[19]))), 0x4e800020);     /* the call-back returns */
        EXPECT_EQUAL((uint64_t)guest_prot(word_at(r[19]), NULL, NULL), PROT_READ | PROT_EXEC);
    }
    EXPECT(p.brk_start >= loader.program->data_end && p.brk_start < loader.program->data_end + 16);
}

static void check_long_arguments(int width)
{
    struct program p;
    struct error err;
    char *big = malloc(900001), *env[] = { big, "LAST=z", NULL };
    memset(big, 'x', 900000);
    big[900000] = 0;
    EXPECT_EQUAL(load_case("main", width, env, &p, &err), 0);
    EXPECT_EQUAL(strlen(g2h(word_at(p.envp))), 900000);
    EXPECT(strcmp(g2h(word_at(p.envp + width / 8)), "LAST=z") == 0);
}

static void check_missing(int width)
{
    struct program p;
    struct error err;
    EXPECT(load_case("missing", width, no_environment, &p, &err) < 0);
    EXPECT(strncmp(err.text, "cannot load missing: ", 21) == 0);
    EXPECT(strstr(err.text, "library libabc.a(shr.o) not found (needed by missing)"));
    EXPECT(strstr(err.text, "member static.o is not a shared object"));
    EXPECT(strstr(err.text, "symbol absent (liba.a(shr.o))"));
    EXPECT(strstr(err.text, "symbol foo (libabc.a(shr.o))"));
    EXPECT(strstr(err.text, "symbol bar (liba.a(static.o))"));
    EXPECT(strstr(err.text, "symbol round ("));                     /* a circle of re-exports ends */
    EXPECT(!strstr(err.text, "libunused"));                         /* nothing comes from it */
    EXPECT(loader.modules == NULL);
}

static void check_runtime_linking(int width)
{
    struct program p;
    struct error err;
    EXPECT_EQUAL(load_case("brtl", width, no_environment, &p, &err), 0);
    struct module *m = loader.program, *over = module_named("libover");
    gva mine = m->data_start + 3 * (width / 8);
    EXPECT_EQUAL(word_at(mine), 0x66);
    EXPECT_EQUAL(data_word(over, 0), mine);     /* from ".." */
    EXPECT_EQUAL(data_word(over, 1), mine);     /* from libdef.so, which also has one: the program's comes first */
}

static void check_large_model(int width)
{
    struct program p;
    struct error err;
    gva got;
    EXPECT_EQUAL(load_case("large", width, no_environment, &p, &err), 0);
    struct module *m = loader.program;
    if (width == 64) {          /* no such thing */
        EXPECT_EQUAL(m->data_start, 0x1100001d0);
        return;
    }
    EXPECT_EQUAL(m->data_start, 0x30000110);
    EXPECT_EQUAL(data_word(m, 3), 0x30000114);
    EXPECT_EQUAL(data_word(m, 0), 0x10000100);
    EXPECT_EQUAL(p.brk_limit, 0x50000000);
    EXPECT_EQUAL((uint64_t)guest_mmap(0, 4096, PROT_READ, 0, -1, 0, AREA_MMAP, &got), 0);
    EXPECT(got >= 0x50000000);
}

static void check_ldr_cntrl(int width)
{
    struct program p;
    struct error err;
    char *env[] = { "LDR_CNTRL=MAXDATA=0x30000000", NULL };
    EXPECT_EQUAL(load_case("main", width, env, &p, &err), 0);
    EXPECT_EQUAL(loader.program->data_start, width == 32 ? 0x30000110 : 0x1100001d0);
    if (width == 32)
        EXPECT_EQUAL(p.brk_limit, 0x60000000);
}

static void check_maxdata_cut(int width)
{
    struct program p;
    struct error err;
    char *env[] = { "LDR_CNTRL=MAXDATA=0xd0000000@DSA", NULL };
    EXPECT_EQUAL(load_case("main", width, env, &p, &err), 0);
    if (width == 32)
        EXPECT_EQUAL(p.brk_limit, 0xd0000000);      /* where the libraries' segment begins */
}

/* [aix-abi 5.5]: offsets are biased by -0x7c00 and -0x7800; the block's first word is at the start of the area. */
static void check_tls(int width)
{
    struct program p;
    struct error err;
    EXPECT_EQUAL(load_case("tls", width, no_environment, &p, &err), 0);
    struct module *m = loader.program;
    int64_t bias = width == 32 ? 0x7c00 : 0x7800;
    uint64_t mask = width == 64 ? ~0ull : 0xffffffff;
    EXPECT_EQUAL(data_word(m, 3), (uint64_t)(8 - bias) & mask);
    EXPECT_EQUAL(data_word(m, 4), (uint64_t)(16 - bias) & mask);
    EXPECT(data_word(m, 5) != 0);
    EXPECT_EQUAL(be_get(*(be32 *)g2h(p.thread_pointer - (gva)bias + 8)), 0xabcd);
    EXPECT_EQUAL(word_at(p.thread_pointer - (gva)bias + 16), 0);
}

static void expect_refusal(const char *name, int width, const char *text)
{
    struct program p;
    struct error err;
    EXPECT(load_case(name, width, no_environment, &p, &err) < 0);
    if (!strstr(err.text, text)) {
        fprintf(stderr, "%s%d: \"%s\" does not say \"%s\"\n", name, width, err.text, text);
        _exit(1);
    }
}

static void check_branch(int width) { expect_refusal("branch", width, "R_BR (0x0a) at"); }
static void check_no_such(int width) { expect_refusal("nosuch", width, "(0x07) at"); }
static void check_narrow(int width) { expect_refusal("narrow", width, "does not fit"); }
static void check_symndx(int width) { expect_refusal("bad_symndx", width, "names symbol 2147483647"); }
static void check_no_kernel(int width) { expect_refusal("nokernel", width, "symbol nodata (/unix)"); }
static void check_huge_bss(int width)
{
    expect_refusal("hugebss", width, width == 32 ? "no room for" : "larger than the address space");
}
static void check_no_entry(int width) { expect_refusal("noentry", width, "no entry point"); }
static void check_no_file(int width) { expect_refusal("no_such_program", width, "No such file"); }

static void check_text_relocation(int width)
{
    struct program p;
    struct error err;
    EXPECT_EQUAL(load_case("textrel", width, no_environment, &p, &err), 0);
    struct module *x = module_named("libtextrel");
    EXPECT_EQUAL(word_at(data_word(x, 0)), x->data_start);
    EXPECT_EQUAL((uint64_t)guest_prot(data_word(x, 0), NULL, NULL), PROT_READ | PROT_EXEC);
}

/* LIBPATH is searched; of the archive's two members of one name the width decides. */
static void check_libpath(int width)
{
    struct program p;
    struct error err;
    char *env[] = { "LIBPATH=/nowhere:/usr/lib", NULL };
    EXPECT_EQUAL(load_case("main", width, env, &p, &err), 0);
    EXPECT(strcmp(module_named("liba.a")->name, "/usr/lib/liba.a(shr.o)") == 0);
    EXPECT_EQUAL(module_named("liba.a")->image.is64, width == 64);
}

static void check_probe(int width)
{
    struct error err;
    bool is64 = width == 32;
    char path[4096];
    snprintf(path, sizeof path, LOADER_MODULES "/main%d", width);
    EXPECT_EQUAL(load_probe(path, &is64, &err), 0);
    EXPECT_EQUAL(is64, width == 64);
    EXPECT(load_probe(LOADER_MODULES "/root/usr/lib/liba.a", &is64, &err) < 0);
    EXPECT(load_probe(LOADER_MODULES "/none", &is64, &err) < 0);
}

#define BOTH(name) \
    static void test_##name(void **state) { in_child(check_##name, 32); in_child(check_##name, 64); }
BOTH(program)
BOTH(relocations)
BOTH(stack)
BOTH(long_arguments)
BOTH(missing)
BOTH(runtime_linking)
BOTH(large_model)
BOTH(ldr_cntrl)
BOTH(maxdata_cut)
BOTH(tls)
BOTH(branch)
BOTH(no_such)
BOTH(narrow)
BOTH(symndx)
BOTH(no_file)
BOTH(libpath)
BOTH(probe)
BOTH(no_kernel)
BOTH(huge_bss)
BOTH(no_entry)
BOTH(text_relocation)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_program),      cmocka_unit_test(test_relocations), cmocka_unit_test(test_stack),
        cmocka_unit_test(test_long_arguments), cmocka_unit_test(test_missing),   cmocka_unit_test(test_runtime_linking),
        cmocka_unit_test(test_large_model),  cmocka_unit_test(test_ldr_cntrl),   cmocka_unit_test(test_tls),
        cmocka_unit_test(test_branch),       cmocka_unit_test(test_no_such),     cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_symndx),       cmocka_unit_test(test_no_file),     cmocka_unit_test(test_libpath),
        cmocka_unit_test(test_probe),        cmocka_unit_test(test_no_kernel),   cmocka_unit_test(test_huge_bss),
        cmocka_unit_test(test_maxdata_cut),
        cmocka_unit_test(test_no_entry),     cmocka_unit_test(test_text_relocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
