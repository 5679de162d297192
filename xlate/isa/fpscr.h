/* fpscr.h -- the floating-point status and control register, computed when somebody looks. [ISA I 4.2.2]
 *
 * Nothing about it may cost time in code that never looks, so its bits come from four places:
 *
 *   OX UX ZX XX     gather in the host's MXCSR, whose flags are sticky as well; fpscr_read() merges them.
 *   VX kinds        An invalid operation gives a NaN, or the host's "indefinite" integer: results that leave the fast path
 *                   anyway. There fpscr_name_invalid() finds the kinds from operation and operands. What MXCSR shows
 *                   without having been named is the comparison of a signalling NaN, which needs no other care.
 *   FR FI FPRF      cpu->fp_last remembers the last operation and its operands; fpscr_read() does it again. Translated
 *                   code remembers in registers and writes fp_last where control leaves the unit (worker/emit_status.c).
 *   the rest        is in cpu->fpscr as the guest wrote it. RN is kept equal in the host. NI has no effect.
 *
 * Differences: an operation whose result is replaced before anything uses it may be missing from translated code, and its
 * exceptions with it. The host finds tiny results after rounding, PowerPC before; for doubles, and in vectors for singles, UX is
 * missing when a result below the least normal number is rounded up to just that. Where the manual leaves FR undefined -
 * overflow, estimates - it is what the host's operation would give. Estimates are quotients and set XX. Enabled exceptions set
 * FEX and change no result.
 */
#ifndef XLATE_ISA_FPSCR_H
#define XLATE_ISA_FPSCR_H

#include <stdint.h>
#include "runtime/cpu.h"

#define FPSCR_FX     0x80000000u
#define FPSCR_FEX    0x40000000u
#define FPSCR_VX     0x20000000u
#define FPSCR_OX     0x10000000u
#define FPSCR_UX     0x08000000u
#define FPSCR_ZX     0x04000000u
#define FPSCR_XX     0x02000000u
#define FPSCR_VXSNAN 0x01000000u
#define FPSCR_VXISI  0x00800000u
#define FPSCR_VXIDI  0x00400000u
#define FPSCR_VXZDZ  0x00200000u
#define FPSCR_VXIMZ  0x00100000u
#define FPSCR_VXVC   0x00080000u
#define FPSCR_FR     0x00040000u
#define FPSCR_FI     0x00020000u
#define FPSCR_FPRF   0x0001f000u        /* C FL FG FE FU */
#define FPSCR_FPCC   0x0000f000u
#define FPSCR_RESERVED 0x00000800u
#define FPSCR_VXSOFT 0x00000400u
#define FPSCR_VXSQRT 0x00000200u
#define FPSCR_VXCVI  0x00000100u
#define FPSCR_VX_ALL 0x01f80700u
#define FPSCR_EXCEPTIONS (FPSCR_OX | FPSCR_UX | FPSCR_ZX | FPSCR_XX | FPSCR_VX_ALL)
#define FPSCR_RN     0x00000003u

/* The register with everything pending merged in; cpu->fpscr is updated and the host's flags are cleared. */
uint32_t fpscr_read(struct cpu *cpu);

/* Replace it: bits as given but for VX and FEX, rounding mode also in the host. */
void fpscr_write(struct cpu *cpu, uint32_t value);

/* Exceptions (of FPSCR_EXCEPTIONS) have happened: they stay, and FX tells of new ones. */
static inline void fpscr_raise(struct cpu *cpu, uint32_t exceptions)
{
    cpu->fpscr |= exceptions | (exceptions & ~cpu->fpscr ? FPSCR_FX : 0);
}

/* The kinds of an invalid operation are known; the host's flag needs no further explanation. */
static inline void fpscr_name_invalid(struct cpu *cpu, uint32_t kinds)
{
    if (kinds) {
        fpscr_raise(cpu, kinds);
        cpu->fp_named = 1;
    }
}

#endif
