/* milicode_setjmp.c -- the host moves the nonvolatile registers between struct cpu and the guest's buffer, and compares signal masks: a
 * fraction of what as many loads and stores of the guest and two kernel calls cost.
 *
 * As all milicode: the buffer is accessed directly, and a fault is the guest's SIGSEGV at the routine's address, with registers as they
 * were (milicode.c).
 */
#include "syscalls/milicode_setjmp.h"

#include <string.h>
#include "runtime/host.h"
#include "syscalls/abi/aix_abi.h"

enum { JMP_MARK = 0x4A42, JMP_FIRST_GPR = 13, JMP_GPRS = 19, JMP_FIRST_FPR = 14, JMP_FPRS = 18 };

/* The fields that functions keep: 2 to 4. [aix-abi 6.1] */
enum { FIRST_FIELD = 2, LAST_FIELD = 4 };

/* A field's four bytes, each 0 or 1, become four bits. */
static uint32_t field_bits(const struct cpu *cpu, unsigned field)
{
    uint32_t bytes;
    memcpy(&bytes, cpu->cr + 4 * field, sizeof bytes);
    return bytes * 0x08040201u >> 24 & 15;
}

static uint32_t jmp_kept_cr(const struct cpu *cpu)
{
    uint32_t word = 0;
    for (unsigned field = FIRST_FIELD; field <= LAST_FIELD; field++)
        word |= field_bits(cpu, field) << (28 - 4 * field);
    return word;
}

static void jmp_put_kept_cr(struct cpu *cpu, uint32_t word)
{
    for (unsigned bit = 4 * FIRST_FIELD; bit < 4 * (LAST_FIELD + 1); bit++)
        cpu->cr[bit] = word >> (31 - bit) & 1;
}

#define ABI(name)   aix32_##name
#define be_long     be32
#define ABI_IS64    0
#include "syscalls/abi/jmp_buf.inc"
#undef ABI
#undef be_long
#undef ABI_IS64
#define ABI(name)   aix64_##name
#define be_long     be64
#define ABI_IS64    1
#include "syscalls/abi/jmp_buf.inc"
#undef ABI
#undef be_long
#undef ABI_IS64

_Static_assert(sizeof(struct aix32_jmp_buf) == 256 && sizeof(struct aix64_jmp_buf) <= 680, "[aix-abi 6.3]");

static void inside(struct cpu *cpu, gva pc) { *(volatile uint64_t *)&cpu->pc = pc; }

static guest_sigset mask_of(const struct cpu *cpu) { return ((const struct thread *)cpu)->mask; }

static void *env_of(const struct cpu *cpu) { return g2h(cpu_gpr(cpu, 3)); }

static uint64_t zero(struct cpu *cpu)
{
    cpu->gpr[3] = 0;
    return cpu->pc = cpu_return_pc(cpu);
}

uint64_t host_setjmp(struct cpu *cpu)
{
    inside(cpu, SETJMP_AT);
    if (guest.is64)
        aix64_jmp_buf_fill(env_of(cpu), cpu);
    else
        aix32_jmp_buf_fill(env_of(cpu), cpu);
    return zero(cpu);
}

uint64_t host_setjmp_mask(struct cpu *cpu)
{
    inside(cpu, SETJMP_MASK_AT);
    if (guest.is64) {
        struct aix64_jmp_buf *env = env_of(cpu);
        aix64_jmp_buf_fill(env, cpu);
        aix64_sigset_put(&env->mask, mask_of(cpu));
    } else {
        struct aix32_jmp_buf *env = env_of(cpu);
        aix32_jmp_buf_fill(env, cpu);
        aix32_sigset_put(&env->mask, mask_of(cpu));
    }
    return zero(cpu);
}

/* All of the buffer can be read, so that the registers change together. */
static void try_both_ends(const void *env, size_t size)
{
    const volatile uint8_t *bytes = env;
    (void)bytes[0];
    (void)bytes[size - 1];
}

static bool jump32(struct cpu *cpu, const struct aix32_jmp_buf *env)
{
    try_both_ends(env, sizeof *env);
    if (cpu_gpr(cpu, 5) && aix32_sigset_get(&env->mask) != mask_of(cpu))
        return false;
    aix32_jmp_buf_take(env, cpu);
    return true;
}

static bool jump64(struct cpu *cpu, const struct aix64_jmp_buf *env)
{
    try_both_ends(env, sizeof *env);
    if (cpu_gpr(cpu, 5) && aix64_sigset_get(&env->mask) != mask_of(cpu))
        return false;
    aix64_jmp_buf_take(env, cpu);
    return true;
}

uint64_t host_longjmp(struct cpu *cpu)
{
    uint64_t value = cpu_gpr(cpu, 4);
    inside(cpu, LONGJMP_AT);
    if (!(guest.is64 ? jump64(cpu, env_of(cpu)) : jump32(cpu, env_of(cpu))))
        return zero(cpu);
    cpu->gpr[3] = (uint32_t)value ? value : 1;
    return cpu->pc = cpu_return_pc(cpu);
}
