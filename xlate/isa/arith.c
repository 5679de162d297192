/* arith.c -- see arith.h. Compiled with the host's rounding mode and exceptions respected (CMakeLists.txt). */
#include "xlate/isa/arith.h"
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include "runtime/host.h"
#include "xlate/isa/fpscr.h"

/* enum fp_round of emit.h, which belongs to the vocabulary and cannot be included here. */
enum { TO_CURRENT, TO_ZERO, TO_NEAREST_AWAY, TO_UP, TO_DOWN };

#define SIGN_BIT    (UINT64_C(1) << 63)
#define QUIET_BIT   (UINT64_C(1) << 51)
#define DEFAULT_NAN UINT64_C(0x7ff8000000000000)

static bool is_nan(uint64_t bits) { return bits << 1 > UINT64_C(0xffe0000000000000); }

/* --- rounding once to single -------------------------------------------------------------------------------------- */

/* Keeps the compiler from moving an operation across a change of MXCSR. */
#define HELD(x) ({ double held_ = (x); __asm__ volatile("" : "+x"(held_)); held_; })

/* An unsigned doubleword as a double: above 2^63 it is halved, the lost bit kept sticky. */
double fp_from_unsigned(uint64_t n)
{
    return (int64_t)n >= 0 ? (double)(int64_t)n : (double)(int64_t)(n >> 1 | (n & 1)) * 2;
}

static double operate(double a, double b, double c, enum fp_op op)
{
    switch (op) {
    case FP_ADD:   return a + b;
    case FP_SUB:   return a - b;
    case FP_MUL:   return a * b;
    case FP_DIV:   return a / b;
    case FP_SQRT:  return _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(a), _mm_set_sd(a)));
    case FP_MADD: case FP_NMADD: return fma(a, b, c);
    case FP_MSUB: case FP_NMSUB: return fma(a, b, as_double(as_bits(c) ^ SIGN_BIT));
    case FP_ROUND: return a;
    case FP_FROM_SIGNED:   return (double)(int64_t)as_bits(a);
    case FP_FROM_UNSIGNED: return fp_from_unsigned(as_bits(a));
    default: __builtin_unreachable();
    }
}

/* Operands in the order in which a NaN is looked for; the C expression of a multiply-add has the addend last. */
double fp_nan(struct cpu *cpu, uint64_t a, uint64_t b, uint64_t c, uint64_t op)
{
    const uint64_t operands[3] = { a, fp_operands(op) == 3 ? c : b, b };
    fpscr_name_invalid(cpu, fp_invalid_kinds(a, b, c, (enum fp_op)op));
    for (unsigned i = 0; i < fp_operands(op); i++)
        if (is_nan(operands[i]))
            return as_double(operands[i] | QUIET_BIT);
    return as_double(DEFAULT_NAN);
}

/* The exact result, or else its double rounded to odd: toward zero with the last bit set, which keeps a second rounding
 * to any shorter format correct. */
static double operate_to_odd(double a, double b, double c, enum fp_op op)
{
    unsigned saved = _mm_getcsr();
    _mm_setcsr(saved & ~_MM_EXCEPT_INEXACT);
    double result = HELD(operate(HELD(a), HELD(b), HELD(c), op));
    unsigned after = _mm_getcsr();
    if (after & _MM_EXCEPT_INEXACT) {
        _mm_setcsr((saved & ~_MM_ROUND_MASK) | _MM_ROUND_TOWARD_ZERO);
        result = HELD(operate(HELD(a), HELD(b), HELD(c), op));
        result = as_double(as_bits(result) | 1);
        after = _mm_getcsr() & ~(_MM_EXCEPT_OVERFLOW | _MM_EXCEPT_UNDERFLOW);
    }
    _mm_setcsr(saved | (after & _MM_EXCEPT_MASK));
    return HELD(result);
}

/* PowerPC finds a result tiny before rounding, the host after: one that rounding lifts to the normal range is missed. */
static double round_to_single(double odd)
{
    double result = HELD((double)(float)odd);
    if (fabs(odd) < 0x1p-126 && result != odd)
        _mm_setcsr(_mm_getcsr() | _MM_EXCEPT_UNDERFLOW);
    return result;
}

double fp_compute(uint64_t a, uint64_t b, uint64_t c, enum fp_op op, bool single)
{
    if (!single)
        return HELD(operate(HELD(as_double(a)), HELD(as_double(b)), HELD(as_double(c)), op));
    double odd = operate_to_odd(as_double(a), as_double(b), as_double(c), op);
    return odd != odd ? odd : round_to_single(odd);
}

double fp_single(struct cpu *cpu, uint64_t a, uint64_t b, uint64_t c, uint64_t op)
{
    double result = fp_compute(a, b, c, (enum fp_op)op, true);
    if (result != result) {
        return (double)(float)fp_nan(cpu, a, b, c, op);
    }
    return op == FP_NMADD || op == FP_NMSUB ? -result : result;
}

/* --- to integers -------------------------------------------------------------------------------------------------- */

static double rounded(double b, unsigned mode)
{
    __m128d x = _mm_set_sd(b);
    x = mode == TO_ZERO ? _mm_round_sd(x, x, _MM_FROUND_TO_ZERO) : _mm_round_sd(x, x, _MM_FROUND_CUR_DIRECTION);
    return _mm_cvtsd_f64(x);
}

static int64_t to_signed(double b, unsigned mode)
{
    return mode == TO_ZERO ? _mm_cvttsd_si64(_mm_set_sd(b)) : _mm_cvtsd_si64(_mm_set_sd(b));
}

static uint64_t to_unsigned(double b, unsigned mode)
{
    double r = rounded(b, mode);
    if (r < 0x1p63)
        return (uint64_t)_mm_cvttsd_si64(_mm_set_sd(r));
    return (uint64_t)_mm_cvttsd_si64(_mm_set_sd(r - 0x1p63)) ^ SIGN_BIT;
}

/* Bounds that the rounded number must keep. */
static bool fits(double r, bool is64, bool is_unsigned)
{
    if (is_unsigned)
        return r >= 0 && r < (is64 ? 0x1p64 : 0x1p32);
    return is64 ? r >= -0x1p63 && r < 0x1p63 : r >= -0x1p31 && r < 0x1p31;
}

bool fp_fits_int(uint64_t bits, unsigned how)
{
    unsigned direction = (how & 7) == TO_ZERO ? _MM_FROUND_TO_ZERO : _MM_FROUND_CUR_DIRECTION;
    __m128d x = _mm_set_sd(as_double(bits));
    x = direction == _MM_FROUND_TO_ZERO ? _mm_round_sd(x, x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC)
                                        : _mm_round_sd(x, x, _MM_FROUND_CUR_DIRECTION | _MM_FROUND_NO_EXC);
    return !is_nan(bits) && fits(_mm_cvtsd_f64(x), how & 8, how & 16);
}

static uint64_t saturated(uint64_t bits, bool is64, bool is_unsigned)
{
    bool low = is_nan(bits) || bits >> 63;
    if (is_unsigned)
        return low ? 0 : is64 ? UINT64_MAX : UINT32_MAX;
    return low ? (uint64_t)(is64 ? INT64_MIN : INT32_MIN) : (uint64_t)(is64 ? INT64_MAX : INT32_MAX);
}

uint64_t fp_to_int_bits(struct cpu *cpu, uint64_t bits, uint64_t how)
{
    bool is64 = how & 8, is_unsigned = how & 16;
    if (!fp_fits_int(bits, (unsigned)how)) {
        fpscr_name_invalid(cpu, FPSCR_VXCVI | fp_invalid_kinds(bits, 0, 0, FP_TO_INT));
        return saturated(bits, is64, is_unsigned);
    }
    unsigned mode = how & 7;
    return is_unsigned ? to_unsigned(as_double(bits), mode) : (uint64_t)to_signed(as_double(bits), mode);
}

double fp_integral(struct cpu *cpu, double b, unsigned mode)
{
    __m128d x = _mm_set_sd(b);
    if (b != b)
        return fp_nan(cpu, as_bits(b), 0, 0, FP_INTEGRAL);
    if (mode == TO_CURRENT)
        return _mm_cvtsd_f64(_mm_round_sd(x, x, _MM_FROUND_CUR_DIRECTION));
    if (mode == TO_UP)
        return _mm_cvtsd_f64(_mm_round_sd(x, x, _MM_FROUND_TO_POS_INF | _MM_FROUND_NO_EXC));
    if (mode == TO_DOWN)
        return _mm_cvtsd_f64(_mm_round_sd(x, x, _MM_FROUND_TO_NEG_INF | _MM_FROUND_NO_EXC));
    double whole = _mm_cvtsd_f64(_mm_round_sd(x, x, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC));
    if (mode == TO_NEAREST_AWAY && fabs(b) < 0x1p52 && fabs(b - whole) >= 0.5)
        whole += copysign(1, b);
    return copysign(whole, b);
}

/* --- storage formats ---------------------------------------------------------------------------------------------- */

uint64_t fp_widen(uint32_t word)
{
    uint64_t sign = (uint64_t)(word >> 31) << 63, fraction = word & 0x7fffff;
    int exponent = word >> 23 & 0xff;
    if (exponent == 0xff)
        return sign | UINT64_C(0x7ff) << 52 | fraction << 29;
    if (exponent == 0 && fraction == 0)
        return sign;
    if (exponent == 0) {
        unsigned shift = (unsigned)__builtin_clz((uint32_t)fraction) - 8;       /* brings the leading one to bit 23 */
        fraction = fraction << shift & 0x7fffff;
        exponent = 1 - (int)shift;
    }
    return sign | (uint64_t)(exponent + 896) << 52 | fraction << 29;
}

uint32_t fp_narrow(uint64_t bits)
{
    unsigned exponent = bits >> 52 & 0x7ff;
    uint32_t sign = (uint32_t)(bits >> 32) & 0x80000000u;
    if (exponent > 896 || bits << 1 == 0)
        return (uint32_t)(bits >> 32 & 0xc0000000u) | (uint32_t)(bits >> 29 & 0x3fffffffu);
    if (exponent < 874)
        return sign;                                    /* undefined by the manual: too small for a denormal */
    uint32_t fraction = 0x800000u | (uint32_t)(bits >> 29 & 0x7fffff);
    return sign | fraction >> (897 - exponent);
}
