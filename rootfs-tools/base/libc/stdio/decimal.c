/* decimal.c -- doubles and decimal digits, exactly, both ways.
 *
 * A double is m * 2^e. For e >= 0 that is an integer; for e < 0 it is m * 5^-e / 10^-e: either way its decimal expansion is the digits of a
 * big integer with a point somewhere. The other way, digits * 10^x is compared with powers of two by big-integer division, and the
 * quotient's bits are rounded once to nearest even [C17 7.21.6.1, 7.22.1.3; IEEE 754 5.12].
 */
#include <string.h>
#include "stream.h"

#define BILLION 1000000000u
enum { WORDS10 = 130, WORDS2 = 260 };

/* Base 10^9, least significant word first. */
struct big10 {
    int n;
    unsigned int w[WORDS10];
};

static void multiply10(struct big10 *b, unsigned int factor)
{
    unsigned long long carry = 0;
    for (int i = 0; i < b->n; i++) {
        carry += (unsigned long long)b->w[i] * factor;
        b->w[i] = (unsigned int)(carry % BILLION);
        carry /= BILLION;
    }
    for (; carry; carry /= BILLION)     /* may be two words: a factor above 10^9 */
        b->w[b->n++] = (unsigned int)(carry % BILLION);
}

static void multiply10_power(struct big10 *b, unsigned int base, int exponent, int at_once, unsigned int power)
{
    for (; exponent >= at_once; exponent -= at_once)
        multiply10(b, power);
    while (exponent-- > 0)
        multiply10(b, base);
}

/* Writes the significant digits of a finite v >= 0 (no leading, no trailing zeros) and *point, the number of digits before the decimal
 * point (may be negative or beyond the digits). Returns how many digits; 0 for zero. `size` 1100 is enough for any. */
int __decimal_digits(double v, char *digits, int size, int *point)
{
    unsigned long long bits;
    memcpy(&bits, &v, 8);
    int exponent = (int)(bits >> 52 & 0x7FF);
    unsigned long long m = bits & 0xFFFFFFFFFFFFFull;
    if (exponent)
        m |= 1ull << 52;
    else
        exponent = 1;
    exponent -= 1075;
    *point = 0;
    if (m == 0)
        return 0;
    int zeros = __builtin_ctzll(m);     /* fewer factors of five to multiply by */
    m >>= zeros;
    exponent += zeros;
    struct big10 b = { 0, { 0 } };
    for (; m; m /= BILLION)
        b.w[b.n++] = (unsigned int)(m % BILLION);
    if (exponent >= 0)
        multiply10_power(&b, 2, exponent, 29, 1u << 29);
    else
        multiply10_power(&b, 5, -exponent, 13, 1220703125u);
    int n = 0;
    for (int i = b.n - 1; i >= 0; i--) {
        unsigned int w = b.w[i];
        char group[9];
        for (int k = 8; k >= 0; k--, w /= 10)
            group[k] = (char)('0' + w % 10);
        int skip = 0;
        while (n == 0 && skip < 9 && group[skip] == '0')
            skip++;
        for (; skip < 9 && n < size; skip++)
            digits[n++] = group[skip];
    }
    *point = n + (exponent < 0 ? exponent : 0);
    while (n > 0 && digits[n - 1] == '0')
        n--;
    return n;
}

/* Base 2^32, least significant word first. */
struct big2 {
    int n;
    unsigned int w[WORDS2];
};

static void multiply_add2(struct big2 *b, unsigned int factor, unsigned int add)
{
    unsigned long long carry = add;
    for (int i = 0; i < b->n; i++) {
        carry += (unsigned long long)b->w[i] * factor;
        b->w[i] = (unsigned int)carry;
        carry >>= 32;
    }
    if (carry)
        b->w[b->n++] = (unsigned int)carry;
}

static int bit_length(const struct big2 *b) { return b->n ? 32 * b->n - __builtin_clz(b->w[b->n - 1]) : 0; }

static void shift_left2(struct big2 *b, int count)
{
    int words = count / 32, bits = count % 32;
    if (b->n == 0)
        return;
    b->w[b->n] = 0;
    for (int i = b->n; i >= 0; i--) {
        unsigned int low = i > 0 && bits ? b->w[i - 1] >> (32 - bits) : 0;
        b->w[i + words] = b->w[i] << bits | low;
    }
    memset(b->w, 0, (size_t)words * 4);
    b->n += words + 1;
    while (b->n > 0 && b->w[b->n - 1] == 0)
        b->n--;
}

static int compare2(const struct big2 *a, const struct big2 *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->w[i] != b->w[i])
            return a->w[i] < b->w[i] ? -1 : 1;
    return 0;
}

static void subtract2(struct big2 *a, const struct big2 *b)
{
    long long borrow = 0;
    for (int i = 0; i < a->n; i++) {
        borrow += (long long)a->w[i] - (i < b->n ? b->w[i] : 0);
        a->w[i] = (unsigned int)borrow;
        borrow >>= 32;
    }
    while (a->n > 0 && a->w[a->n - 1] == 0)
        a->n--;
}

/* q (64 bits at most) and remainder-is-zero of a / b, where the quotient fits. Destroys a. */
static unsigned long long divide2(struct big2 *a, struct big2 *b, int *exact)
{
    unsigned long long q = 0;
    int shift = bit_length(a) - bit_length(b);
    if (shift >= 0) {
        shift_left2(b, shift);
        for (int i = shift; i >= 0; i--) {
            q <<= 1;
            if (compare2(a, b) >= 0) {
                subtract2(a, b);
                q |= 1;
            }
            shift_left2(a, 1);
        }
    }
    *exact = a->n == 0;
    return q;
}

/* q * 2^e rounded to nearest even; `sticky` says that something below q's last bit was cut off. */
static double round_to_double(unsigned long long q, int e, int sticky)
{
    int length = 64 - __builtin_clzll(q);
    int lowest = e + length - 53;       /* exponent of the result's last bit */
    if (lowest < -1074)
        lowest = -1074;
    int drop = lowest - e;
    if (drop > 64)
        return 0;
    unsigned long long m = drop <= 0 ? q << -drop : drop == 64 ? 0 : q >> drop;
    if (drop > 0) {
        unsigned long long half = 1ull << (drop - 1), rest = drop == 64 ? q : q & (half * 2 - 1);
        if (rest > half || (rest == half && (sticky || (m & 1))))
            m++;
    }
    if (m >> 53) {
        m >>= 1;
        lowest++;
    }
    if (m == 0)
        return 0;
    unsigned long long bits = m >> 52 ? (m & 0xFFFFFFFFFFFFFull) | (unsigned long long)(lowest + 1075) << 52 : m;
    if (lowest + 1075 >= 0x7FF)
        bits = 0x7FFull << 52;
    double v;
    memcpy(&v, &bits, 8);
    return v;
}

/* digits (count of them, '0'..'9', no leading zero) * 10^exponent; more_digits: non-zero digits follow that were not kept. */
double __decimal_to_double(const char *digits, int count, int more_digits, int exponent)
{
    if (count == 0 || exponent + count < -340)
        return 0;
    if (exponent + count > 310)
        return __builtin_inf();
    struct big2 a = { 0, { 0 } }, b = { 1, { 1 } };
    for (int i = 0; i < count; i++)
        multiply_add2(&a, 10, (unsigned int)(digits[i] - '0'));
    for (int i = exponent; i > 0; i--)
        multiply_add2(&a, 10, 0);
    for (int i = exponent; i < 0; i++)
        multiply_add2(&b, 10, 0);
    int shift = 63 - (bit_length(&a) - bit_length(&b)), exact;  /* a quotient of 63 or 64 bits */
    if (shift > 0)
        shift_left2(&a, shift);
    else
        shift_left2(&b, -shift);
    unsigned long long q = divide2(&a, &b, &exact);
    return round_to_double(q, -shift, !exact || more_digits);
}
