/* test_archive.c -- big and small archives made by tests/xcoff/loader/mkxcoff.py, whole and damaged.
 */
#include "loader_case.h"

#include "loader/big_archive.h"

static uint8_t *library(const char *name, size_t *size)
{
    char path[4096];
    snprintf(path, sizeof path, LOADER_MODULES "/root/usr/lib/%s", name);
    uint8_t *data = read_file(path, size);
    assert_non_null(data);
    return data;
}

static void expect_members(const char *name, const char *const *expected, size_t count)
{
    size_t size;
    struct archive ar;
    struct archive_member m;
    struct error err;
    uint8_t *data = library(name, &size);
    assert_int_equal(archive_open(&ar, data, size, &err), 0);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(archive_next(&ar, &m, &err), 1);
        assert_int_equal(m.name_length, strlen(expected[i]));
        assert_memory_equal(m.name, expected[i], m.name_length);
    }
    assert_int_equal(archive_next(&ar, &m, &err), 0);
    free(data);
}

static void test_walk(void **state)
{
    static const char *const a[] = { "static.o", "shr.o", "notes.txt", "shr.o", "static.o" };
    static const char *const small[] = { "readme", "shr.o" };
    expect_members("liba.a", a, 5);
    expect_members("libsmall.a", small, 2);
    expect_members("libempty.a", NULL, 0);
}

static void expect_found(const char *library_name, const char *member, bool is64)
{
    size_t size;
    struct archive_member m;
    struct error err;
    uint8_t *data = library(library_name, &size);
    assert_int_equal(archive_find(data, size, member, is64, &m, &err), 0);
    assert_int_equal(data[m.offset] << 8 | data[m.offset + 1], is64 ? 0x1f7 : 0x1df);
    free(data);
}

static void test_find_by_width(void **state)
{
    expect_found("liba.a", "shr.o", false);
    expect_found("liba.a", "shr.o", true);
    expect_found("liba.a", "", false);          /* the first shared object of the width */
    expect_found("liba.a", "", true);
    expect_found("libsmall.a", "shr.o", false);
}

static void expect_not_found(const char *library_name, const char *member, bool is64, const char *why)
{
    size_t size;
    struct archive_member m;
    struct error err;
    uint8_t *data = library(library_name, &size);
    assert_int_equal(archive_find(data, size, member, is64, &m, &err), -1);
    assert_non_null(strstr(err.text, why));
    free(data);
}

static void test_not_found(void **state)
{
    expect_not_found("liba.a", "static.o", true, "not a shared object");
    expect_not_found("liba.a", "absent.o", true, "no member absent.o");
    expect_not_found("liba.a", "notes.txt", true, "not 64-bit");
    expect_not_found("libsmall.a", "shr.o", true, "not 64-bit");
    expect_not_found("libempty.a", "", false, "no shared object");
    expect_not_found("libcircular.a", "x", false, "circular");
}

/* Every beginning of an archive, and every archive with one byte changed, ends without reading outside (sanitizers). */
static void walk(const uint8_t *data, size_t size)
{
    struct archive_member m;
    struct error err;
    archive_find(data, size, "none", true, &m, &err);
}

static void test_damaged(void **state)
{
    size_t size;
    uint8_t *data = library("liba.a", &size);
    for (size_t n = 0; n <= size; n++) {
        uint8_t *cut = malloc(n ? n : 1);
        memcpy(cut, data, n);
        walk(cut, n);
        free(cut);
    }
    for (size_t i = 0; i < size; i++) {
        uint8_t was = data[i];
        data[i] = '9';
        walk(data, size);
        data[i] = was;
    }
    free(data);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_walk), cmocka_unit_test(test_find_by_width),
                                        cmocka_unit_test(test_not_found), cmocka_unit_test(test_damaged) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
