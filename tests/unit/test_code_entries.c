/* test_code_entries.c -- where functions begin, from traceback tables, symbols and Go's table.
 *
 * The tables are written out here as <sys/debug.h> (fields in its order), the XCOFF object file format and Go's runtime/symtab.go describe
 * them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "loader/code_entries.h"
#include "loader/xcoff.h"

enum { TEXT_AT = 0x100, TEXT_SIZE = 0x400, SYMBOLS_AT = 0x500, FILE_SIZE = 0x800 };

static uint8_t file[FILE_SIZE];
static struct xcoff_section sections[1];
static struct module module;

static void put(unsigned at, uint64_t value, unsigned size)
{
    for (unsigned i = 0; i < size; i++)
        file[at + i] = (uint8_t)(value >> 8 * (size - 1 - i));
}

/* A module whose text is nops, mapped 0x1000 above where it is linked. */
static int make_module(void **state)
{
    memset(file, 0, sizeof file);
    for (unsigned at = TEXT_AT; at < TEXT_AT + TEXT_SIZE; at += 4)
        put(at, 0x60000000, 4);
    sections[0] = (struct xcoff_section){ .name = ".text", .vaddr = 0x10000000, .size = TEXT_SIZE, .scnptr = TEXT_AT };
    module = (struct module){ .name = "test", .text_delta = 0x1000,
                              .image = { .data = file, .size = sizeof file, .nsections = 1, .sections = sections, .text = sections } };
    return 0;
}

static void expect(const gva *want, size_t count)
{
    struct code_entries got;
    struct error err;

    assert_int_equal(code_entries_find(&module, &got, &err), 0);
    assert_int_equal(got.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(got.pcs[i], want[i]);
    free(got.pcs);
}

/* Zeros, then: version, language, flags with has_tboff, three more bytes of flags, fixedparms, floatparms and parmsonstk. */
static void put_traceback(unsigned at, unsigned fixed, unsigned floating, uint32_t length)
{
    put(at, 0, 4);
    put(at + 4, 0x00002040, 4);
    put(at + 8, 0x80000000 | fixed << 8 | floating << 1, 4);
    if (fixed || floating)
        put(at + 12, 0xc0000000, 4);
    put(at + (fixed || floating ? 16 : 12), length, 4);
}

static void traceback_tables_tell_lengths(void **state)
{
    static const gva want[] = { 0x10001010, 0x10001100, 0x10001200 };

    put_traceback(TEXT_AT + 0x40, 0, 0, 0x30);
    put_traceback(TEXT_AT + 0x140, 2, 0, 0x40);
    put_traceback(TEXT_AT + 0x240, 0, 1, 0x40);
    expect(want, 3);
}

static void senseless_traceback_tables_are_passed_over(void **state)
{
    put_traceback(TEXT_AT + 0x40, 0, 0, 0x44);          /* longer than what is before it */
    put_traceback(TEXT_AT + 0x80, 0, 0, 0);
    put_traceback(TEXT_AT + 0xc0, 0, 0, 0x13);
    put_traceback(TEXT_AT + 0x100, 0, 0, 0x20);
    put(TEXT_AT + 0x104, 0x01002040, 4);                /* another version */
    put(TEXT_AT + TEXT_SIZE - 4, 0, 4);                 /* and one that is cut off */
    expect(NULL, 0);
}

static void put_symbol(unsigned index, uint32_t value, unsigned storage, unsigned type, unsigned class)
{
    unsigned at = SYMBOLS_AT + index * 18;

    put(at + 8, value, 4);
    put(at + 12, 1, 2);
    put(at + 16, storage << 8 | 1, 2);
    put(at + 18 + 10, type << 8 | class, 2);
}

static void symbols_of_code_count(void **state)
{
    static const gva want[] = { 0x10001000, 0x10001020, 0x10001040 };

    put_symbol(0, 0x10000000, 107, 1, 0);               /* C_HIDEXT XTY_SD XMC_PR */
    put_symbol(2, 0x10000020, 2, 2, 0);                 /* C_EXT XTY_LD XMC_PR */
    put_symbol(4, 0x10000040, 111, 1, 6);               /* C_WEAKEXT XTY_SD XMC_GL */
    put_symbol(6, 0x10000060, 2, 1, 1);                 /* XMC_RO: constants */
    put_symbol(8, 0x10000080, 2, 0, 0);                 /* XTY_ER: imported */
    put_symbol(10, 0x10000400, 2, 1, 0);                /* beyond the text */
    module.image.symptr = SYMBOLS_AT;
    module.image.nsyms = 12;
    expect(want, 3);
    module.image.nsyms = 1000;                          /* more than the file holds */
    expect(NULL, 0);
    module.image.nsyms = 11;                            /* the last one's auxiliary entry is missing */
    expect(want, 3);
}

/* Functions main.main and runtime.alpha at offsets 0x10 and 0x80, Go 1.20's layout. */
static void put_go_table(unsigned at)
{
    put(at, 0xfffffff100000408, 8);
    put(at + 8, 2, 8);
    put(at + 24, 0x10000000, 8);                        /* the start of text */
    put(at + 32, 0x60, 8);                              /* names */
    put(at + 64, 0x90, 8);                              /* functions: two pairs and the end, then their records */
    memcpy(file + at + 0x60, "\0main.main\0runtime.alpha", 25);
    put(at + 0x90, 0x0000001000000020, 8);
    put(at + 0x98, 0x0000008000000028, 8);
    put(at + 0xa0, 0x00000100, 4);
    put(at + 0xb0, 0x0000001000000001, 8);
    put(at + 0xb8, 0x000000800000000b, 8);
}

static void go_tells_all_and_its_runtime_apart(void **state)
{
    static const gva want[] = { 0x10001010, 0x10001080 };
    struct code_entries runtime;
    struct error err;

    module.image.is64 = true;
    assert_false(code_entries_of_go(&module));
    put_go_table(TEXT_AT + 0x200);
    put_traceback(TEXT_AT + 0x40, 0, 0, 0x20);          /* not looked at */
    assert_true(code_entries_of_go(&module));
    expect(want, 2);
    assert_int_equal(code_entries_of_go_runtime(&module, &runtime, &err), 0);
    assert_int_equal(runtime.count, 1);
    assert_int_equal(runtime.pcs[0], 0x10001080);
    free(runtime.pcs);
    put(TEXT_AT + 0x208, 1000, 8);                      /* more functions than there is room for */
    assert_false(code_entries_of_go(&module));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(traceback_tables_tell_lengths, make_module),
        cmocka_unit_test_setup(senseless_traceback_tables_are_passed_over, make_module),
        cmocka_unit_test_setup(symbols_of_code_count, make_module),
        cmocka_unit_test_setup(go_tells_all_and_its_runtime_apart, make_module),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
