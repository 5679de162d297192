/* helpers.c -- bodies of xlate/isa/helpers.def, and the table in which translated code finds them. Compiled twice: HELPER_TABLE is
 * helper_table_sse, or helper_table_avx where KEEPS_REGISTERS is to mean all of AVX's.
 */
#include "xlate/run/helpers.h"

#include <stdbool.h>
#include "runtime/timebase.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/helpers.h"
#include "xlate/run/interp.h"
#include "xlate/run/lookup.h"

typedef uint64_t u64;
typedef double f64;
typedef void *ptr;

enum { CACHE_BLOCK = 128 };     /* what icbi invalidates [aix-abi 7.4: the block size programs are told] */

#define HELPER(name, result, arguments) static result helper_##name arguments;
#include "xlate/isa/helpers.def"
#undef HELPER

const void *const HELPER_TABLE[] = {
#define HELPER(name, result, arguments) [HELPER_##name] = (const void *)(uintptr_t)helper_##name,
#include "xlate/isa/helpers.def"
#undef HELPER
};

static u64 helper_interp_insn(struct cpu *cpu, u64 word)
{
    return interp_insn(cpu, (uint32_t)word);
}

static ptr helper_lookup(struct cpu *cpu, u64 pc)
{
    code_fn code = lookup_fill(cpu, pc);

    if (!code) {
        cpu->pc = pc;
        code = cpu->cold;
    }
    return (ptr)(uintptr_t)code;
}

static u64 helper_trap(struct cpu *cpu, u64 kind)
{
    return dispatch_trap(cpu, (enum trap_kind)kind);
}

static u64 helper_syscall(struct cpu *cpu)
{
    return dispatch_syscall(cpu);
}

static KEEPS_REGISTERS void helper_fp_nan(struct cpu *cpu, f64 a, f64 b, f64 c, u64 op)
{
    cpu->fp_result = fp_nan(cpu, as_bits(a), as_bits(b), as_bits(c), op);
}

static u64 helper_code_changed(struct cpu *cpu, u64 ea)
{
    gva block = ea & ~(gva)(CACHE_BLOCK - 1);

    dispatch_code_removed(block, block + CACHE_BLOCK);
    return 0;
}

static u64 helper_timebase(struct cpu *cpu)
{
    return timebase_read();
}

static u64 helper_fp_to_int(struct cpu *cpu, u64 bits, u64 how)
{
    return fp_to_int_bits(cpu, bits, how);
}

static KEEPS_REGISTERS void helper_fp_single(struct cpu *cpu, f64 a, f64 b, f64 c, u64 op)
{
    cpu->fp_result = fp_single(cpu, as_bits(a), as_bits(b), as_bits(c), op);
}

static KEEPS_REGISTERS void helper_fp_compare_nan(struct cpu *cpu, f64 a, f64 b, u64 ordered)
{
    fp_compare_nan(cpu, as_bits(a), as_bits(b), ordered);
}
