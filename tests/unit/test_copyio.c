/* test_copyio.c -- copies across the end of mapped guest memory, with the real handler for faults. */
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
#include "runtime/signal.h"
#include "runtime/signal_host.h"

enum { PAGE_EA = 0x20000000 };  /* one page is mapped here, nothing behind it */

static int setup(void **state)
{
    struct error err;
    gva ea;

    if (address_space_reserve(false, &err) || !thread_first(false) || signal_init(NULL))
        return -1;
    return guest_mmap(PAGE_EA, 4096, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &ea);
}

static void round_trip(void **state)
{
    char back[6];

    assert_int_equal(copyout(PAGE_EA, "hello", 6), 0);
    assert_int_equal(copyin(back, PAGE_EA, 6), 0);
    assert_string_equal(back, "hello");
    assert_int_equal(copyout_u32(PAGE_EA, 0x01020304), 0);
    assert_int_equal(copyin(back, PAGE_EA, 4), 0);
    assert_memory_equal(back, "\1\2\3\4", 4);     /* the guest is big-endian */
}

/* cmocka has handlers of its own around each test. */
static void own_handlers(void)
{
    static const struct guest_sigaction dfl;

    signal_host_disposition(AIX_SIGSEGV, &dfl);
}

static void faults(void **state)
{
    char buffer[16] = "";

    own_handlers();
    assert_int_equal(copyin(buffer, 0, 4), -EFAULT);
    assert_int_equal(copyin(buffer, PAGE_EA + 4090, 16), -EFAULT);
    assert_int_equal(copyout(PAGE_EA + 4090, buffer, 16), -EFAULT);
    assert_int_equal(copyin(buffer, PAGE_EA + 4090, 6), 0);
    assert_int_equal(copyin(buffer, 0xfffffffc, 8), -EFAULT);       /* runs out of the window */
    assert_int_equal(copyin(buffer, 0x50000000, 0), 0);             /* nothing is touched */
}

static void strings(void **state)
{
    char buffer[8];

    own_handlers();
    assert_int_equal(copyout(PAGE_EA + 4096 - 4, "abc", 4), 0);
    assert_int_equal(copyinstr(buffer, PAGE_EA + 4096 - 4, sizeof buffer), 0);
    assert_string_equal(buffer, "abc");
    assert_int_equal(copyinstr(buffer, PAGE_EA + 4096 - 4, 3), -ENAMETOOLONG);
    assert_int_equal(copyinstr(buffer, PAGE_EA + 4096 - 4, 4), 0);
    assert_int_equal(copyout(PAGE_EA + 4096 - 4, "abcd", 4), 0);    /* no NUL before the end of memory */
    assert_int_equal(copyinstr(buffer, PAGE_EA + 4096 - 4, sizeof buffer), -EFAULT);
    assert_int_equal(copyinstr(buffer, 0x50000000, sizeof buffer), -EFAULT);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(round_trip), cmocka_unit_test(faults), cmocka_unit_test(strings) };

    return cmocka_run_group_tests(tests, setup, NULL);
}
