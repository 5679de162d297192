/* test_xcoff_real.c -- real AIX programs (tests/inputs/fetch): parsed as GNU objdump does, and loaded.
 *
 * Expected numbers were recorded from powerpc64-linux-gnu-objdump 2.40 (-h, -x: sections and start address) and from an
 * independent reader of loader sections. Files that were not fetched are skipped and said so.
 */
#include "loader_case.h"

#include "loader/big_archive.h"
#include "loader/xcoff.h"
#include "loader/xcoff_print.h"
#include "loader/xcoff_read.h"

#define GO "go119/usr/share/go-1.19/src/internal/xcoff/testdata/"
#define LLVM "llvm/llvm/test/tools/"

struct section_numbers { uint64_t size, vaddr, offset; };
static const struct real {
    const char *path;
    bool is64;
    uint64_t start;
    unsigned sections, loader_symbols, imports, relocs, import_files;
    struct section_numbers text, data, bss, loader;
} reals[] = {
    { GO "gcc-ppc32-aix-dwarf2-exec", false, 0x200011bc, 10, 16, 10, 45, 2,
      { 0xbbd, 0x10000290, 0x290 }, { 0x437, 0x20000e4d, 0xe4d }, { 0x21c, 0x20001284, 0 }, { 0x4b3, 0, 0x1284 } },
    { GO "gcc-ppc64-aix-dwarf2-exec", true, 0x20001120, 10, 11, 9, 39, 2,
      { 0xafd, 0x10000480, 0x480 }, { 0x2f3, 0x20000f7d, 0xf7d }, { 0x428, 0x20001270, 0 }, { 0x535, 0, 0x1270 } },
    { LLVM "llvm-readobj/XCOFF/Inputs/xlc32-exec", false, 0x20000658, 4, 6, 5, 14, 2,
      { 0x498, 0x10000128, 0x128 }, { 0xf0, 0x200005c0, 0x5c0 }, { 4, 0x200006b0, 0 }, { 0x2a4, 0, 0x6b0 } },
    { LLVM "llvm-readobj/XCOFF/Inputs/xlc64-exec", true, 0x110000710, 4, 7, 6, 16, 2,
      { 0x448, 0x1000001f8, 0x1f8 }, { 0x180, 0x110000640, 0x640 }, { 8, 0x1100007c0, 0 }, { 0x361, 0, 0x7c0 } },
    { LLVM "llvm-readobj/XCOFF/Inputs/needed-libs-32.o", false, 0x200005b4, 4, 9, 8, 19, 4,
      { 0x3a8, 0x10000128, 0x128 }, { 0x150, 0x200004d0, 0x4d0 }, { 4, 0x20000620, 0 }, { 0x368, 0, 0x620 } },
    { LLVM "llvm-readobj/XCOFF/Inputs/needed-libs-64.o", true, 0x1100006f0, 4, 10, 9, 21, 4,
      { 0x3d8, 0x1000001f8, 0x1f8 }, { 0x1f8, 0x1100005d0, 0x5d0 }, { 8, 0x1100007c8, 0 }, { 0x444, 0, 0x7c8 } },
    { "esbuild-aix/package/bin/esbuild", true, 0x200a105a0, 4, 75, 74, 22687, 3,
      { 0xa0e460, 0x100000740, 0x740 }, { 0x8cb60, 0x200a0ebc0, 0xa0ebc0 }, { 0x20384c0, 0x200a9b720, 0 },
      { 0x594a8, 0, 0xa9b740 } },
};

static const char *inputs(void)
{
    const char *dir = getenv("VWPAR_INPUTS");
    return dir ? dir : REAL_INPUTS;
}

/* Path of an input, or NULL (and a line) when it is not there. */
static const char *input(const char *name)
{
    static char path[4096];
    snprintf(path, sizeof path, "%s/%s", inputs(), name);
    if (access(path, R_OK) == 0)
        return path;
    print_message("not fetched: %s\n", name);
    return NULL;
}

static void expect_section(const struct xcoff_section *s, const struct section_numbers *n)
{
    assert_non_null(s);
    assert_int_equal(s->size, n->size);
    assert_int_equal(s->vaddr, n->vaddr);
    assert_int_equal(s->scnptr, n->offset);
}

static bool check_numbers(const struct real *real)
{
    size_t size;
    struct xcoff_image x;
    struct error err;
    const char *path = input(real->path);
    if (!path)
        return false;
    uint8_t *data = read_file(path, &size);
    assert_int_equal(xcoff_read(&x, data, size, &err), 0);
    assert_int_equal(x.is64, real->is64);
    assert_int_equal(x.nsections, real->sections);
    assert_int_equal(x.aux.entry, real->start);
    assert_int_equal(x.nsymbols, real->loader_symbols);
    assert_int_equal(x.nrelocs, real->relocs);
    assert_int_equal(x.nimports, real->import_files);
    unsigned imports = 0;
    for (uint32_t i = 0; i < x.nsymbols; i++)
        imports += (x.symbols[i].smtype & XL_IMPORT) != 0;
    assert_int_equal(imports, real->imports);
    expect_section(x.text, &real->text);
    expect_section(x.data_section, &real->data);
    expect_section(x.bss, &real->bss);
    expect_section(x.loader, &real->loader);
    xcoff_free(&x);
    free(data);
    return true;
}

static void test_numbers(void **state)
{
    unsigned seen = 0;
    for (size_t i = 0; i < ARRAY_LEN(reals); i++)
        seen += check_numbers(&reals[i]);
    if (seen == 0)
        skip();
}

/* Objects and damaged files: read or refused, never more; true: good. */
static void test_objects(void **state)
{
    static const struct { const char *path; bool good; } files[] = {
        { LLVM "llvm-readobj/XCOFF/Inputs/needed-libs-empty.o", true },
        { LLVM "llvm-readobj/XCOFF/Inputs/reloc-overflow.o", true },
        { LLVM "llvm-readobj/XCOFF/Inputs/xlc32-obj.o", true },
        { LLVM "llvm-readobj/XCOFF/Inputs/xlc32-obj-malform.o", true },    /* only its symbol table is malformed */
        { LLVM "llvm-objdump/XCOFF/Inputs/basic32.o", true },
        { LLVM "llvm-objdump/XCOFF/Inputs/basic64.o", true },
        { LLVM "llvm-objdump/XCOFF/Inputs/xcoff-section-headers.o", true },
        { LLVM "llvm-objdump/XCOFF/Inputs/xcoff-section-headers64.o", true },
        { LLVM "obj2yaml/XCOFF/Inputs/aix_xcoff.o", true },
        { LLVM "obj2yaml/XCOFF/Inputs/aix_xcoff_truncated_file_header.o", false },
    };
    unsigned seen = 0;
    FILE *out = fopen("/dev/null", "w");
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct error err;
        const char *path = input(files[i].path);
        if (!path)
            continue;
        seen++;
        assert_int_equal(xcoff_print(path, out, &err), files[i].good ? 0 : -1);
    }
    fclose(out);
    if (seen == 0)
        skip();
}

/* Two 64-bit objects, and an archive without members [printhello.c and printbye.c stand beside them]. */
static void test_archives(void **state)
{
    size_t size;
    struct archive ar;
    struct archive_member m;
    struct error err;
    const char *path = input(GO "bigar-ppc64");
    if (!path)
        skip();
    uint8_t *data = read_file(path, &size);
    assert_int_equal(archive_open(&ar, data, size, &err), 0);
    static const char *const names[] = { "printbye.o", "printhello.o" };
    for (int i = 0; i < 2; i++) {
        assert_int_equal(archive_next(&ar, &m, &err), 1);
        assert_int_equal(m.name_length, strlen(names[i]));
        assert_memory_equal(m.name, names[i], m.name_length);
        assert_int_equal(xcoff_width(data + m.offset, m.size), 64);
    }
    assert_int_equal(archive_next(&ar, &m, &err), 0);
    free(data);
    data = read_file(input(GO "bigar-empty"), &size);
    assert_int_equal(archive_open(&ar, data, size, &err), 0);
    assert_int_equal(archive_next(&ar, &m, &err), 0);
    free(data);
}

static int load_real(const char *path, int width, struct program *out, struct error *err)
{
    static char *argv[] = { "real", NULL }, *envp[] = { NULL };
    struct load_options options = {
        .path = path, .guest_path = "/real", .argv = argv, .envp = envp, .root = LOADER_MODULES "/real"};
    return address_space_reserve(width == 64, err) < 0 ? -1 : load_program(&options, out, err);
}

/* The program stays at its linked addresses, so its data is as in the file but for words that hold imports; those are
 * the address of the export of that name (plus what the file holds). */
static void check_real(int which)
{
    const struct real *real = &reals[which];
    struct program p;
    struct error err = { 0 };
    const char *path = input(real->path);
    if (load_real(path, real->is64 ? 64 : 32, &p, &err) < 0) {
        fprintf(stderr, "%s\n", err.text);
        _exit(1);
    }
    const struct module *m = loader.program;
    const struct xcoff_image *x = &m->image;
    const uint8_t *file = x->data + x->data_section->scnptr, *memory = g2h(m->data_start);
    uint64_t size = x->data_section->size;
    unsigned word = real->is64 ? 8 : 4;
    bool *relocated = calloc(size + 8, 1);
    EXPECT_EQUAL(m->data_start, real->data.vaddr);
    EXPECT_EQUAL(m->text_delta, 0);
    for (uint32_t i = 0; i < x->nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(x, i);
        const struct xcoff_symbol *s = r.symndx >= 3 ? &x->symbols[r.symndx - 3] : NULL;
        if (!s || !(s->smtype & XL_IMPORT))
            continue;
        const struct module *from = module_named(x->imports[s->ifile].member);
        int64_t e = module_export(from, s->name, s->name_length);
        EXPECT(e >= 0);
        EXPECT_EQUAL(word_at(r.vaddr), from->data_start + from->image.symbols[e].value);
        memset(relocated + (r.vaddr - real->data.vaddr), 1, word);
    }
    for (uint64_t i = 0; i < size; i++)
        EXPECT(relocated[i] || file[i] == memory[i]);
    EXPECT(p.entry >= real->text.vaddr && p.entry < real->text.vaddr + real->text.size);
    EXPECT(memcmp(g2h(real->text.vaddr), x->data + real->text.offset, real->text.size) == 0);
    for (uint64_t i = 0; i < real->bss.size; i += 4)
        EXPECT_EQUAL(be_get(*(be32 *)g2h(real->bss.vaddr + i)), 0);
    EXPECT(p.brk_start >= real->bss.vaddr + real->bss.size);
}

static bool needs_foreign_library(const struct real *real) { return strstr(real->path, "needed-libs") != NULL; }

static void test_load(void **state)
{
    unsigned seen = 0;
    for (size_t i = 0; i < ARRAY_LEN(reals); i++)
        if (!needs_foreign_library(&reals[i]) && !(reals[i].is64 && NO_64_BIT_WINDOW) && input(reals[i].path)) {
            in_child(check_real, (int)i);
            seen++;
        }
    if (seen == 0)
        skip();
}

static void check_needed(int which)
{
    const struct real *real = &reals[which];
    struct program p;
    struct error err = { 0 };
    EXPECT(load_real(input(real->path), real->is64 ? 64 : 32, &p, &err) < 0);
    const char *library = real->is64 ? "library libabcdefghijk64.a not found" : "library libabcdefghijk.a not found";
    EXPECT(strstr(err.text, library));
    EXPECT(strstr(err.text, "symbol foo (libabcdefghijk"));
    EXPECT(!strstr(err.text, "libpthreads"));
}

static void test_missing_library(void **state)
{
    unsigned seen = 0;
    for (size_t i = 0; i < ARRAY_LEN(reals); i++)
        if (needs_foreign_library(&reals[i]) && !(reals[i].is64 && NO_64_BIT_WINDOW) && input(reals[i].path)) {
            in_child(check_needed, (int)i);
            seen++;
        }
    if (seen == 0)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_numbers), cmocka_unit_test(test_objects),
                                        cmocka_unit_test(test_archives), cmocka_unit_test(test_load),
                                        cmocka_unit_test(test_missing_library) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
