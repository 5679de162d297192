/* test_options.c -- the command line of aixrun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <getopt.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/options.h"

static int parse(struct options *o, char **argv, struct error *err)
{
    int argc = 0;

    optind = 0;
    while (argv[argc])
        argc++;
    return options_parse(o, argc, argv, err);
}

static void program_options_are_its_own(void **state)
{
    struct options o;
    struct error err;
    char *argv[] = { "aixrun", "--root=/r", "-E", "A=1", "--env", "B=2", "--trace", "--hot", "7", "prog", "--stats", "-x", NULL };

    assert_int_equal(parse(&o, argv, &err), 0);
    assert_string_equal(o.root, "/r");
    assert_int_equal(o.env.count, 2);
    assert_string_equal(o.env.values[1], "B=2");
    assert_string_equal(o.trace, "");
    assert_int_equal(o.hot, 7);
    assert_false(o.stats);
    assert_string_equal(o.args[0], "prog");
    assert_string_equal(o.args[2], "-x");
}

static void environment_and_hand_on(void **state)
{
    struct options o;
    struct error err;
    char *argv[] = { "aixrun", "--quiet", "--argv0=x", "--", "-prog", NULL };
    bool quiet = false, cache = false;

    setenv("VWPAR_CACHE", "/c", 1);
    assert_int_equal(parse(&o, argv, &err), 0);
    unsetenv("VWPAR_CACHE");
    assert_string_equal(o.args[0], "-prog");
    char **list = options_hand_on(&o);
    for (char **text = list; *text; text++) {
        quiet |= !strcmp(*text, "--quiet");
        cache |= !strcmp(*text, "--cache=/c");
        assert_string_not_equal(*text, "--argv0=x");
        free(*text);
    }
    free(list);
    assert_true(quiet && cache);
}

static void wrong_ones_are_named(void **state)
{
    struct options o;
    struct error err;
    char *unknown[] = { "aixrun", "--nonsense", "p", NULL }, *number[] = { "aixrun", "--hot=many", "p", NULL };

    assert_int_equal(parse(&o, unknown, &err), -1);
    assert_non_null(strstr(err.text, "--nonsense"));
    assert_int_equal(parse(&o, number, &err), -1);
    assert_non_null(strstr(err.text, "many"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(program_options_are_its_own), cmocka_unit_test(environment_and_hand_on), cmocka_unit_test(wrong_ones_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
