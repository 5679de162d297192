/* test_bff_reader.c -- members, damage and what is told about it, on the minimal image of the format's description and
 * changes of it. */
#include "image_case.h"
#include <errno.h>
#include "runtime/host.h"

struct told { int count; char last[512]; };

static void tell(void *context, uint64_t where, const char *text)
{
    struct told *t = context;
    t->count++;
    snprintf(t->last, sizeof t->last, "%llu: %s", (unsigned long long)where, text);
}

/* Names of all members with their data, as "name=data " words. */
static void read_all(const uint8_t *image, size_t n, struct told *told, char *words, size_t room)
{
    struct image_source s;
    struct bff_reader r;
    struct error err;
    const uint8_t *data;
    ssize_t got;
    *told = (struct told){ 0 };
    words[0] = '\0';
    assert_int_equal(source_open_memory(&s, image, n, &err), 0);
    assert_int_equal(bff_open(&r, &s, (struct bff_damage_sink){ tell, told }, &err), 0);
    while (bff_next(&r, &err) > 0) {
        size_t at = strlen(words);
        at += (size_t)snprintf(words + at, room - at, "%s=", r.member.name);
        while ((got = bff_data(&r, &data, &err)) > 0)
            at += (size_t)snprintf(words + at, room - at, "%.*s", (int)got, (const char *)data);
        snprintf(words + at, room - at, got < 0 ? "! " : " ");
    }
    bff_close(&r);
    source_close(&s);
}

static void expect(const uint8_t *image, size_t n, const char *words_expected, int damages, const char *last)
{
    struct told told;
    char words[1000];
    read_all(image, n, &told, words, sizeof words);
    assert_string_equal(words, words_expected);
    assert_int_equal(told.count, damages);
    assert_string_equal(told.last, last);
}

static void test_minimal(void **state)
{
    struct image_source s;
    struct bff_reader r;
    struct error err;
    expect(minimal_image, sizeof minimal_image, "./a=abc ", 0, "");
    assert_int_equal(source_open_memory(&s, minimal_image, sizeof minimal_image, &err), 0);
    assert_int_equal(bff_open(&r, &s, (struct bff_damage_sink){ 0 }, &err), 0);
    assert_int_equal(r.volume.number, 1);
    assert_int_equal(r.volume.level, 100);
    assert_string_equal(r.volume.user, "root");
    assert_int_equal(bff_next(&r, &err), 1);
    assert_int_equal(r.member.mode, 0100644);
    assert_int_equal(r.member.nlink, 1);
    assert_int_equal(r.member.size, 3);
    assert_int_equal(r.member.acl_size, 16);
    assert_int_equal(bff_next(&r, &err), 0);
    assert_int_equal(bff_next(&r, &err), 0);
    bff_close(&r);
    source_close(&s);
}

/* What stands behind the end record is not looked at, whatever it looks like. */
static void test_after_end(void **state)
{
    uint8_t image[sizeof minimal_image * 2];
    memcpy(image, minimal_image, sizeof minimal_image);
    memcpy(image + sizeof minimal_image, minimal_image + AT_FILE, sizeof minimal_image - AT_FILE);
    expect(image, sizeof image - AT_FILE, "./a=abc ", 0, "");
}

static void test_wrong_checksum(void **state)
{
    enum { ONE = AT_END - AT_FILE };
    uint8_t image[sizeof minimal_image + ONE];
    memcpy(image, minimal_image, AT_END);
    memcpy(image + AT_END, minimal_image + AT_FILE, sizeof minimal_image - AT_FILE);
    expect(image, sizeof image, "./a=abc ./a=abc ", 0, "");
    image[AT_FILE + N_UID] = 7;
    expect(image, sizeof image, "./a=abc ", 1, "72: ./a: the checksum of its header is wrong: lost");
    image[AT_FILE + N_UID] = 0;
    image[AT_END + P_MAGIC] = 0;
    expect(image, sizeof image, "./a=abc ", 1, "192: 120 bytes behind ./a are no record: skipped, going on at 312");
    image[AT_FILE + P_MAGIC] = 0;
    expect(image, sizeof image, "", 1,
           "72: 240 bytes behind the volume header are no record: skipped, going on at 312");
}

static void test_volume_checksum(void **state)
{
    uint8_t image[sizeof minimal_image];
    memcpy(image, minimal_image, sizeof image);
    image[V_DATE] = 1;
    expect(image, sizeof image, "./a=abc ", 1, "0: the checksum of the volume header is wrong");
}

static void test_cut_off(void **state)
{
    struct told told;
    char words[100];
    expect(minimal_image, AT_END, "./a=abc ", 1, "192: the image ends without an end record");
    for (size_t n = BFF_VOLUME_SIZE; n < AT_DATA + 3; n++) {
        read_all(minimal_image, n, &told, words, sizeof words);
        assert_true(told.count > 0);
        assert_null(strstr(words, "abc "));
    }
    expect(minimal_image, AT_DATA + 2, "./a=ab! ", 1, "186: the image ends in the middle of ./a");
}

static void test_not_images(void **state)
{
    static const struct {
        uint8_t magic;
        int code;
    } cases[] = { { 0x6d, ENOTSUP }, { 0x6f, ENOTSUP }, { 0x00, EINVAL } };
    uint8_t image[sizeof minimal_image];
    struct image_source s;
    struct bff_reader r;
    struct error err;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        memcpy(image, minimal_image, sizeof image);
        image[P_MAGIC] = cases[i].magic;
        assert_int_equal(source_open_memory(&s, image, sizeof image, &err), 0);
        assert_int_equal(bff_open(&r, &s, (struct bff_damage_sink){ 0 }, &err), -1);
        assert_int_equal(err.code, cases[i].code);
        source_close(&s);
    }
    assert_int_equal(source_open_memory(&s, minimal_image, 20, &err), 0);
    assert_int_equal(bff_open(&r, &s, (struct bff_damage_sink){ 0 }, &err), -1);
    source_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_minimal),       cmocka_unit_test(test_after_end), cmocka_unit_test(test_wrong_checksum),
        cmocka_unit_test(test_volume_checksum), cmocka_unit_test(test_cut_off), cmocka_unit_test(test_not_images),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
