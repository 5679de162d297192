/* lift_vector_permute.c -- VMX pack, unpack, merge, permute, select, whole-register shifts. [ISA I 6.8, 6.12, 6.15] */
#include "xlate/isa/lift.h"
#include "xlate/isa/vector.h"

/* --- pack: elements of VRA, then of VRB, halved ------------------------------------------------------------------------ */

static int64_t clamp(struct cpu *cpu, int64_t v, int64_t lo, int64_t hi)
{
    if (v >= lo && v <= hi)
        return v;
    cpu->vscr |= 1;
    return v < lo ? lo : hi;
}

/* Unsigned doublewords do not fit an int64_t. */
static uint32_t clamp_unsigned(struct cpu *cpu, uint64_t v)
{
    if (v <= UINT32_MAX)
        return (uint32_t)v;
    cpu->vscr |= 1;
    return UINT32_MAX;
}

#define PACK(name, to, TO, from, FROM, half, expression)                                \
    VECTOR_CALL(name, for (int i = 0; i < (half); i++) {                                \
        __auto_type x = a.from[FROM(i)];                                                \
        t.to[TO(i)] = (expression);                                                     \
        x = b.from[FROM(i)];                                                            \
        t.to[TO(i + half)] = (expression);                                              \
    })
#define D(i) (i)
PACK(vpkuhum, ub, B, uh, H, 8, (uint8_t)x)
PACK(vpkuwum, uh, H, uw, W, 4, (uint16_t)x)
PACK(vpkudum, uw, W, ud, D, 2, (uint32_t)x)
PACK(vpkuhus, ub, B, uh, H, 8, clamp(cpu, x, 0, UINT8_MAX))
PACK(vpkuwus, uh, H, uw, W, 4, clamp(cpu, x, 0, UINT16_MAX))
PACK(vpkudus, uw, W, ud, D, 2, clamp_unsigned(cpu, x))
PACK(vpkshss, sb, B, sh, H, 8, clamp(cpu, x, INT8_MIN, INT8_MAX))
PACK(vpkswss, sh, H, sw, W, 4, clamp(cpu, x, INT16_MIN, INT16_MAX))
PACK(vpksdss, sw, W, sd, D, 2, clamp(cpu, x, INT32_MIN, INT32_MAX))
PACK(vpkshus, ub, B, sh, H, 8, clamp(cpu, x, 0, UINT8_MAX))
PACK(vpkswus, uh, H, sw, W, 4, clamp(cpu, x, 0, UINT16_MAX))
PACK(vpksdus, uw, W, sd, D, 2, clamp(cpu, x, 0, UINT32_MAX))
/* 8-8-8-8 pixels to 1-5-5-5. */
PACK(vpkpx, uh, H, uw, W, 4, (uint16_t)(x >> 9 & 0xfc00) | (x >> 6 & 0x3e0) | (x >> 3 & 0x1f))

#define UNPACK(high, low, to, TO, from, FROM, half)                                     \
    VECTOR_CALL(high, for (int i = 0; i < (half); i++) t.to[TO(i)] = b.from[FROM(i)])   \
    VECTOR_CALL(low, for (int i = 0; i < (half); i++) t.to[TO(i)] = b.from[FROM(i + half)])
UNPACK(vupkhsb, vupklsb, sh, H, sb, B, 8)
UNPACK(vupkhsh, vupklsh, sw, W, sh, H, 4)
UNPACK(vupkhsw, vupklsw, sd, D, sw, W, 2)

static uint32_t pixel(uint16_t p)
{
    return (p & 0x8000 ? 0xff000000u : 0) | (p & 0x7c00u) << 6 | (p & 0x3e0u) << 3 | (p & 0x1fu);
}
VECTOR_CALL(vupkhpx, for (int i = 0; i < 4; i++) t.uw[W(i)] = pixel(b.uh[H(i)]))
VECTOR_CALL(vupklpx, for (int i = 0; i < 4; i++) t.uw[W(i)] = pixel(b.uh[H(i + 4)]))

/* --- merge -------------------------------------------------------------------------------------------------------------- */

#define MERGE(high, low, field, INDEX, half)                                            \
    VECTOR_CALL(high, for (int i = 0; i < (half); i++) {                                \
        t.field[INDEX(2 * i)] = a.field[INDEX(i)];                                      \
        t.field[INDEX(2 * i + 1)] = b.field[INDEX(i)];                                  \
    })                                                                                  \
    VECTOR_CALL(low, for (int i = 0; i < (half); i++) {                                 \
        t.field[INDEX(2 * i)] = a.field[INDEX(i + half)];                               \
        t.field[INDEX(2 * i + 1)] = b.field[INDEX(i + half)];                           \
    })
MERGE(vmrghb, vmrglb, ub, B, 8)
MERGE(vmrghh, vmrglh, uh, H, 4)
MERGE(vmrghw, vmrglw, uw, W, 2)

/* Even (left) words of both, odd words of both. */
LIFT(vmrgew)
{
    for (unsigned half = 0; half < 2; half++) {
        val a = vsr_get(e, VRA, half), b = vsr_get(e, VRB, half);
        vsr_set(e, VRT, half, op_or(e, op_and(e, a, imm(e, UINT64_C(0xffffffff00000000))), op_shr(e, b, imm(e, 32))));
    }
}
LIFT(vmrgow)
{
    for (unsigned half = 0; half < 2; half++) {
        val a = vsr_get(e, VRA, half), b = vsr_get(e, VRB, half);
        vsr_set(e, VRT, half, op_or(e, op_shl(e, a, imm(e, 32)), zext(e, b, 32)));
    }
}

/* --- permute and select --------------------------------------------------------------------------------------------------- */

VECTOR_CALL4(vperm, for (int i = 0; i < 16; i++) {
    unsigned from = c.ub[B(i)] & 31;
    t.ub[B(i)] = from < 16 ? a.ub[B(from)] : b.ub[B(from & 15)];
})

LIFT(vsel)
{
    for (unsigned half = 0; half < 2; half++) {
        val a = vsr_get(e, VRA, half), b = vsr_get(e, VRB, half), c = vsr_get(e, VRC, half);
        vsr_set(e, VRT, half, op_or(e, op_and(e, b, c), op_and(e, a, op_not(e, c))));
    }
}

/* --- shifts of the whole register ------------------------------------------------------------------------------------------- */

/* Sixteen bytes of VRA || VRB from byte SHB on. */
LIFT(vsldoi)
{
    unsigned shift = BITS(w, 22, 25), bits = 8 * (shift & 7), first = shift / 8;
    val part[4] = { vsr_get(e, VRA, 0), vsr_get(e, VRA, 1), vsr_get(e, VRB, 0), vsr_get(e, VRB, 1) };
    val result[2];
    for (unsigned half = 0; half < 2; half++) {
        val high = part[first + half], low = part[first + half + 1];
        result[half] = bits ? op_or(e, op_shl(e, high, imm(e, bits)), op_shr(e, low, imm(e, 64 - bits))) : high;
    }
    vsr_set(e, VRT, 0, result[0]);
    vsr_set(e, VRT, 1, result[1]);
}
VECTOR_CALL(vsl, t = quad_vec(vec_quad(a) << (b.ub[B(15)] & 7)))
VECTOR_CALL(vsr, t = quad_vec(vec_quad(a) >> (b.ub[B(15)] & 7)))
VECTOR_CALL(vslo, t = quad_vec(vec_quad(a) << (b.ub[B(15)] & 0x78)))
VECTOR_CALL(vsro, t = quad_vec(vec_quad(a) >> (b.ub[B(15)] & 0x78)))

/* --- bits --------------------------------------------------------------------------------------------------------------------- */

VECTOR_CALL(vbpermq, for (int i = 0; i < 16; i++) {
    unsigned index = b.ub[B(i)];
    uint64_t bit = index < 128 ? a.ud[index / 64] >> (63 - index % 64) & 1 : 0;
    t.ud[0] |= bit << (15 - i);
})

/* Bit j of byte i of the result is bit i of byte j, in each doubleword. */
VECTOR_CALL(vgbbd, for (int d = 0; d < 2; d++)
                for (int i = 0; i < 8; i++)
                    for (int j = 0; j < 8; j++)
                        t.ud[d] |= (b.ud[d] >> (63 - 8 * j - i) & 1) << (63 - 8 * i - j))
