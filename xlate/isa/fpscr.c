/* fpscr.c -- see fpscr.h. */
#include "xlate/isa/fpscr.h"
#include <immintrin.h>

#define FPSCR_VXSOFT 0x00000400u

static const struct { unsigned host; uint32_t guest; } exception_map[] = {
    { _MM_EXCEPT_INVALID, FPSCR_VXSOFT },           /* of unknown kind: the one that software raises */
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
    fpscr &= ~(FPSCR_VX | FPSCR_FEX);
    if (fpscr & FPSCR_VX_ALL)
        fpscr |= FPSCR_VX;
    if ((fpscr >> 22) & fpscr & 0xf8)
        fpscr |= FPSCR_FEX;
    return fpscr;
}

uint32_t fpscr_read(struct cpu *cpu)
{
    unsigned host = _mm_getcsr();
    uint32_t fpscr = cpu->fpscr;
    for (unsigned i = 0; i < sizeof exception_map / sizeof *exception_map; i++) {
        uint32_t bit = exception_map[i].guest;
        if (!(host & exception_map[i].host) || (fpscr & (bit == FPSCR_VXSOFT ? FPSCR_VX_ALL : bit)))
            continue;
        fpscr |= bit | FPSCR_FX;
    }
    if (host & _MM_EXCEPT_MASK)
        _mm_setcsr(host & ~_MM_EXCEPT_MASK);
    return cpu->fpscr = with_summaries(fpscr);
}

void fpscr_write(struct cpu *cpu, uint32_t value)
{
    cpu->fpscr = with_summaries(value);
    _mm_setcsr((_mm_getcsr() & ~(_MM_ROUND_MASK | _MM_EXCEPT_MASK)) | host_rounding[value & FPSCR_RN]);
}
