/* lift_vector_int.c -- VMX integer arithmetic, compare, rotate and shift. [ISA I 6.9, 6.13, 6.14] */
#include "xlate/isa/lift.h"
#include "xlate/isa/vector.h"

/* Lane by lane, in the vocabulary. */
#define LANES(name, op, bits)                                                                                           \
    LIFT(name)                                                                                                          \
    {                                                                                                                   \
        for (unsigned half = 0; half < 2; half++)                                                                       \
            vsr_set(e, VRT, half, op_lanes(e, op, bits, vsr_get(e, VRA, half), vsr_get(e, VRB, half)));                 \
    }

LANES(vaddubm, LANE_ADD, 8)
LANES(vadduhm, LANE_ADD, 16)
LANES(vadduwm, LANE_ADD, 32)
LANES(vaddudm, LANE_ADD, 64)
LANES(vsububm, LANE_SUB, 8)
LANES(vsubuhm, LANE_SUB, 16)
LANES(vsubuwm, LANE_SUB, 32)
LANES(vsubudm, LANE_SUB, 64)

VECTOR_CALL(vaddcuw, EACH(uw, 4, a.uw[i] + b.uw[i] < a.uw[i]))
VECTOR_CALL(vsubcuw, EACH(uw, 4, a.uw[i] >= b.uw[i]))

/* --- saturation: VSCR.SAT is sticky --------------------------------------------------------------------------------- */

static int64_t saturate(struct cpu *cpu, int64_t v, int64_t lo, int64_t hi)
{
    if (v >= lo && v <= hi)
        return v;
    cpu->vscr |= 1;
    return v < lo ? lo : hi;
}

#define SATURATING(name, field, count, op, lo, hi) \
    VECTOR_CALL(name, EACH(field, count, saturate(cpu, (int64_t)a.field[i] op (int64_t)b.field[i], lo, hi)))
SATURATING(vaddsbs, sb, 16, +, INT8_MIN, INT8_MAX)
SATURATING(vaddshs, sh, 8, +, INT16_MIN, INT16_MAX)
SATURATING(vaddsws, sw, 4, +, INT32_MIN, INT32_MAX)
SATURATING(vaddubs, ub, 16, +, 0, UINT8_MAX)
SATURATING(vadduhs, uh, 8, +, 0, UINT16_MAX)
SATURATING(vadduws, uw, 4, +, 0, UINT32_MAX)
SATURATING(vsubsbs, sb, 16, -, INT8_MIN, INT8_MAX)
SATURATING(vsubshs, sh, 8, -, INT16_MIN, INT16_MAX)
SATURATING(vsubsws, sw, 4, -, INT32_MIN, INT32_MAX)
SATURATING(vsububs, ub, 16, -, 0, UINT8_MAX)
SATURATING(vsubuhs, uh, 8, -, 0, UINT16_MAX)
SATURATING(vsubuws, uw, 4, -, 0, UINT32_MAX)

/* --- quadwords -------------------------------------------------------------------------------------------------------- */

typedef unsigned __int128 quad;

static quad carry_of(quad x, quad y, unsigned in)
{
    quad sum = x + y;
    return (sum < x) | (sum + in < sum);
}

VECTOR_CALL(vadduqm, t = quad_vec(vec_quad(a) + vec_quad(b)))
VECTOR_CALL(vaddcuq, t = quad_vec(carry_of(vec_quad(a), vec_quad(b), 0)))
VECTOR_CALL4(vaddeuqm, t = quad_vec(vec_quad(a) + vec_quad(b) + (c.ud[1] & 1)))
VECTOR_CALL4(vaddecuq, t = quad_vec(carry_of(vec_quad(a), vec_quad(b), c.ud[1] & 1)))
VECTOR_CALL(vsubuqm, t = quad_vec(vec_quad(a) - vec_quad(b)))
VECTOR_CALL(vsubcuq, t = quad_vec(carry_of(vec_quad(a), ~vec_quad(b), 1)))
VECTOR_CALL4(vsubeuqm, t = quad_vec(vec_quad(a) + ~vec_quad(b) + (c.ud[1] & 1)))
VECTOR_CALL4(vsubecuq, t = quad_vec(carry_of(vec_quad(a), ~vec_quad(b), c.ud[1] & 1)))

/* --- multiply ----------------------------------------------------------------------------------------------------------- */

/* Even and odd are counted from the left; in memory order of the halves an even element has its low index bit set. */
#define MULTIPLY_HALVES(even, odd, wide, wide_count, narrow, type)                              \
    VECTOR_CALL(even, EACH(wide, wide_count, (type)a.narrow[2 * i + 1] * b.narrow[2 * i + 1]))  \
    VECTOR_CALL(odd, EACH(wide, wide_count, (type)a.narrow[2 * i] * b.narrow[2 * i]))
MULTIPLY_HALVES(vmuleub, vmuloub, uh, 8, ub, uint32_t)
MULTIPLY_HALVES(vmulesb, vmulosb, sh, 8, sb, int32_t)
MULTIPLY_HALVES(vmuleuh, vmulouh, uw, 4, uh, uint32_t)
MULTIPLY_HALVES(vmulesh, vmulosh, sw, 4, sh, int32_t)
MULTIPLY_HALVES(vmuleuw, vmulouw, ud, 2, uw, uint64_t)
MULTIPLY_HALVES(vmulesw, vmulosw, sd, 2, sw, int64_t)
VECTOR_CALL(vmuluwm, EACH(uw, 4, a.uw[i] * b.uw[i]))

VECTOR_CALL4(vmhaddshs, EACH(sh, 8, saturate(cpu, (a.sh[i] * b.sh[i] >> 15) + c.sh[i], INT16_MIN, INT16_MAX)))
VECTOR_CALL4(vmhraddshs, EACH(sh, 8, saturate(cpu, ((a.sh[i] * b.sh[i] + 0x4000) >> 15) + c.sh[i], INT16_MIN, INT16_MAX)))
VECTOR_CALL4(vmladduhm, EACH(uh, 8, (uint32_t)a.uh[i] * b.uh[i] + c.uh[i]))

/* The elements of word i are at the same bytes of the register. */
#define DOT4(x, y) ((int64_t)a.x[4 * i] * b.y[4 * i] + (int64_t)a.x[4 * i + 1] * b.y[4 * i + 1] +               \
                    (int64_t)a.x[4 * i + 2] * b.y[4 * i + 2] + (int64_t)a.x[4 * i + 3] * b.y[4 * i + 3])
#define DOT2(x) ((int64_t)a.x[2 * i] * b.x[2 * i] + (int64_t)a.x[2 * i + 1] * b.x[2 * i + 1])
VECTOR_CALL4(vmsumubm, EACH(uw, 4, (uint32_t)DOT4(ub, ub) + c.uw[i]))
VECTOR_CALL4(vmsummbm, EACH(uw, 4, (uint32_t)DOT4(sb, ub) + c.uw[i]))
VECTOR_CALL4(vmsumshm, EACH(uw, 4, (uint32_t)DOT2(sh) + c.uw[i]))
VECTOR_CALL4(vmsumuhm, EACH(uw, 4, (uint32_t)DOT2(uh) + c.uw[i]))
VECTOR_CALL4(vmsumshs, EACH(sw, 4, saturate(cpu, DOT2(sh) + c.sw[i], INT32_MIN, INT32_MAX)))
VECTOR_CALL4(vmsumuhs, EACH(uw, 4, saturate(cpu, DOT2(uh) + c.uw[i], 0, UINT32_MAX)))

/* --- sums across --------------------------------------------------------------------------------------------------------- */

#define SUM4(x) ((int64_t)a.x[4 * i] + a.x[4 * i + 1] + a.x[4 * i + 2] + a.x[4 * i + 3])
VECTOR_CALL(vsum4sbs, EACH(sw, 4, saturate(cpu, SUM4(sb) + b.sw[i], INT32_MIN, INT32_MAX)))
VECTOR_CALL(vsum4ubs, EACH(uw, 4, saturate(cpu, SUM4(ub) + b.uw[i], 0, UINT32_MAX)))
VECTOR_CALL(vsum4shs, EACH(sw, 4, saturate(cpu, (int64_t)a.sh[2 * i] + a.sh[2 * i + 1] + b.sw[i], INT32_MIN, INT32_MAX)))
VECTOR_CALL(vsum2sws, for (int i = 0; i < 2; i++)
                t.sw[W(2 * i + 1)] = saturate(cpu, (int64_t)a.sw[2 * i] + a.sw[2 * i + 1] + b.sw[W(2 * i + 1)], INT32_MIN, INT32_MAX))
VECTOR_CALL(vsumsws, t.sw[W(3)] = saturate(cpu, (int64_t)a.sw[0] + a.sw[1] + a.sw[2] + a.sw[3] + b.sw[W(3)], INT32_MIN, INT32_MAX))

/* --- average, minimum, maximum ------------------------------------------------------------------------------------------- */

#define AVERAGE(name, field, count) VECTOR_CALL(name, EACH(field, count, ((int64_t)a.field[i] + b.field[i] + 1) >> 1))
AVERAGE(vavgub, ub, 16)
AVERAGE(vavguh, uh, 8)
AVERAGE(vavguw, uw, 4)
AVERAGE(vavgsb, sb, 16)
AVERAGE(vavgsh, sh, 8)
AVERAGE(vavgsw, sw, 4)

LANES(vmaxub, LANE_MAXU, 8)
LANES(vminub, LANE_MINU, 8)
LANES(vmaxsb, LANE_MAXS, 8)
LANES(vminsb, LANE_MINS, 8)
LANES(vmaxuh, LANE_MAXU, 16)
LANES(vminuh, LANE_MINU, 16)
LANES(vmaxsh, LANE_MAXS, 16)
LANES(vminsh, LANE_MINS, 16)
LANES(vmaxuw, LANE_MAXU, 32)
LANES(vminuw, LANE_MINU, 32)
LANES(vmaxsw, LANE_MAXS, 32)
LANES(vminsw, LANE_MINS, 32)
LANES(vmaxud, LANE_MAXU, 64)
LANES(vminud, LANE_MINU, 64)
LANES(vmaxsd, LANE_MAXS, 64)
LANES(vminsd, LANE_MINS, 64)

/* --- compare -------------------------------------------------------------------------------------------------------------- */

/* With Rc = 1, CR6 tells whether all or none of the lanes hold. */
static void compare_lanes(struct emit *e, uint32_t w, enum lane_op op, unsigned bits)
{
    val t[2];
    for (unsigned half = 0; half < 2; half++)
        t[half] = op_lanes(e, op, bits, vsr_get(e, VRA, half), vsr_get(e, VRB, half));
    vsr_set(e, VRT, 0, t[0]);
    vsr_set(e, VRT, 1, t[1]);
    if (BITS(w, 21, 21))
        crf_set(e, 6, op_eq(e, op_and(e, t[0], t[1]), imm(e, UINT64_MAX)), flag_imm(e, false),
                op_eq(e, op_or(e, t[0], t[1]), imm(e, 0)), flag_imm(e, false));
}

#define COMPARE(name, op, bits) LIFT(name) { compare_lanes(e, w, op, bits); }
COMPARE(vcmpequb, LANE_EQ, 8)
COMPARE(vcmpgtub, LANE_GTU, 8)
COMPARE(vcmpgtsb, LANE_GTS, 8)
COMPARE(vcmpequh, LANE_EQ, 16)
COMPARE(vcmpgtuh, LANE_GTU, 16)
COMPARE(vcmpgtsh, LANE_GTS, 16)
COMPARE(vcmpequw, LANE_EQ, 32)
COMPARE(vcmpgtuw, LANE_GTU, 32)
COMPARE(vcmpgtsw, LANE_GTS, 32)
COMPARE(vcmpequd, LANE_EQ, 64)
COMPARE(vcmpgtud, LANE_GTU, 64)
COMPARE(vcmpgtsd, LANE_GTS, 64)

/* --- rotate and shift, each element by its own count ---------------------------------------------------------------------- */

LANES(vslb, LANE_SHL, 8)
LANES(vsrb, LANE_SHR, 8)
LANES(vsrab, LANE_SAR, 8)
LANES(vrlb, LANE_ROTL, 8)
LANES(vslh, LANE_SHL, 16)
LANES(vsrh, LANE_SHR, 16)
LANES(vsrah, LANE_SAR, 16)
LANES(vrlh, LANE_ROTL, 16)
LANES(vslw, LANE_SHL, 32)
LANES(vsrw, LANE_SHR, 32)
LANES(vsraw, LANE_SAR, 32)
LANES(vrlw, LANE_ROTL, 32)
LANES(vsld, LANE_SHL, 64)
LANES(vsrd, LANE_SHR, 64)
LANES(vsrad, LANE_SAR, 64)
LANES(vrld, LANE_ROTL, 64)

/* --- counting ----------------------------------------------------------------------------------------------------------------- */

VECTOR_CALL(vclzb, EACH(ub, 16, b.ub[i] ? __builtin_clz(b.ub[i]) - 24 : 8))
VECTOR_CALL(vclzh, EACH(uh, 8, b.uh[i] ? __builtin_clz(b.uh[i]) - 16 : 16))
VECTOR_CALL(vclzw, EACH(uw, 4, b.uw[i] ? __builtin_clz(b.uw[i]) : 32))
VECTOR_CALL(vclzd, EACH(ud, 2, b.ud[i] ? __builtin_clzll(b.ud[i]) : 64))
VECTOR_CALL(vpopcntb, EACH(ub, 16, __builtin_popcount(b.ub[i])))
VECTOR_CALL(vpopcnth, EACH(uh, 8, __builtin_popcount(b.uh[i])))
VECTOR_CALL(vpopcntw, EACH(uw, 4, __builtin_popcount(b.uw[i])))
VECTOR_CALL(vpopcntd, EACH(ud, 2, __builtin_popcountll(b.ud[i])))
