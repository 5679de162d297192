/* fp_status.c -- what FPSCR says of an operation: kinds of invalid operation, FR, FI, FPRF. [ISA I 4.2.2, 4.4.1]
 *
 * All from operation and operands, afterwards: off every fast path. Compiled with the host's rounding mode and
 * exceptions respected (CMakeLists.txt).
 */
#include <immintrin.h>
#include <math.h>
#include <string.h>
#include "xlate/isa/arith.h"
#include "xlate/isa/fpscr.h"

#define SIGN_BIT  (UINT64_C(1) << 63)
#define QUIET_BIT (UINT64_C(1) << 51)
#define INFINITE  (UINT64_C(0x7ff) << 52)

/* FPRF of the classes of numbers: C, then less, greater, equal, unordered. */
enum {
    CLASS_NAN = 0x11000, CLASS_INFINITE = 0x1000, CLASS_NORMAL = 0, CLASS_DENORMAL = 0x10000,
    CLASS_POSITIVE = 0x4000, CLASS_NEGATIVE = 0x8000, CLASS_ZERO = 0x2000, CLASS_MINUS_ZERO = 0x12000,
};
enum { LESS = 0x8000, GREATER = 0x4000, EQUAL = 0x2000, UNORDERED = 0x1000, FPSCR_VE = 0x80 };

static bool is_nan(uint64_t bits) { return bits << 1 > INFINITE << 1; }
static bool is_signalling(uint64_t bits) { return is_nan(bits) && !(bits & QUIET_BIT); }
static bool is_infinite(uint64_t bits) { return bits << 1 == INFINITE << 1; }
static bool is_zero(uint64_t bits) { return bits << 1 == 0; }

/* --- invalid operations ------------------------------------------------------------------------------------------- */

static uint32_t invalid_sum(uint64_t a, uint64_t b)
{
    return is_infinite(a) && is_infinite(b) && a != b ? FPSCR_VXISI : 0;
}

static uint32_t invalid_product(uint64_t a, uint64_t b)
{
    return (is_infinite(a) && is_zero(b)) || (is_zero(a) && is_infinite(b)) ? FPSCR_VXIMZ : 0;
}

static uint32_t invalid_multiply_add(uint64_t a, uint64_t b, uint64_t c)
{
    if (invalid_product(a, b) || is_nan(a) || is_nan(b))
        return invalid_product(a, b);
    return is_infinite(a) || is_infinite(b) ? invalid_sum(((a ^ b) & SIGN_BIT) | INFINITE, c) : 0;
}

static uint32_t invalid_quotient(uint64_t a, uint64_t b)
{
    return is_infinite(a) && is_infinite(b) ? FPSCR_VXIDI : is_zero(a) && is_zero(b) ? FPSCR_VXZDZ : 0;
}

static uint32_t invalid_root(uint64_t a) { return a >> 63 && !is_zero(a) && !is_nan(a) ? FPSCR_VXSQRT : 0; }

uint32_t fp_invalid_kinds(uint64_t a, uint64_t b, uint64_t c, enum fp_op op)
{
    unsigned operands = fp_operands(op);
    bool signalling = is_signalling(a) || (operands > 1 && is_signalling(b)) || (operands > 2 && is_signalling(c));
    uint32_t kinds = signalling ? FPSCR_VXSNAN : 0;
    switch (op) {
    case FP_ADD:  return kinds | invalid_sum(a, b);
    case FP_SUB:  return kinds | invalid_sum(a, b ^ SIGN_BIT);
    case FP_MUL:  return kinds | invalid_product(a, b);
    case FP_DIV:  return kinds | invalid_quotient(a, b);
    case FP_SQRT: return kinds | invalid_root(a);
    case FP_MADD: case FP_NMADD: return kinds | invalid_multiply_add(a, b, c);
    case FP_MSUB: case FP_NMSUB: return kinds | invalid_multiply_add(a, b, c ^ SIGN_BIT);
    default:      return kinds;
    }
}

/* --- result ------------------------------------------------------------------------------------------------------- */

static uint32_t class_of(double v, bool single)
{
    if (v != v)
        return CLASS_NAN;
    if (v == 0)
        return signbit(v) ? CLASS_MINUS_ZERO : CLASS_ZERO;
    uint32_t sign = signbit(v) ? CLASS_NEGATIVE : CLASS_POSITIVE;
    if (isinf(v))
        return sign | CLASS_INFINITE;
    return sign | (fabs(v) < (single ? 0x1p-126 : 0x1p-1022) ? CLASS_DENORMAL : CLASS_NORMAL);
}

/* FR: the magnitude was rounded up, that is, rounding toward zero gives another result. */
static uint32_t rounding_bits(double result, double toward_zero, bool inexact)
{
    return (inexact ? FPSCR_FI : 0) | (inexact && result != toward_zero ? FPSCR_FR : 0);
}

static uint32_t arithmetic_bits(uint64_t a, uint64_t b, uint64_t c, enum fp_op op, bool single)
{
    unsigned saved = _mm_getcsr(), clean = saved & ~_MM_EXCEPT_MASK;
    _mm_setcsr(clean);
    double result = fp_compute(a, b, c, op, single);
    bool inexact = _mm_getcsr() & _MM_EXCEPT_INEXACT;
    _mm_setcsr((clean & ~_MM_ROUND_MASK) | _MM_ROUND_TOWARD_ZERO);
    double toward_zero = fp_compute(a, b, c, op, single);
    _mm_setcsr(saved);
    if (result != result)
        return CLASS_NAN;
    double negated = op == FP_NMADD || op == FP_NMSUB ? -result : result;
    return class_of(negated, single) | rounding_bits(result, toward_zero, inexact);
}

/* FPRF is undefined after a conversion: left alone. */
static uint32_t to_int_bits(double v, unsigned how, bool fits, uint32_t before)
{
    double toward_zero = trunc(v), result = (how & 7) == 0 ? nearbyint(v) : toward_zero;
    return before | (fits ? rounding_bits(result, toward_zero, result != v) : 0);
}

static uint32_t rint_bits(double v)
{
    double result = nearbyint(v);
    return class_of(result, false) | rounding_bits(result, trunc(v), v == v && result != v);
}

uint32_t fp_status_bits(uint32_t operation, uint64_t a, uint64_t b, uint64_t c, uint32_t before)
{
    unsigned op = operation & 15, how = operation >> 8 & 31;
    if (op == FP_TO_INT)
        return to_int_bits(as_double(a), how, fp_fits_int(a, how), before);
    if (op == FP_RINT)
        return rint_bits(as_double(a));
    if (op == FP_INTEGRAL)
        return class_of(as_double(a), false);
    return arithmetic_bits(a, b, c, (enum fp_op)op, operation & 16);
}

/* --- comparison --------------------------------------------------------------------------------------------------- */

uint32_t fp_compare_bits(uint64_t a, uint64_t b)
{
    double x = as_double(a), y = as_double(b);
    return is_nan(a) || is_nan(b) ? UNORDERED : x < y ? LESS : x > y ? GREATER : EQUAL;
}

void fp_compare_nan(struct cpu *cpu, uint64_t a, uint64_t b, bool ordered)
{
    bool signalling = is_signalling(a) || is_signalling(b), enabled = cpu->fpscr & FPSCR_VE;
    uint32_t kinds = signalling ? FPSCR_VXSNAN : 0;
    if (ordered && (is_nan(a) || is_nan(b)) && !(signalling && enabled))
        kinds |= FPSCR_VXVC;
    fpscr_name_invalid(cpu, kinds);
}
