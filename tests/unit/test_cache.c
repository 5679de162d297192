/* test_cache.c -- segments of the code cache: written, mapped, searched, merged; and what happens to damaged ones. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "xlate/cache/cache_key.h"
#include "xlate/cache/cache_map.h"
#include "xlate/cache/cache_move.h"
#include "xlate/cache/cache_write.h"

static char directory[] = "/tmp/vw-test-cache-XXXXXX";
static int dir;

/* mov rax, [rip + slot]; ret: returns what the slot of its link holds. And mov eax, N; ret. */
static const uint8_t load_slot[] = { 0x48, 0x8b, 0x05, 0, 0, 0, 0, 0xc3 };
static const uint8_t return_7[] = { 0xb8, 7, 0, 0, 0, 0xc3 };
/* Guest code, other at each entry. */
static const uint8_t *bytes_at(gva entry)
{
    static uint8_t bytes[64] = { 1, 2, 3, 4, 5, 6, 7, 8 };

    bytes[1] = (uint8_t)(entry >> 12);
    return bytes;
}

static uint64_t key_of(gva entry) { return cache_lookup_key(false, false, bytes_at(entry), 64); }


static const struct cache_record_link link_to_2000[] = { { 3, 0x10002000 } };
static const struct cache_range range_1000[] = { { 0x10001000, 0x10001008 } };
static const struct cache_range range_2000[] = { { 0x10002000, 0x10002020 } };
static const struct cache_pc pcs_1000[] = { { 0, 0 }, { 7, 4 } };

static struct cache_record record(gva entry, const struct cache_range *ranges, const uint8_t *code, size_t size)
{
    struct cache_record r = { .key = key_of(entry), .entry = entry,
                              .content = cache_content_hash(entry, bytes_at(entry), ranges, 1), .insn_count = 2, .code = code,
                              .code_size = size, .ranges = ranges, .range_count = 1, .pcs = pcs_1000, .pc_count = 2 };
    return r;
}

static void write_two(char name[CACHE_NAME_LEN])
{
    struct cache_record records[] = { record(0x10001000, range_1000, load_slot, sizeof load_slot),
                                      record(0x10002000, range_2000, return_7, sizeof return_7) };
    struct error err;

    records[0].links = link_to_2000;
    records[0].link_count = 1;
    assert_int_equal(cache_write(dir, records, 2, name, &err), 0);
}

static struct cache_segment *open_good(const char *name)
{
    struct error err = { .text = "" };
    struct cache_segment *s = cache_open(dir, name, true, &err);

    if (!s)
        fail_msg("%s", err.text);
    return s;
}

static size_t find_entry(struct cache_segment *s, gva entry)
{
    size_t first;

    assert_int_equal(cache_find(s, key_of(entry), &first), 1);
    assert_int_equal(s->units[first].entry, entry);
    return first;
}

static uint64_t call(const struct cache_segment *s, size_t unit)
{
    code_fn code = (code_fn)(uintptr_t)(s->code + s->units[unit].code_offset);

    return code(NULL);
}

static void written_units_are_found_and_run(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_good(name);
    size_t loads = find_entry(s, 0x10001000), returns = find_entry(s, 0x10002000);
    assert_true(cache_unit_sound(s, loads));
    assert_true(cache_unit_sound(s, returns));
    assert_int_equal(call(s, returns), 7);
    assert_int_equal(call(s, loads), 0);
    assert_null(cache_slot(s, 0x10001000));
    *cache_slot(s, 0x10002000) = (code_fn)0x1234;
    assert_int_equal(call(s, loads), 0x1234);
    cache_close(s);
}

static void same_units_make_the_same_file(void **state)
{
    char a[CACHE_NAME_LEN], b[CACHE_NAME_LEN];

    write_two(a);
    write_two(b);
    assert_string_equal(a, b);
}

static void unknown_keys_are_not_found(void **state)
{
    char name[CACHE_NAME_LEN];
    uint8_t other[64] = { 9 };
    size_t first;

    write_two(name);
    struct cache_segment *s = open_good(name);
    assert_int_equal(cache_find(s, cache_lookup_key(false, false, other, 64), &first), 0);
    assert_int_equal(cache_find(s, cache_lookup_key(true, false, bytes_at(0x10001000), 64), &first), 0);
    assert_int_equal(cache_find(s, cache_lookup_key(false, true, bytes_at(0x10001000), 64), &first), 0);
    assert_int_equal(cache_find(s, cache_lookup_key(false, false, bytes_at(0x10001000), 60), &first), 0);
    assert_int_equal(cache_find(s, 0, &first), 0);
    assert_int_equal(cache_find(s, UINT64_MAX, &first), 0);
    cache_close(s);
}

static void content_hash_covers_bounds_and_bytes(void **state)
{
    struct cache_range one = { 0x1000, 0x1010 }, other = { 0x1000, 0x1014 };
    uint8_t bytes[64] = { 0 };
    struct cache_hash h = cache_content_hash(0x1000, bytes, &one, 1);

    assert_false(cache_hash_equal(h, cache_content_hash(0x1000, bytes, &other, 1)));
    bytes[15] = 1;
    assert_false(cache_hash_equal(h, cache_content_hash(0x1000, bytes, &one, 1)));
    bytes[15] = 0;
    bytes[16] = 1;
    assert_true(cache_hash_equal(h, cache_content_hash(0x1000, bytes, &one, 1)));
}

static void guest_pc_of_host_code(void **state)
{
    char name[CACHE_NAME_LEN];
    gva pc = 0;

    write_two(name);
    struct cache_segment *s = open_good(name);
    size_t loads = find_entry(s, 0x10001000);
    const uint8_t *code = s->code + s->units[loads].code_offset;
    assert_true(cache_guest_pc(s, code, &pc));
    assert_int_equal(pc, 0x10001000);
    assert_true(cache_guest_pc(s, code + 6, &pc));
    assert_int_equal(pc, 0x10001000);
    assert_true(cache_guest_pc(s, code + 7, &pc));
    assert_int_equal(pc, 0x10001004);
    assert_false(cache_guest_pc(s, code + 8, &pc));             /* padding between units */
    assert_false(cache_guest_pc(s, s->code - 1, &pc));
    assert_false(cache_guest_pc(s, s->code + s->header->code_size, &pc));
    cache_close(s);
}

/* Opens a copy of the segment after `change` was done to its bytes. */
static struct cache_segment *open_changed(const char *name, void (*change)(uint8_t *bytes, off_t *size, unsigned n), unsigned n)
{
    static char copy[CACHE_NAME_LEN];
    struct stat st;
    struct error err;
    int fd = openat(dir, name, O_RDONLY);

    assert_true(fd >= 0 && !fstat(fd, &st));
    uint8_t *bytes = calloc(1, (size_t)st.st_size + 4096);
    assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
    close(fd);
    change(bytes, &st.st_size, n);
    cache_file_name(copy, sizeof copy, "-changed.seg");
    fd = openat(dir, copy, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    assert_int_equal(write(fd, bytes, (size_t)st.st_size), st.st_size);
    close(fd);
    free(bytes);
    struct cache_segment *s = cache_open(dir, copy, true, &err);
    if (!s)
        assert_non_null(strstr(err.text, copy));                /* the message names the file */
    return s;
}

static void flip(uint8_t *bytes, off_t *size, unsigned n) { bytes[n] ^= 0x10; }
static void cut(uint8_t *bytes, off_t *size, unsigned n) { *size = n; }
static void grow(uint8_t *bytes, off_t *size, unsigned n) { *size += n; }

/* A header field is wrong although its hash is right: as if the writer had been wrong. */
static void lie(uint8_t *bytes, off_t *size, unsigned n)
{
    struct cache_header *h = (struct cache_header *)bytes;

    bytes[n] ^= 0x10;
    h->header_hash = cache_header_hash(h);
}

static void unchanged_copy_is_accepted(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_changed(name, grow, 0);
    assert_non_null(s);
    cache_close(s);
}

static size_t count_of(struct cache_segment *s, gva entry)
{
    size_t first;

    return cache_find(s, key_of(entry), &first);
}

static void damaged_header_or_blocks_are_refused(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_good(name);
    unsigned end = (unsigned)cache_layout(s->header).units;
    cache_close(s);
    for (unsigned n = 0; n < end; n++) {
        s = open_changed(name, flip, n);
        if (s)
            fail_msg("byte %u of %u flipped and accepted", n, end);
    }
}

static void units_of_a_damaged_index_are_not_found(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_good(name);
    unsigned begin = (unsigned)cache_layout(s->header).units, end = (unsigned)cache_layout(s->header).targets;
    cache_close(s);
    for (unsigned n = begin; n < end; n++) {
        s = open_changed(name, flip, n);
        assert_non_null(s);
        if (count_of(s, 0x10001000) || count_of(s, 0x10002000) || cache_unit_sound(s, 0) || cache_unit_sound(s, 1))
            fail_msg("byte %u of %u flipped and a unit found", n, end);
        cache_close(s);
    }
}

static void damaged_slot_targets_spoil_the_units_that_link_to_them(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_good(name);
    size_t loads = find_entry(s, 0x10001000), returns = find_entry(s, 0x10002000);
    unsigned begin = (unsigned)cache_layout(s->header).targets, end = (unsigned)cache_layout(s->header).links;
    cache_close(s);
    for (unsigned n = begin; n < end; n++) {
        s = open_changed(name, flip, n);
        assert_non_null(s);
        assert_false(cache_unit_sound(s, loads));
        assert_true(cache_unit_sound(s, returns));
        cache_close(s);
    }
}

static void header_that_lies_is_refused(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    for (unsigned n = 0; n < offsetof(struct cache_header, header_hash); n++) {
        struct cache_segment *s = open_changed(name, lie, n);
        /* counts only say where the parts lie: what is in them is checked on its own */
        bool is_count = n >= offsetof(struct cache_header, unit_count) && n < offsetof(struct cache_header, block_count);
        if (s && !is_count)
            fail_msg("header byte %u lies and is accepted", n);
        if (s && count_of(s, 0x10002000) && cache_unit_sound(s, find_entry(s, 0x10002000)))
            assert_int_equal(call(s, find_entry(s, 0x10002000)), 7);
        cache_close(s);
    }
}

/* mov eax, ADDRESS; ret. */
static const uint8_t return_address[] = { 0xb8, 0x08, 0x10, 0x00, 0x10, 0xc3 };
static const struct cache_move word_at_1[] = { { 1, 4 } };

struct mapping { gva lo, hi; };

static bool is_in(const struct cache_segment *s, const struct cache_unit *u, gva entry, const void *context)
{
    const struct mapping *m = context;

    return entry >= m->lo && entry < m->hi;
}

static void units_move_with_what_they_name(void **state)
{
    struct cache_record records[] = { record(0x10001000, range_1000, return_address, sizeof return_address),
                                      record(0x10002000, range_2000, return_7, sizeof return_7),
                                      record(0x10003000, range_1000, return_7, sizeof return_7),
                                      record(0x10004000, range_1000, load_slot, sizeof load_slot) };
    static const struct mapping all = { 0xd0001000, 0xd0005000 }, third = { 0xd0003000, 0xd0004000 };
    char name[CACHE_NAME_LEN];
    struct error err;

    records[0].moves = word_at_1;
    records[0].move_count = 1;
    records[1].flags = CACHE_UNIT_FIXED;
    records[3].links = link_to_2000;
    records[3].link_count = 1;
    assert_int_equal(cache_write(dir, records, 4, name, &err), 0);
    struct cache_segment *s = open_good(name), *m = cache_moved(s, 0xc0000000, is_in, &all, &err);
    assert_non_null(m);
    assert_int_equal(call(s, find_entry(s, 0x10001000)), 0x10001008);
    assert_int_equal(m->header->unit_count, 3);                 /* without the one that is fixed */
    for (size_t i = 0; i < 3; i++) {
        assert_true(cache_unit_sound(m, i));
        if (m->units[i].entry == 0xd0001000) {
            gva pc;
            assert_int_equal(call(m, i), 0xd0001008);
            assert_int_equal(m->ranges[m->units[i].range_first].lo, 0xd0001000);
            assert_int_equal(m->ranges[m->units[i].range_first].hi, 0xd0001008);
            assert_true(cache_guest_pc(m, m->code + m->units[i].code_offset, &pc));
            assert_int_equal(pc, 0xd0001000);
        } else if (m->units[i].entry == 0xd0004000) {
            *cache_slot(m, 0xd0002000) = (code_fn)77;
            assert_int_equal(call(m, i), 77);
        } else {
            assert_int_equal(m->units[i].entry, 0xd0003000);
        }
    }
    assert_null(cache_slot(m, 0x10002000));
    cache_close(m);
    m = cache_moved(s, 0xc0000000, is_in, &third, &err);
    assert_int_equal(m->header->unit_count, 1);                 /* what is wanted only */
    cache_close(m);
    cache_close(s);
}

/* Many units, several with the same key across a block's end: all are found, and only they. */
static void units_of_many_blocks_are_found(void **state)
{
    enum { COUNT = 1000, SAME = 100 };
    static struct cache_record records[COUNT + SAME];
    char name[CACHE_NAME_LEN];
    struct error err;
    size_t first;

    for (unsigned i = 0; i < COUNT + SAME; i++) {
        records[i] = record(0x10001000, range_1000, return_7, sizeof return_7);
        records[i].key = i < COUNT ? (i + 1) * 1000 : 500500;
        records[i].content.low = i;
    }
    assert_int_equal(cache_write(dir, records, COUNT + SAME, name, &err), 0);
    struct cache_segment *s = open_good(name);
    for (unsigned i = 0; i < COUNT; i++) {
        assert_int_equal(cache_find(s, (i + 1) * 1000, &first), 1);
        assert_int_equal(s->units[first].content.low, i);
        assert_int_equal(cache_find(s, (i + 1) * 1000 + 1, &first), 0);
    }
    assert_int_equal(cache_find(s, 500500, &first), SAME);
    cache_close(s);
}

static void truncated_or_grown_file_is_refused(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    for (unsigned n = 0; n < 8192; n += n < 128 ? 1 : 500)
        assert_null(open_changed(name, cut, n));
    assert_null(open_changed(name, grow, 1));
    assert_null(open_changed(name, grow, 4096));
}

static void damaged_code_costs_one_unit(void **state)
{
    char name[CACHE_NAME_LEN];

    write_two(name);
    struct cache_segment *s = open_good(name);
    size_t loads = find_entry(s, 0x10001000), returns = find_entry(s, 0x10002000);
    unsigned at = (unsigned)(s->header->code_offset + s->units[returns].code_offset + 1);
    unsigned pcs = (unsigned)cache_layout(s->header).pcs + 8 * s->units[loads].pc_first;
    cache_close(s);

    s = open_changed(name, flip, at);
    assert_non_null(s);
    assert_false(cache_unit_sound(s, returns));
    assert_false(cache_unit_sound(s, returns));
    assert_true(cache_unit_sound(s, loads));
    cache_close(s);
    s = open_changed(name, flip, pcs);
    assert_non_null(s);
    assert_false(cache_unit_sound(s, loads));
    assert_true(cache_unit_sound(s, returns));
    cache_close(s);
}

static void merging_keeps_sound_units_once(void **state)
{
    char first[CACHE_NAME_LEN], second[CACHE_NAME_LEN], merged[CACHE_NAME_LEN];
    struct cache_record again = record(0x10002000, range_2000, return_7, sizeof return_7);
    struct error err;

    write_two(first);
    assert_int_equal(cache_write(dir, &again, 1, second, &err), 0);
    struct cache_segment *segments[] = { open_good(first), open_good(second) };
    assert_int_equal(cache_merge(dir, segments, 2, NULL, NULL, merged, &err), 0);
    cache_close(segments[0]);
    cache_close(segments[1]);
    struct cache_segment *s = open_good(merged);
    assert_int_equal(s->header->unit_count, 2);
    size_t loads = find_entry(s, 0x10001000), returns = find_entry(s, 0x10002000);
    assert_true(cache_unit_sound(s, loads) && cache_unit_sound(s, returns));
    *cache_slot(s, 0x10002000) = (code_fn)0x77;
    assert_int_equal(call(s, loads), 0x77);
    cache_close(s);
}

static bool is_2000(const struct cache_unit *u, const void *context) { return u->entry == 0x10002000; }

static void merging_keeps_what_is_wanted(void **state)
{
    char name[CACHE_NAME_LEN], merged[CACHE_NAME_LEN];
    struct error err;

    write_two(name);
    struct cache_segment *s = open_good(name);
    assert_int_equal(cache_merge(dir, &s, 1, is_2000, NULL, merged, &err), 0);
    cache_close(s);
    s = open_good(merged);
    assert_int_equal(s->header->unit_count, 1);
    find_entry(s, 0x10002000);
    cache_close(s);
}

static void merging_drops_damaged_units(void **state)
{
    char name[CACHE_NAME_LEN], merged[CACHE_NAME_LEN];
    struct error err;

    write_two(name);
    struct cache_segment *s = open_good(name);
    size_t loads = find_entry(s, 0x10001000);
    unsigned at = (unsigned)(s->header->code_offset + s->units[loads].code_offset);
    cache_close(s);
    s = open_changed(name, flip, at);
    assert_int_equal(cache_merge(dir, &s, 1, NULL, NULL, merged, &err), 0);
    cache_close(s);
    s = open_good(merged);
    assert_int_equal(s->header->unit_count, 1);
    find_entry(s, 0x10002000);
    cache_close(s);
}

static void link_outside_its_unit_is_refused(void **state)
{
    static const struct cache_record_link beyond[] = { { 5, 0x10002000 } };
    struct cache_record r = record(0x10001000, range_1000, load_slot, sizeof load_slot);
    char name[CACHE_NAME_LEN];
    struct error err;

    r.links = beyond;
    r.link_count = 1;
    assert_int_equal(cache_write(dir, &r, 1, name, &err), -1);
}

static void foreign_or_open_directories_are_refused(void **state)
{
    char path[64];
    struct error err;

    snprintf(path, sizeof path, "%s/open", directory);
    assert_int_equal(mkdir(path, 0755), 0);
    int fd = cache_open_directory(path, &err);
    assert_true(fd >= 0);
    close(fd);
    chmod(path, 0775);
    assert_int_equal(cache_open_directory(path, &err), -1);
    assert_non_null(strstr(err.text, path));
    chmod(path, 0757);
    assert_int_equal(cache_open_directory(path, &err), -1);
    chmod(path, 0755);
    if (geteuid() == 0) {
        assert_int_equal(chown(path, 12345, 0), 0);
        assert_int_equal(cache_open_directory(path, &err), -1);
        assert_non_null(strstr(err.text, "12345"));
    }
    rmdir(path);
    assert_int_equal(cache_open_directory("/nonexistent/cache", &err), -1);
}

static void writable_segments_are_refused(void **state)
{
    char name[CACHE_NAME_LEN];
    struct error err;

    write_two(name);
    fchmodat(dir, name, 0664, 0);
    assert_null(cache_open(dir, name, true, &err));
    assert_non_null(strstr(err.text, name));
    fchmodat(dir, name, 0644, 0);
}

static void other_files_are_not_listed(void **state)
{
    char (*names)[CACHE_NAME_LEN], mine[CACHE_NAME_LEN];
    struct error err;
    long found = 0;

    write_two(mine);
    close(openat(dir, "00000000-0000000000000000.seg", O_CREAT | O_WRONLY, 0644));
    close(openat(dir, "notes.txt", O_CREAT | O_WRONLY, 0644));
    long count = cache_list(dir, &names, &err);
    for (long i = 0; i < count; i++) {
        found += !strcmp(names[i], mine);
        assert_string_not_equal(names[i], "notes.txt");
        assert_string_not_equal(names[i], "00000000-0000000000000000.seg");
    }
    assert_int_equal(found, 1);
    free(names);
}

static int make_directory(void **state)
{
    if (!mkdtemp(directory))
        return -1;
    dir = open(directory, O_RDONLY | O_DIRECTORY);
    return dir < 0;
}

static int remove_directory(void **state)
{
    char command[64];

    snprintf(command, sizeof command, "rm -r %s", directory);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_units_are_found_and_run),
        cmocka_unit_test(same_units_make_the_same_file),
        cmocka_unit_test(unknown_keys_are_not_found),
        cmocka_unit_test(content_hash_covers_bounds_and_bytes),
        cmocka_unit_test(guest_pc_of_host_code),
        cmocka_unit_test(unchanged_copy_is_accepted),
        cmocka_unit_test(damaged_header_or_blocks_are_refused),
        cmocka_unit_test(units_of_a_damaged_index_are_not_found),
        cmocka_unit_test(damaged_slot_targets_spoil_the_units_that_link_to_them),
        cmocka_unit_test(units_of_many_blocks_are_found),
        cmocka_unit_test(units_move_with_what_they_name),
        cmocka_unit_test(header_that_lies_is_refused),
        cmocka_unit_test(truncated_or_grown_file_is_refused),
        cmocka_unit_test(damaged_code_costs_one_unit),
        cmocka_unit_test(merging_keeps_sound_units_once),
        cmocka_unit_test(merging_keeps_what_is_wanted),
        cmocka_unit_test(merging_drops_damaged_units),
        cmocka_unit_test(link_outside_its_unit_is_refused),
        cmocka_unit_test(foreign_or_open_directories_are_refused),
        cmocka_unit_test(writable_segments_are_refused),
        cmocka_unit_test(other_files_are_not_listed),
    };

    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
