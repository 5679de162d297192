/* kernel_pages.c -- what an AIX process sees of its kernel [aix-abi 2.1, 2.3, 3.1, 3.3].
 *
 * Page 0 reads as zeros. System calls are entered at SYSCALL_STUB in segment 0: the dispatcher knows the address and
 * calls the gate; the words there do the same for code that is interpreted. Pages of milicode hold traps: each known
 * address in them has its native function (milicode.c), and what jumps elsewhere in them gets SIGTRAP. A kernel data
 * region holds the objects of kernel_data.def and, read-only, one descriptor {stub, index, index} per import name.
 */
#include "syscalls/kernel_pages.h"

#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "runtime/address_space.h"
#include "runtime/be.h"
#include "runtime/guest_map.h"
#include "runtime/timebase.h"
#include "syscalls/syscall.h"

enum kernel_page { KERNEL_RW, KERNEL_RO, KERNEL_ZERO, KERNEL_DESCRIPTOR_PAGE };

enum {
    INSN_CRORC_666 = 0x4CC63342,    /* crorc 6,6,6 must precede sc [aix-abi 3.2] */
    INSN_SC = 0x44000002,
    INSN_TRAP = 0x7FE00008,
};

static gva region(void) { return guest.is64 ? 0x20000000 : 0x2FF30000; }
static gva page_address(enum kernel_page page) { return region() + (gva)page * GUEST_PAGE; }
static unsigned descriptor_size(void) { return guest.is64 ? 24 : 12; }

gva kernel_descriptor(unsigned index) { return page_address(KERNEL_DESCRIPTOR_PAGE) + (gva)index * descriptor_size(); }

uint64_t host_cpus(void)
{
    cpu_set_t mine;

    return sched_getaffinity(0, sizeof mine, &mine) ? (uint64_t)sysconf(_SC_NPROCESSORS_ONLN) : (uint64_t)CPU_COUNT(&mine);
}

static uint64_t host_memory(void)
{
    static uint64_t bytes;

    if (!bytes)
        bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
    return bytes;
}

static int map_fixed(gva ea, uint64_t len, int prot, struct error *err)
{
    gva at;
    int rc = guest_mmap(ea, len, prot, GUEST_FIXED | (prot & PROT_WRITE ? GUEST_FILLED : 0), -1, 0, AREA_MMAP, &at);
    return rc < 0
               ? error_set(err, -rc, "cannot map the kernel's page at %#llx: %s", (unsigned long long)ea, strerror(-rc))
               : 0;
}

static int map_code_pages(gva lo, gva hi, struct error *err)
{
    if (map_fixed(lo, hi - lo, PROT_READ | PROT_WRITE, err) < 0)
        return -1;
    for (gva ea = lo; ea < hi; ea += 4)
        be32_put(g2h(ea), INSN_TRAP);
    if (lo <= SYSCALL_STUB && SYSCALL_STUB < hi) {
        be32_put(g2h(SYSCALL_STUB), INSN_CRORC_666);
        be32_put(g2h(SYSCALL_STUB + 4), INSN_SC);
    }
    int rc = guest_mprotect(lo, hi - lo, PROT_READ | PROT_EXEC);
    return rc < 0 ? error_set(err, -rc, "cannot protect the kernel's pages: %s", strerror(-rc)) : 0;
}

static void descriptor_fill(unsigned index)
{
    uint8_t *p = g2h(kernel_descriptor(index));
    const int64_t words[3] = { SYSCALL_STUB, index, index };
    for (unsigned i = 0; i < 3; i++) {
        if (guest.is64)
            be64_put((be64 *)p + i, words[i]);
        else
            be32_put((be32 *)p + i, words[i]);
    }
}

static void fill_configuration(void)
{
    be32 *word = g2h(kernel_data("_system_configuration"));
#define DATA(name, page, offset)
#define CONFIG(field, offset, value) be32_put(&word[(offset) / 4], (int64_t)(value));
#include "syscalls/kernel_data.def"
#undef DATA
#undef CONFIG
}

int kernel_pages_map(unsigned count, struct error *err)
{
    uint64_t region_size = page_address(KERNEL_DESCRIPTOR_PAGE) - region() + KERNEL_DESCRIPTORS * descriptor_size();
    if (map_fixed(0, GUEST_PAGE, PROT_READ, err) < 0 || address_space_mirror_page0(err) < 0 || map_code_pages(0x3000, 0x4000, err) < 0 ||
        map_code_pages(0xC000, 0x10000, err) < 0 || map_fixed(region(), region_size, PROT_READ | PROT_WRITE, err) < 0)
        return -1;
    fill_configuration();
    for (unsigned i = 0; i < count; i++)
        descriptor_fill(i);
    gva read_only = page_address(KERNEL_RO);
    int rc = guest_mprotect(read_only, region() + region_size - read_only, PROT_READ);
    return rc < 0 ? error_set(err, -rc, "cannot protect the kernel's data: %s", strerror(-rc)) : 0;
}

int kernel_descriptor_write(unsigned index)
{
    gva page = kernel_descriptor(index) & ~(gva)(GUEST_PAGE - 1);   /* may straddle two pages */
    int rc = guest_mprotect(page, 2 * GUEST_PAGE, PROT_READ | PROT_WRITE);
    if (rc < 0)
        return rc;
    descriptor_fill(index);
    return guest_mprotect(page, 2 * GUEST_PAGE, PROT_READ);
}

gva kernel_data(const char *name)
{
    static const struct {
        const char *name;
        enum kernel_page page;
        unsigned offset;
    } objects[] = {
#define DATA(name, page, offset) { #name, page, offset },
#define CONFIG(field, offset, value)
#include "syscalls/kernel_data.def"
#undef DATA
#undef CONFIG
    };
    for (size_t i = 0; i < ARRAY_LEN(objects); i++)
        if (strcmp(objects[i].name, name) == 0)
            return page_address(objects[i].page) + objects[i].offset;
    return 0;
}
