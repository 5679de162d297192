/* test_guest_map.c -- placement, protection and collisions of guest mappings. Addresses expected: [aix-abi 2.1, 2.3]. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"
#include "runtime/signal_host.h"

enum { RW = PROT_READ | PROT_WRITE };

static gva hook_lo, hook_hi;
static int added, removed;

static void on_added(gva lo, gva hi) { added++, hook_lo = lo, hook_hi = hi; }
static void on_removed(gva lo, gva hi) { removed++, hook_lo = lo, hook_hi = hi; }

static int setup32(void **state)
{
    struct error err;
    return address_space_reserve(false, &err);
}

static int setup64(void **state)
{
    struct error err;
    return address_space_reserve(true, &err);
}

/* cmocka has handlers of its own around each test. */
static void own_handlers(void)
{
    static const struct guest_sigaction dfl;

    signal_host_disposition(AIX_SIGSEGV, &dfl);
}

static int teardown(void **state) { return guest_munmap(0, guest.mask + 1); }

static gva get(gva hint, uint64_t len, int flags, enum guest_area area)
{
    gva ea = 0;
    assert_int_equal(guest_mmap(hint, len, RW, flags, -1, 0, area, &ea), 0);
    return ea;
}

static void areas_32(void **state)
{
    assert_int_equal(get(0, 100, 0, AREA_MMAP), 0x30000000);
    assert_int_equal(get(0, 100, 0, AREA_MMAP), 0x30001000);
    assert_int_equal(get(0, 100, GUEST_SEGMENT, AREA_MMAP), 0x40000000);
    assert_int_equal(get(0, 100, GUEST_SEGMENT, AREA_MMAP), 0x50000000);
    assert_int_equal(get(0, 4096, 0, AREA_LIB_TEXT), 0xd0000000);
    assert_int_equal(get(0, 4096, 0, AREA_LIB_DATA), 0xf0000000);
    assert_int_equal(get(0x30001000, 4096, 0, AREA_MMAP), 0x30002000);      /* a taken hint is not honoured */
    assert_int_equal(get(0x38000000, 4096, 0, AREA_MMAP), 0x38000000);      /* a free one is, exactly */
}

static void fixed_and_noreplace(void **state)
{
    gva ea;

    assert_int_equal(get(0x20000000, 8192, GUEST_FIXED, AREA_MMAP), 0x20000000);
    assert_int_equal(guest_mmap(0x20001000, 4096, RW, GUEST_NOREPLACE, -1, 0, AREA_MMAP, &ea), -EEXIST);
    assert_int_equal(copyout_u32(0x20001000, 7), 0);
    assert_int_equal(get(0x20001000, 4096, GUEST_FIXED, AREA_MMAP), 0x20001000);    /* replaced by zeros */
    uint32_t v = 1;
    assert_int_equal(copyin_u32(&v, 0x20001000), 0);
    assert_int_equal(v, 0);
    assert_int_equal(guest_mmap(0x20000800, 4096, RW, GUEST_FIXED, -1, 0, AREA_MMAP, &ea), -EINVAL);
    assert_int_equal(guest_mmap(0xfffff000, 8192, RW, GUEST_FIXED, -1, 0, AREA_MMAP, &ea), -ENOMEM);
}

static void protection(void **state)
{
    gva lo, hi;

    own_handlers();
    get(0x20000000, 0x4000, GUEST_FIXED, AREA_MMAP);
    assert_int_equal(guest_mprotect(0x20001000, 0x1000, PROT_READ), 0);
    assert_int_equal(guest_prot(0x20001ffc, &lo, &hi), PROT_READ);
    assert_int_equal(lo, 0x20001000);
    assert_int_equal(hi, 0x20002000);
    assert_int_equal(guest_prot(0x20002000, NULL, NULL), RW);
    assert_int_equal(copyout_u32(0x20001000, 1), -EFAULT);
    assert_int_equal(guest_mprotect(0x20003000, 0x2000, PROT_READ), -ENOMEM);       /* partly unmapped */
    assert_int_equal(guest_munmap(0x20001000, 0x1000), 0);
    assert_int_equal(guest_prot(0x20001000, NULL, NULL), -1);
    assert_false(guest_is_mapped(0x20000000, 0x4000));
    assert_true(guest_is_mapped(0x20002000, 0x2000));
}

static void code_hooks(void **state)
{
    static const struct guest_code_hooks hooks = { on_added, on_removed }, none;
    gva ea;

    guest_map_set_hooks(&hooks);
    added = removed = 0;
    get(0x10000000, 0x3000, GUEST_FIXED, AREA_MMAP);
    assert_int_equal(added, 0);
    assert_int_equal(guest_mprotect(0x10001000, 0x1000, PROT_READ | PROT_EXEC), 0);
    assert_int_equal(added, 1);
    assert_int_equal(hook_lo, 0x10001000);
    assert_int_equal(hook_hi, 0x10002000);
    assert_int_equal(guest_mmap(0x10000000, 0x3000, RW, GUEST_FIXED, -1, 0, AREA_MMAP, &ea), 0);
    assert_int_equal(removed, 1);
    assert_int_equal(hook_lo, 0x10001000);
    guest_map_set_hooks(&none);
}

/* Execute permission alone lets the interpreter read; and never reaches the host. */
static void exec_is_read(void **state)
{
    gva ea;
    uint32_t v;

    own_handlers();
    assert_int_equal(guest_mmap(0x10000000, 4096, PROT_EXEC, GUEST_FIXED, -1, 0, AREA_MMAP, &ea), 0);
    assert_int_equal(copyin_u32(&v, 0x10000000), 0);
    assert_int_equal(copyout_u32(0x10000000, 1), -EFAULT);
}

static void areas_64(void **state)
{
    assert_true(get(0, 4096, 0, AREA_MMAP) == 0x0a00010000000000);
    assert_true(get(0x0a00020000000000, 64 << 20, 0, AREA_MMAP) == 0x0a00020000000000);     /* Go's arena hints */
    assert_true(get(0, 4096, 0, AREA_LIB_TEXT) == 0x0900200000000000);
    assert_true(get(0, 4096, 0, AREA_LIB_DATA) == 0x0900280000000000);
    assert_true(get(0, 4096, 0, AREA_LOAD) == 0x0800180000000000);
    assert_true(get(0x0fffffffffffe000, 4096, GUEST_FIXED, AREA_MMAP) == 0x0fffffffffffe000);
}

/* Two addresses with the same low 46 bits are one host address: the second is refused, or put elsewhere. */
static void collisions_64(void **state)
{
    gva ea;

    get(0x0a00030000000000, 4096, GUEST_FIXED, AREA_MMAP);
    assert_int_equal(guest_mmap(0x0900030000000000, 4096, RW, GUEST_FIXED, -1, 0, AREA_MMAP, &ea), -ENOMEM);
    ea = get(0x0700030000000000, 4096, 0, AREA_MMAP);
    assert_true(ea >> 48 == 0x0a00);
    assert_int_equal(guest_prot(0x0900030000000000, NULL, NULL), -1);
    assert_int_equal(guest_munmap(0x0900030000000000, 4096), -EINVAL);
    assert_int_equal(guest_prot(0x0a00030000000000, NULL, NULL), RW);
    assert_true(guest_ea_of_offset(0x030000000123) == 0x0a00030000000123);
}

int main(void)
{
    const struct CMUnitTest tests32[] = {
        cmocka_unit_test_setup_teardown(areas_32, NULL, teardown),
        cmocka_unit_test_setup_teardown(fixed_and_noreplace, NULL, teardown),
        cmocka_unit_test_setup_teardown(protection, NULL, teardown),
        cmocka_unit_test_setup_teardown(code_hooks, NULL, teardown),
        cmocka_unit_test_setup_teardown(exec_is_read, NULL, teardown),
    };
    const struct CMUnitTest tests64[] = { cmocka_unit_test(areas_64), cmocka_unit_test(collisions_64) };

    int failed = cmocka_run_group_tests(tests32, setup32, NULL);

    return failed + (WINDOW64_FITS ? cmocka_run_group_tests(tests64, setup64, NULL) : 0);
}
