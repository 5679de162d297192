/* lift_branch.c -- branches, condition register logic, trap, system call. [ISA I 2.4-2.6, 3.3.11] */
#include "xlate/isa/lift.h"

static uint64_t wrap_pc(struct emit *e, uint64_t pc) { return IS64 ? pc : (uint32_t)pc; }

/* BO: 16 ignore CR, 8 branch when the CR bit is set, 4 leave CTR alone, 2 branch when CTR has become zero. */
static flag bo_condition(struct emit *e, unsigned bo, unsigned bi)
{
    flag taken = flag_imm(e, true);
    if (!(bo & 4)) {
        val ctr = word_unsigned(e, op_sub(e, ctr_get(e), imm(e, 1)));
        ctr_set(e, ctr);
        flag zero = op_eq(e, ctr, imm(e, 0));
        taken = bo & 2 ? zero : flag_not(e, zero);
    }
    if (!(bo & 16)) {
        flag bit = cr_get(e, bi);
        if (!(bo & 8))
            bit = flag_not(e, bit);
        taken = bo & 4 ? bit : flag_and(e, taken, bit);
    }
    return taken;
}

static void set_link(struct emit *e, bool link)
{
    if (link)
        lr_set(e, imm_pc(e, wrap_pc(e, e->pc + 4)));
}

LIFT(b)
{
    set_link(e, LK);
    branch_direct(e, flag_imm(e, true), wrap_pc(e, (AA ? 0 : e->pc) + (uint64_t)LI), LK);
}

LIFT(bc)
{
    flag taken = bo_condition(e, BO, BI);
    set_link(e, LK);
    branch_direct(e, taken, wrap_pc(e, (AA ? 0 : e->pc) + (uint64_t)BD), LK);
}

/* bclrl goes to the old LR. */
LIFT(bclr)
{
    flag taken = bo_condition(e, BO, BI);
    val target = op_and(e, lr_get(e), imm(e, ~UINT64_C(3)));
    set_link(e, LK);
    branch_indirect(e, taken, target, VIA_LR, LK);
}

LIFT(bcctr)
{
    if (!(BO & 4)) {            /* to decrement the register that is the target is an invalid form */
        illegal(e);
        return;
    }
    flag taken = bo_condition(e, BO, BI);
    val target = op_and(e, ctr_get(e), imm(e, ~UINT64_C(3)));
    set_link(e, LK);
    branch_indirect(e, taken, target, VIA_CTR, LK);
}

#define CR_LOGIC(name, expression)                                      \
    LIFT(name)                                                          \
    {                                                                   \
        flag a = cr_get(e, BA), b = cr_get(e, BB);                      \
        cr_set(e, BT, expression);                                      \
    }
CR_LOGIC(crand, flag_and(e, a, b))
CR_LOGIC(crnand, flag_not(e, flag_and(e, a, b)))
CR_LOGIC(cror, flag_or(e, a, b))
CR_LOGIC(crnor, flag_not(e, flag_or(e, a, b)))
CR_LOGIC(crandc, flag_and(e, a, flag_not(e, b)))
CR_LOGIC(crorc, flag_or(e, a, flag_not(e, b)))

/* The same bit twice is the idiom for a constant. */
LIFT(crxor)
{
    cr_set(e, BT, BA == BB ? flag_imm(e, false) : flag_xor(e, cr_get(e, BA), cr_get(e, BB)));
}
LIFT(creqv)
{
    cr_set(e, BT, BA == BB ? flag_imm(e, true) : flag_not(e, flag_xor(e, cr_get(e, BA), cr_get(e, BB))));
}

LIFT(mcrf)
{
    flag lt = cr_get(e, 4 * BFA), gt = cr_get(e, 4 * BFA + 1), eq = cr_get(e, 4 * BFA + 2), so = cr_get(e, 4 * BFA + 3);
    crf_set(e, BF, lt, gt, eq, so);
}

/* TO: 16 less, 8 greater, 4 equal, 2 less unsigned, 1 greater unsigned. */
static void trap_when(struct emit *e, unsigned to, val a_signed, val b_signed, val a, val b)
{
    flag trap = flag_imm(e, to == 31);
    if (to != 31) {
        if (to & 16)
            trap = flag_or(e, trap, op_slt(e, a_signed, b_signed));
        if (to & 8)
            trap = flag_or(e, trap, op_slt(e, b_signed, a_signed));
        if (to & 4)
            trap = flag_or(e, trap, op_eq(e, a, b));
        if (to & 2)
            trap = flag_or(e, trap, op_ult(e, a, b));
        if (to & 1)
            trap = flag_or(e, trap, op_ult(e, b, a));
    }
    trap_if(e, trap);
}

static void trap_word(struct emit *e, unsigned to, val a, val b)
{
    trap_when(e, to, sext(e, a, 32), sext(e, b, 32), zext(e, a, 32), zext(e, b, 32));
}

LIFT(tw) { trap_word(e, TO, gpr_get(e, RA), gpr_get(e, RB)); }
LIFT(twi) { trap_word(e, TO, gpr_get(e, RA), imm(e, (uint64_t)SI)); }
LIFT(td)
{
    val a = gpr_get(e, RA), b = gpr_get(e, RB);
    trap_when(e, TO, a, b, a, b);
}
LIFT(tdi)
{
    val a = gpr_get(e, RA), b = imm(e, (uint64_t)SI);
    trap_when(e, TO, a, b, a, b);
}

LIFT(sc) { sysenter(e); }
