/* test_sys_milicode.c -- the routines at fixed addresses, called as guest code calls them.
 *
 * Semantics: AIX 7.2 Assembler Language Reference, millicode routines; addresses and string routines: aix-abi 6.5.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <cmocka.h>
#include "runtime/address_space.h"
#include "runtime/guest_map.h"
#include "runtime/thread.h"
#include "syscalls/milicode.h"
#include "syscalls/milicode_setjmp.h"

static const gva data = 0x30000000;

static struct cpu call(gva address, uint64_t r3, uint64_t r4, uint64_t r5)
{
    struct cpu cpu = { .lr = 0x10001234, .mem = guest.base };
    cpu.gpr[3] = r3, cpu.gpr[4] = r4, cpu.gpr[5] = r5;
    for (unsigned i = 0; i < milicode_count; i++) {
        if (milicode[i].address != address)
            continue;
        assert_int_equal(milicode[i].code(&cpu), 0x10001234);
        return cpu;
    }
    fail_msg("nothing at %#llx", (unsigned long long)address);
    return cpu;
}

static void arithmetic(void **state)
{
    struct cpu cpu = call(0x3100, 0xFFFFFFFF, 5, 0);            /* __mulh: -1 * 5 */
    assert_int_equal(cpu.gpr[3], 0xFFFFFFFF);
    cpu = call(0x3180, 0x80000000, 2, 0);                       /* __mull */
    assert_int_equal(cpu.gpr[3], 0xFFFFFFFF);
    assert_int_equal(cpu.gpr[4], 0);
    cpu = call(0x3200, (uint32_t)-7, 2, 0);                     /* __divss: towards zero */
    assert_int_equal(cpu.gpr[3], (uint32_t)-3);
    assert_int_equal(cpu.gpr[4], (uint32_t)-1);
    cpu = call(0x3280, 0xFFFFFFFF, 10, 0);                      /* __divus */
    assert_int_equal(cpu.gpr[3], 429496729);
    assert_int_equal(cpu.gpr[4], 5);
    assert_int_equal(call(0x3300, (uint32_t)-100, 7, 0).gpr[3], (uint32_t)-14);
    assert_int_equal(call(0x3380, 100, 7, 0).gpr[3], 14);
    call(0x3200, 0x80000000, 0xFFFFFFFF, 0);                    /* overflow and division by zero do not trap */
    call(0x3200, 1, 0, 0);
    call(0x3280, 1, 0, 0);
}

static void strings(void **state)
{
    char *p = g2h(data);
    strcpy(p, "hello, world");
    strcpy(p + 100, "world");
    assert_int_equal(call(0xF000, data + 200, data, 13).gpr[3], data + 200);
    assert_string_equal(p + 200, "hello, world");
    call(0xF000, data + 1, data, 12);                           /* overlapping */
    assert_memory_equal(p, "hhello, world", 13);
    assert_int_equal(call(0xE008, data + 300, 'x', 4).gpr[3], data + 300);
    assert_memory_equal(p + 300, "xxxx\0", 5);
    call(0xE000, data + 301, 2, 0);
    assert_memory_equal(p + 300, "x\0\0x", 4);
    assert_int_equal(call(0xE600, data + 100, 0, 0).gpr[3], 5);
    assert_int_equal(call(0xDC00, data + 100, data + 207, 0).gpr[3], 0);
    assert_true((int32_t)call(0xDC00, data, data + 100, 0).gpr[3] < 0);
    assert_true((int32_t)call(0xD000, data + 100, data, 1).gpr[3] > 0);
    assert_int_equal(call(0xD400, data + 200, data + 100, 0).gpr[3], data + 207);
    assert_int_equal(call(0xFC00, data + 400, data + 100, 0).gpr[3], data + 400);
    assert_string_equal(p + 400, "world");
    call(0xF800, data + 500, 8, 0x01020304);
    assert_memory_equal(p + 500, "\1\2\3\4\1\2\3\4\0", 9);
}

/* The builtin libc's own; expected: the C standard. */
static void host_strings(void **state)
{
    char *p = g2h(data);
    memcpy(p, "abcabc\0xyz\377", 12);
    assert_int_equal(call(0xC000, data, 0, 0).gpr[3], 6);
    assert_int_equal(call(0xC040, data, 'x', 12).gpr[3], data + 7);
    assert_int_equal(call(0xC040, data, 'x', 7).gpr[3], 0);
    assert_int_equal(call(0xC040, data, 0xFFFFFFFF, 12).gpr[3], data + 10);         /* converted to unsigned char */
    assert_int_equal(call(0xC080, data, data + 3, 3).gpr[3], 0);
    assert_true((int32_t)call(0xC080, data, data + 3, 4).gpr[3] > 0);
    assert_int_equal(call(0xC0C0, data + 3, data, 3).gpr[3], 0);
    assert_true((int32_t)call(0xC0C0, data + 3, data, 4).gpr[3] < 0);
    assert_int_equal(call(0xC0C0, data + 5, data + 5, 0xFFFFFFFF).gpr[3], 0);       /* ends with the string */
    assert_int_equal(call(0xC100, data, 'c', 0).gpr[3], data + 2);
    assert_int_equal(call(0xC100, data, 'x', 0).gpr[3], 0);
    assert_int_equal(call(0xC140, data, 'c', 0).gpr[3], data + 5);
    assert_int_equal(call(0xC140, data, 0, 0).gpr[3], data + 6);
}

/* What setjmp found comes back, what a function may change does not; a signal mask that has to be changed first is told. Expected: the C
 * standard, and the registers that functions keep [aix-abi 6.1]. */
static void jumps(void **state)
{
    static struct thread t;
    struct cpu *cpu = &t.cpu;
    for (unsigned i = 0; i < 32; i++) {
        cpu->gpr[i] = 0x01010101u * i;
        cpu->cr[i] = i % 3 == 0;
        *cpu_fpr(cpu, i) = UINT64_C(0x0102030405060708) * i;
    }
    cpu->mem = guest.base;
    cpu->gpr[3] = data;
    cpu->lr = 0x10001234;
    t.mask = UINT64_C(0x8000000100000004);
    struct cpu before = *cpu;
    assert_int_equal(host_setjmp_mask(cpu), 0x10001234);
    assert_int_equal(cpu->gpr[3], 0);

    for (unsigned i = 0; i < 32; i++) {
        cpu->gpr[i] = 7;
        cpu->cr[i] = 1;
        *cpu_fpr(cpu, i) = 7;
    }
    cpu->gpr[3] = data, cpu->gpr[4] = 0, cpu->gpr[5] = 1;
    cpu->lr = 0x10005678;
    t.mask ^= UINT64_C(1) << 40;
    assert_int_equal(host_longjmp(cpu), 0x10005678);
    assert_int_equal(cpu->gpr[3], 0);
    assert_int_equal(cpu->gpr[14], 7);

    t.mask ^= UINT64_C(1) << 40;
    cpu->gpr[3] = data;
    assert_int_equal(host_longjmp(cpu), 0x10001234);
    assert_int_equal(cpu->gpr[3], 1);
    for (unsigned i = 0; i < 32; i++) {
        bool kept = i == 1 || i == 2 || i >= 13;
        assert_int_equal(cpu->gpr[i], kept ? before.gpr[i] : i == 3 ? 1 : i == 4 ? 0 : i == 5 ? 1 : 7);
        assert_int_equal(*cpu_fpr(cpu, i), i >= 14 ? *cpu_fpr(&before, i) : 7);
        assert_int_equal(cpu->cr[i], i >= 8 && i < 20 ? before.cr[i] : 1);
    }
}

/* A wild length faults behind the window, in the guard, and nowhere else. */
static sigjmp_buf out;
static void *fault_address;
static void on_fault(int signo, siginfo_t *info, void *context)
{
    fault_address = info->si_addr;
    siglongjmp(out, 1);
}

static void wild_length(void **state)
{
    struct sigaction act = { .sa_sigaction = on_fault, .sa_flags = SA_SIGINFO }, old;
    sigaction(SIGSEGV, &act, &old);
    if (sigsetjmp(out, 1) == 0) {
        call(0xE008, data, 0, 0xFFFFFFFF);
        fail_msg("no fault");
    }
    sigaction(SIGSEGV, &old, NULL);
    uint8_t *at = fault_address;
    assert_true(at >= (uint8_t *)g2h(data) + 4096 && at < guest.base + guest.mask + 1 + GUEST_GUARD);
}

static int set_up(void **state)
{
    struct error err;
    gva at;
    return address_space_reserve(false, &err) < 0 ||
           guest_mmap(data, 4096, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &at) < 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arithmetic), cmocka_unit_test(strings), cmocka_unit_test(host_strings), cmocka_unit_test(jumps),
        cmocka_unit_test(wild_length),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
