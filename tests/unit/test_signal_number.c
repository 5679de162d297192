/* test_signal_number.c -- the table of signals against numbers of [aix-abi 4.6] and of Linux's signal(7), written out here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>

#include "runtime/signal.h"
#include "runtime/signal_number.h"

static void known_pairs(void **state)
{
    static const struct { int aix, linux_; } pairs[] = {
        { 1, 1 }, { 2, 2 }, { 3, 3 }, { 4, 4 }, { 5, 5 }, { 6, 6 }, { 8, 8 }, { 9, 9 }, { 10, 7 }, { 11, 11 }, { 12, 31 }, { 13, 13 },
        { 14, 14 }, { 15, 15 }, { 16, 23 }, { 17, 19 }, { 18, 20 }, { 19, 18 }, { 20, 17 }, { 21, 21 }, { 22, 22 }, { 23, 29 },
        { 24, 24 }, { 25, 25 }, { 28, 28 }, { 29, 30 }, { 30, 10 }, { 31, 12 }, { 32, 27 }, { 34, 26 },
    };

    for (unsigned i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        assert_int_equal(signal_to_host(pairs[i].aix), pairs[i].linux_);
        assert_int_equal(signal_from_host(pairs[i].linux_), pairs[i].aix);
    }
}

/* Every host number is used at most once, comes back, and is not one the C library or the runner keeps. */
static void round_trip(void **state)
{
    bool used[65] = { false };
    int known = 0;

    for (int n = 1; n <= AIX_SIGMAX; n++) {
        int host = signal_to_host(n);
        if (!host)
            continue;
        known++;
        assert_in_range(host, 1, 63);
        assert_true(host != 32 && host != 33);
        assert_false(used[host]);
        used[host] = true;
        assert_int_equal(signal_from_host(host), n);
    }
    /* 1..25, 27..39, 48..63 */
    assert_int_equal(known, 25 + 13 + 16);
}

/* Every signal Linux defines below the real-time ones is known, but for SIGSTKFLT, which nothing raises. */
static void complete(void **state)
{
    for (int host = 1; host < 32; host++)
        if (host != SIGSTKFLT)
            assert_int_not_equal(signal_from_host(host), 0);
}

static void names_and_actions(void **state)
{
    assert_string_equal(signal_name(11), "SIGSEGV");
    assert_string_equal(signal_name(39), "SIGWAITING");
    assert_string_equal(signal_name(45), "SIG45");
    for (int n = 1; n <= AIX_SIGMAX; n++) {
        bool ignored = n == 16 || n == 20 || n == 23 || n == 28 || n == 33 || n == 39 || n == 58 || n == 59;
        assert_int_equal(signal_default(n) == DEFAULT_IGNORE, ignored);
    }
    assert_int_equal(signal_default(17), DEFAULT_STOP);
    assert_int_equal(signal_default(19), DEFAULT_CONTINUE);
    assert_int_equal(signal_default(3), DEFAULT_CORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_pairs), cmocka_unit_test(round_trip), cmocka_unit_test(complete), cmocka_unit_test(names_and_actions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
