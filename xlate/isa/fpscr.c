/* fpscr.c -- see fpscr.h. */
#include "xlate/isa/fpscr.h"
#include <immintrin.h>
#include "xlate/isa/arith.h"

static const struct { unsigned host; uint32_t guest; } exception_map[] = {
    { _MM_EXCEPT_DIV_ZERO, FPSCR_ZX },
    { _MM_EXCEPT_OVERFLOW, FPSCR_OX },
    { _MM_EXCEPT_UNDERFLOW, FPSCR_UX },
    { _MM_EXCEPT_INEXACT, FPSCR_XX },
};

/* RN: nearest, zero, up, down. */
static const unsigned host_rounding[4] = { _MM_ROUND_NEAREST, _MM_ROUND_TOWARD_ZERO, _MM_ROUND_UP, _MM_ROUND_DOWN };

/* VX and FEX are sums of other bits. Enables VE OE UE ZE XE lie 22 bits below VX OX UX ZX XX. */
static uint32_t with_summaries(uint32_t fpscr)
{
    fpscr &= ~(FPSCR_VX | FPSCR_FEX | FPSCR_RESERVED);
    if (fpscr & FPSCR_VX_ALL)
        fpscr |= FPSCR_VX;
    if ((fpscr >> 22) & fpscr & 0xf8)
        fpscr |= FPSCR_FEX;
    return fpscr;
}

static void merge_exceptions(struct cpu *cpu)
{
    unsigned host = _mm_getcsr();
    uint32_t raised = 0;
    for (unsigned i = 0; i < sizeof exception_map / sizeof *exception_map; i++)
        if (host & exception_map[i].host)
            raised |= exception_map[i].guest;
    if ((host & _MM_EXCEPT_INVALID) && !cpu->fp_named)
        raised |= FPSCR_VXSNAN;
    fpscr_raise(cpu, raised);
    cpu->fp_named = 0;
    if (host & _MM_EXCEPT_MASK)
        _mm_setcsr(host & ~_MM_EXCEPT_MASK);
}

static void merge_last(struct cpu *cpu)
{
    struct fp_last *last = &cpu->fp_last;
    if (last->operation)
        cpu->fpscr = (cpu->fpscr & ~(FPSCR_FR | FPSCR_FI | FPSCR_FPRF)) |
                     fp_status_bits(last->operation, last->a, last->b, last->c, cpu->fpscr & FPSCR_FPRF);
    if (last->compared)
        cpu->fpscr = (cpu->fpscr & ~FPSCR_FPCC) | fp_compare_bits(last->left, last->right);
    last->operation = last->compared = 0;
}

uint32_t fpscr_read(struct cpu *cpu)
{
    merge_exceptions(cpu);
    merge_last(cpu);
    return cpu->fpscr = with_summaries(cpu->fpscr);
}

void fpscr_write(struct cpu *cpu, uint32_t value)
{
    cpu->fp_last.operation = cpu->fp_last.compared = cpu->fp_named = 0;
    cpu->fpscr = with_summaries(value);
    _mm_setcsr((_mm_getcsr() & ~(_MM_ROUND_MASK | _MM_EXCEPT_MASK)) | host_rounding[value & FPSCR_RN]);
}
