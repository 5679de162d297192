/* arith.h -- the C behind arithmetic words of emit.h that need more than a host instruction.
 *
 * Shared by the interpreter (run/emit_interp.h) and by the helpers of translated code (run/helpers.c): one body each.
 * Floating-point exceptions gather in the host's MXCSR; fpscr.h merges them.
 */
#ifndef XLATE_ISA_ARITH_H
#define XLATE_ISA_ARITH_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include "runtime/cpu.h"

/* Operations, for helpers and for FP_STATUS; operands a, b, c are those of the C expression. */
enum fp_op {
    FP_ADD,             /* a + b */
    FP_SUB,             /* a - b */
    FP_MUL,             /* a * b */
    FP_DIV,             /* a / b */
    FP_SQRT,            /* sqrt a */
    FP_MADD,            /* a * b + c */
    FP_MSUB,            /* a * b - c */
    FP_NMADD,           /* -(a * b + c) */
    FP_NMSUB,           /* -(a * b - c) */
    FP_ROUND,           /* a (frsp) */
    FP_FROM_SIGNED,     /* the integer in a's bits (fcfid) */
    FP_FROM_UNSIGNED,   /* (fcfidu) */
    FP_INTEGRAL,        /* a without fraction: exact by definition (frin ...) */
    FP_RINT,            /* a rounded to an integer, which may be inexact (xsrdpic) */
    FP_TO_INT,          /* a as an integer, FP_TO_INT_HOW */
    FP_OPS,
};

/* An operation as cpu->fp_last names it: never 0. `how` is FP_TO_INT_HOW for FP_TO_INT. */
#define FP_STATUS(op, single, how) (0x80000000u | (unsigned)(op) | ((single) ? 16u : 0u) | (unsigned)(how) << 8)

static inline double as_double(uint64_t bits) { double d; memcpy(&d, &bits, 8); return d; }
static inline uint64_t as_bits(double d) { uint64_t bits; memcpy(&bits, &d, 8); return bits; }

/* The NaN that PowerPC gives when the host's result of `op` is NaN: the first operand that is a NaN, made quiet, in the
 * order of the manual: A, B (the addend of a multiply-add), C; else the default 0x7ff8000000000000. Names the invalid
 * operation in FPSCR. */
double fp_nan(struct cpu *cpu, uint64_t a, uint64_t b, uint64_t c, uint64_t op);

/* How many of a, b, c an operation has. */
static inline unsigned fp_operands(uint64_t op)
{
    return op <= FP_DIV ? 2 : op >= FP_MADD && op <= FP_NMSUB ? 3 : 1;
}

/* The kinds of FPSCR_VX_ALL that an operation raises; of a conversion to an integer without VXCVI. */
uint32_t fp_invalid_kinds(uint64_t a, uint64_t b, uint64_t c, enum fp_op op);

/* The operation in the host's rounding mode, without the negation of FP_NMADD and FP_NMSUB and without the rules for
 * NaNs. Not FP_INTEGRAL, FP_RINT and FP_TO_INT. */
double fp_compute(uint64_t a, uint64_t b, uint64_t c, enum fp_op op, bool single);

/* FR, FI and FPRF after an operation (FP_STATUS) in the host's rounding mode; what it leaves alone is as in `before`. */
uint32_t fp_status_bits(uint32_t operation, uint64_t a, uint64_t b, uint64_t c, uint32_t before);

/* FPCC after a comparison. */
uint32_t fp_compare_bits(uint64_t a, uint64_t b);

/* A comparison found its operands unordered: names the invalid operation, if it is one. */
void fp_compare_nan(struct cpu *cpu, uint64_t a, uint64_t b, bool ordered);

/* An unsigned doubleword in the current rounding mode. */
double fp_from_unsigned(uint64_t n);

/* The operation rounded once, to single precision, in the current rounding mode, whatever the operands; NaN rules
 * included. */
double fp_single(struct cpu *cpu, uint64_t a, uint64_t b, uint64_t c, uint64_t op);

/* A double result may be rounded again to single precision without error: it lies above the least normal single, which may
 * be tiny before rounding, and is not exactly between two singles; or it is zero. Translated code tests this and calls
 * fp_single otherwise. */
static inline bool fp_rounds_twice_safely(uint64_t bits)
{
    const uint64_t least = UINT64_C(897) << 53, range = UINT64_C(254) << 53;
    return ((bits << 1) - least - 1 < range - 1 && (bits & 0x1fffffff) != 0x10000000) || bits << 1 == 0;
}

/* Rounding to an integer. `how` of the helper: FP_TO_INT_HOW. Saturates; NaN gives the smallest (unsigned: 0). A 32-bit
 * result is sign- or zero-extended. Names the invalid operation in FPSCR. */
#define FP_TO_INT_HOW(mode, bits, is_unsigned) \
    ((unsigned)(mode) | ((bits) == 64 ? 8u : 0u) | ((is_unsigned) ? 16u : 0u))
uint64_t fp_to_int_bits(struct cpu *cpu, uint64_t bits, uint64_t how);

/* The rounded number is one of the integers that FP_TO_INT_HOW names. */
bool fp_fits_int(uint64_t bits, unsigned how);

/* frin, friz, frip, frim, which are exact by definition, and with ROUND_CURRENT xsrdpic; mode is enum fp_round. */
double fp_integral(struct cpu *cpu, double b, unsigned mode);

/* lfs and stfs: formats on bits, no rounding, signalling NaNs kept. */
uint64_t fp_widen(uint32_t word);
uint32_t fp_narrow(uint64_t bits);

/* Host address of a guest address. */
static inline uint8_t *guest_host(const struct cpu *cpu, uint64_t ea)
{
    return cpu->mem + (cpu->is64 ? ea & ((UINT64_C(1) << 46) - 1) : (uint32_t)ea);
}

#endif
