/* lift_vector_crypto.c -- VMX: AES, SHA-2, carry-less multiplication, permute-xor. [ISA I 6.11; FIPS 197; FIPS 180-4] */
#include "xlate/isa/lift.h"
#include "xlate/isa/vector.h"

/* --- AES ------------------------------------------------------------------------------------------------------------------ */

static uint8_t double_in_field(uint8_t x) { return (uint8_t)(x << 1 ^ (x & 0x80 ? 0x1b : 0)); }

static uint8_t multiply_in_field(uint8_t x, uint8_t y)
{
    uint8_t product = 0;
    for (; y; y >>= 1, x = double_in_field(x))
        if (y & 1)
            product ^= x;
    return product;
}

static uint8_t sbox[256], inverse_sbox[256];

/* The box is the inverse in the field and an affine map [FIPS 197 5.1.1]; made at start-up from that definition. */
static __attribute__((constructor)) void make_boxes(void)
{
    uint8_t p = 1, q = 1;
    do {
        p ^= double_in_field(p);                        /* times 3 */
        q ^= (uint8_t)(q << 1);                         /* divided by 3 */
        q ^= (uint8_t)(q << 2);
        q ^= (uint8_t)(q << 4);
        if (q & 0x80)
            q ^= 9;
        uint8_t s = q ^ (uint8_t)(q << 1 | q >> 7) ^ (uint8_t)(q << 2 | q >> 6) ^ (uint8_t)(q << 3 | q >> 5) ^
                    (uint8_t)(q << 4 | q >> 4);
        sbox[p] = s ^ 0x63;
    } while (p != 1);
    sbox[0] = 0x63;
    for (int i = 0; i < 256; i++)
        inverse_sbox[sbox[i]] = (uint8_t)i;
}

/* State byte (row r, column c) is byte 4c + r. SubBytes and ShiftRows together; `step` 1 for encryption, 3 for decryption. */
static union vec substitute_and_shift(union vec s, const uint8_t *box, int step)
{
    union vec t;
    for (int c = 0; c < 4; c++)
        for (int r = 0; r < 4; r++)
            t.ub[B(4 * c + r)] = box[s.ub[B(4 * ((c + step * r) % 4) + r)]];
    return t;
}

/* Each column times the polynomial with these coefficients. */
static union vec mix_columns(union vec s, const uint8_t k[4])
{
    union vec t;
    for (int c = 0; c < 4; c++)
        for (int r = 0; r < 4; r++) {
            uint8_t sum = 0;
            for (int i = 0; i < 4; i++)
                sum ^= multiply_in_field(s.ub[B(4 * c + i)], k[(i - r) & 3]);
            t.ub[B(4 * c + r)] = sum;
        }
    return t;
}

static union vec exclusive_or(union vec x, union vec y)
{
    return (union vec){ .ud = { x.ud[0] ^ y.ud[0], x.ud[1] ^ y.ud[1] } };
}

static const uint8_t forward[4] = { 2, 3, 1, 1 }, backward[4] = { 14, 11, 13, 9 };

VECTOR_CALL(vcipher, t = exclusive_or(mix_columns(substitute_and_shift(a, sbox, 1), forward), b))
VECTOR_CALL(vcipherlast, t = exclusive_or(substitute_and_shift(a, sbox, 1), b))
VECTOR_CALL(vncipher, t = mix_columns(exclusive_or(substitute_and_shift(a, inverse_sbox, 3), b), backward))
VECTOR_CALL(vncipherlast, t = exclusive_or(substitute_and_shift(a, inverse_sbox, 3), b))
VECTOR_CALL(vsbox, EACH(ub, 16, sbox[a.ub[i]]))

/* --- SHA-2: sigma functions; ST says lower or upper case, bit i of SIX which of the two for element i ------------------------ */

static val ror32(struct emit *e, val x, unsigned n) { return op_rotl32(e, x, imm(e, 32 - n)); }
static val ror64(struct emit *e, val x, unsigned n) { return op_rotl(e, x, imm(e, 64 - n)); }
static val xor3(struct emit *e, val x, val y, val z) { return op_xor(e, op_xor(e, x, y), z); }

/* x: a word, zero-extended. */
static val sigma32(struct emit *e, val x, unsigned upper, unsigned one)
{
    if (upper)
        return one ? xor3(e, ror32(e, x, 6), ror32(e, x, 11), ror32(e, x, 25))
                   : xor3(e, ror32(e, x, 2), ror32(e, x, 13), ror32(e, x, 22));
    return one ? xor3(e, ror32(e, x, 17), ror32(e, x, 19), op_shr(e, x, imm(e, 10)))
               : xor3(e, ror32(e, x, 7), ror32(e, x, 18), op_shr(e, x, imm(e, 3)));
}

static val sigma64(struct emit *e, val x, unsigned upper, unsigned one)
{
    if (upper)
        return one ? xor3(e, ror64(e, x, 14), ror64(e, x, 18), ror64(e, x, 41))
                   : xor3(e, ror64(e, x, 28), ror64(e, x, 34), ror64(e, x, 39));
    return one ? xor3(e, ror64(e, x, 19), ror64(e, x, 61), op_shr(e, x, imm(e, 6)))
               : xor3(e, ror64(e, x, 1), ror64(e, x, 8), op_shr(e, x, imm(e, 7)));
}

LIFT(vshasigmaw)
{
    unsigned upper = BITS(w, 16, 16), six = BITS(w, 17, 20);
    for (unsigned half = 0; half < 2; half++) {
        val a = vsr_get(e, VRA, half);
        val high = sigma32(e, op_shr(e, a, imm(e, 32)), upper, six >> (3 - 2 * half) & 1);
        val low = sigma32(e, zext(e, a, 32), upper, six >> (2 - 2 * half) & 1);
        vsr_set(e, VRT, half, op_or(e, op_shl(e, high, imm(e, 32)), low));
    }
}
LIFT(vshasigmad)
{
    unsigned upper = BITS(w, 16, 16), six = BITS(w, 17, 20);
    for (unsigned half = 0; half < 2; half++)
        vsr_set(e, VRT, half, sigma64(e, vsr_get(e, VRA, half), upper, six >> (3 - 2 * half) & 1));
}

/* --- carry-less products, pairs of elements summed ---------------------------------------------------------------------------- */

static unsigned __int128 product_without_carry(uint64_t x, uint64_t y)
{
    unsigned __int128 sum = 0;
    for (unsigned i = 0; y; i++, y >>= 1)
        if (y & 1)
            sum ^= (unsigned __int128)x << i;
    return sum;
}

#define POLYNOMIAL(name, narrow, wide, count)                                                                           \
    VECTOR_CALL(name, for (int i = 0; i < (count); i++) t.wide[i] = product_without_carry(a.narrow[2 * i], b.narrow[2 * i]) ^ \
                                                                    product_without_carry(a.narrow[2 * i + 1], b.narrow[2 * i + 1]))
POLYNOMIAL(vpmsumb, ub, uh, 8)
POLYNOMIAL(vpmsumh, uh, uw, 4)
POLYNOMIAL(vpmsumw, uw, ud, 2)
VECTOR_CALL(vpmsumd, t = quad_vec(product_without_carry(a.ud[0], b.ud[0]) ^ product_without_carry(a.ud[1], b.ud[1])))

VECTOR_CALL4(vpermxor, for (int i = 0; i < 16; i++)
                 t.ub[B(i)] = a.ub[B(c.ub[B(i)] >> 4)] ^ b.ub[B(c.ub[B(i)] & 15)])
