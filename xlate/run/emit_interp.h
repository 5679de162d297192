/* emit_interp.h -- the binding of the instruction vocabulary that computes: lift_*.c compiled against it are the
 * interpreter.
 *
 * GUEST64 (0 or 1) is the guest's width, given by the build; everything about the mode folds away.
 */
#ifndef XLATE_RUN_EMIT_INTERP_H
#define XLATE_RUN_EMIT_INTERP_H

#include <immintrin.h>
#include <string.h>
#include "runtime/host.h"
#include "runtime/reserve.h"
#include "runtime/timebase.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/fpscr.h"
#include "xlate/isa/helpers.h"
#include "xlate/run/interp_emit.h"

typedef struct { uint64_t v; } val;
typedef struct { bool v; } flag;
typedef struct { double v; } fval;

#define EMIT_TYPES_DEFINED
#define EMIT_IS_INTERP
#define IS64 GUEST64
#define VOCAB static inline UNUSED
#if GUEST64
#define LIFT_FN(name) interp64_##name
#else
#define LIFT_FN(name) interp32_##name
#endif
#define CALL_BODY(e, body, w) body((e)->cpu, w)
#define RECORD_CR1(e) interp_record_cr1((e)->cpu)

#include "xlate/isa/emit.h"
#include "xlate/isa/lanes.h"

static inline void UNUSED interp_record_cr1(struct cpu *cpu)
{
    uint32_t status = fpscr_read(cpu) >> 28;
    for (unsigned bit = 0; bit < 4; bit++)
        cpu->cr[4 + bit] = status >> (3 - bit) & 1;
}

/* --- constants and registers -------------------------------------------------------------------------------------- */

#define V(x) ((val){ x })
#define F(x) ((flag){ x })
#define D(x) ((fval){ x })

static inline uint64_t to_width(uint64_t v) { return GUEST64 ? v : (uint32_t)v; }

VOCAB val imm(struct emit *e, uint64_t c) { return V(c); }
VOCAB val imm_pc(struct emit *e, uint64_t pc) { return V(pc); }
VOCAB flag flag_imm(struct emit *e, bool c) { return F(c); }
VOCAB val gpr_get(struct emit *e, unsigned r) { return V(e->cpu->gpr[r]); }
VOCAB void gpr_set(struct emit *e, unsigned r, val v) { e->cpu->gpr[r] = to_width(v.v); }
VOCAB flag cr_get(struct emit *e, unsigned bit) { return F(e->cpu->cr[bit]); }
VOCAB void cr_set(struct emit *e, unsigned bit, flag f) { e->cpu->cr[bit] = f.v; }
VOCAB val cr_word(struct emit *e) { return V(cpu_cr_get(e->cpu)); }
VOCAB val lr_get(struct emit *e) { return V(e->cpu->lr); }
VOCAB void lr_set(struct emit *e, val v) { e->cpu->lr = to_width(v.v); }
VOCAB val ctr_get(struct emit *e) { return V(e->cpu->ctr); }
VOCAB void ctr_set(struct emit *e, val v) { e->cpu->ctr = to_width(v.v); }
VOCAB flag so_get(struct emit *e) { return F(e->cpu->so); }
VOCAB void so_set(struct emit *e, flag f) { e->cpu->so = f.v; }
VOCAB flag ov_get(struct emit *e) { return F(e->cpu->ov); }
VOCAB void ov_set(struct emit *e, flag f) { e->cpu->ov = f.v; }
VOCAB flag ca_get(struct emit *e) { return F(e->cpu->ca); }
VOCAB void ca_set(struct emit *e, flag f) { e->cpu->ca = f.v; }
VOCAB val mq_get(struct emit *e) { return V(e->cpu->mq); }
VOCAB void mq_set(struct emit *e, val v) { e->cpu->mq = (uint32_t)v.v; }
VOCAB val xer_low_get(struct emit *e) { return V((uint64_t)e->cpu->xer_byte << 8 | e->cpu->xer_count); }
VOCAB void xer_low_set(struct emit *e, val v)
{
    e->cpu->xer_byte = (uint8_t)(v.v >> 8);
    e->cpu->xer_count = v.v & 0x7f;
}
VOCAB val vrsave_get(struct emit *e) { return V(e->cpu->vrsave); }
VOCAB void vrsave_set(struct emit *e, val v) { e->cpu->vrsave = (uint32_t)v.v; }
VOCAB val vsr_get(struct emit *e, unsigned n, unsigned half) { return V(e->cpu->vsr[n].dw[half]); }
VOCAB void vsr_set(struct emit *e, unsigned n, unsigned half, val v) { e->cpu->vsr[n].dw[half] = v.v; }

/* --- integers ----------------------------------------------------------------------------------------------------- */

VOCAB val op_add(struct emit *e, val a, val b) { return V(a.v + b.v); }
VOCAB val op_sub(struct emit *e, val a, val b) { return V(a.v - b.v); }
VOCAB val op_mul(struct emit *e, val a, val b) { return V(a.v * b.v); }
VOCAB val op_mulhu(struct emit *e, val a, val b) { return V((uint64_t)((unsigned __int128)a.v * b.v >> 64)); }
VOCAB val op_mulhs(struct emit *e, val a, val b) { return V((uint64_t)((__int128)(int64_t)a.v * (int64_t)b.v >> 64)); }
VOCAB val op_divu(struct emit *e, val a, val b) { return V(b.v ? a.v / b.v : 0); }
VOCAB val op_divs(struct emit *e, val a, val b)
{
    bool undefined = b.v == 0 || (b.v == UINT64_MAX && a.v == UINT64_C(1) << 63);
    return V(undefined ? 0 : (uint64_t)((int64_t)a.v / (int64_t)b.v));
}
VOCAB val op_and(struct emit *e, val a, val b) { return V(a.v & b.v); }
VOCAB val op_or(struct emit *e, val a, val b) { return V(a.v | b.v); }
VOCAB val op_xor(struct emit *e, val a, val b) { return V(a.v ^ b.v); }
VOCAB val op_not(struct emit *e, val a) { return V(~a.v); }
VOCAB val op_neg(struct emit *e, val a) { return V(-a.v); }
VOCAB val op_shl(struct emit *e, val a, val n) { return V(a.v << n.v); }
VOCAB val op_shr(struct emit *e, val a, val n) { return V(a.v >> n.v); }
VOCAB val op_sar(struct emit *e, val a, val n) { return V((uint64_t)((int64_t)a.v >> n.v)); }
VOCAB val op_rotl(struct emit *e, val a, val n) { return V(a.v << (n.v & 63) | a.v >> (-n.v & 63)); }
VOCAB val op_rotl32(struct emit *e, val a, val n)
{
    uint32_t word = (uint32_t)a.v;
    return V(word << (n.v & 31) | word >> (-n.v & 31));
}
VOCAB val op_clz(struct emit *e, val a) { return V(a.v ? (uint64_t)__builtin_clzll(a.v) : 64); }
VOCAB val op_clz32(struct emit *e, val a) { return V((uint32_t)a.v ? (uint64_t)__builtin_clz((uint32_t)a.v) : 32); }
VOCAB val op_ctz(struct emit *e, val a) { return V(a.v ? (uint64_t)__builtin_ctzll(a.v) : 64); }
VOCAB val op_popcnt(struct emit *e, val a) { return V((uint64_t)__builtin_popcountll(a.v)); }
VOCAB val op_popcntb(struct emit *e, val a)
{
    uint64_t v = a.v - (a.v >> 1 & UINT64_C(0x5555555555555555));
    v = (v & UINT64_C(0x3333333333333333)) + (v >> 2 & UINT64_C(0x3333333333333333));
    return V((v + (v >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f));
}
VOCAB val op_lanes(struct emit *e, enum lane_op op, unsigned bits, val a, val b)
{
    switch (bits) {
    case 8: return V(lanes_8(op, a.v, b.v));
    case 16: return V(lanes_16(op, a.v, b.v));
    case 32: return V(lanes_32(op, a.v, b.v));
    default: return V(lanes_64(op, a.v, b.v));
    }
}
VOCAB val op_bswap(struct emit *e, val a) { return V(__builtin_bswap64(a.v)); }
VOCAB val sext(struct emit *e, val a, unsigned bits)
{
    return V((uint64_t)((int64_t)(a.v << (64 - bits)) >> (64 - bits)));
}
VOCAB val zext(struct emit *e, val a, unsigned bits) { return V(a.v << (64 - bits) >> (64 - bits)); }
VOCAB val op_select(struct emit *e, flag c, val a, val b) { return c.v ? a : b; }

VOCAB flag op_eq(struct emit *e, val a, val b) { return F(a.v == b.v); }
VOCAB flag op_ult(struct emit *e, val a, val b) { return F(a.v < b.v); }
VOCAB flag op_slt(struct emit *e, val a, val b) { return F((int64_t)a.v < (int64_t)b.v); }
VOCAB val flag_val(struct emit *e, flag f) { return V(f.v); }
VOCAB flag flag_not(struct emit *e, flag a) { return F(!a.v); }
VOCAB flag flag_and(struct emit *e, flag a, flag b) { return F(a.v & b.v); }
VOCAB flag flag_or(struct emit *e, flag a, flag b) { return F(a.v | b.v); }
VOCAB flag flag_xor(struct emit *e, flag a, flag b) { return F(a.v ^ b.v); }

/* --- memory ------------------------------------------------------------------------------------------------------- */

static inline uint8_t *host_of(struct emit *e, val ea)
{
    return e->cpu->mem + (GUEST64 ? ea.v & ((UINT64_C(1) << 46) - 1) : (uint32_t)ea.v);
}

static inline uint64_t swapped(uint64_t v, unsigned bytes) { return __builtin_bswap64(v) >> (64 - 8 * bytes); }

VOCAB val load_reversed(struct emit *e, val ea, unsigned bytes)
{
    uint64_t v = 0;
    memcpy(&v, host_of(e, ea), bytes);
    return V(v);
}
VOCAB void store_reversed(struct emit *e, val ea, val v, unsigned bytes) { memcpy(host_of(e, ea), &v.v, bytes); }
VOCAB val load(struct emit *e, val ea, unsigned bytes) { return V(swapped(load_reversed(e, ea, bytes).v, bytes)); }
VOCAB void store(struct emit *e, val ea, val v, unsigned bytes)
{
    store_reversed(e, ea, V(swapped(v.v, bytes)), bytes);
}
VOCAB val load_reserve(struct emit *e, val ea, unsigned bytes)
{
    return V(reserve_load(e->cpu, to_width(ea.v), host_of(e, ea), bytes));
}
VOCAB flag store_conditional(struct emit *e, val ea, val v, unsigned bytes)
{
    return F(reserve_store(e->cpu, to_width(ea.v), host_of(e, ea), v.v, bytes));
}
VOCAB void zero_block(struct emit *e, val ea) { memset(host_of(e, V(ea.v & ~UINT64_C(127))), 0, 128); }
VOCAB void fence(struct emit *e, enum fence kind)
{
    __atomic_thread_fence(kind == FENCE_SYNC ? __ATOMIC_SEQ_CST : __ATOMIC_ACQ_REL);
}
VOCAB void code_changed(struct emit *e, val ea)
{
    if (e->cpu->helpers)
        ((uint64_t (*)(struct cpu *, uint64_t))e->cpu->helpers[HELPER_code_changed])(e->cpu, to_width(ea.v));
    e->exit = INTERP_JUMP;
    e->next = to_width(e->pc + 4);
}
VOCAB val timebase(struct emit *e) { return V(timebase_read()); }

/* --- floating point ----------------------------------------------------------------------------------------------- */

static inline uint64_t bits_of(double d) { uint64_t bits; memcpy(&bits, &d, 8); return bits; }
static inline double double_of(uint64_t bits) { double d; memcpy(&d, &bits, 8); return d; }

VOCAB fval fpr_get(struct emit *e, unsigned r) { return D(double_of(e->cpu->vsr[r].dw[0])); }
VOCAB void fpr_set(struct emit *e, unsigned r, fval v) { e->cpu->vsr[r].dw[0] = bits_of(v.v); }
VOCAB val fval_bits(struct emit *e, fval v) { return V(bits_of(v.v)); }
VOCAB fval bits_fval(struct emit *e, val v) { return D(double_of(v.v)); }
VOCAB val single_to_double(struct emit *e, val word) { return V(fp_widen((uint32_t)word.v)); }
VOCAB val double_to_single(struct emit *e, val bits) { return V(fp_narrow(bits.v)); }

/* `r` is the host's double result of `op`. The common case needs no call; a NaN never rounds safely, so fp_single sees
 * to it. */
static inline fval UNUSED fp_result(struct emit *e, double r, double a, double b, double c, enum fp_op op, bool single)
{
    if (single) {
        if (unlikely(!fp_rounds_twice_safely(bits_of(r))))
            return D(fp_single(e->cpu, bits_of(a), bits_of(b), bits_of(c), op));
        return D((double)(float)r);
    }
    if (unlikely(r != r))
        return D(fp_nan(e->cpu, bits_of(a), bits_of(b), bits_of(c), op));
    return D(r);
}

VOCAB fval fp_add(struct emit *e, fval a, fval b, bool single)
{
    return fp_result(e, a.v + b.v, a.v, b.v, 0, FP_ADD, single);
}
VOCAB fval fp_sub(struct emit *e, fval a, fval b, bool single)
{
    return fp_result(e, a.v - b.v, a.v, b.v, 0, FP_SUB, single);
}
VOCAB fval fp_mul(struct emit *e, fval a, fval c, bool single)
{
    return fp_result(e, a.v * c.v, a.v, c.v, 0, FP_MUL, single);
}
VOCAB fval fp_div(struct emit *e, fval a, fval b, bool single)
{
    return fp_result(e, a.v / b.v, a.v, b.v, 0, FP_DIV, single);
}
VOCAB fval fp_sqrt(struct emit *e, fval b, bool single)
{
    double r = _mm_cvtsd_f64(_mm_sqrt_sd(_mm_set_sd(b.v), _mm_set_sd(b.v)));
    return fp_result(e, r, b.v, 0, 0, FP_SQRT, single);
}
VOCAB fval fp_muladd(struct emit *e, fval a, fval c, fval b, enum fp_madd kind, bool single)
{
    static const enum fp_op ops[] = { [MADD] = FP_MADD, [MSUB] = FP_MSUB, [NMADD] = FP_NMADD, [NMSUB] = FP_NMSUB };
    const uint64_t sign = UINT64_C(1) << 63;
    bool subtract = kind == MSUB || kind == NMSUB, negate = kind == NMADD || kind == NMSUB;
    double r = __builtin_fma(a.v, c.v, subtract ? double_of(bits_of(b.v) ^ sign) : b.v);
    if (single && unlikely(!fp_rounds_twice_safely(bits_of(r))))
        return D(fp_single(e->cpu, bits_of(a.v), bits_of(c.v), bits_of(b.v), ops[kind]));
    if (unlikely(r != r))
        return D(fp_nan(e->cpu, bits_of(a.v), bits_of(c.v), bits_of(b.v), ops[kind]));
    if (single)
        r = (double)(float)r;
    return D(negate ? double_of(bits_of(r) ^ sign) : r);
}
VOCAB fval fp_round_single(struct emit *e, fval b) { return fp_result(e, b.v, b.v, 0, 0, FP_ROUND, true); }
VOCAB fval fp_to_integral(struct emit *e, fval b, enum fp_round mode) { return D(fp_integral(e->cpu, b.v, mode)); }
VOCAB val fp_to_int(struct emit *e, fval b, enum fp_round mode, unsigned bits, bool is_unsigned)
{
    return V(fp_to_int_bits(e->cpu, bits_of(b.v), FP_TO_INT_HOW(mode, bits, is_unsigned)));
}
VOCAB fval int_to_fp(struct emit *e, val v, bool is_unsigned, bool single)
{
    if (single)
        return D(fp_single(e->cpu, v.v, 0, 0, is_unsigned ? FP_FROM_UNSIGNED : FP_FROM_SIGNED));
    return D(is_unsigned ? fp_from_unsigned(v.v) : (double)(int64_t)v.v);
}
VOCAB flag fp_lt(struct emit *e, fval a, fval b) { return F(__builtin_isless(a.v, b.v)); }
VOCAB flag fp_eq(struct emit *e, fval a, fval b) { return F(a.v == b.v); }
VOCAB flag fp_unordered(struct emit *e, fval a, fval b) { return F(__builtin_isunordered(a.v, b.v)); }
VOCAB void fp_status(struct emit *e, uint32_t operation, fval a, fval b, fval c)
{
    struct fp_last *last = &e->cpu->fp_last;
    unsigned operands = fp_operands(operation & 15);
    last->a = bits_of(a.v);
    if (operands > 1)
        last->b = bits_of(b.v);
    if (operands > 2)
        last->c = bits_of(c.v);
    last->operation = operation;
    last->compared = 0;
}
VOCAB void fp_compared(struct emit *e, fval a, fval b, bool ordered)
{
    struct fp_last *last = &e->cpu->fp_last;
    last->left = bits_of(a.v);
    last->right = bits_of(b.v);
    last->compared = 1;
    if (unlikely(__builtin_isunordered(a.v, b.v)))
        fp_compare_nan(e->cpu, last->left, last->right, ordered);
}

#undef V
#undef F
#undef D

/* --- control ------------------------------------------------------------------------------------------------------ */

VOCAB void branch_direct(struct emit *e, flag cond, uint64_t target, bool link)
{
    if (cond.v) {
        e->exit = link ? INTERP_CALL : INTERP_JUMP;
        e->next = target;
    }
}
VOCAB void branch_indirect(struct emit *e, flag cond, val target, enum indirect via, bool link)
{
    if (cond.v) {
        e->exit = link ? INTERP_CALL : via == VIA_LR ? INTERP_RETURN : INTERP_INDIRECT;
        e->next = target.v;
    }
}
VOCAB void trap_if(struct emit *e, flag cond) { e->exit = cond.v ? INTERP_TRAP : INTERP_NEXT; }
VOCAB void illegal(struct emit *e) { e->exit = INTERP_ILLEGAL; }
VOCAB void sysenter(struct emit *e) { e->exit = INTERP_SYSCALL; }

#endif
