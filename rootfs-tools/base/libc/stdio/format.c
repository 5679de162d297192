/* format.c -- the printf formatter [C17 7.21.6.1; XSI positions n$]. */
#include <errno.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "stream.h"

enum { LEFT = 1, PLUS = 2, SPACE = 4, ALT = 8, ZERO = 16, GROUP = 32, UPPER = 64 };
enum length { L_NONE, L_CHAR, L_SHORT, L_LONG, L_LLONG, L_LDOUBLE };
enum { MAX_POSITIONS = 64 };

union value {
    long long i;
    double d;
    void *p;
};

struct spec {
    int flags, width, precision;        /* precision -1: none */
    int position, width_position, precision_position;   /* n$; 0 none, -1 `*` without a position */
    enum length length;
    char conversion;
};

struct format {
    struct sink *out;
    va_list args;
    int positional;
    union value values[MAX_POSITIONS];
};

static void put(struct sink *out, const char *s, size_t n)
{
    out->count += n;
    if (out->file) {
        if (!out->failed && __stream_write(out->file, s, n) != n)
            out->failed = 1;
        return;
    }
    size_t room = (size_t)(out->end - out->to);
    if (n > room)
        n = room;
    memcpy(out->to, s, n);
    out->to += n;
}

static void pad(struct sink *out, char c, int n)
{
    char block[32];
    memset(block, c, sizeof block);
    for (; n > 0; n -= (int)sizeof block)
        put(out, block, n < (int)sizeof block ? (size_t)n : sizeof block);
}

/* prefix (sign, 0x), zeros, body: laid out in the width with the flags' fill. */
static void put_field(struct sink *out, const struct spec *s, const char *prefix, size_t prefix_length, int zeros, const char *body,
                      size_t length)
{
    int fill = s->width - (int)(prefix_length + length) - zeros;
    if (!(s->flags & (LEFT | ZERO)))
        pad(out, ' ', fill);
    put(out, prefix, prefix_length);
    if ((s->flags & (LEFT | ZERO)) == ZERO)
        pad(out, '0', fill);
    pad(out, '0', zeros);
    put(out, body, length);
    if (s->flags & LEFT)
        pad(out, ' ', fill);
}

static const char *sign_of(const struct spec *s, int negative)
{
    return negative ? "-" : s->flags & PLUS ? "+" : s->flags & SPACE ? " " : "";
}

static void put_integer(struct sink *out, struct spec *s, unsigned long long v, int base, const char *prefix)
{
    char text[72], *end = text + sizeof text, *p = end;
    const char *digits = s->flags & UPPER ? "0123456789ABCDEF" : "0123456789abcdef";
    for (unsigned long long rest = v; rest; rest /= (unsigned)base)
        *--p = digits[rest % (unsigned)base];
    int precision = s->precision < 0 ? 1 : s->precision;
    if (base == 8 && (s->flags & ALT) && end - p >= precision)
        precision = (int)(end - p) + 1;
    int zeros = precision - (int)(end - p);
    if (s->precision >= 0)
        s->flags &= ~ZERO;
    put_field(out, s, prefix, strlen(prefix), zeros > 0 ? zeros : 0, p, (size_t)(end - p));
}

static long long signed_value(const struct spec *s, long long v)
{
    switch (s->length) {
    case L_CHAR: return (signed char)v;
    case L_SHORT: return (short)v;
    case L_NONE: return (int)v;
    default: return v;
    }
}

static unsigned long long unsigned_value(const struct spec *s, long long v)
{
    switch (s->length) {
    case L_CHAR: return (unsigned char)v;
    case L_SHORT: return (unsigned short)v;
    case L_NONE: return (unsigned int)v;
    case L_LONG: return (unsigned long)v;
    default: return (unsigned long long)v;
    }
}

static void put_number(struct sink *out, struct spec *s, union value v)
{
    if (s->conversion == 'd' || s->conversion == 'i') {
        long long i = signed_value(s, v.i);
        put_integer(out, s, i < 0 ? -(unsigned long long)i : (unsigned long long)i, 10, sign_of(s, i < 0));
        return;
    }
    unsigned long long u = unsigned_value(s, v.i);
    if (s->conversion == 'X')
        s->flags |= UPPER;
    int hex = s->conversion == 'x' || s->conversion == 'X';
    const char *prefix = hex && (s->flags & ALT) && u ? (s->flags & UPPER ? "0X" : "0x") : "";
    put_integer(out, s, u, hex ? 16 : s->conversion == 'o' ? 8 : 10, prefix);
}

/* --- floating point ----------------------------------------------------------------------------------------------------- */
enum { DIGITS = 1100 };

struct decimal {
    char digits[DIGITS + 1];
    int count, point;
};

/* Keep `keep` digits, rounding half to even on the exact value. */
static void round_digits(struct decimal *d, int keep)
{
    if (keep >= d->count)
        return;
    if (keep < 0) {
        d->count = 0;
        return;
    }
    int up = d->digits[keep] > '5' || (d->digits[keep] == '5' && (keep + 1 < d->count || (keep > 0 && (d->digits[keep - 1] & 1))));
    d->count = keep;
    if (!up)
        return;
    int i = keep;
    while (i > 0 && d->digits[i - 1] == '9')
        i--;
    if (i == 0) {
        d->digits[0] = '1';
        d->count = 1;
        d->point++;
        return;
    }
    d->digits[i - 1]++;
    d->count = i;
}

static char digit_at(const struct decimal *d, int i) { return i >= 0 && i < d->count ? d->digits[i] : '0'; }

/* The body is written twice: once to measure, once out. */
struct measured {
    struct sink *out;       /* NULL: only count */
    size_t length;
};

static void emit(struct measured *m, char c)
{
    m->length++;
    if (m->out)
        put(m->out, &c, 1);
}

static void fixed_body(struct measured *m, const struct decimal *d, int precision, int alt)
{
    if (d->point <= 0)
        emit(m, '0');
    for (int i = 0; i < d->point; i++)
        emit(m, digit_at(d, i));
    if (precision > 0 || alt)
        emit(m, '.');
    for (int i = 0; i < precision; i++)
        emit(m, digit_at(d, d->point + i));
}

static void exponent_body(struct measured *m, const struct decimal *d, int precision, int alt, int upper)
{
    emit(m, digit_at(d, 0));
    if (precision > 0 || alt)
        emit(m, '.');
    for (int i = 1; i <= precision; i++)
        emit(m, digit_at(d, i));
    int x = d->count ? d->point - 1 : 0;
    emit(m, upper ? 'E' : 'e');
    emit(m, x < 0 ? '-' : '+');
    if (x < 0)
        x = -x;
    if (x >= 100)
        emit(m, (char)('0' + x / 100));
    emit(m, (char)('0' + x / 10 % 10));
    emit(m, (char)('0' + x % 10));
}

static void hex_body(struct measured *m, double v, int precision, int alt, int upper)
{
    unsigned long long bits, fraction;
    memcpy(&bits, &v, 8);
    int x = (int)(bits >> 52 & 0x7FF), lead = x != 0;
    fraction = bits & 0xFFFFFFFFFFFFFull;
    x = x ? x - 1023 : fraction ? -1022 : 0;
    if (precision >= 0 && precision < 13) {
        unsigned long long half = 1ull << (51 - 4 * precision), all = (unsigned long long)lead << 52 | fraction;
        unsigned long long rest = all & (half * 2 - 1);
        all -= rest;
        if (rest > half || (rest == half && (all & half * 2)))
            all += half * 2;
        lead = (int)(all >> 52);
        fraction = all & 0xFFFFFFFFFFFFFull;
    }
    const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
    emit(m, (char)('0' + lead));
    int places = precision;
    if (places < 0)
        places = fraction ? 13 - __builtin_ctzll(fraction) / 4 : 0;
    if (places > 0 || alt)
        emit(m, '.');
    for (int i = 0; i < places; i++)
        emit(m, i < 13 ? digits[fraction >> (48 - 4 * i) & 15] : '0');
    char text[8];
    int n = 0;
    emit(m, upper ? 'P' : 'p');
    emit(m, x < 0 ? '-' : '+');
    for (unsigned int a = (unsigned)(x < 0 ? -x : x); a || !n; a /= 10)
        text[n++] = (char)('0' + a % 10);
    while (n > 0)
        emit(m, text[--n]);
}

struct shape {                  /* how %e, %f and %g come out, decided once */
    int exponent_form, precision;
};

static struct shape shape_of(struct decimal *d, const struct spec *s, char kind)
{
    int precision = s->precision < 0 ? 6 : s->precision;
    struct shape shape = { kind == 'e', precision };
    if (kind == 'f')
        round_digits(d, d->point + precision);
    else if (kind == 'e')
        round_digits(d, precision + 1);
    else {
        if (precision == 0)
            precision = 1;
        round_digits(d, precision);
        int x = d->count ? d->point - 1 : 0;
        shape.exponent_form = x < -4 || x >= precision;
        int wanted = s->flags & ALT ? precision : d->count;     /* %g drops trailing zeros */
        while (!(s->flags & ALT) && wanted > 0 && d->digits[wanted - 1] == '0')
            wanted--;
        shape.precision = shape.exponent_form ? wanted - 1 : wanted - (x + 1);
        if (shape.precision < 0)
            shape.precision = 0;
    }
    return shape;
}

static void float_body(struct measured *m, double v, const struct decimal *d, const struct spec *s, struct shape shape)
{
    int alt = s->flags & ALT, upper = s->flags & UPPER;
    if ((s->conversion | 32) == 'a')
        hex_body(m, v, s->precision, alt, upper);
    else if (shape.exponent_form)
        exponent_body(m, d, shape.precision, alt, upper);
    else
        fixed_body(m, d, shape.precision, alt);
}

static void put_float(struct sink *out, struct spec *s, double v)
{
    unsigned long long bits;
    memcpy(&bits, &v, 8);
    int negative = (int)(bits >> 63);
    char prefix[4];
    strcpy(prefix, sign_of(s, negative));
    if (s->conversion >= 'A' && s->conversion <= 'Z')
        s->flags |= UPPER;
    if ((bits >> 52 & 0x7FF) == 0x7FF) {
        static const char *const names[] = { "inf", "nan", "INF", "NAN" };
        int nan = (bits & 0xFFFFFFFFFFFFFull) != 0;
        s->flags &= ~ZERO;
        put_field(out, s, prefix, strlen(prefix), 0, names[nan + (s->flags & UPPER ? 2 : 0)], 3);
        return;
    }
    if (negative)
        v = -v;
    struct decimal d;
    struct shape shape = { 0, 0 };
    char kind = (char)(s->conversion | 32);
    if (kind == 'a')
        strcat(prefix, s->flags & UPPER ? "0X" : "0x");
    else {
        d.count = __decimal_digits(v, d.digits, DIGITS, &d.point);
        shape = shape_of(&d, s, kind);
    }
    struct measured m = { NULL, 0 };
    float_body(&m, v, &d, s, shape);
    int fill = s->width - (int)(strlen(prefix) + m.length);
    if (!(s->flags & (LEFT | ZERO)))
        pad(out, ' ', fill);
    put(out, prefix, strlen(prefix));
    if ((s->flags & (LEFT | ZERO)) == ZERO)
        pad(out, '0', fill);
    m = (struct measured){ out, 0 };
    float_body(&m, v, &d, s, shape);
    if (s->flags & LEFT)
        pad(out, ' ', fill);
}

/* --- text --------------------------------------------------------------------------------------------------------------- */
static int put_wide(struct sink *out, struct spec *s, const wchar_t *w, size_t most)
{
    char one[16];
    mbstate_t state = { 0 };
    size_t length = 0;
    for (size_t i = 0; i < most && w[i]; i++) {
        size_t n = wcrtomb(one, w[i], &state);
        if (n == (size_t)-1)
            return -1;
        if (s->precision >= 0 && length + n > (size_t)s->precision) {
            most = i;
            break;
        }
        length += n;
    }
    if (!(s->flags & LEFT))
        pad(out, ' ', s->width - (int)length);
    for (size_t i = 0; i < most && w[i]; i++)
        put(out, one, wcrtomb(one, w[i], &state));
    if (s->flags & LEFT)
        pad(out, ' ', s->width - (int)length);
    return 0;
}

static int put_text(struct sink *out, struct spec *s, union value v)
{
    s->flags &= ~ZERO;
    int wide = s->length == L_LONG || s->conversion == 'S' || s->conversion == 'C';
    if (s->conversion == 'c' || s->conversion == 'C') {
        char c = (char)v.i;
        wchar_t w = (wchar_t)v.i;
        s->precision = -1;
        if (wide && w)
            return put_wide(out, s, &w, 1);
        put_field(out, s, "", 0, 0, &c, 1);
        return 0;
    }
    if (wide && v.p)
        return put_wide(out, s, v.p, (size_t)-1);
    const char *text = v.p ? v.p : "";  /* AIX prints nothing for a null pointer */
    size_t n = s->precision >= 0 ? strnlen(text, (size_t)s->precision) : strlen(text);
    put_field(out, s, "", 0, 0, text, n);
    return 0;
}

static void store_count(const struct spec *s, void *to, size_t count)
{
    switch (s->length) {
    case L_CHAR: *(signed char *)to = (signed char)count; break;
    case L_SHORT: *(short *)to = (short)count; break;
    case L_LONG: *(long *)to = (long)count; break;
    case L_LLONG: *(long long *)to = (long long)count; break;
    default: *(int *)to = (int)count; break;
    }
}

/* --- the format string -------------------------------------------------------------------------------------------------- */
static int parse_int(const char **p)
{
    int v = 0;
    for (; **p >= '0' && **p <= '9'; (*p)++)
        v = v < INT_MAX / 10 - 1 ? v * 10 + (**p - '0') : INT_MAX / 10;
    return v;
}

/* A `*` or `*n$`, or digits. */
static int parse_amount(const char **p, int *position)
{
    if (**p != '*')
        return parse_int(p);
    (*p)++;
    const char *q = *p;
    int n = parse_int(&q);
    if (n > 0 && *q == '$') {
        *p = q + 1;
        *position = n;
    } else
        *position = -1;
    return 0;
}

static int parse_flags(const char **p)
{
    static const char letters[] = "-+ #0'";
    int flags = 0;
    for (const char *at; **p && (at = strchr(letters, **p)); (*p)++)
        flags |= 1 << (at - letters);
    return flags;
}

static enum length parse_length(const char **p)
{
    switch (*(*p)++) {
    case 'h':
        if (**p != 'h')
            return L_SHORT;
        (*p)++;
        return L_CHAR;
    case 'l':
        if (**p != 'l')
            return L_LONG;
        (*p)++;
        return L_LLONG;
    case 'j': case 'q': return L_LLONG;
    case 'z': case 't': return L_LONG;
    case 'L': return L_LDOUBLE;
    default: (*p)--; return L_NONE;
    }
}

/* What follows a %. */
static struct spec parse_spec(const char **p)
{
    struct spec s = { .precision = -1 };
    const char *q = *p;
    int n = parse_int(&q);
    if (n > 0 && *q == '$') {
        s.position = n;
        *p = q + 1;
    }
    s.flags = parse_flags(p);
    s.width = parse_amount(p, &s.width_position);
    if (**p == '.') {
        (*p)++;
        s.precision = parse_amount(p, &s.precision_position);
    }
    s.length = parse_length(p);
    s.conversion = **p;
    if (s.conversion)
        (*p)++;
    return s;
}

static union value fetch(va_list *args, const struct spec *s)
{
    union value v = { 0 };
    if (strchr("eEfFgGaA", s->conversion))
        v.d = va_arg(*args, double);
    else if (strchr("spnS", s->conversion))
        v.p = va_arg(*args, void *);
    else if (s->length == L_LLONG || s->length == L_LDOUBLE)
        v.i = va_arg(*args, long long);
    else if (s->length == L_LONG && s->conversion != 'c')
        v.i = va_arg(*args, long);
    else
        v.i = va_arg(*args, int);
    return v;
}

/* Positions: the arguments' kinds must be known before the first can be fetched. */
static int collect_positions(struct format *f, const char *format)
{
    struct spec kinds[MAX_POSITIONS + 1];
    int most = 0;
    memset(kinds, 0, sizeof kinds);
    for (const char *p = format; (p = strchr(p, '%'));) {
        p++;
        if (*p == '%') {
            p++;
            continue;
        }
        struct spec s = parse_spec(&p);
        if (!s.position)
            continue;
        int stars[] = { s.width_position, s.precision_position };
        for (int i = 0; i < 2; i++)
            if (stars[i] > 0 && stars[i] <= MAX_POSITIONS) {
                kinds[stars[i]] = (struct spec){ .conversion = 'd' };
                most = stars[i] > most ? stars[i] : most;
            }
        if (s.position > MAX_POSITIONS)
            return -1;
        kinds[s.position] = s;
        most = s.position > most ? s.position : most;
    }
    f->positional = most > 0;
    for (int i = 1; i <= most; i++) {
        if (!kinds[i].conversion)
            kinds[i].conversion = 'd';
        f->values[i - 1] = fetch(&f->args, &kinds[i]);
    }
    return 0;
}

static int star(struct format *f, int position)
{
    return position > 0 ? (int)f->values[position - 1].i : va_arg(f->args, int);
}

static void resolve_stars(struct format *f, struct spec *s)
{
    if (s->width_position)
        s->width = star(f, s->width_position);
    if (s->width < 0) {
        s->flags |= LEFT;
        s->width = -s->width;
    }
    if (s->precision_position)
        s->precision = star(f, s->precision_position);
    if (s->precision < 0)
        s->precision = -1;
}

static int convert(struct format *f, struct spec *s)
{
    if (s->conversion == '%') {
        put(f->out, "%", 1);
        return 0;
    }
    if (!s->conversion || !strchr("diouxXeEfFgGaAcsCSpn", s->conversion)) {
        errno = EINVAL;
        return -1;
    }
    resolve_stars(f, s);
    union value v = s->position ? f->values[s->position - 1] : fetch(&f->args, s);
    if (strchr("diouxX", s->conversion))
        put_number(f->out, s, v);
    else if (strchr("eEfFgGaA", s->conversion))
        put_float(f->out, s, v.d);
    else if (s->conversion == 'p') {
        s->conversion = 'x';
        s->length = L_LONG;
        v.i = (long long)(uintptr_t)v.p;
        put_number(f->out, s, v);
    } else if (s->conversion == 'n')
        store_count(s, v.p, f->out->count);
    else
        return put_text(f->out, s, v);
    return 0;
}

int __format(struct sink *out, const char *format, va_list args)
{
    struct format f = { .out = out };
    va_copy(f.args, args);
    int bad = strchr(format, '$') ? collect_positions(&f, format) : 0;
    while (!bad && *format) {
        const char *percent = strchr(format, '%');
        size_t plain = percent ? (size_t)(percent - format) : strlen(format);
        put(out, format, plain);
        format += plain;
        if (!percent)
            break;
        format++;
        struct spec s = parse_spec(&format);
        bad = convert(&f, &s);
    }
    va_end(f.args);
    if (!bad && out->count > INT_MAX) {
        errno = EOVERFLOW;
        bad = -1;
    }
    return bad || out->failed ? -1 : (int)out->count;
}
