/* arith.h -- the C behind arithmetic words of emit.h that need more than a host instruction.
 *
 * Shared by the interpreter (run/emit_interp.h) and by the helpers of translated code (run/helpers.c): one body each.
 * Floating-point exceptions gather in the host's MXCSR; fpscr.h merges them.
 */
#ifndef XLATE_ISA_ARITH_H
#define XLATE_ISA_ARITH_H

#include <stdbool.h>
#include <stdint.h>
#include "runtime/cpu.h"

/* Operation numbers of fp_single (helper argument `op`); operands a, b, c are those of the C expression. */
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
    FP_FROM_SIGNED,     /* the integer in a's bits (fcfids) */
    FP_FROM_UNSIGNED,   /* (fcfidus) */
};

/* The NaN that PowerPC gives when the host's result is NaN: the first of the first `count` operands that is a NaN, made
 * quiet; else the default 0x7ff8000000000000. Operands are in the manual's order of precedence: A, B, C (for
 * multiply-add: A, then the addend B, then the factor C). */
double fp_nan(uint64_t a, uint64_t b, uint64_t c, uint64_t count);

/* An unsigned doubleword in the current rounding mode. */
double fp_from_unsigned(uint64_t n);

/* The operation rounded once, to single precision, in the current rounding mode, whatever the operands; NaN rules
 * included. */
double fp_single(uint64_t a, uint64_t b, uint64_t c, uint64_t op);

/* A double result may be rounded again to single precision without error: it is in the normal range of singles and is
 * not exactly between two of them, or it is zero. Translated code tests this and calls fp_single otherwise. */
static inline bool fp_rounds_twice_safely(uint64_t bits)
{
    return ((bits >> 52 & 0x7ff) - 897 < 254 && (bits & 0x1fffffff) != 0x10000000) || bits << 1 == 0;
}

/* Rounding to an integer. `how` of the helper: FP_TO_INT_HOW. Saturates; NaN gives the smallest (unsigned: 0). A 32-bit
 * result is sign- or zero-extended. */
#define FP_TO_INT_HOW(mode, bits, is_unsigned) \
    ((unsigned)(mode) | ((bits) == 64 ? 8u : 0u) | ((is_unsigned) ? 16u : 0u))
uint64_t fp_to_int_bits(uint64_t bits, uint64_t how);

/* frin, friz, frip, frim: mode is enum fp_round (not ROUND_CURRENT). */
double fp_integral(double b, unsigned mode);

/* lfs and stfs: formats on bits, no rounding, signalling NaNs kept. */
uint64_t fp_widen(uint32_t word);
uint32_t fp_narrow(uint64_t bits);

/* Host address of a guest address. */
static inline uint8_t *guest_host(const struct cpu *cpu, uint64_t ea)
{
    return cpu->mem + (cpu->is64 ? ea & ((UINT64_C(1) << 46) - 1) : (uint32_t)ea);
}

#endif
