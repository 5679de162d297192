/* milicode.c -- arithmetic and string routines at fixed addresses [aix-abi 6.5].
 *
 * Guest memory is accessed directly: a fault is the guest's SIGSEGV at the routine's address, so each routine states
 * its pc first and changes registers only when it is through. Ranges that wrap around the address space do not occur in
 * working programs; they are cut at the window's end and fault there.
 */
#include "syscalls/milicode.h"

#include <stdbool.h>
#include <string.h>
#include "runtime/address_space.h"
#include "runtime/host.h"
#include "syscalls/milicode_setjmp.h"

#define R3 cpu_gpr(cpu, 3)
#define R4 cpu_gpr(cpu, 4)
#define R5 cpu_gpr(cpu, 5)

/* Volatile: to the compiler, which does not see the fault, the store is overwritten by back() unread. */
static void inside(struct cpu *cpu, gva pc) { *(volatile uint64_t *)&cpu->pc = pc; }

static uint64_t back(struct cpu *cpu) { return cpu->pc = cpu_return_pc(cpu); }

/* --- multiply and divide: 32-bit programs; overflow and division by zero give no trap, and any result ------------- */

static uint64_t mulh(struct cpu *cpu)
{
    cpu->gpr[3] = (uint32_t)((uint64_t)((int64_t)(int32_t)R3 * (int32_t)R4) >> 32);
    return back(cpu);
}

static uint64_t mull(struct cpu *cpu)
{
    uint64_t product = (uint64_t)((int64_t)(int32_t)R3 * (int32_t)R4);
    cpu->gpr[3] = product >> 32;
    cpu->gpr[4] = (uint32_t)product;
    return back(cpu);
}

static void divide_signed(struct cpu *cpu)
{
    int64_t a = (int32_t)R3, b = (int32_t)R4;
    cpu->gpr[3] = b ? (uint32_t)(a / b) : 0;
    cpu->gpr[4] = b ? (uint32_t)(a % b) : 0;
}

static void divide_unsigned(struct cpu *cpu)
{
    uint32_t a = (uint32_t)R3, b = (uint32_t)R4;
    cpu->gpr[3] = b ? a / b : 0;
    cpu->gpr[4] = b ? a % b : 0;
}

static uint64_t divss(struct cpu *cpu)
{
    divide_signed(cpu);
    return back(cpu);
}

static uint64_t divus(struct cpu *cpu)
{
    divide_unsigned(cpu);
    return back(cpu);
}

/* The quotient alone: r4 is the caller's to lose. */
static uint64_t quoss(struct cpu *cpu) { return divss(cpu); }
static uint64_t quous(struct cpu *cpu) { return divus(cpu); }

/* --- strings ------------------------------------------------------------------------------------------------------ */

/* Length to the window's end at most: one byte more faults in the guard behind it. */
static size_t in_window(gva ea, uint64_t length)
{
    uint64_t room = guest.mask + 1 - (ea & guest.mask);
    return length <= room ? length : room + 1;
}

static int sign(int order) { return (order > 0) - (order < 0); }
static void set_result(struct cpu *cpu, int64_t v) { cpu->gpr[3] = guest.is64 ? (uint64_t)v : (uint32_t)v; }

static uint64_t mili_memcmp(struct cpu *cpu)
{
    inside(cpu, 0xD000);
    uint64_t n = R5;
    set_result(cpu, sign(memcmp(g2h(R3), g2h(R4), in_window(R3, in_window(R4, n)))));
    return back(cpu);
}

static uint64_t mili_strstr(struct cpu *cpu)
{
    inside(cpu, 0xD400);
    const char *start = g2h(R3), *found = strstr(start, g2h(R4));
    cpu->gpr[3] = found ? R3 + (uint64_t)(found - start) : 0;
    return back(cpu);
}

/* r3 to, r4 from, r5 byte, r6 length: stops behind the byte. */
static uint64_t mili_memccpy(struct cpu *cpu)
{
    inside(cpu, 0xD800);
    char *to = g2h(R3);
    uint64_t n = cpu_gpr(cpu, 6);
    char *end = memccpy(to, g2h(R4), (int)(R5 & 0xFF), in_window(R3, in_window(R4, n)));
    cpu->gpr[3] = end ? R3 + (uint64_t)(end - to) : 0;
    return back(cpu);
}

static uint64_t mili_strcmp_at(struct cpu *cpu, gva pc)
{
    inside(cpu, pc);
    set_result(cpu, sign(strcmp(g2h(R3), g2h(R4))));
    return back(cpu);
}
static uint64_t mili_strcmp(struct cpu *cpu) { return mili_strcmp_at(cpu, 0xDC00); }
static uint64_t mili_strcmp64(struct cpu *cpu) { return mili_strcmp_at(cpu, 0xDE00); }

static uint64_t mili_strlen(struct cpu *cpu)
{
    inside(cpu, 0xE600);
    cpu->gpr[3] = strlen(g2h(R3));
    return back(cpu);
}

static uint64_t mili_strcpy_at(struct cpu *cpu, gva pc)
{
    inside(cpu, pc);
    strcpy(g2h(R3), g2h(R4));
    return back(cpu);
}
static uint64_t mili_strcpy(struct cpu *cpu) { return mili_strcpy_at(cpu, 0xFC00); }
static uint64_t mili_strcpy64(struct cpu *cpu) { return mili_strcpy_at(cpu, 0xFE00); }

static uint64_t mili_memset_at(struct cpu *cpu, gva pc, int byte, uint64_t n)
{
    inside(cpu, pc);
    memset(g2h(R3), byte, in_window(R3, n));
    return back(cpu);
}
static uint64_t mili_bzero(struct cpu *cpu) { return mili_memset_at(cpu, 0xE000, 0, R4); }
static uint64_t mili_bzero64(struct cpu *cpu) { return mili_memset_at(cpu, 0xE800, 0, R4); }
static uint64_t mili_memset(struct cpu *cpu) { return mili_memset_at(cpu, 0xE008, (int)(R4 & 0xFF), R5); }
static uint64_t mili_memset64(struct cpu *cpu) { return mili_memset_at(cpu, 0xE808, (int)(R4 & 0xFF), R5); }

/* An overlapping move cannot be begun again after a fault in the middle, as a handler that mended the page wants: all pages are
 * tried beforehand. The exchange of zero for zero changes nothing and needs a page that can be written. */
static void try_pages(volatile uint8_t *to, const volatile uint8_t *from, size_t n)
{
    for (size_t at = 0, last = n - 1;; at = last - at > GUEST_PAGE ? at + GUEST_PAGE : last) {
        uint8_t zero = 0;
        (void)from[at];
        __atomic_compare_exchange_n(to + at, &zero, 0, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED);
        if (at == last)
            return;
    }
}

static uint64_t mili_memmove_at(struct cpu *cpu, gva pc)
{
    inside(cpu, pc);
    uint8_t *to = g2h(R3), *from = g2h(R4);
    size_t n = in_window(R3, in_window(R4, R5));
    if (to < from + n && from < to + n && ((uintptr_t)to % GUEST_PAGE + n > GUEST_PAGE || (uintptr_t)from % GUEST_PAGE + n > GUEST_PAGE))
        try_pages(to, from, n);
    memmove(to, from, n);
    return back(cpu);
}
static uint64_t mili_memmove(struct cpu *cpu) { return mili_memmove_at(cpu, 0xF000); }
static uint64_t mili_memmove64(struct cpu *cpu) { return mili_memmove_at(cpu, 0xF400); }

/* r4 bytes of the word in r5, in memory order. A rest of 1..3 bytes (not public) is the word's first ones. */
static uint64_t mili_fill_at(struct cpu *cpu, gva pc)
{
    inside(cpu, pc);
    uint8_t *to = g2h(R3);
    const uint32_t word = __builtin_bswap32((uint32_t)R5);
    uint64_t n = in_window(R3, R4), at = 0;
    for (; at + 4 <= n; at += 4)
        memcpy(to + at, &word, 4);
    memcpy(to + at, &word, n - at);
    return back(cpu);
}
static uint64_t mili_fill(struct cpu *cpu) { return mili_fill_at(cpu, 0xF800); }
static uint64_t mili_fill64(struct cpu *cpu) { return mili_fill_at(cpu, 0xFA00); }

/* --- not AIX's: what the builtin libc lacks in AIX's list, in a page that AIX leaves alone --------------------------- */

static uint64_t found_at(struct cpu *cpu, gva start, const char *from, const char *found)
{
    cpu->gpr[3] = found ? start + (uint64_t)(found - from) : 0;
    return back(cpu);
}

static uint64_t host_strlen(struct cpu *cpu)
{
    inside(cpu, 0xC000);
    cpu->gpr[3] = strlen(g2h(R3));
    return back(cpu);
}

static uint64_t host_memchr(struct cpu *cpu)
{
    inside(cpu, 0xC040);
    const char *from = g2h(R3);
    return found_at(cpu, R3, from, memchr(from, (int)(R4 & 0xFF), in_window(R3, R5)));
}

static uint64_t host_memcmp(struct cpu *cpu)
{
    inside(cpu, 0xC080);
    set_result(cpu, sign(memcmp(g2h(R3), g2h(R4), in_window(R3, in_window(R4, R5)))));
    return back(cpu);
}

static uint64_t host_strncmp(struct cpu *cpu)
{
    inside(cpu, 0xC0C0);
    set_result(cpu, sign(strncmp(g2h(R3), g2h(R4), in_window(R3, in_window(R4, R5)))));
    return back(cpu);
}

static uint64_t host_strchr(struct cpu *cpu)
{
    inside(cpu, 0xC100);
    const char *from = g2h(R3);
    return found_at(cpu, R3, from, strchr(from, (int)(R4 & 0xFF)));
}

static uint64_t host_strrchr(struct cpu *cpu)
{
    inside(cpu, 0xC140);
    const char *from = g2h(R3);
    return found_at(cpu, R3, from, strrchr(from, (int)(R4 & 0xFF)));
}

const struct milicode milicode[] = {
    { 0x3100, mulh, "__mulh" },
    { 0x3180, mull, "__mull" },
    { 0x3200, divss, "__divss" },
    { 0x3280, divus, "__divus" },
    { 0x3300, quoss, "__quoss" },
    { 0x3380, quous, "__quous" },
    { 0xD000, mili_memcmp, "___memcmp" },
    { 0xD400, mili_strstr, "___strstr" },
    { 0xD800, mili_memccpy, "___memccpy" },
    { 0xDC00, mili_strcmp, "___strcmp" },
    { 0xDE00, mili_strcmp64, "___strcmp64" },
    { 0xE000, mili_bzero, "___bzero" },
    { 0xE008, mili_memset, "___memset" },
    { 0xE600, mili_strlen, "___strlen" },
    { 0xE800, mili_bzero64, "___bzero64" },
    { 0xE808, mili_memset64, "___memset64" },
    { 0xF000, mili_memmove, "___memmove" },
    { 0xF400, mili_memmove64, "___memmove64" },
    { 0xF800, mili_fill, "___fill" },
    { 0xFA00, mili_fill64, "___fill64" },
    { 0xFC00, mili_strcpy, "___strcpy" },
    { 0xFE00, mili_strcpy64, "___strcpy64" },
    { 0xC000, host_strlen, "__host_strlen" },
    { 0xC040, host_memchr, "__host_memchr" },
    { 0xC080, host_memcmp, "__host_memcmp" },
    { 0xC0C0, host_strncmp, "__host_strncmp" },
    { 0xC100, host_strchr, "__host_strchr" },
    { 0xC140, host_strrchr, "__host_strrchr" },
    { SETJMP_AT, host_setjmp, "__host_setjmp" },
    { SETJMP_MASK_AT, host_setjmp_mask, "__host_setjmp_mask" },
    { LONGJMP_AT, host_longjmp, "__host_longjmp" },
};
const unsigned milicode_count = ARRAY_LEN(milicode);
