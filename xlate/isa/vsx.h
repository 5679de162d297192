/* vsx.h -- C bodies of VSX instructions: a, b are XA, XB; what is left in t becomes XT. See vector.h. [ISA I 7.6.3] */
#ifndef XLATE_ISA_VSX_H
#define XLATE_ISA_VSX_H

#include "xlate/isa/vector.h"

#define VSX_CALL(name, body)                                                    \
    LIFT_CALL(name)                                                             \
    {                                                                           \
        union vec a UNUSED = vec_get(cpu, XA), b UNUSED = vec_get(cpu, XB);     \
        union vec t = { .ud = { 0, 0 } };                                       \
        body;                                                                   \
        vec_set(cpu, XT, t);                                                    \
    }

enum { VSX_TEST = 8, VSX_TEST_FG = 4, VSX_TEST_FE = 2 };       /* CR field of the test instructions */

/* The properties the tests ask of an operand, for a format with these numbers. */
struct vsx_operand {
    int exponent;               /* unbiased */
    bool nan, infinite, zero, denormal, negative;
};

static inline struct vsx_operand vsx_operand(uint64_t fraction, unsigned biased, unsigned most, int bias, bool negative)
{
    return (struct vsx_operand){ (int)biased - bias, biased == most && fraction, biased == most && !fraction, !biased && !fraction,
                                 !biased && fraction, negative };
}
static inline struct vsx_operand vsx_double(uint64_t v)
{
    return vsx_operand(v << 12, v >> 52 & 0x7ff, 0x7ff, 1023, v >> 63);
}
static inline struct vsx_operand vsx_single(uint32_t v) { return vsx_operand(v << 9, v >> 23 & 0xff, 0xff, 127, v >> 31); }

/* lo, hi: bounds of exponents that a division by iteration tolerates; least: of the dividend. */
static inline unsigned vsx_divide(struct vsx_operand a, struct vsx_operand b, int lo, int hi, int reach, int least)
{
    bool fe = a.nan || a.infinite || b.zero || b.nan || b.infinite || b.exponent <= lo || b.exponent >= hi ||
              (!a.zero && (a.exponent - b.exponent >= reach || a.exponent - b.exponent <= -reach + 2 || a.exponent <= least));
    bool fg = a.infinite || b.infinite || b.zero || b.denormal;
    return VSX_TEST | (fg ? VSX_TEST_FG : 0) | (fe ? VSX_TEST_FE : 0);
}
static inline unsigned vsx_root(struct vsx_operand b, int least)
{
    bool fe = b.nan || b.infinite || b.zero || b.negative || b.exponent <= least;
    return VSX_TEST | (b.infinite || b.zero || b.denormal ? VSX_TEST_FG : 0) | (fe ? VSX_TEST_FE : 0);
}
static inline unsigned vsx_divide_test(uint64_t a, uint64_t b) { return vsx_divide(vsx_double(a), vsx_double(b), -1022, 1021, 1023, -970); }
static inline unsigned vsx_divide_test_single(uint32_t a, uint32_t b)
{
    return vsx_divide(vsx_single(a), vsx_single(b), -126, 125, 127, -103);
}
static inline unsigned vsx_root_test(uint64_t b) { return vsx_root(vsx_double(b), -970); }
static inline unsigned vsx_root_test_single(uint32_t b) { return vsx_root(vsx_single(b), -103); }

/* Minimum or maximum on bits: a quiet NaN loses against a number; a signalling one wins and becomes quiet; of two NaNs the first wins;
 * -0 is below +0. */
static inline uint64_t vsx_extreme(uint64_t a, uint64_t b, bool least)
{
    const uint64_t quiet = UINT64_C(1) << 51, top = UINT64_C(0x7ff) << 52;
    bool nan_a = a << 1 > top << 1, nan_b = b << 1 > top << 1;
    if (nan_a && !(a & quiet))
        return a | quiet;
    if (nan_a)
        return nan_b ? a : b;
    if (nan_b)
        return b & quiet ? a : b | quiet;
    int64_t x = (int64_t)a < 0 ? (int64_t)(a ^ (UINT64_MAX >> 1)) : (int64_t)a;
    int64_t y = (int64_t)b < 0 ? (int64_t)(b ^ (UINT64_MAX >> 1)) : (int64_t)b;
    return (x < y) == least ? a : b;
}
static inline uint32_t vsx_extreme_single(uint32_t a, uint32_t b, bool least)
{
    const uint32_t quiet = 1u << 22, top = 0xffu << 23;
    bool nan_a = a << 1 > top << 1, nan_b = b << 1 > top << 1;
    if (nan_a && !(a & quiet))
        return a | quiet;
    if (nan_a)
        return nan_b ? a : b;
    if (nan_b)
        return b & quiet ? a : b | quiet;
    int32_t x = (int32_t)a < 0 ? (int32_t)(a ^ (UINT32_MAX >> 1)) : (int32_t)a;
    int32_t y = (int32_t)b < 0 ? (int32_t)(b ^ (UINT32_MAX >> 1)) : (int32_t)b;
    return (x < y) == least ? a : b;
}

#endif
