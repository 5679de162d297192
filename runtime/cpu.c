/* cpu.c -- CR and XER packed into words and taken apart again. [ISA I 2.3.1, 3.2.2] */
#include "runtime/cpu.h"

uint32_t cpu_cr_get(const struct cpu *cpu)
{
    uint32_t cr = 0;

    for (unsigned i = 0; i < 32; i++)
        cr = cr << 1 | (cpu->cr[i] & 1);
    return cr;
}

void cpu_cr_set(struct cpu *cpu, uint32_t cr)
{
    for (unsigned i = 0; i < 32; i++)
        cpu->cr[i] = cr >> (31 - i) & 1;
}

uint32_t cpu_xer_get(const struct cpu *cpu)
{
    return (uint32_t)(cpu->so & 1) << 31 | (uint32_t)(cpu->ov & 1) << 30 | (uint32_t)(cpu->ca & 1) << 29 |
           (uint32_t)cpu->xer_byte << 8 | (cpu->xer_count & 0x7f);
}

void cpu_xer_set(struct cpu *cpu, uint32_t xer)
{
    cpu->so = xer >> 31 & 1;
    cpu->ov = xer >> 30 & 1;
    cpu->ca = xer >> 29 & 1;
    cpu->xer_byte = xer >> 8 & 0xff;
    cpu->xer_count = xer & 0x7f;
}
