/* emit_float.c -- floating point in the LLVM binding: host operations, with PowerPC's rules where the two differ.
 *
 * Results that are NaN are put right by emit_nan.c. Single-precision operations compute in double and round again; where
 * that could differ from rounding once (or the result is special) the fp_single helper does it. The rounding mode is the host's;
 * no fast-math flag is ever set, and the operands of an operation are never all constants, so that nothing is computed here and now.
 */
#include <stddef.h>
#include "xlate/worker/emit_llvm.h"
#include "xlate/isa/arith.h"
#include "xlate/isa/emit.h"

static LLVMValueRef bits_of(struct emit *e, LLVMValueRef v)
{
    if (LLVMIsABitCastInst(v) && LLVMTypeOf(LLVMGetOperand(v, 0)) == e->i64)
        return LLVMGetOperand(v, 0);
    return LLVMBuildBitCast(e->b, v, e->i64, "");
}

static LLVMValueRef double_of(struct emit *e, LLVMValueRef v)
{
    if (LLVMIsABitCastInst(v) && LLVMTypeOf(LLVMGetOperand(v, 0)) == e->f64)
        return LLVMGetOperand(v, 0);
    return LLVMBuildBitCast(e->b, v, e->f64, "");
}

val fval_bits(struct emit *e, fval v) { return (val){bits_of(e, checked(e, v.v))}; }
fval bits_fval(struct emit *e, val v) { return (fval){double_of(e, v.v)}; }

static LLVMValueRef is_nan(struct emit *e, LLVMValueRef v) { return LLVMBuildFCmp(e->b, LLVMRealUNO, v, v, ""); }

/* A value made on the cold side of a branch, or else the one at hand. */
struct detour {
    LLVMBasicBlockRef from, cold, join;
};

static struct detour detour_begin(struct emit *e, LLVMValueRef condition)
{
    struct detour d = {LLVMGetInsertBlock(e->b), new_block(e), new_block(e)};
    branch_unlikely(e, condition, d.cold, d.join);
    enter_block(e, d.cold);
    return d;
}

static LLVMValueRef detour_end(struct emit *e, struct detour d, LLVMValueRef cold, LLVMValueRef normal)
{
    LLVMBasicBlockRef end = LLVMGetInsertBlock(e->b);
    LLVMBuildBr(e->b, d.join);
    enter_block(e, d.join);
    LLVMValueRef phi = LLVMBuildPhi(e->b, LLVMTypeOf(normal), "");
    LLVMValueRef values[] = {cold, normal};
    LLVMBasicBlockRef blocks[] = {end, d.from};
    LLVMAddIncoming(phi, values, blocks, 2);
    return phi;
}

/* The operands of an operation, in the order of its C expression (enum fp_op). */
struct operands {
    unsigned count;
    LLVMValueRef values[3];
};

static struct operands operands1(fval a) { return (struct operands){1, {a.v}}; }
static struct operands operands2(fval a, fval b) { return (struct operands){2, {a.v, b.v}}; }
static struct operands operands3(fval a, fval c, fval b) { return (struct operands){3, {a.v, c.v, b.v}}; }

/* Single-precision operations look at the bits of their operands. */
static struct operands exact(struct emit *e, struct operands o, bool single)
{
    for (unsigned i = 0; single && i < o.count; i++)
        o.values[i] = checked(e, o.values[i]);
    return o;
}

static LLVMValueRef rounded_once(struct emit *e, const struct operands *o, enum fp_op op)
{
    LLVMValueRef args[5] = {e->cpu};
    for (unsigned i = 0; i < 3; i++)
        args[1 + i] = i < o->count ? o->values[i] : LLVMConstReal(e->f64, 0);
    args[4] = const64(e, op);
    call_keeping_helper(e, HELPER_fp_single, args, 5);
    return state_load(e, e->f64, offsetof(struct cpu, fp_result));
}

/* True where rounding the double again to single might differ from rounding once: special results, those up to the least normal
 * single, and those exactly between two singles (fp_rounds_twice_safely); zero is safe. */
static LLVMValueRef needs_care(struct emit *e, LLVMValueRef result)
{
    LLVMValueRef bits = bits_of(e, result);
    LLVMValueRef magnitude = LLVMBuildShl(e->b, bits, const64(e, 1), "");
    LLVMValueRef above = LLVMBuildSub(e->b, magnitude, const64(e, (UINT64_C(897) << 53) + 1), "");
    LLVMValueRef special = LLVMBuildICmp(e->b, LLVMIntUGE, above, const64(e, (UINT64_C(254) << 53) - 1), "");
    LLVMValueRef not_zero = LLVMBuildICmp(e->b, LLVMIntNE, magnitude, const64(e, 0), "");
    LLVMValueRef low = LLVMBuildAnd(e->b, bits, const64(e, 0x1fffffff), "");
    LLVMValueRef between = LLVMBuildICmp(e->b, LLVMIntEQ, low, const64(e, 0x10000000), "");
    return LLVMBuildOr(e->b, LLVMBuildAnd(e->b, special, not_zero, ""), between, "");
}

/* All operands have no more bits than a single, and the result is a number. */
static LLVMValueRef short_operands(struct emit *e, LLVMValueRef result, const struct operands *o)
{
    LLVMValueRef all = bits_of(e, o->values[0]);
    for (unsigned i = 1; i < o->count; i++)
        all = LLVMBuildOr(e->b, all, bits_of(e, o->values[i]), "");
    LLVMValueRef low = LLVMBuildAnd(e->b, all, const64(e, 0x1fffffff), "");
    LLVMValueRef none = LLVMBuildICmp(e->b, LLVMIntEQ, low, const64(e, 0), "");
    return LLVMBuildAnd(e->b, none, LLVMBuildFCmp(e->b, LLVMRealORD, result, result, ""), "");
}

/* The error of the sum of a product that is exact and an addend is zero (two-sum): the double is the exact result, and rounding it is
 * rounding once. Infinities are kept out of it: their difference would be an invalid operation. */
static LLVMValueRef sum_is_exact(struct emit *e, LLVMValueRef sum, LLVMValueRef a, LLVMValueRef c, LLVMValueRef b)
{
    LLVMValueRef zero = LLVMConstReal(e->f64, 0), magnitude = intrinsic(e, "llvm.fabs", &e->f64, 1, &sum, 1);
    LLVMValueRef finite = LLVMBuildFCmp(e->b, LLVMRealOLT, magnitude, double_of(e, const64(e, UINT64_C(0x7ff) << 52)), "");
    LLVMValueRef product = LLVMBuildSelect(e->b, finite, LLVMBuildFMul(e->b, a, c, ""), zero, "");
    LLVMValueRef total = LLVMBuildSelect(e->b, finite, sum, zero, "");
    LLVMValueRef b_part = LLVMBuildFSub(e->b, total, product, "");
    LLVMValueRef product_part = LLVMBuildFSub(e->b, total, b_part, "");
    LLVMValueRef same_product = LLVMBuildFCmp(e->b, LLVMRealOEQ, product, product_part, "");
    LLVMValueRef same = LLVMBuildAnd(e->b, same_product, LLVMBuildFCmp(e->b, LLVMRealOEQ, b, b_part, ""), "");
    return LLVMBuildAnd(e->b, finite, same, "");
}

static LLVMValueRef rounded_to_single(struct emit *e, LLVMValueRef v)
{
    return LLVMBuildFPExt(e->b, LLVMBuildFPTrunc(e->b, v, e->f32, ""), e->f64, "");
}

/* Just below the least normal single, where rounding may lift the value to it: tiny before rounding, as PowerPC asks, but not after, as
 * the host does. */
static LLVMValueRef lifted_to_normal(struct emit *e, LLVMValueRef v)
{
    LLVMValueRef upper = LLVMBuildLShr(e->b, LLVMBuildShl(e->b, bits_of(e, v), const64(e, 1), ""), const64(e, 30), "");
    return LLVMBuildICmp(e->b, LLVMIntEQ, upper, const64(e, UINT64_C(896) << 23 | 0x7fffff), "");
}

static LLVMValueRef negated(struct emit *e, LLVMValueRef v) { return LLVMBuildFNeg(e->b, v, ""); }

/* A single from `result`, what the host computed in double. With operands of single length the sum, product, quotient and root of
 * two are safe to round twice, since a double has more than twice the bits; a fused multiply-add (addend given) when it is exact. The
 * doubtful results are frequent enough (a quarter of all sums lie between two singles) to look at this before calling the helper. What
 * comes from there is a single, and rounding it raises nothing; rounding the doubtful result might. */
static LLVMValueRef single_from(struct emit *e, LLVMValueRef result, const struct operands *o, enum fp_op op, bool negate,
                                LLVMValueRef addend)
{
    struct detour doubtful = detour_begin(e, needs_care(e, result));
    LLVMValueRef safe = LLVMBuildAnd(e->b, short_operands(e, result, o), LLVMBuildNot(e->b, lifted_to_normal(e, result), ""), "");
    if (addend)
        safe = LLVMBuildAnd(e->b, safe, sum_is_exact(e, result, o->values[0], o->values[1], addend), "");
    struct detour careful = detour_begin(e, LLVMBuildNot(e->b, safe, ""));
    LLVMValueRef helped = rounded_once(e, o, op);
    LLVMValueRef settled = detour_end(e, careful, negate ? negated(e, helped) : helped, result);
    LLVMValueRef rounded = rounded_to_single(e, detour_end(e, doubtful, settled, result));
    return negate ? negated(e, rounded) : rounded;
}

static fval finish(struct emit *e, LLVMValueRef result, const struct operands *o, enum fp_op op, bool single)
{
    if (!single)
        return (fval){check_later(e, result, o->values, o->count, op)};
    return (fval){single_from(e, result, o, op, false, NULL)};
}

fval fp_add(struct emit *e, fval a, fval b, bool single)
{
    struct operands o = exact(e, operands2(a, b), single);
    return finish(e, LLVMBuildFAdd(e->b, o.values[0], o.values[1], ""), &o, FP_ADD, single);
}

fval fp_sub(struct emit *e, fval a, fval b, bool single)
{
    struct operands o = exact(e, operands2(a, b), single);
    return finish(e, LLVMBuildFSub(e->b, o.values[0], o.values[1], ""), &o, FP_SUB, single);
}

fval fp_mul(struct emit *e, fval a, fval c, bool single)
{
    struct operands o = exact(e, operands2(a, c), single);
    return finish(e, LLVMBuildFMul(e->b, o.values[0], o.values[1], ""), &o, FP_MUL, single);
}

fval fp_div(struct emit *e, fval a, fval b, bool single)
{
    struct operands o = exact(e, operands2(a, b), single);
    return finish(e, LLVMBuildFDiv(e->b, o.values[0], o.values[1], ""), &o, FP_DIV, single);
}

fval fp_sqrt(struct emit *e, fval b, bool single)
{
    struct operands o = exact(e, operands1(b), single);
    return finish(e, intrinsic(e, "llvm.sqrt", &e->f64, 1, o.values, 1), &o, FP_SQRT, single);
}

/* The negation of NMADD and NMSUB stands behind the rounding, and is not for NaNs. */
fval fp_muladd(struct emit *e, fval a, fval c, fval b, enum fp_madd kind, bool single)
{
    static const enum fp_op ops[] = {[MADD] = FP_MADD, [MSUB] = FP_MSUB, [NMADD] = FP_NMADD, [NMSUB] = FP_NMSUB};
    bool negate = kind == NMADD || kind == NMSUB;
    struct operands o = exact(e, operands3(a, c, b), single);
    LLVMValueRef addend = kind == MSUB || kind == NMSUB ? negated(e, o.values[2]) : o.values[2];
    LLVMValueRef args[] = {o.values[0], o.values[1], addend};
    LLVMValueRef result = intrinsic(e, "llvm.fma", &e->f64, 1, args, 3);
    if (single)
        return (fval){single_from(e, result, &o, ops[kind], negate, addend)};
    return (fval){check_later(e, negate ? negated(e, result) : result, o.values, o.count, ops[kind])};
}

fval fp_round_single(struct emit *e, fval b)
{
    b.v = checked(e, b.v);
    struct operands o = operands1(b);
    LLVMValueRef result = rounded_to_single(e, b.v);
    struct detour d = detour_begin(e, LLVMBuildOr(e->b, is_nan(e, b.v), lifted_to_normal(e, b.v), ""));
    return (fval){detour_end(e, d, rounded_once(e, &o, FP_ROUND), result)};
}

static LLVMValueRef with_sign_of(struct emit *e, LLVMValueRef magnitude, LLVMValueRef sign)
{
    LLVMValueRef args[] = {magnitude, sign};
    return intrinsic(e, "llvm.copysign", &e->f64, 1, args, 2);
}

/* Halves away from zero, by operations that are exact, so that neither the rounding mode nor an exception shows. Numbers from 2^52 on,
 * and what is no number, are left as they are. */
static LLVMValueRef rounded_away(struct emit *e, LLVMValueRef b)
{
    LLVMValueRef zero = LLVMConstReal(e->f64, 0), magnitude = intrinsic(e, "llvm.fabs", &e->f64, 1, &b, 1);
    LLVMValueRef small = LLVMBuildFCmp(e->b, LLVMRealOLT, magnitude, LLVMConstReal(e->f64, 0x1p52), "");
    LLVMValueRef x = LLVMBuildSelect(e->b, small, magnitude, zero, "");
    LLVMValueRef whole = intrinsic(e, "llvm.trunc", &e->f64, 1, &x, 1);
    LLVMValueRef half = LLVMBuildFCmp(e->b, LLVMRealOGE, LLVMBuildFSub(e->b, x, whole, ""), LLVMConstReal(e->f64, 0.5), "");
    LLVMValueRef more = LLVMBuildSelect(e->b, half, LLVMConstReal(e->f64, 1), zero, "");
    LLVMValueRef result = with_sign_of(e, LLVMBuildFAdd(e->b, whole, more, ""), b);
    return LLVMBuildSelect(e->b, small, result, b, "");
}

fval fp_to_integral(struct emit *e, fval b, enum fp_round mode)
{
    static const char *const names[] = {
        [ROUND_CURRENT] = "llvm.rint", [ROUND_ZERO] = "llvm.trunc", [ROUND_UP] = "llvm.ceil", [ROUND_DOWN] = "llvm.floor",
    };
    struct operands o = operands1(b);
    bool away = mode == ROUND_NEAREST_AWAY;
    LLVMValueRef result = away ? rounded_away(e, b.v) : intrinsic(e, names[mode], &e->f64, 1, &b.v, 1);
    return (fval){check_later(e, result, o.values, o.count, FP_INTEGRAL)};
}

static LLVMValueRef host_conversion(struct emit *e, LLVMValueRef v, enum fp_round mode, unsigned bits)
{
    const char *truncating = bits == 64 ? "llvm.x86.sse2.cvttsd2si64" : "llvm.x86.sse2.cvttsd2si";
    const char *rounding = bits == 64 ? "llvm.x86.sse2.cvtsd2si64" : "llvm.x86.sse2.cvtsd2si";
    LLVMTypeRef pair = LLVMVectorType(e->f64, 2);
    LLVMValueRef vector = LLVMBuildInsertElement(e->b, LLVMGetPoison(pair), v, const64(e, 0), "");
    return intrinsic(e, mode == ROUND_ZERO ? truncating : rounding, NULL, 0, &vector, 1);
}

static LLVMValueRef to_int_helper(struct emit *e, fval b, enum fp_round mode, unsigned bits, bool is_unsigned)
{
    LLVMValueRef args[] = {e->cpu, bits_of(e, b.v), const64(e, FP_TO_INT_HOW(mode, bits, is_unsigned))};
    return call_helper(e, HELPER_fp_to_int, e->i64, args, 3);
}

/* The host answers everything it cannot represent, NaN too, with the most negative number, which seldom is the right answer and
 * needs its name in FPSCR. Its own instruction, not LLVM's conversion, also for the sake of the exceptions. */
val fp_to_int(struct emit *e, fval b, enum fp_round mode, unsigned bits, bool is_unsigned)
{
    if (is_unsigned || (mode != ROUND_ZERO && mode != ROUND_CURRENT))
        return (val){to_int_helper(e, b, mode, bits, is_unsigned)};
    LLVMTypeRef type = bits == 64 ? e->i64 : e->i32;
    LLVMValueRef lowest = LLVMConstInt(type, UINT64_C(1) << (bits - 1), false);
    LLVMValueRef n = host_conversion(e, b.v, mode, bits);
    LLVMValueRef wide = bits == 64 ? n : LLVMBuildSExt(e->b, n, e->i64, "");
    struct detour d = detour_begin(e, LLVMBuildICmp(e->b, LLVMIntEQ, n, lowest, ""));
    return (val){detour_end(e, d, to_int_helper(e, b, mode, bits, is_unsigned), wide)};
}

/* Integer to double by the host's signed conversion, which follows the rounding mode. The others are rare: helper. */
fval int_to_fp(struct emit *e, val v, bool is_unsigned, bool single)
{
    if (!is_unsigned && !single)
        return (fval){LLVMBuildSIToFP(e->b, v.v, e->f64, "")};
    if (!is_unsigned)
        return (fval){LLVMBuildFPExt(e->b, LLVMBuildSIToFP(e->b, v.v, e->f32, ""), e->f64, "")};
    if (single) {
        struct operands o = {1, {double_of(e, v.v)}};
        return (fval){rounded_once(e, &o, FP_FROM_UNSIGNED)};
    }
    /* Two exact halves and one rounding. In one step, since LLVM turns a multiplied half into a difference, whose zero is negative when
     * rounding down. */
    LLVMValueRef high = LLVMBuildUIToFP(e->b, LLVMBuildLShr(e->b, v.v, const64(e, 32), ""), e->f64, "");
    LLVMValueRef low = LLVMBuildUIToFP(e->b, LLVMBuildTrunc(e->b, v.v, e->i32, ""), e->f64, "");
    LLVMValueRef args[] = {high, LLVMConstReal(e->f64, 4294967296.0), low};
    return (fval){intrinsic(e, "llvm.fma", &e->f64, 1, args, 3)};
}

flag fp_lt(struct emit *e, fval a, fval b) { return (flag){LLVMBuildFCmp(e->b, LLVMRealOLT, a.v, b.v, "")}; }
flag fp_eq(struct emit *e, fval a, fval b) { return (flag){LLVMBuildFCmp(e->b, LLVMRealOEQ, a.v, b.v, "")}; }
flag fp_unordered(struct emit *e, fval a, fval b) { return (flag){LLVMBuildFCmp(e->b, LLVMRealUNO, a.v, b.v, "")}; }

/* DOUBLE(word): the host's conversion, but for NaNs. It quietens signalling ones, which is an invalid operation for the host only.
 * [ISA I 4.6.2] */
val single_to_double(struct emit *e, val word)
{
    LLVMValueRef w = LLVMBuildTrunc(e->b, word.v, e->i32, "");
    LLVMValueRef f = LLVMBuildBitCast(e->b, w, e->f32, "");
    LLVMValueRef wide = LLVMBuildFPExt(e->b, f, e->f64, "");
    struct detour d = detour_begin(e, LLVMBuildFCmp(e->b, LLVMRealUNO, f, f, ""));
    val sign = op_shl(e, op_and(e, word, imm(e, 0x80000000)), imm(e, 32));
    val fraction = op_shl(e, op_and(e, word, imm(e, 0x007fffff)), imm(e, 29));
    val nan = op_or(e, op_or(e, sign, fraction), imm(e, UINT64_C(0x7ff) << 52));
    state_store(e, LLVMConstInt(e->i8, 1, false), offsetof(struct cpu, fp_named));
    return (val){bits_of(e, detour_end(e, d, double_of(e, nan.v), wide))};
}

/* SINGLE(bits), as the manual moves the bits: the host's conversion would raise exceptions. [ISA I 4.6.3] */
val double_to_single(struct emit *e, val bits)
{
    val high = op_and(e, op_shr(e, bits, imm(e, 32)), imm(e, 0xc0000000));
    val plain = op_or(e, high, op_and(e, op_shr(e, bits, imm(e, 29)), imm(e, 0x3fffffff)));
    val below = op_sub(e, op_shl(e, bits, imm(e, 1)), imm(e, 1));       /* zero is above all */
    struct detour d = detour_begin(e, op_ult(e, below, imm(e, (UINT64_C(897) << 53) - 1)).v);
    val exponent = op_and(e, op_shr(e, bits, imm(e, 52)), imm(e, 0x7ff));
    val significand = op_or(e, imm(e, 0x800000), op_and(e, op_shr(e, bits, imm(e, 29)), imm(e, 0x7fffff)));
    val shift = op_select(e, op_ult(e, exponent, imm(e, 874)), imm(e, 24), op_sub(e, imm(e, 897), exponent));
    val subnormal = op_or(e, op_and(e, high, imm(e, 0x80000000)), op_shr(e, significand, op_and(e, shift, imm(e, 63))));
    return (val){detour_end(e, d, subnormal.v, plain.v)};
}
