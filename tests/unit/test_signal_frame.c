/* test_signal_frame.c -- what a handler finds at which distance from r1: numbers of [aix-abi 4.6, 4.7, 6.2] written out here, some
 * of them GDB's (saved iar at SP+104 and SP+424, r1 at SP+168). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <sys/mman.h>

#include "runtime/address_space.h"
#include "runtime/copyio.h"
#include "runtime/guest_map.h"
#include "runtime/signal_frame.h"

enum { DESCRIPTOR = 0x20000000, STACK_TOP = 0x20010000 };

static struct thread *t;

static int setup(bool is64)
{
    struct error err;
    gva ea;

    if (address_space_reserve(is64, &err))
        return -1;
    t = thread_first(is64);
    if (guest_mmap(DESCRIPTOR, 0x20000, PROT_READ | PROT_WRITE, GUEST_FIXED, -1, 0, AREA_MMAP, &ea) || signal_frame_init())
        return -1;
    return copyout_long(DESCRIPTOR, 0x10000200) || copyout_long(DESCRIPTOR + (is64 ? 8 : 4), 0x20000800);
}

static int setup32(void **state) { return setup(false); }
static int setup64(void **state) { return setup(true); }
static int teardown(void **state) { return guest_munmap(0, guest.mask + 1); }

static uint32_t w(gva ea)
{
    uint32_t v = 0xdeadbeef;
    assert_int_equal(copyin_u32(&v, ea), 0);
    return v;
}

static uint64_t d(gva ea) { return (uint64_t)w(ea) << 32 | w(ea + 4); }

static void fill(struct cpu *cpu)
{
    for (unsigned i = 0; i < 32; i++) {
        cpu->gpr[i] = 0x1000 + i;
        cpu->vsr[i].dw[0] = 0xf000000000000000 + i;
        cpu->vsr[i].dw[1] = 0;
        cpu->vsr[32 + i] = (struct vsr){ 0 };
    }
    cpu->gpr[1] = STACK_TOP;
    cpu->pc = 0x10000104;
    cpu->lr = 0x10000777;
    cpu->ctr = 0xc7c7;
    cpu_cr_set(cpu, 0x12345678);
    cpu_xer_set(cpu, 0xa0001203);
    cpu->mq = 0x5151;
    cpu->fpscr = 0x3;
}

static const struct guest_siginfo info = { .signo = 11, .code = 50, .pid = 77, .uid = 5, .addr = 0x40000010 };
static const struct guest_sigaction with_info = { .handler = DESCRIPTOR, .flags = AIX_SA_SIGINFO };

static void entry_registers(unsigned red_zone, unsigned link)
{
    struct cpu *cpu = &t->cpu;

    assert_int_equal(cpu->pc, 0x10000200);
    assert_int_equal(cpu->gpr[2], 0x20000800);
    assert_int_equal(cpu->gpr[3], 11);
    assert_int_equal(cpu->gpr[5], cpu->gpr[1] + link);
    assert_int_equal(cpu->gpr[12], DESCRIPTOR);
    assert_int_equal(cpu->lr, SIGNAL_RETURN_PC);
    assert_int_equal(cpu->gpr[1] % 16, 0);
    assert_true(cpu->gpr[4] + 64 <= STACK_TOP - red_zone);
}

static void frame_32(void **state)
{
    fill(&t->cpu);
    assert_int_equal(signal_frame_push(t, &with_info, &info, 0x8000000100000002), 0);
    gva sp = t->cpu.gpr[1], uc = t->cpu.gpr[5], si = t->cpu.gpr[4];
    entry_registers(220, 0x40);
    assert_int_equal(w(sp), STACK_TOP);                     /* back chain */
    assert_int_equal(w(uc + 4), 0x00000002);                /* signals 1-32 first */
    assert_int_equal(w(uc + 8), 0x80000001);
    assert_int_equal(w(sp + 104), 0x10000104);              /* iar */
    assert_int_equal(w(uc + 16 + 32), 0x12345678);          /* cr */
    assert_int_equal(w(uc + 16 + 36), 0x10000777);          /* lr */
    assert_int_equal(w(uc + 16 + 40), 0xc7c7);              /* ctr */
    assert_int_equal(w(uc + 16 + 44), 0xa0001203);          /* xer */
    assert_int_equal(w(uc + 16 + 48), 0x5151);              /* mq */
    assert_int_equal(w(uc + 16 + 56), 0x3);                 /* fpscr */
    assert_int_equal(w(uc + 16 + 108), 0x40000010);         /* o_vaddr */
    assert_int_equal(w(uc + 16 + 208 + 4), STACK_TOP);
    assert_int_equal(w(uc + 16 + 208 + 31 * 4), 0x101f);
    assert_true(d(uc + 16 + 336 + 31 * 8) == 0xf00000000000001f);
    assert_int_equal(w(uc + 644), 0);                       /* no vectors in use */
    assert_int_equal(w(si), 11);
    assert_int_equal(w(si + 8), 50);
    assert_int_equal(w(si + 12), 77);
    assert_int_equal(w(si + 16), 5);
    assert_int_equal(w(si + 20), 0x40000010);
}

static void frame_64(void **state)
{
    fill(&t->cpu);
    t->cpu.gpr[31] = 0x123456789abcdef0;
    assert_int_equal(signal_frame_push(t, &with_info, &info, 0x8000000100000002), 0);
    gva sp = t->cpu.gpr[1], uc = t->cpu.gpr[5], si = t->cpu.gpr[4];
    entry_registers(288, 0x70);
    assert_true(d(sp) == STACK_TOP);
    assert_true(d(uc + 8) == 0x8000000100000002);
    assert_true(d(sp + 424) == 0x10000104);                 /* iar */
    assert_true(d(sp + 168) == STACK_TOP);                  /* r1 */
    assert_true(d(uc + 48 + 31 * 8) == 0x123456789abcdef0);
    assert_true(d(uc + 48 + 272) == 0x10000777);            /* lr */
    assert_true(d(uc + 48 + 280) == 0xc7c7);                /* ctr */
    assert_int_equal(w(uc + 48 + 288), 0x12345678);         /* cr */
    assert_int_equal(w(uc + 48 + 292), 0xa0001203);         /* xer */
    assert_int_equal(w(uc + 48 + 296), 3);                  /* fpscr */
    assert_true(d(uc + 48 + 312 + 8) == 0xf000000000000001);
    assert_int_equal(w(si), 11);
    assert_int_equal(w(si + 8), 50);
    assert_true(d(si + 24) == 0x40000010);
}

static void without_siginfo(void **state)
{
    static const struct guest_sigaction classic = { .handler = DESCRIPTOR };

    fill(&t->cpu);
    assert_int_equal(signal_frame_push(t, &classic, &info, 0), 0);
    assert_int_equal(t->cpu.gpr[4], 50);                    /* the code */
}

/* Everything comes back, vector registers included; and what the handler changed in the context is honoured. */
static void return_honours_changes(void **state)
{
    guest_sigset mask;
    unsigned gpr3 = guest.is64 ? 48 + 3 * 8 : 16 + 208 + 3 * 4, iar = guest.is64 ? 48 + 264 : 16 + 24;

    fill(&t->cpu);
    t->cpu.vsr[40].dw[1] = 0x1122334455667788;
    t->cpu.vsr[5].dw[1] = 0x99;
    t->cpu.vscr = 0x10000;
    struct cpu before = t->cpu;
    assert_int_equal(signal_frame_push(t, &with_info, &info, 0x42), 0);
    gva uc = t->cpu.gpr[5];
    assert_int_equal(w(uc + (guest.is64 ? 680 : 644)), 0x45435458);
    memset(&t->cpu.vsr, 0xff, sizeof t->cpu.vsr);
    memset(&t->cpu.gpr, 0xff, sizeof t->cpu.gpr);
    assert_int_equal(copyout_long(uc + gpr3, 0xabcd), 0);
    assert_int_equal(copyout_long(uc + iar, 0x10000300), 0);
    assert_int_equal(signal_frame_pop(&t->cpu, uc, &mask), 0);
    assert_true(mask == 0x42);
    assert_int_equal(t->cpu.pc, 0x10000300);
    assert_int_equal(t->cpu.gpr[3], 0xabcd);
    before.gpr[3] = 0xabcd;
    assert_memory_equal(t->cpu.gpr, before.gpr, sizeof before.gpr);
    assert_memory_equal(t->cpu.vsr, before.vsr, sizeof before.vsr);
    assert_int_equal(t->cpu.vscr, 0x10000);
    assert_int_equal(cpu_cr_get(&t->cpu), 0x12345678);
    assert_int_equal(cpu_xer_get(&t->cpu), 0xa0001203);
}

static void alternate_stack(void **state)
{
    static const struct guest_sigaction on_alt = { .handler = DESCRIPTOR, .flags = AIX_SA_ONSTACK };

    fill(&t->cpu);
    t->alt_sp = 0x20018000;
    t->alt_size = 0x2000;
    t->alt_flags = 0;
    assert_false(signal_on_alt_stack(t));
    assert_int_equal(signal_frame_push(t, &on_alt, &info, 0), 0);
    assert_true(signal_on_alt_stack(t));
    gva first = t->cpu.gpr[1];
    assert_int_equal(signal_frame_push(t, &on_alt, &info, 0), 0);   /* nested: below the first frame */
    assert_in_range(t->cpu.gpr[1], 0x20018000, first - 1);
    t->alt_size = 0;
}

/* The words libgcc's unwinder looks for, by their distance from the return address. */
static void trampoline(void **state)
{
    gva ra = SIGNAL_RETURN_PC;

    assert_true(ra < 0x10000000);
    assert_int_equal(w(ra - 6 * 4), 0x7d000164);
    assert_int_equal(w(ra - 5 * 4), 0x4c00012c);
    assert_int_equal(w(ra - 4 * 4), guest.is64 ? 0xe8ec0000 : 0x80ec0000);
    assert_int_equal(w(ra - 3 * 4), guest.is64 ? 0xe84c0008 : 0x804c0004);
    assert_int_equal(w(ra - 2 * 4), 0x7ce903a6);
    assert_int_equal(w(ra - 1 * 4), 0x4e800421);
    assert_int_equal(w(ra), guest.is64 ? 0x7de27b78 : 0x7dc37378);
    if (!guest.is64)
        assert_int_equal(w(ra + 18 * 4), 0x835a0570);
}

int main(void)
{
    const struct CMUnitTest tests32[] = {
        cmocka_unit_test(trampoline), cmocka_unit_test(frame_32), cmocka_unit_test(without_siginfo),
        cmocka_unit_test(return_honours_changes), cmocka_unit_test(alternate_stack),
    };
    const struct CMUnitTest tests64[] = {
        cmocka_unit_test(trampoline), cmocka_unit_test(frame_64), cmocka_unit_test(without_siginfo),
        cmocka_unit_test(return_honours_changes), cmocka_unit_test(alternate_stack),
    };

    int failed = cmocka_run_group_tests(tests32, setup32, teardown);

    return failed + (WINDOW64_FITS ? cmocka_run_group_tests(tests64, setup64, NULL) : 0);
}
