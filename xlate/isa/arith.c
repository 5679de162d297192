/* arith.c -- see arith.h. Compiled with the host's rounding mode and exceptions respected (CMakeLists.txt). */
#include "xlate/isa/arith.h"
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include "runtime/host.h"

/* enum fp_round of emit.h, which belongs to the vocabulary and cannot be included here. */
enum { TO_CURRENT, TO_ZERO, TO_NEAREST_AWAY, TO_UP, TO_DOWN };

#define SIGN_BIT    (UINT64_C(1) << 63)
#define QUIET_BIT   (UINT64_C(1) << 51)
#define DEFAULT_NAN UINT64_C(0x7ff8000000000000)

static double as_double(uint64_t bits) { double d; memcpy(&d, &bits, 8); return d; }
static uint64_t as_bits(double d) { uint64_t bits; memcpy(&bits, &d, 8); return bits; }
static bool is_nan(uint64_t bits) { return bits << 1 > UINT64_C(0xffe0000000000000); }

double fp_nan(uint64_t a, uint64_t b, uint64_t c, uint64_t count)
{
    const uint64_t operands[3] = { a, b, c };
    for (unsigned i = 0; i < count; i++)
        if (is_nan(operands[i]))
            return as_double(operands[i] | QUIET_BIT);
    return as_double(DEFAULT_NAN);
}

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
    }
    __builtin_unreachable();
}

static double nan_of(uint64_t a, uint64_t b, uint64_t c, enum fp_op op)
{
    switch (op) {
    case FP_SQRT: case FP_ROUND: return fp_nan(a, 0, 0, 1);
    case FP_MADD: case FP_MSUB: case FP_NMADD: case FP_NMSUB: return fp_nan(a, c, b, 3);
    default: return fp_nan(a, b, 0, 2);
    }
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

double fp_single(uint64_t a, uint64_t b, uint64_t c, uint64_t op)
{
    double result = operate_to_odd(as_double(a), as_double(b), as_double(c), (enum fp_op)op);
    if (result != result && op != FP_ROUND)
        return nan_of(a, b, c, (enum fp_op)op);
    result = (double)(float)result;
    return op == FP_NMADD || op == FP_NMSUB ? as_double(as_bits(result) ^ SIGN_BIT) : result;
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
    int64_t n = mode == TO_ZERO ? _mm_cvttsd_si64(_mm_set_sd(b)) : _mm_cvtsd_si64(_mm_set_sd(b));
    return n == INT64_MIN && b > 0 ? INT64_MAX : n;         /* the host gives INT64_MIN for whatever does not fit */
}

static uint64_t to_unsigned(double b, unsigned mode)
{
    double r = rounded(b, mode);
    if (!(r > 0))
        return 0;
    if (r >= 0x1p64)
        return UINT64_MAX;
    if (r < 0x1p63)
        return (uint64_t)_mm_cvttsd_si64(_mm_set_sd(r));
    return (uint64_t)_mm_cvttsd_si64(_mm_set_sd(r - 0x1p63)) ^ SIGN_BIT;
}

static int64_t clamp(int64_t n, int64_t low, int64_t high) { return n < low ? low : n > high ? high : n; }

uint64_t fp_to_int_bits(uint64_t bits, uint64_t how)
{
    double b = as_double(bits);
    unsigned mode = how & 7;
    bool is64 = how & 8, is_unsigned = how & 16;
    if (is64)
        return is_unsigned ? to_unsigned(b, mode) : (uint64_t)to_signed(b, mode);
    int64_t n = to_signed(b, mode);
    return (uint64_t)(is_unsigned ? clamp(n, 0, UINT32_MAX) : clamp(n, INT32_MIN, INT32_MAX));
}

double fp_integral(double b, unsigned mode)
{
    __m128d x = _mm_set_sd(b);
    if (b != b)
        return as_double(as_bits(b) | QUIET_BIT);
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
