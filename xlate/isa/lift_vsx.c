/* lift_vsx.c -- VSX. [ISA I 7.6] Any alignment works for the accesses. */
#include "xlate/isa/lift.h"

static val second_half(struct emit *e, val ea) { return op_add(e, ea, imm(e, 8)); }

/* The other doubleword of a scalar load is undefined: zero here. */
LIFT(lxsdx)
{
    vsr_set(e, XT, 0, load(e, ea_x(e, RA, RB), 8));
    vsr_set(e, XT, 1, imm(e, 0));
}
/* A word or single goes to or comes from the scalar's doubleword. */
#define SCALAR_LOAD(name, expression)                                           \
    LIFT(name)                                                                  \
    {                                                                           \
        val word = load(e, ea_x(e, RA, RB), 4);                                 \
        vsr_set(e, XT, 0, expression);                                          \
        vsr_set(e, XT, 1, imm(e, 0));                                           \
    }
SCALAR_LOAD(lxsiwax, sext(e, word, 32))
SCALAR_LOAD(lxsiwzx, word)
SCALAR_LOAD(lxsspx, single_to_double(e, word))
LIFT(stxsiwx) { store(e, ea_x(e, RA, RB), vsr_get(e, XS, 0), 4); }
LIFT(stxsspx) { store(e, ea_x(e, RA, RB), double_to_single(e, vsr_get(e, XS, 0)), 4); }
LIFT(stxsdx) { store(e, ea_x(e, RA, RB), vsr_get(e, XS, 0), 8); }

/* Doublewords or words: the same bytes on a big-endian machine. */
static void load_both(struct emit *e, uint32_t w)
{
    val ea = ea_x(e, RA, RB), high = load(e, ea, 8), low = load(e, second_half(e, ea), 8);
    vsr_set(e, XT, 0, high);
    vsr_set(e, XT, 1, low);
}
static void store_both(struct emit *e, uint32_t w)
{
    val ea = ea_x(e, RA, RB);
    store(e, ea, vsr_get(e, XS, 0), 8);
    store(e, second_half(e, ea), vsr_get(e, XS, 1), 8);
}
LIFT(lxvd2x) { load_both(e, w); }
LIFT(lxvw4x) { load_both(e, w); }
LIFT(stxvd2x) { store_both(e, w); }
LIFT(stxvw4x) { store_both(e, w); }

LIFT(lxvdsx)
{
    val both = load(e, ea_x(e, RA, RB), 8);
    vsr_set(e, XT, 0, both);
    vsr_set(e, XT, 1, both);
}

#define VSX_LOGIC(name, expression)                                             \
    LIFT(name)                                                                  \
    {                                                                           \
        for (unsigned half = 0; half < 2; half++) {                             \
            val a = vsr_get(e, XA, half), b = vsr_get(e, XB, half);             \
            vsr_set(e, XT, half, expression);                                   \
        }                                                                       \
    }
VSX_LOGIC(xxland, op_and(e, a, b))
VSX_LOGIC(xxlandc, op_and(e, a, op_not(e, b)))
VSX_LOGIC(xxlor, op_or(e, a, b))
VSX_LOGIC(xxlxor, op_xor(e, a, b))
VSX_LOGIC(xxlnor, op_not(e, op_or(e, a, b)))
VSX_LOGIC(xxleqv, op_not(e, op_xor(e, a, b)))
VSX_LOGIC(xxlnand, op_not(e, op_and(e, a, b)))
VSX_LOGIC(xxlorc, op_or(e, a, op_not(e, b)))

/* Words of a and b in turn: of their left or right doublewords. */
static void merge_words(struct emit *e, uint32_t w, unsigned half)
{
    val a = vsr_get(e, XA, half), b = vsr_get(e, XB, half), high = imm(e, UINT64_C(0xffffffff00000000));
    vsr_set(e, XT, 0, op_or(e, op_and(e, a, high), op_shr(e, b, imm(e, 32))));
    vsr_set(e, XT, 1, op_or(e, op_shl(e, a, imm(e, 32)), zext(e, b, 32)));
}
LIFT(xxmrghw) { merge_words(e, w, 0); }
LIFT(xxmrglw) { merge_words(e, w, 1); }

/* Four words of XA || XB from word SHW on. */
LIFT(xxsldwi)
{
    unsigned shift = BITS(w, 22, 23), first = shift / 2;
    val part[4] = { vsr_get(e, XA, 0), vsr_get(e, XA, 1), vsr_get(e, XB, 0), vsr_get(e, XB, 1) };
    val result[2];
    for (unsigned half = 0; half < 2; half++) {
        val high = part[first + half], low = part[first + half + 1];
        result[half] = shift & 1 ? op_or(e, op_shl(e, high, imm(e, 32)), op_shr(e, low, imm(e, 32))) : high;
    }
    vsr_set(e, XT, 0, result[0]);
    vsr_set(e, XT, 1, result[1]);
}

LIFT(xxpermdi)
{
    val high = vsr_get(e, XA, DM >> 1), low = vsr_get(e, XB, DM & 1);
    vsr_set(e, XT, 0, high);
    vsr_set(e, XT, 1, low);
}

/* Bits of XB where XC has ones, of XA elsewhere. */
LIFT(xxsel)
{
    for (unsigned half = 0; half < 2; half++) {
        val a = vsr_get(e, XA, half), b = vsr_get(e, XB, half), c = vsr_get(e, XC, half);
        vsr_set(e, XT, half, op_or(e, op_and(e, b, c), op_and(e, a, op_not(e, c))));
    }
}

LIFT(xxspltw)
{
    unsigned index = BITS(w, 14, 15);
    val element = zext(e, op_shr(e, vsr_get(e, XB, index / 2), imm(e, index & 1 ? 0 : 32)), 32);
    val both = op_or(e, element, op_shl(e, element, imm(e, 32)));
    vsr_set(e, XT, 0, both);
    vsr_set(e, XT, 1, both);
}
