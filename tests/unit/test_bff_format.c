/* test_bff_format.c -- checksums and the shape of headers. Expected: the values of the format's description, and end
 * records of archives made on AIX [backup-format 7, 10]. */
#include "image_case.h"

static void test_checksums(void **state)
{
    static const uint8_t ends[][8] = {
        { 0x01, 0x07, 0x6b, 0xea, 0x82, 0x0a, 0x00, 0x00 },
        { 0x01, 0x07, 0x6b, 0xea, 0x84, 0x0a, 0x01, 0x00 },
        { 0x01, 0x07, 0x6b, 0xea, 0x72, 0x2c, 0x70, 0x86 },
    };
    static const uint16_t expected[] = { 0x0A82, 0x0A84, 0x2C72 };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(bff_checksum(ends[i], 8), expected[i]);
    assert_int_equal(bff_checksum(minimal_image, BFF_VOLUME_SIZE), 0xB594);
    assert_int_equal(bff_checksum(minimal_image + AT_FILE, 0x48), 0x36A0);
}

static void test_headers(void **state)
{
    uint8_t copy[sizeof minimal_image];
    assert_int_equal(bff_header_at(minimal_image, sizeof minimal_image), 0x48);
    assert_int_equal(bff_header_at(minimal_image + AT_FILE, 0x48), 0x48);
    assert_int_equal(bff_header_at(minimal_image + AT_END, 8), 8);
    assert_int_equal(bff_header_at(minimal_image + AT_FILE, 0x47), 0);
    assert_int_equal(bff_header_at(minimal_image + AT_DATA, 16), 0);
    for (size_t i = 0; i < 0x48; i++) {
        memcpy(copy, minimal_image + AT_FILE, 0x48);
        copy[i] ^= 0x40;
        assert_int_equal(bff_header_at(copy, 0x48), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_checksums), cmocka_unit_test(test_headers) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
