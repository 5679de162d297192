/* complex.c -- multiplication and division of complex numbers, as the compiler calls them (C99 annex G, plain part:
 * results that are NaN in both parts although an operand is infinite are recovered for multiplication). */
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

/* Smith's method: scaled by the larger part of the divisor, so that nothing overflows that need not. */
double _Complex __divdc3(double a, double b, double c, double d)
{
    if (__builtin_fabs(c) >= __builtin_fabs(d)) {
        double ratio = c == 0 && d == 0 ? 0 : d / c, scale = c + d * ratio;
        return make((a + b * ratio) / scale, (b - a * ratio) / scale);
    }
    double ratio = c / d, scale = c * ratio + d;
    return make((a * ratio + b) / scale, (b * ratio - a) / scale);
}

float _Complex __mulsc3(float a, float b, float c, float d) { return (float _Complex)__muldc3(a, b, c, d); }

float _Complex __divsc3(float a, float b, float c, float d) { return (float _Complex)__divdc3(a, b, c, d); }
