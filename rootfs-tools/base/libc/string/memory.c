/* memory.c -- memory functions; moving and filling is the host's work, through milicode. */
#include <string.h>
#include "milicode.h"
#include "word_bytes.h"

void *memmove(void *to, const void *from, size_t n) { return ___memmove(to, from, n); }
void *memcpy(void *restrict to, const void *restrict from, size_t n) { return ___memmove(to, from, n); }
void bcopy(const void *from, void *to, size_t n) { ___memmove(to, from, n); }
void bzero(void *to, size_t n) { ___bzero(to, n); }

void *memset(void *to, int c, size_t n)
{
    ___memset(to, c, n);
    return to;
}

#ifdef __64BIT__
/* By words: big-endian, so word order is byte order. */
int memcmp(const void *a, const void *b, size_t n)
{
    const unsigned char *p = a, *q = b;
    for (; n >= sizeof(long); n -= sizeof(long), p += sizeof(long), q += sizeof(long)) {
        unsigned long x = *(const unsigned long *)p, y = *(const unsigned long *)q;
        if (x != y)
            return x < y ? -1 : 1;
    }
    for (; n > 0; n--, p++, q++)
        if (*p != *q)
            return *p - *q;
    return 0;
}
#else
int memcmp(const void *a, const void *b, size_t n) { return ___memcmp(a, b, n); }
#endif

int bcmp(const void *a, const void *b, size_t n) { return memcmp(a, b, n); }

void *memchr(const void *s, int c, size_t n)
{
    const unsigned char *p = s, *end = p + n;
    unsigned long all = ONES * (unsigned char)c;
    for (; p < end && (unsigned long)p % sizeof(long); p++)
        if (*p == (unsigned char)c)
            return (void *)p;
    while (end - p >= (long)sizeof(long) && !HAS_ZERO(*(const unsigned long *)p ^ all))
        p += sizeof(long);
    for (; p < end; p++)
        if (*p == (unsigned char)c)
            return (void *)p;
    return NULL;
}

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
