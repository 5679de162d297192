/* memory.c -- memory functions; the work is the host's, through milicode. */
#include <string.h>
#include "milicode.h"

void *memmove(void *to, const void *from, size_t n) { return ___memmove(to, from, n); }
void *memcpy(void *restrict to, const void *restrict from, size_t n) { return ___memmove(to, from, n); }
void bcopy(const void *from, void *to, size_t n) { ___memmove(to, from, n); }
void bzero(void *to, size_t n) { ___bzero(to, n); }

void *memset(void *to, int c, size_t n)
{
    ___memset(to, c, n);
    return to;
}

int memcmp(const void *a, const void *b, size_t n) { return __host_memcmp(a, b, n); }
int bcmp(const void *a, const void *b, size_t n) { return memcmp(a, b, n); }

void *memchr(const void *s, int c, size_t n) { return __host_memchr(s, c, n); }

void *memccpy(void *restrict to, const void *restrict from, int c, size_t n)
{
    unsigned char *d = to;
    const unsigned char *s = from;
    while (n-- > 0)
        if ((*d++ = *s++) == (unsigned char)c)
            return d;
    return NULL;
}

void swab(const void *restrict from, void *restrict to, ssize_t n)
{
    const char *s = from;
    char *d = to;
    for (; n > 1; n -= 2, s += 2, d += 2) {
        char first = s[0];
        d[0] = s[1];
        d[1] = first;
    }
}
