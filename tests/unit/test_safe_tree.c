/* test_safe_tree.c -- names and symbolic links cannot lead out of the directory. Expected: the rules [backup-format
 * 12]. */
#include "image_case.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/backup/safe_tree.h"
#include "runtime/host.h"

static void test_names(void **state)
{
    static const struct { const char *stored, *clean; } cases[] = {
        { "./", "" },          { ".", "" },              { "./a", "a" },         { "a", "a" },
        { "./a//b/./c/", "a/b/c" }, { "a/..b/...", "a/..b/..." }, { "", NULL },  { "/", NULL },
        { "/etc/passwd", NULL }, { "..", NULL },         { "../a", NULL },       { "./a/../../b", NULL },
        { "a/..", NULL },      { "a/../b", NULL },
    };
    char clean[BFF_NAME_MAX + 1];
    struct error err;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        int rc = tree_clean_name(cases[i].stored, clean, &err);
        assert_int_equal(rc, cases[i].clean ? 0 : -1);
        if (cases[i].clean)
            assert_string_equal(clean, cases[i].clean);
    }
}

static void test_parents(void **state)
{
    char directory[] = "/tmp/vwpar-tree-XXXXXX", path[100];
    struct safe_tree t;
    struct error err;
    struct stat st;
    const char *leaf;
    assert_non_null(mkdtemp(directory));
    assert_int_equal(tree_open(&t, directory, &err), 0);
    int fd = tree_parent(&t, "a/b/c/file", &leaf, &err);
    assert_true(fd >= 0);
    assert_string_equal(leaf, "file");
    assert_int_equal(mkdirat(fd, "made", 0700), 0);
    snprintf(path, sizeof path, "%s/a/b/c/made", directory);
    assert_int_equal(lstat(path, &st), 0);

    static const char *const targets[] = { "/tmp", ".", "..", "a" };
    static const char *const through[] = { "l0/x", "l1/x", "l2/x", "l3/b/x" };
    for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
        snprintf(path, sizeof path, "l%zu", i);
        assert_int_equal(symlinkat(targets[i], t.root, path), 0);
        assert_int_equal(tree_parent(&t, through[i], &leaf, &err), -1);
        assert_int_equal(err.code, ELOOP);
        assert_int_equal(tree_open_directory(&t, path), -1);
        assert_int_equal(tree_remove(t.root, path), 0);
    }
    tree_close(&t);
    snprintf(path, sizeof path, "rm -r %s", directory);
    assert_int_equal(system(path), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_names), cmocka_unit_test(test_parents) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
