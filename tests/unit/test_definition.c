/* test_definition.c -- definitions of WPARs: values, records, stanza files. Expected: IBM's rules and defaults [wpar 1, 4.2, 9], and the
 * form of AIX stanza files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "rootfs-tools/wpar/definition.h"
#include "rootfs-tools/wpar/inittab.h"
#include "rootfs-tools/wpar/wpar_spec.h"

static void test_values(void **state)
{
    static const struct { enum attribute a; const char *value; int good; } cases[] = {
        { ATTR_general_name, "abcdefghijklmnopqrstuvwxy", 1 }, { ATTR_general_name, "abcdefghijklmnopqrstuvwxyz", 0 },
        { ATTR_general_name, "0a", 0 },                        { ATTR_general_name, "a0", 1 },
        { ATTR_general_name, "a b", 0 },                       { ATTR_general_name, "a:b", 0 },
        { ATTR_general_directory, "/a/..b", 1 },               { ATTR_general_directory, "/a/../b", 0 },
        { ATTR_general_directory, "a", 0 },                    { ATTR_general_auto, "yes", 1 },
        { ATTR_general_auto, "YES", 0 },                       { ATTR_general_ostype, "1024", 1 },
        { ATTR_general_library, "libz=bridge,libc.a=native", 1 }, { ATTR_general_library, "libz", 0 },
        { ATTR_general_library, "libz=other", 0 },
        { ATTR_general_ostype, "2", 0 },                       { ATTR_resources_CPU, "0%-100%,100%", 1 },
        { ATTR_resources_CPU, "5%-20%,10%", 0 },               { ATTR_resources_CPU, "30%-20%,40%", 0 },
        { ATTR_resources_CPU, "1%-2%,3%x", 0 },                { ATTR_resources_shares_CPU, "65535", 1 },
        { ATTR_resources_shares_CPU, "65536", 0 },             { ATTR_resources_shares_CPU, "0", 0 },
        { ATTR_resources_totalVirtMem, "512MB", 1 },           { ATTR_resources_totalVirtMem, "512KB", 0 },
        { ATTR_resources_pct_msgIDs, "100%", 1 },              { ATTR_resources_pct_msgIDs, "101%", 0 },
        { ATTR_network_address, "10.0.0.1", 1 },               { ATTR_network_address, "10.0.0.256", 0 },
        { ATTR_network_address6, "fe80::1", 1 },               { ATTR_network_interface, "en0 up", 0 },
        { ATTR_general_hostname, "a\"b", 0 },                  { ATTR_general_hostname, "a\nb", 0 },
        { ATTR_general_uuid, "541ba314-c7ca-4f67-bc6e-a10d5eaa8541", 1 },
        { ATTR_general_uuid, "541ba314-c7ca-4f67-bc6e-a10d5eaa854g", 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct error err;
        if ((attribute_check(cases[i].a, cases[i].value, &err) == 0) != cases[i].good)
            fail_msg("%s=%s", attributes[cases[i].a].name, cases[i].value);
    }
}

static void apply(struct definition *d, enum stanza_id stanza, char *word, char *second, bool remove)
{
    struct error err;
    char *words[] = { word, second };
    if (definition_apply(d, stanza, words, second ? 2 : 1, remove, &err))
        fail_msg("%s", err.text);
}

static void test_records(void **state)
{
    struct definition d = { 0 };
    size_t from = 0;
    struct error err;
    assert_string_equal(definition_get(&d, ATTR_resources_memory), "0%-100%,100%");
    apply(&d, STANZA_network, "address=10.0.0.1", "netmask=255.0.0.0", false);
    apply(&d, STANZA_network, "address6=fe80::2", NULL, false);
    apply(&d, STANZA_network, "address=10.0.0.1", "netmask=255.255.0.0", false);
    assert_int_equal(d.count, 2);
    assert_string_equal(record_get(definition_next(&d, STANZA_network, &from), ATTR_network_netmask), "255.255.0.0");
    apply(&d, STANZA_network, "address6=fe80::2", NULL, true);
    assert_int_equal(d.count, 1);
    apply(&d, STANZA_security, "privs=PV_A,PV_B", NULL, false);
    apply(&d, STANZA_security, "privs+=PV_B,PV_C", NULL, false);
    apply(&d, STANZA_security, "privs-=PV_A", NULL, false);
    assert_string_equal(definition_get(&d, ATTR_security_privs), "PV_B,PV_C");
    apply(&d, STANZA_security, "privs", NULL, true);
    assert_string_equal(definition_get(&d, ATTR_security_privs), "");
    assert_int_equal(definition_apply(&d, STANZA_mount, (char *[]){ "dev=/x" }, 1, false, &err), -1);
    assert_non_null(strstr(err.text, "directory=... is missing"));
    assert_true(definition_is_list_word('R', "CPU") && definition_is_list_word('S', "privs+=X"));
    assert_false(definition_is_list_word('M', "HOME=/") || definition_is_list_word('R', "/bin/ls"));
    definition_free(&d);
}

static void test_text(void **state)
{
    char good[] = "* a comment\ngeneral:\n\tname = \"x\"\n  hostname=bare\n\nmount:\n\tdirectory = /a\nmount:\n\tdirectory = \"/b\"\n";
    static const struct { const char *text, *says; } bad[] = {
        { "name = x\n", "f:1: 'name = x' stands before the first stanza" },
        { "general:\nnonsense\n", "f:2: 'nonsense' is neither" },
        { "generals:\n", "f:1: unknown stanza 'generals'" },
        { "general:\n\n colour = red\n", "f:3: general: unknown attribute 'colour'" },
        { "general:\n state = A\n", "f:2: general: unknown attribute 'state'" },
        { "resources:\n CPU = 9\n", "f:2: CPU=9: must be" },
    };
    struct definition d = { 0 }, again = { 0 };
    struct error err;
    assert_int_equal(definition_read_text(&d, good, "f", &err), 0);
    assert_int_equal(d.count, 3);
    assert_string_equal(definition_get(&d, ATTR_general_hostname), "bare");
    char *text = definition_text(&d, false), *copy = strdup(text);
    assert_int_equal(definition_read_text(&again, copy, "f", &err), 0);
    char *second = definition_text(&again, false);
    assert_string_equal(text, second);
    free(text), free(copy), free(second);
    definition_free(&d);
    definition_free(&again);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        char *line = strdup(bad[i].text);
        assert_int_equal(definition_read_text(&d, line, "f", &err), -1);
        assert_int_equal(strncmp(err.text, bad[i].says, strlen(bad[i].says)), 0);
        free(line);
        definition_free(&d);
    }
}

/* What needs a shell, and what init(1M)'s manual page has as examples. */
static void test_commands(void **state)
{
    assert_false(inittab_needs_shell("/usr/bin/cron -d"));
    assert_true(inittab_needs_shell("/etc/rc.tcpip > /tmp/x"));
    assert_true(inittab_needs_shell("echo $HOME"));
    struct inittab_entry e = { .levels = "23" };
    assert_true(inittab_in_level(&e, '2'));
    assert_false(inittab_in_level(&e, '4'));
    e.levels[0] = '\0';
    assert_true(inittab_in_level(&e, '4'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_commands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
