/* test_bff_writer.c -- the writer gives the bytes of the format's description [backup-format 10]. */
#include "image_case.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/backup/bff_writer.h"

static void test_minimal(void **state)
{
    struct bff_writer w;
    struct error err;
    struct bff_member m = { .name = "./a", .nlink = 1, .mode = 0100644, .size = 3, .dsize = 3 };
    static uint8_t bytes[BFF_CLUSTER + 1];
    int fd = memfd_create("image", 0);
    assert_true(fd >= 0);
    assert_int_equal(bff_write_begin(&w, fd, "image", 0, "root", &err), 0);
    assert_int_equal(bff_write_member(&w, &m, &err), 0);
    assert_int_equal(bff_write_data(&w, "ab", 2, &err), 0);
    assert_int_equal(bff_write_data(&w, "c", 1, &err), 0);
    assert_int_equal(bff_write_data(&w, "d", 1, &err), -1);
    assert_int_equal(bff_write_end(&w, &err), 0);
    bff_write_free(&w);
    assert_int_equal(pread(fd, bytes, sizeof bytes, 0), BFF_CLUSTER);
    assert_memory_equal(bytes, minimal_image, sizeof minimal_image);
    for (size_t i = sizeof minimal_image; i < BFF_CLUSTER; i++)
        assert_int_equal(bytes[i], 0);
    close(fd);
}

static void test_full_disk(void **state)
{
    struct bff_writer w;
    struct error err;
    int fd = open("/dev/full", O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(bff_write_begin(&w, fd, "the image", 0, "root", &err), 0);
    assert_int_equal(bff_write_end(&w, &err), -1);
    assert_string_equal(err.text, "the image: No space left on device");
    bff_write_free(&w);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_minimal), cmocka_unit_test(test_full_disk) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
