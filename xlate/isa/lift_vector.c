/* lift_vector.c -- VMX. [ISA I 6] Logic and whole-register accesses are inline; the rest is C, called. */
#include <string.h>
#include "runtime/be.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/lift.h"

static val aligned_ea(struct emit *e, uint32_t w) { return op_and(e, ea_x(e, RA, RB), imm(e, ~UINT64_C(15))); }

static void load_vector(struct emit *e, uint32_t w)
{
    val ea = aligned_ea(e, w), high = load(e, ea, 8), low = load(e, op_add(e, ea, imm(e, 8)), 8);
    vsr_set(e, VRT, 0, high);
    vsr_set(e, VRT, 1, low);
}
static void store_vector(struct emit *e, uint32_t w)
{
    val ea = aligned_ea(e, w);
    store(e, ea, vsr_get(e, VRT, 0), 8);
    store(e, op_add(e, ea, imm(e, 8)), vsr_get(e, VRT, 1), 8);
}
LIFT(lvx) { load_vector(e, w); }
LIFT(lvxl) { load_vector(e, w); }
LIFT(stvx) { store_vector(e, w); }
LIFT(stvxl) { store_vector(e, w); }

#define VECTOR_LOGIC(name, expression)                                          \
    LIFT(name)                                                                  \
    {                                                                           \
        for (unsigned half = 0; half < 2; half++) {                             \
            val a = vsr_get(e, VRA, half), b = vsr_get(e, VRB, half);           \
            vsr_set(e, VRT, half, expression);                                  \
        }                                                                       \
    }
VECTOR_LOGIC(vand, op_and(e, a, b))
VECTOR_LOGIC(vandc, op_and(e, a, op_not(e, b)))
VECTOR_LOGIC(vor, op_or(e, a, b))
VECTOR_LOGIC(vxor, op_xor(e, a, b))
VECTOR_LOGIC(vnor, op_not(e, op_or(e, a, b)))
VECTOR_LOGIC(veqv, op_not(e, op_xor(e, a, b)))
VECTOR_LOGIC(vnand, op_not(e, op_and(e, a, b)))
VECTOR_LOGIC(vorc, op_or(e, a, op_not(e, b)))

/* Element `index` of `bits` bits of VRB, to all elements. */
static void splat(struct emit *e, uint32_t w, unsigned index, unsigned bits)
{
    unsigned per_half = 64 / bits;
    val half = vsr_get(e, VRB, index / per_half);
    val element = zext(e, op_shr(e, half, imm(e, 64 - bits * (index % per_half + 1))), bits);
    val all = op_mul(e, element, imm(e, UINT64_MAX / (UINT64_MAX >> (64 - bits))));
    vsr_set(e, VRT, 0, all);
    vsr_set(e, VRT, 1, all);
}
LIFT(vspltb) { splat(e, w, BITS(w, 12, 15), 8); }
LIFT(vsplth) { splat(e, w, BITS(w, 13, 15), 16); }
LIFT(vspltw) { splat(e, w, BITS(w, 14, 15), 32); }

static void splat_immediate(struct emit *e, uint32_t w, unsigned bits)
{
    uint64_t element = (uint64_t)SIM & UINT64_MAX >> (64 - bits);
    val all = imm(e, element * (UINT64_MAX / (UINT64_MAX >> (64 - bits))));
    vsr_set(e, VRT, 0, all);
    vsr_set(e, VRT, 1, all);
}
LIFT(vspltisb) { splat_immediate(e, w, 8); }
LIFT(vspltish) { splat_immediate(e, w, 16); }
LIFT(vspltisw) { splat_immediate(e, w, 32); }

/* --- called ------------------------------------------------------------------------------------------------------- */

static uint64_t vector_ea(const struct cpu *cpu, uint32_t w) { return (RA ? cpu->gpr[RA] : 0) + cpu->gpr[RB]; }

/* Bytes base, base + 1, ... : the permute control of an unaligned access. */
static void shift_control(struct cpu *cpu, uint32_t w, unsigned base)
{
    for (unsigned i = 0; i < 2; i++)
        cpu->vsr[VRT].dw[i] = UINT64_C(0x0001020304050607) + (base + 8 * i) * UINT64_C(0x0101010101010101);
}
LIFT_CALL(lvsl) { shift_control(cpu, w, vector_ea(cpu, w) & 15); }
LIFT_CALL(lvsr) { shift_control(cpu, w, 16 - (vector_ea(cpu, w) & 15)); }

/* Element accesses: the element that lies at the address aligned to its size. Other elements of a load are undefined:
 * kept. */
static void vector_element(struct cpu *cpu, uint32_t w, unsigned bytes, bool stores)
{
    uint64_t ea = vector_ea(cpu, w) & ~(uint64_t)(bytes - 1);
    struct vsr *v = &cpu->vsr[VRT];
    be64 image[2];
    be_put(&image[0], (int64_t)v->dw[0]);
    be_put(&image[1], (int64_t)v->dw[1]);
    uint8_t *element = (uint8_t *)image + (ea & 15);
    if (stores) {
        memcpy(guest_host(cpu, ea), element, bytes);
        return;
    }
    memcpy(element, guest_host(cpu, ea), bytes);
    v->dw[0] = be_get(image[0]);
    v->dw[1] = be_get(image[1]);
}
LIFT_CALL(lvebx) { vector_element(cpu, w, 1, false); }
LIFT_CALL(lvehx) { vector_element(cpu, w, 2, false); }
LIFT_CALL(lvewx) { vector_element(cpu, w, 4, false); }
LIFT_CALL(stvebx) { vector_element(cpu, w, 1, true); }
LIFT_CALL(stvehx) { vector_element(cpu, w, 2, true); }
LIFT_CALL(stvewx) { vector_element(cpu, w, 4, true); }

/* VSCR has NJ (bit 15 of the word) and SAT (bit 31). */
LIFT_CALL(mfvscr) { cpu->vsr[VRT] = (struct vsr){ .dw = { 0, cpu->vscr } }; }
LIFT_CALL(mtvscr) { cpu->vscr = (uint32_t)cpu->vsr[VRB].dw[1] & 0x00010001; }
