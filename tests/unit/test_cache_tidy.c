/* test_cache_tidy.c -- the cache's files while a translator keeps running: merged, replaced, trimmed, and days of use. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_use.h"
#include "xlate/worker/cache_append.h"
#include "xlate/worker/cache_tidy.h"

enum { UNITS = 100, CODE = 16384 };

static char directory[64];
static struct error err;

static int make_directory(void **state)
{
    strcpy(directory, "/tmp/vw-test-tidy-XXXXXX");
    return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
    char command[100];

    snprintf(command, sizeof command, "rm -r %s", directory);
    return system(command);
}

static struct unit_request request(unsigned n)
{
    static uint8_t bytes[8][64];
    static unsigned turn;
    uint8_t *b = bytes[turn++ % 8];

    memset(b, (int)n, 64);
    memcpy(b, &n, sizeof n);
    return (struct unit_request){ .entry = 0x10000000 + n * 64, .code_base = 0x10000000 + n * 64, .code = b, .code_size = 64 };
}

static void append(struct cache *c, unsigned n, char name[CACHE_NAME_LEN])
{
    struct unit_request q = request(n);
    struct unit_code code = { .text = malloc(CODE), .size = CODE, .range_count = 1, .insn_count = 16 };

    code.ranges = malloc(sizeof *code.ranges);
    memset(code.text, (int)n, CODE);
    code.ranges[0] = (struct unit_range){ q.entry, q.entry + 64 };
    cache_append(c, &q, &code);
    assert_int_equal(cache_flush(c, name, &err), 0);
}

static bool contains(struct cache *c, unsigned n)
{
    struct unit_request q = request(n);

    return cache_contains(c, &q) != NULL;
}

static struct cache *attach(uint64_t most_bytes)
{
    struct cache *c = cache_attach(directory, most_bytes, &err);

    if (!c)
        fail_msg("%s", err.text);
    return c;
}

static long files(struct cache *c)
{
    char (*names)[CACHE_NAME_LEN];
    long count = cache_list(cache_directory(c), &names, &err);

    free(names);
    return count;
}

static void a_running_translator_merges(void **state)
{
    struct cache *c = attach(0);
    char name[CACHE_NAME_LEN], names[UNITS][CACHE_NAME_LEN];

    for (unsigned n = 0; n < UNITS; n++) {
        append(c, n, name);
        strcpy(names[n], name);
        cache_tend(c);
        assert_true(cache_segments(c) <= 17);
    }
    for (unsigned n = 0; n < UNITS; n++) {
        assert_true(contains(c, n));
        struct cache_segment *s = cache_open(cache_directory(c), names[n], true, &err);         /* a name handed out stays good */
        assert_non_null(s);
        cache_close(s);
    }
    assert_int_equal(files(c), cache_segments(c));
    cache_clean(c);
    assert_int_equal(files(c), cache_segments(c));
    assert_null(cache_open(cache_directory(c), names[0], true, &err));
    cache_detach(c);
    c = attach(0);
    for (unsigned n = 0; n < UNITS; n++)
        assert_true(contains(c, n));
    cache_detach(c);
}

static void what_was_used_longest_ago_goes_first(void **state)
{
    struct cache *c = attach(0);
    struct cache_use use;
    char name[CACHE_NAME_LEN];
    uint16_t today = cache_use_today();

    assert_true(cache_use_open(&use, cache_directory(c), true));
    for (unsigned n = 0; n < UNITS; n++) {
        append(c, n, name);
        struct unit_request q = request(n);
        cache_use_mark(&use, cache_lookup_key(false, false, q.code, 64), (uint16_t)(today - n % 10));
    }
    assert_int_equal(cache_trim(c, UNITS / 2 * (CODE + 200), &err), 0);
    cache_clean(c);
    for (unsigned n = 0; n < UNITS; n++)
        assert_int_equal(contains(c, n), n % 10 < 5);
    assert_int_equal(cache_segments(c), 1);
    assert_int_equal(files(c), 1);
    cache_use_close(&use);
    cache_detach(c);
}

static void a_clock_that_was_set_back_makes_nothing_old(void **state)
{
    struct cache *c = attach(0);
    struct cache_use use;
    char name[CACHE_NAME_LEN];

    assert_true(cache_use_open(&use, cache_directory(c), true));
    for (unsigned n = 0; n < 4; n++) {
        append(c, n, name);
        struct unit_request q = request(n);
        cache_use_mark(&use, cache_lookup_key(false, false, q.code, 64), (uint16_t)(cache_use_today() + (n < 2 ? 1000 : -1)));
    }
    assert_int_equal(cache_trim(c, 2 * (CODE + 200), &err), 0);
    for (unsigned n = 0; n < 4; n++)
        assert_int_equal(contains(c, n), n < 2);
    cache_use_close(&use);
    cache_detach(c);
}

static void the_size_is_kept(void **state)
{
    struct cache *c = attach(UNITS / 4 * CODE);
    char name[CACHE_NAME_LEN];

    for (unsigned n = 0; n < UNITS; n++)
        append(c, n, name);
    cache_tend(c);
    cache_clean(c);
    uint64_t sum = 0;
    for (unsigned i = 0; i < cache_segments(c); i++)
        sum += cache_segment(c, i)->header->file_size;
    assert_true(sum <= UNITS / 4 * CODE);
    cache_detach(c);
}

static void put_file(int dir, const char *name, size_t size, time_t date)
{
    struct timespec times[2] = { { .tv_sec = date }, { .tv_sec = date } };
    int fd = openat(dir, name, O_WRONLY | O_CREAT, 0644);

    for (size_t i = 0; i < size; i += 4096) {
        char page[4096] = { 1 };
        assert_int_equal(write(fd, page, sizeof page), sizeof page);
    }
    assert_int_equal(futimens(fd, times), 0);
    close(fd);
}

static void other_builds_go_oldest_first_and_not_while_they_run(void **state)
{
    struct cache *c = attach(0);
    int dir = cache_directory(c);
    char own[CACHE_NAME_LEN];

    append(c, 1, own);
    put_file(dir, "00000001-0000000000000001.seg", 1 << 20, 1000);
    put_file(dir, "00000002-0000000000000001.seg", 1 << 20, 3000);
    put_file(dir, "00000003-0000000000000001.seg", 1 << 20, 2000);
    assert_int_equal(tidy_other_builds(dir).builds, 3);
    tidy_trim_builds(dir, 5 << 19);
    assert_int_equal(faccessat(dir, "00000001-0000000000000001.seg", F_OK, 0), -1);
    assert_int_equal(faccessat(dir, "00000003-0000000000000001.seg", F_OK, 0), 0);
    int lock = openat(dir, "00000003.lock", O_RDWR | O_CREAT, 0644);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    tidy_trim_builds(dir, 0);
    assert_int_equal(faccessat(dir, "00000003-0000000000000001.seg", F_OK, 0), 0);
    assert_int_equal(faccessat(dir, "00000002-0000000000000001.seg", F_OK, 0), -1);
    assert_true(contains(c, 1));
    close(lock);
    cache_detach(c);
}

static void counts_add_up(void **state)
{
    struct cache_counts more = { .processes = 1, .found = 40, .requested = 2 };
    struct cache_use use;
    int dir = open(directory, O_RDONLY | O_DIRECTORY);

    assert_false(cache_use_open(&use, dir, false));
    assert_true(cache_use_open(&use, dir, true));
    cache_use_count(&use, &more);
    cache_use_count(&use, &more);
    assert_int_equal(cache_use_counts(&use).processes, 2);
    assert_int_equal(cache_use_counts(&use).found, 80);
    assert_int_equal(cache_use_counts(&use).requested, 4);
    cache_use_mark(&use, 12345, 77);
    assert_int_equal(cache_use_day(&use, 12345), 77);
    assert_int_equal(cache_use_day(&use, 12346), 0);
    cache_use_close(&use);
    close(dir);
}

static int truncate_file(int dir, const char *name, off_t size)
{
    int fd = openat(dir, name, O_WRONLY), failed = ftruncate(fd, size);

    close(fd);
    return failed;
}

static void hot_units_are_remembered(void **state)
{
    struct cache_hot hot;
    int dir = open(directory, O_RDONLY | O_DIRECTORY);
    uint64_t key = 0x123456789abcdef0;

    assert_false(cache_hot_open(&hot, dir, false));
    assert_true(cache_hot_open(&hot, dir, true));
    assert_false(cache_hot_has(&hot, key));
    assert_false(cache_hot_has(&hot, 0));
    cache_hot_add(&hot, key);
    cache_hot_close(&hot);
    assert_true(cache_hot_open(&hot, dir, false));
    assert_true(cache_hot_has(&hot, key));
    assert_false(cache_hot_has(&hot, key + 1));
    assert_false(cache_hot_has(&hot, key ^ 1ull << 60));
    cache_hot_close(&hot);
    assert_int_equal(truncate_file(dir, CACHE_HOT_NAME, 100), 0);
    assert_false(cache_hot_open(&hot, dir, false));
    close(dir);
}

#define IN_A_DIRECTORY(test) cmocka_unit_test_setup_teardown(test, make_directory, remove_directory)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_DIRECTORY(a_running_translator_merges),
        IN_A_DIRECTORY(what_was_used_longest_ago_goes_first),
        IN_A_DIRECTORY(a_clock_that_was_set_back_makes_nothing_old),
        IN_A_DIRECTORY(the_size_is_kept),
        IN_A_DIRECTORY(other_builds_go_oldest_first_and_not_while_they_run),
        IN_A_DIRECTORY(counts_add_up),
        IN_A_DIRECTORY(hot_units_are_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
