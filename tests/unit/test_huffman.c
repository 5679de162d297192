/* test_huffman.c -- packed data. Expected: the vectors of the format's description [backup-format 8], and tables that
 * break its rules. */
#include "image_case.h"
#include "rootfs-tools/backup/huffman_pack.h"
#include "runtime/host.h"

/* Decode with so many bytes of input and output a step; the number of bytes, or -1 when there was no end. */
static int decode(const uint8_t *packed, size_t n, size_t in_step, size_t out_step, char *out)
{
    struct huffman h;
    size_t at = huffman_begin(&h, packed, n), made_all = 0;
    assert_true(at > 0);
    for (int idle = 0; idle < 4; idle++) {
        size_t used, made, in = n - at < in_step ? n - at : in_step;
        enum huffman_status status =
            huffman_decode(&h, packed + at, in, &used, (uint8_t *)out + made_all, out_step, &made);
        at += used;
        made_all += made;
        if (status == HUFFMAN_END)
            return (int)made_all;
        if (used || made)
            idle = 0;
    }
    return -1;
}

static void test_vectors(void **state)
{
    static const struct { uint8_t packed[8]; size_t n; const char *plain; } vectors[] = {
        { { 0x01, 0x00, 0x61, 0x08 }, 4, "aaaa" },
        { { 0x02, 0x01, 0x00, 0x62, 0x61, 0x28 }, 6, "ab" },
    };
    for (size_t v = 0; v < ARRAY_LEN(vectors); v++)
        for (size_t in = 1; in <= 8; in++)
            for (size_t out = 1; out <= 8; out++) {
                char plain[64] = "";
                assert_int_equal(decode(vectors[v].packed, vectors[v].n, in, out, plain),
                                 (int)strlen(vectors[v].plain));
                assert_string_equal(plain, vectors[v].plain);
            }
}

static void test_no_end(void **state)
{
    static const uint8_t endless[] = { 0x01, 0x00, 0x61, 0x00 };
    char plain[64];
    assert_int_equal(decode(endless, sizeof endless, 8, 8, plain), -1);
}

static void test_bad_tables(void **state)
{
    static const uint8_t bad[][30] = {
        { 0 },                                          /* no level */
        { 25 },                                         /* one too many */
        { 1, 1, 'a', 'b' },                             /* three leaves on level 1 */
        { 2, 2, 0, 'a', 'b' },                          /* full before the last level */
        { 2, 0, 0, 'a' },                               /* free nodes are left */
    };
    struct huffman h;
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        assert_int_equal(huffman_begin(&h, bad[i], sizeof bad[i]), 0);
    static const uint8_t ab[] = { 0x02, 0x01, 0x00, 0x62, 0x61 };
    assert_int_equal(huffman_begin(&h, ab, sizeof ab), sizeof ab);
    for (size_t n = 0; n < sizeof ab; n++)
        assert_int_equal(huffman_begin(&h, ab, n), 0);
}

/* The encoder gives the same vectors. */
static void test_encoder(void **state)
{
    static const struct { uint8_t packed[8]; size_t n; const char *plain; } vectors[] = {
        { { 0x01, 0x00, 0x61, 0x08 }, 4, "aaaa" },
        { { 0x02, 0x01, 0x00, 0x62, 0x61, 0x28 }, 6, "ab" },
    };
    for (size_t v = 0; v < ARRAY_LEN(vectors); v++) {
        uint64_t counts[256] = { 0 };
        struct huffman_code c;
        uint8_t out[64];
        size_t n = strlen(vectors[v].plain);
        for (size_t i = 0; i < n; i++)
            counts[(uint8_t)vectors[v].plain[i]]++;
        assert_int_equal(huffman_plan(&c, counts), 0);
        assert_int_equal(c.packed_size, vectors[v].n);
        memcpy(out, c.table, c.table_size);
        size_t made =
            c.table_size + (size_t)huffman_encode(&c, (const uint8_t *)vectors[v].plain, n, out + c.table_size);
        made += huffman_finish(&c, out + made);
        assert_int_equal(made, vectors[v].n);
        assert_memory_equal(out, vectors[v].packed, made);
        assert_int_equal(huffman_encode(&c, (const uint8_t *)"z", 1, out), -1);
    }
}

/* Weights as Fibonacci's numbers make a code as long as there are symbols. */
static void test_too_deep(void **state)
{
    uint64_t counts[256] = { 1, 1 };
    struct huffman_code c;
    for (int i = 2; i < 24; i++)
        counts[i] = counts[i - 1] + counts[i - 2];
    assert_int_equal(huffman_plan(&c, counts), 0);
    assert_int_equal(c.table[0], 24);
    counts[24] = counts[23] + counts[22];
    assert_int_equal(huffman_plan(&c, counts), -1);
    memset(counts, 0, sizeof counts);
    assert_int_equal(huffman_plan(&c, counts), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors), cmocka_unit_test(test_no_end),   cmocka_unit_test(test_bad_tables),
        cmocka_unit_test(test_encoder), cmocka_unit_test(test_too_deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
