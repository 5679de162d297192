/* lift_special.c -- special registers that user programs may name, condition register moves, VSX moves of Book I
 * 3.3.16. [ISA I 3.3.16, 3.3.17; II 6.2] Registers of the supervisor are illegal. */
#include "xlate/isa/lift.h"

enum spr {
    SPR_MQ = 0, SPR_XER = 1, SPR_RTCU = 4, SPR_RTCL = 5, SPR_LR = 8, SPR_CTR = 9, SPR_VRSAVE = 256, SPR_SPRG3 = 259,
    SPR_TB = 268, SPR_TBU = 269,
};

static val xer_get(struct emit *e)
{
    val xer = op_shl(e, flag_val(e, so_get(e)), imm(e, 31));
    xer = op_or(e, xer, op_shl(e, flag_val(e, ov_get(e)), imm(e, 30)));
    xer = op_or(e, xer, op_shl(e, flag_val(e, ca_get(e)), imm(e, 29)));
    return op_or(e, xer, xer_low_get(e));
}

static flag bit_of(struct emit *e, val v, unsigned shift)
{
    return op_ne(e, op_and(e, v, imm(e, UINT64_C(1) << shift)), imm(e, 0));
}

static void xer_set(struct emit *e, val v)
{
    so_set(e, bit_of(e, v, 31));
    ov_set(e, bit_of(e, v, 30));
    ca_set(e, bit_of(e, v, 29));
    xer_low_set(e, op_and(e, v, imm(e, 0xff7f)));
}

/* POWER's clock in seconds and nanoseconds, the low seven bits zero, from the 512 MHz time base [aix-abi 7.3]. */
static val rtc_seconds(struct emit *e, val ticks) { return op_divu(e, ticks, imm(e, 512000000)); }
static val rtc_nanoseconds(struct emit *e)
{
    val ticks = timebase(e), within = op_sub(e, ticks, op_mul(e, rtc_seconds(e, ticks), imm(e, 512000000)));
    return op_and(e, op_shr(e, op_mul(e, within, imm(e, 125)), imm(e, 6)), imm(e, 0x3fffff80));
}

static val upper_word(struct emit *e, val v) { return op_shr(e, v, imm(e, 32)); }

LIFT(mfspr)
{
    switch (SPR) {
    case SPR_MQ:     gpr_set(e, RT, mq_get(e)); break;
    case SPR_XER:    gpr_set(e, RT, xer_get(e)); break;
    case SPR_RTCU:   gpr_set(e, RT, rtc_seconds(e, timebase(e))); break;
    case SPR_RTCL:   gpr_set(e, RT, rtc_nanoseconds(e)); break;
    case SPR_LR:     gpr_set(e, RT, lr_get(e)); break;
    case SPR_CTR:    gpr_set(e, RT, ctr_get(e)); break;
    case SPR_VRSAVE: gpr_set(e, RT, vrsave_get(e)); break;
    case SPR_SPRG3:  gpr_set(e, RT, imm(e, 0)); break;
    case SPR_TB:     gpr_set(e, RT, timebase(e)); break;
    case SPR_TBU:    gpr_set(e, RT, upper_word(e, timebase(e))); break;
    default:         illegal(e);
    }
}

LIFT(mtspr)
{
    switch (SPR) {
    case SPR_MQ:     mq_set(e, gpr_get(e, RS)); break;
    case SPR_XER:    xer_set(e, gpr_get(e, RS)); break;
    case SPR_LR:     lr_set(e, gpr_get(e, RS)); break;
    case SPR_CTR:    ctr_set(e, gpr_get(e, RS)); break;
    case SPR_VRSAVE: vrsave_set(e, gpr_get(e, RS)); break;
    default:         illegal(e);
    }
}

LIFT(mftb)
{
    if (SPR == SPR_TB)
        gpr_set(e, RT, timebase(e));
    else if (SPR == SPR_TBU)
        gpr_set(e, RT, upper_word(e, timebase(e)));
    else
        illegal(e);
}

/* --- condition register ------------------------------------------------------------------------------------------- */

/* CR fields of an FXM mask, packed in place. */
static val cr_fields(struct emit *e, unsigned fxm)
{
    val cr = imm(e, 0);
    for (unsigned bit = 0; bit < 32; bit++)
        if (fxm >> (7 - bit / 4) & 1)
            cr = op_or(e, cr, op_shl(e, flag_val(e, cr_get(e, bit)), imm(e, 31 - bit)));
    return cr;
}
LIFT(mfcr) { gpr_set(e, RT, cr_word(e)); }
LIFT(mfocrf) { gpr_set(e, RT, cr_fields(e, FXM)); }

static void set_cr_fields(struct emit *e, unsigned fxm, val v)
{
    for (unsigned bit = 0; bit < 32; bit++)
        if (fxm >> (7 - bit / 4) & 1)
            cr_set(e, bit, bit_of(e, v, 31 - bit));
}
LIFT(mtcrf) { set_cr_fields(e, FXM, gpr_get(e, RS)); }
LIFT(mtocrf) { set_cr_fields(e, FXM, gpr_get(e, RS)); }

LIFT(mcrxr)
{
    crf_set(e, BF, so_get(e), ov_get(e), ca_get(e), flag_imm(e, false));
    so_set(e, flag_imm(e, false));
    ov_set(e, flag_imm(e, false));
    ca_set(e, flag_imm(e, false));
}

/* --- between general and vector-scalar registers; the other doubleword of a target is undefined, zero here -------- */

LIFT(mfvsrd) { gpr_set(e, RA, vsr_get(e, XS, 0)); }
LIFT(mfvsrwz) { gpr_set(e, RA, zext(e, vsr_get(e, XS, 0), 32)); }

static void vsr_from_gpr(struct emit *e, uint32_t w, val v)
{
    vsr_set(e, XT, 0, v);
    vsr_set(e, XT, 1, imm(e, 0));
}
LIFT(mtvsrd) { vsr_from_gpr(e, w, gpr_get(e, RA)); }
LIFT(mtvsrwa) { vsr_from_gpr(e, w, sext(e, gpr_get(e, RA), 32)); }
LIFT(mtvsrwz) { vsr_from_gpr(e, w, zext(e, gpr_get(e, RA), 32)); }
