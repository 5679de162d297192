/* radix64.c -- a64l, l64a: 32 bits as up to six characters of six bits, least significant first [XSH a64l]. */
#include <stdlib.h>
#include <string.h>

static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

long a64l(const char *s)
{
    unsigned int value = 0;
    for (int i = 0; i < 6 && s[i]; i++) {
        const char *digit = strchr(digits, s[i]);
        if (!digit)
            break;
        value |= (unsigned int)(digit - digits) << 6 * i;
    }
    return (int)value;
}

char *l64a(long value)
{
    static char text[7];
    unsigned int left = (unsigned int)value;
    int n = 0;
    for (; left; left >>= 6)
        text[n++] = digits[left & 63];
    text[n] = '\0';
    return text;
}
