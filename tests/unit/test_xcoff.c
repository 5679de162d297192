/* test_xcoff.c -- reading made modules, whole and damaged (tests/xcoff/loader/mkxcoff.py).
 */
#include "loader_case.h"

#include "loader/xcoff_print.h"
#include "loader/xcoff_read.h"

static uint8_t *made(const char *name, int width, size_t *size)
{
    char path[4096];
    snprintf(path, sizeof path, LOADER_MODULES "/%s%d", name, width);
    uint8_t *data = read_file(path, size);
    assert_non_null(data);
    return data;
}

/* Numbers as mkxcoff.py writes them for main32 and main64. */
static void test_shape(void **state)
{
    for (int width = 32; width <= 64; width += 32) {
        size_t size;
        struct xcoff_image x;
        struct error err;
        uint8_t *data = made("main", width, &size);
        assert_int_equal(xcoff_read(&x, data, size, &err), 0);
        assert_int_equal(x.is64, width == 64);
        assert_true(x.has_aux && x.has_loader);
        assert_int_equal(x.nsections, 4);
        assert_int_equal(x.flags, 0x1002);
        assert_string_equal(x.aux.modtype, "1L");
        assert_int_equal(x.aux.text_start, width == 32 ? 0x10000100 : 0x1000001c0);
        assert_int_equal(x.nimports, 4);
        assert_string_equal(x.imports[0].path, "/usr/lib:/lib");
        assert_string_equal(x.imports[1].base, "liba.a");
        assert_string_equal(x.imports[1].member, "shr.o");
        assert_string_equal(x.imports[2].path, "/");
        assert_int_equal(x.nsymbols, 9);
        assert_int_equal(x.nrelocs, 11);
        assert_memory_equal(x.symbols[4].name, "___memmove", 10);   /* longer than the 8 bytes of a 32-bit entry */
        assert_int_equal(x.symbols[4].name_length, 10);
        assert_int_equal(x.symbols[4].value, 0xf000);
        assert_int_equal(x.symbols[1].ifile, 1);
        struct xcoff_reloc r = xcoff_reloc(&x, 0);
        assert_int_equal(r.vaddr, x.aux.data_start);
        assert_int_equal(r.symndx, 0);
        assert_int_equal(r.rsecnm, 2);
        assert_int_equal(r.size, width - 1);
        xcoff_free(&x);
        free(data);
    }
}

static void expect_refused(const char *name, const char *why)
{
    for (int width = 32; width <= 64; width += 32) {
        size_t size;
        struct xcoff_image x;
        struct error err;
        uint8_t *data = made(name, width, &size);
        assert_int_equal(xcoff_read(&x, data, size, &err), -1);
        if (!strstr(err.text, why))
            fail_msg("%s%d: \"%s\" does not say \"%s\"", name, width, err.text, why);
        free(data);
    }
}

static void test_malformed(void **state)
{
    expect_refused("bad_nsections", "section headers are cut off");
    expect_refused("bad_opthdr", "auxiliary header is cut off");
    expect_refused("bad_nsyms", "loader symbols lie outside");
    expect_refused("bad_nreloc", "loader relocations lie outside");
    expect_refused("bad_nimpid", "more import files than");
    expect_refused("bad_istlen", "import files lie outside");
    expect_refused("bad_ifile", "is imported from file 9 of 2");
    expect_refused("bad_symndx", "names symbol 2147483647");
    expect_refused("bad_rsecnm", "is in section 77");
    expect_refused("bad_rplace", "lies outside section 2");
    expect_refused("bad_cut", "loader section lies outside the file");
}

static void test_other_magics(void **state)
{
    struct xcoff_image x;
    struct error err;
    assert_int_equal(xcoff_read(&x, (const uint8_t *)"\x01\xef........................", 26, &err), -1);
    assert_non_null(strstr(err.text, "AIX 4.3"));
    assert_int_equal(xcoff_read(&x, (const uint8_t *)"\177ELF", 4, &err), -1);
    assert_int_equal(xcoff_read(&x, (const uint8_t *)"", 0, &err), -1);
}

static void read_and_print(const uint8_t *data, size_t size, FILE *out)
{
    struct error err;
    xcoff_print_bytes("damaged", data, size, out, &err);
}

/* Every beginning of a module, and every module with one byte changed, is read without touching memory outside
 * (sanitizers). */
static void test_damaged(void **state)
{
    FILE *out = fopen("/dev/null", "w");
    for (int width = 32; width <= 64; width += 32) {
        size_t size;
        uint8_t *data = made("main", width, &size);
        for (size_t n = 0; n <= size; n++) {
            uint8_t *cut = malloc(n ? n : 1);
            memcpy(cut, data, n);
            read_and_print(cut, n, out);
            free(cut);
        }
        for (size_t i = 0; i < size; i++) {
            static const uint8_t values[] = { 0, 1, 0x7f, 0x80, 0xff };
            uint8_t was = data[i];
            for (size_t k = 0; k < sizeof values; k++) {
                data[i] = values[k];
                read_and_print(data, size, out);
            }
            data[i] = was;
        }
        free(data);
    }
    fclose(out);
}

static void test_print(void **state)
{
    char *text = NULL;
    size_t length;
    struct error err;
    FILE *out = open_memstream(&text, &length);
    assert_int_equal(xcoff_print(LOADER_MODULES "/main32", out, &err), 0);
    assert_int_equal(xcoff_print(LOADER_MODULES "/root/usr/lib/liba.a", out, &err), 0);
    assert_int_equal(xcoff_print(LOADER_MODULES "/none", out, &err), -1);
    fclose(out);
    assert_non_null(strstr(text, "32-bit XCOFF, magic 0x1df"));
    assert_non_null(strstr(text, "    1 liba.a(shr.o)\n"));
    assert_non_null(strstr(text, "    2 /unix\n"));
    assert_non_null(strstr(text, "  9 imports\n"));
    assert_non_null(strstr(text, "    ___memmove XO 0xf000 section 0 from /unix\n"));
    assert_non_null(strstr(text, "    nobody DS weak from liba.a(shr.o)\n"));
    assert_non_null(strstr(text, "    R_POS 32 bits, section 2: 11\n"));
    assert_non_null(strstr(text, "member notes.txt: 5 bytes"));
    assert_non_null(strstr(text, "    kcall DS from /unix\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_shape), cmocka_unit_test(test_malformed),
                                        cmocka_unit_test(test_other_magics), cmocka_unit_test(test_damaged),
                                        cmocka_unit_test(test_print) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
