/* fpscr.h -- the floating-point status and control register.
 *
 * cpu->fpscr holds what the guest wrote; exceptions of host operations gather in MXCSR and are merged when somebody
 * looks. Rounding mode RN lives in both and is kept equal. FR, FI and FPRF are not computed. NI is remembered and has
 * no effect. Which kind an invalid operation was is not known: VXSOFT stands for all. [ISA I 4.2.2]
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
#define FPSCR_VX_ALL 0x01f80700u        /* VXSNAN VXISI VXIDI VXZDZ VXIMZ VXVC, VXSOFT VXSQRT VXCVI */
#define FPSCR_RN     0x00000003u

/* The register with all pending exceptions merged in; cpu->fpscr is updated and the host's flags are cleared. */
uint32_t fpscr_read(struct cpu *cpu);

/* Replace it: exception bits as given, rounding mode also in the host. */
void fpscr_write(struct cpu *cpu, uint32_t value);

#endif
