/* numbers.c -- numbers as text, three-byte integers, answers [IBM's manual: ltostr, l3tol, rpmatch]. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 72 };

static char *in_base(unsigned long long v, int negative, int base)
{
    static char text[ROOM];
    char *at = text + ROOM - 1;
    if (base < 2 || base > 36)
        return NULL;
    do
        *--at = "0123456789abcdefghijklmnopqrstuvwxyz"[v % (unsigned)base];
    while (v /= (unsigned)base);
    if (negative)
        *--at = '-';
    return at;
}

char *ltostr(long v, int base) { return in_base(v < 0 ? -(unsigned long long)v : (unsigned long long)v, v < 0, base); }
char *ultostr(unsigned long v, int base) { return in_base(v, 0, base); }
char *lltostr(long long v, int base) { return in_base(v < 0 ? -(unsigned long long)v : (unsigned long long)v, v < 0, base); }
char *ulltostr(unsigned long long v, int base) { return in_base(v, 0, base); }

void l3tol(int *to, const char *from, int n)
{
    for (const unsigned char *s = (const unsigned char *)from; n > 0; n--, s += 3)
        *to++ = (s[0] << 16 | s[1] << 8 | s[2]) - (s[0] & 0x80 ? 1 << 24 : 0);
}

void ltol3(char *to, const int *from, int n)
{
    for (; n > 0; n--, from++) {
        *to++ = (char)(*from >> 16);
        *to++ = (char)(*from >> 8);
        *to++ = (char)*from;
    }
}

/* The C locale's expressions: ^[yY], ^[nN]. */
int rpmatch(const char *answer) { return tolower((unsigned char)*answer) == 'y' ? 1 : tolower((unsigned char)*answer) == 'n' ? 0 : -1; }
