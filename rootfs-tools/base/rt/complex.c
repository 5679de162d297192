/* complex.c -- multiplication and division of complex numbers, as the compiler calls them.
 *
 * Results that are NaN in both parts although an operand is infinite, or the divisor zero, are recovered as C99 annex
 * G.5.1 has it. Finite numbers are divided with exponents kept apart from their significands, so that nothing in
 * between overflows or underflows, and with sums of two products in which cancellation loses nothing (Kahan's, by fused
 * multiply-add).
 */
double _Complex __muldc3(double a, double b, double c, double d);
float _Complex __mulsc3(float a, float b, float c, float d);
double _Complex __divdc3(double a, double b, double c, double d);
float _Complex __divsc3(float a, float b, float c, float d);

static double unit_of(double v) { return __builtin_copysign(__builtin_isinf(v) ? 1.0 : 0.0, v); }

static double number(double v) { return __builtin_isnan(v) ? __builtin_copysign(0.0, v) : v; }

static double _Complex make(double re, double im)
{
    double _Complex z;
    __real__ z = re;
    __imag__ z = im;
    return z;
}

double _Complex __muldc3(double a, double b, double c, double d)
{
    double ac = a * c, bd = b * d, ad = a * d, bc = b * c;
    double re = ac - bd, im = ad + bc;
    if (!__builtin_isnan(re) || !__builtin_isnan(im))
        return make(re, im);
    int left = __builtin_isinf(a) || __builtin_isinf(b), right = __builtin_isinf(c) || __builtin_isinf(d);
    if (!left && !right)
        return make(re, im);
    a = left ? unit_of(a) : number(a);
    b = left ? unit_of(b) : number(b);
    c = right ? unit_of(c) : number(c);
    d = right ? unit_of(d) : number(d);
    return make(__builtin_inf() * (a * c - b * d), __builtin_inf() * (a * d + b * c));
}

/* significand * 2^exponent, 1 <= |significand| < 2, or zero. */
struct scaled {
    double significand;
    int exponent;
};

static double power_of_two(int n)
{
    union {
        unsigned long long bits;
        double value;
    } power = {.bits = (unsigned long long)(n + 1023) << 52};
    return power.value;
}

static int exponent_of(double v)
{
    union {
        double value;
        unsigned long long bits;
    } u = {.value = v};
    return (int)(u.bits >> 52 & 0x7ff) - 1023;
}

static struct scaled split(double v)
{
    int lift = exponent_of(v) == -1023 ? 64 : 0;
    v *= power_of_two(lift);
    int e = v == 0 ? 0 : exponent_of(v);
    double half = power_of_two(-(e / 2));
    return (struct scaled){v * half * power_of_two(-(e - e / 2)), e - lift};
}

static struct scaled lowered(struct scaled v, int by)
{
    return (struct scaled){by > 1000 ? 0 : v.significand * power_of_two(-by), v.exponent + by};
}

/* a * c + b * d */
static struct scaled two_products(struct scaled a, struct scaled c, struct scaled b, struct scaled d)
{
    int left = a.exponent + c.exponent, right = b.exponent + d.exponent;
    if (a.significand * c.significand == 0 || b.significand * d.significand == 0)
        left = right = b.significand * d.significand == 0 ? left : right;
    else if (left < right)
        a = lowered(a, right - left), left = right;
    else
        b = lowered(b, left - right);
    double product = b.significand * d.significand, rest = __builtin_fma(b.significand, d.significand, -product);
    return (struct scaled){__builtin_fma(a.significand, c.significand, product) + rest, left};
}

/* The last step alone rounds or overflows: a quotient is above 2^-110 unless zero, so beyond 1400 nothing changes. */
static double quotient(struct scaled n, struct scaled d)
{
    int e = n.exponent - d.exponent;
    e = e > 1400 ? 1400 : e < -1400 ? -1400 : e;
    return n.significand / d.significand * power_of_two(e / 2) * power_of_two(e - e / 2);
}

static double _Complex divide_finite(double a, double b, double c, double d)
{
    struct scaled sa = split(a), sb = split(b), sc = split(c), sd = split(d), minus_a = split(-a);
    struct scaled norm = two_products(sc, sc, sd, sd);
    return make(quotient(two_products(sa, sc, sb, sd), norm), quotient(two_products(sb, sc, minus_a, sd), norm));
}

static int both_finite(double a, double b) { return __builtin_isfinite(a) && __builtin_isfinite(b); }

static int either_infinite(double a, double b) { return __builtin_isinf(a) || __builtin_isinf(b); }

double _Complex __divdc3(double a, double b, double c, double d)
{
    if (c == 0 && d == 0)
        return make(__builtin_copysign(__builtin_inf(), c) * a, __builtin_copysign(__builtin_inf(), c) * b);
    if (both_finite(a, b) && both_finite(c, d))
        return divide_finite(a, b, c, d);
    if (either_infinite(a, b) && both_finite(c, d)) {
        a = unit_of(a), b = unit_of(b);
        return make(__builtin_inf() * (a * c + b * d), __builtin_inf() * (b * c - a * d));
    }
    if (either_infinite(c, d) && both_finite(a, b)) {
        c = unit_of(c), d = unit_of(d);
        return make(0 * (a * c + b * d), 0 * (b * c - a * d));
    }
    return make(__builtin_nan(""), __builtin_nan(""));
}

float _Complex __mulsc3(float a, float b, float c, float d) { return (float _Complex)__muldc3(a, b, c, d); }

float _Complex __divsc3(float a, float b, float c, float d) { return (float _Complex)__divdc3(a, b, c, d); }
