/* monetary.c -- strfmon [XSH]: the C locale has no currency, so that what remains of %i and %n is flags, widths and two digits. */
#include <errno.h>
#include <monetary.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct conversion {
    char fill;
    int left, parentheses, width, left_digits, right_digits;
};

static int number(const char **at)
{
    int n = 0;
    for (; **at >= '0' && **at <= '9'; ++*at)
        n = n < 1000 ? n * 10 + (**at - '0') : n;
    return n;
}

static const char *parse(const char *s, struct conversion *c)
{
    *c = (struct conversion){ .fill = ' ', .left_digits = -1, .right_digits = 2 };
    for (;; s++) {
        if (*s == '=' && s[1])
            c->fill = *++s;
        else if (*s == '(')
            c->parentheses = 1;
        else if (*s == '-')
            c->left = 1;
        else if (*s != '^' && *s != '!' && *s != '+')
            break;
    }
    c->width = number(&s);
    if (*s == '#') {
        s++;
        c->left_digits = number(&s);
    }
    if (*s == '.') {
        s++;
        c->right_digits = number(&s);
    }
    return s;
}

/* The sign, fill characters up to the digits wanted on the left, the digits. */
static int one_value(char *to, size_t room, const struct conversion *c, double value)
{
    char digits[400];
    int negative = value < 0;
    int n = snprintf(digits, sizeof digits, "%.*f", c->right_digits, negative ? -value : value);
    int whole = (int)strcspn(digits, "."), fill = c->left_digits > whole ? c->left_digits - whole : 0, used = 0;
    const char *sign = negative ? (c->parentheses ? "(" : "-") : c->left_digits >= 0 ? " " : "";
    char text[2500];
    if (n >= (int)sizeof digits)
        return -1;
    used = snprintf(text, sizeof text, "%s", sign);
    memset(text + used, c->fill, (size_t)fill);
    used += fill;
    used += snprintf(text + used, sizeof text - (size_t)used, "%s%s", digits,
                     c->parentheses ? (negative ? ")" : c->left_digits >= 0 ? " " : "") : "");
    return snprintf(to, room, c->left ? "%-*s" : "%*s", c->width, text);
}

ssize_t strfmon(char *restrict to, size_t size, const char *restrict format, ...)
{
    va_list args;
    size_t at = 0;
    va_start(args, format);
    for (; *format && at < size; format++) {
        struct conversion c;
        int n = 1;
        if (*format == '%' && *++format != '%') {
            format = parse(format, &c);
            if (*format != 'i' && *format != 'n') {
                errno = EINVAL;
                va_end(args);
                return -1;
            }
            n = one_value(to + at, size - at, &c, va_arg(args, double));
        } else
            to[at] = *format;
        at = n < 0 ? size : at + (size_t)n;
    }
    va_end(args);
    if (at >= size) {
        errno = E2BIG;
        return -1;
    }
    to[at] = '\0';
    return (ssize_t)at;
}
