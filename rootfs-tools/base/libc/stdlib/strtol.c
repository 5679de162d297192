/* strtol.c -- text to integers, all widths over one scanner [C17 7.22.1.4]. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

static int digit_value(int c)
{
    return isdigit(c) ? c - '0' : isupper(c) ? c - 'A' + 10 : islower(c) ? c - 'a' + 10 : 99;
}

struct scanned {
    unsigned long long magnitude;
    int negative, overflow;
};

static struct scanned scan(const char *s, char **end, int base)
{
    struct scanned r = { 0, 0, 0 };
    const char *p = s, *last = s;
    while (isspace((unsigned char)*p))
        p++;
    if (*p == '+' || *p == '-')
        r.negative = *p++ == '-';
    if ((base == 0 || base == 16) && p[0] == '0' && (p[1] | 32) == 'x' && digit_value((unsigned char)p[2]) < 16) {
        p += 2;
        base = 16;
    } else if (base == 0)
        base = *p == '0' ? 8 : 10;
    if (base < 2 || base > 36)
        errno = EINVAL;
    else
        for (int d; (d = digit_value((unsigned char)*p)) < base; last = ++p)
            if (r.magnitude > (ULLONG_MAX - d) / base)
                r.overflow = 1;
            else
                r.magnitude = r.magnitude * base + d;
    if (end)
        *end = (char *)last;
    return r;
}

static long long to_signed(struct scanned r, long long min, long long max)
{
    if (r.overflow || r.magnitude > (unsigned long long)max + r.negative) {
        errno = ERANGE;
        return r.negative ? min : max;
    }
    return r.negative ? (long long)-r.magnitude : (long long)r.magnitude;
}

static unsigned long long to_unsigned(struct scanned r, unsigned long long max)
{
    if (r.overflow || r.magnitude > max) {
        errno = ERANGE;
        return max;
    }
    return r.negative ? -r.magnitude & max : r.magnitude;
}

long strtol(const char *restrict s, char **restrict end, int base) { return to_signed(scan(s, end, base), LONG_MIN, LONG_MAX); }
long long strtoll(const char *restrict s, char **restrict end, int base) { return to_signed(scan(s, end, base), LLONG_MIN, LLONG_MAX); }
unsigned long strtoul(const char *restrict s, char **restrict end, int base) { return to_unsigned(scan(s, end, base), ULONG_MAX); }
unsigned long long strtoull(const char *restrict s, char **restrict end, int base) { return to_unsigned(scan(s, end, base), ULLONG_MAX); }
int atoi(const char *s) { return (int)strtol(s, NULL, 10); }
long atol(const char *s) { return strtol(s, NULL, 10); }
long long atoll(const char *s) { return strtoll(s, NULL, 10); }

/* Names that IBM's headers put behind strtoimax and friends. */
intmax_t strtoimax(const char *restrict s, char **restrict end, int base) { return strtoll(s, end, base); }
uintmax_t strtoumax(const char *restrict s, char **restrict end, int base) { return strtoull(s, end, base); }
intmax_t __strtollmax(const char *s, char **end, int base) { return strtoll(s, end, base); }
uintmax_t __strtoullmax(const char *s, char **end, int base) { return strtoull(s, end, base); }
