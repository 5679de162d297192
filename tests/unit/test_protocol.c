/* test_protocol.c -- malformed messages between aixrun and xlated are told from sound ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/protocol.h"

enum { CODE = 256, SIZE = sizeof(struct message_request) + CODE };

static struct message_request *sound_request(void)
{
    struct message_request *m = calloc(1, SIZE + 64);

    *m = (struct message_request){ .type = MESSAGE_REQUEST, .id = 1, .entry = 0x10000100, .code_base = 0x10000080, .code_size = CODE };
    return m;
}

#define REFUSED_WITH(assignment)                        \
    do {                                                \
        struct message_request *m = sound_request();    \
        assert_true(protocol_check_request(m, SIZE));   \
        m->assignment;                                  \
        assert_false(protocol_check_request(m, SIZE));  \
        free(m);                                        \
    } while (0)

static void malformed_requests_are_refused(void **state)
{
    REFUSED_WITH(type = MESSAGE_HELLO);
    REFUSED_WITH(type = 77);
    REFUSED_WITH(is64 = 2);
    REFUSED_WITH(precise = 7);
    REFUSED_WITH(urgent = 2);
    REFUSED_WITH(entry = 0x10000102);
    REFUSED_WITH(entry = 0x1000007c);
    REFUSED_WITH(entry = 0x10000180);
    REFUSED_WITH(entry = UINT64_MAX - 3);
    REFUSED_WITH(code_base = 0x10000081);
    REFUSED_WITH(code_base = 0xffffffffffffff80);
    REFUSED_WITH(code_size = CODE + 4);
    REFUSED_WITH(code_size = CODE - 4);
    REFUSED_WITH(code_size = 0);
    REFUSED_WITH(code_size = UINT32_MAX);
}

static void addresses_beyond_the_guest_are_refused(void **state)
{
    struct message_request *m = sound_request();

    m->code_base = 0xffffff80;
    m->entry = 0xffffffc0;
    assert_false(protocol_check_request(m, SIZE));
    m->is64 = 1;
    assert_true(protocol_check_request(m, SIZE));
    free(m);
}

static void every_length_but_one_is_refused(void **state)
{
    struct message_request *m = sound_request();

    for (size_t size = 0; size <= SIZE + 64; size++)
        assert_int_equal(protocol_check_request(m, size), size == SIZE);
    free(m);
}

static void hello_of_another_build_is_refused(void **state)
{
    struct message_hello m = { .type = MESSAGE_HELLO, .version = PROTOCOL_VERSION, .fingerprint = cache_fingerprint() };

    assert_true(protocol_check_hello(&m, sizeof m));
    assert_false(protocol_check_hello(&m, sizeof m - 1));
    m.fingerprint.low ^= 1;
    assert_false(protocol_check_hello(&m, sizeof m));
    m.fingerprint.low ^= 1;
    m.version++;
    assert_false(protocol_check_hello(&m, sizeof m));
}

static void malformed_answers_are_refused(void **state)
{
    struct message_answer m = { .type = MESSAGE_ANSWER, .status = ANSWER_FOUND, .segment = "0.seg" };

    assert_true(protocol_check_answer(&m, sizeof m));
    assert_false(protocol_check_answer(&m, 4));
    strcpy(m.segment, "../../etc/x");
    assert_false(protocol_check_answer(&m, sizeof m));
    memset(m.segment, 'a', sizeof m.segment);
    assert_false(protocol_check_answer(&m, sizeof m));
    m.segment[0] = 0;
    m.status = ANSWER_FAILED + 1;
    assert_false(protocol_check_answer(&m, sizeof m));
}

static void window_is_clipped(void **state)
{
    gva from, to;

    protocol_window(0x10010000, 0x10000000, 0x10100000, &from, &to);
    assert_int_equal(from, 0x10010000 - PROTOCOL_BEFORE);
    assert_int_equal(to, 0x10010000 + PROTOCOL_AFTER);
    protocol_window(0x10000100, 0x10000000, 0x10001000, &from, &to);
    assert_int_equal(from, 0x10000000);
    assert_int_equal(to, 0x10001000);
    protocol_window(0xfffffffc, 0xffff0000, (gva)1 << 32, &from, &to);
    assert_int_equal(to, (gva)1 << 32);
}

static void long_socket_names_are_refused(void **state)
{
    struct sockaddr_un address;
    struct error err;
    char path[300];

    memset(path, 'd', sizeof path);
    path[0] = '/';
    path[sizeof path - 1] = 0;
    assert_int_equal(protocol_address(&address, NULL, path, &err), -1);
    assert_int_equal(protocol_address(&address, path, NULL, &err), -1);
    assert_int_equal(protocol_address(&address, NULL, "/var/cache/x", &err), 0);
    assert_int_equal(strncmp(address.sun_path, "/var/cache/x/", 13), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed_requests_are_refused),
        cmocka_unit_test(addresses_beyond_the_guest_are_refused),
        cmocka_unit_test(every_length_but_one_is_refused),
        cmocka_unit_test(hello_of_another_build_is_refused),
        cmocka_unit_test(malformed_answers_are_refused),
        cmocka_unit_test(window_is_clipped),
        cmocka_unit_test(long_socket_names_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
