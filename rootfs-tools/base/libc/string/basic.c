/* basic.c -- length, copy, concatenation, comparison. */
#include <stdlib.h>
#include <string.h>
#include "milicode.h"

size_t strlen(const char *s) { return __host_strlen(s); }

size_t strnlen(const char *s, size_t n)
{
    const char *end = memchr(s, 0, n);
    return end ? (size_t)(end - s) : n;
}

char *stpcpy(char *restrict to, const char *restrict from)
{
    size_t n = strlen(from);
    memcpy(to, from, n + 1);
    return to + n;
}

char *stpncpy(char *restrict to, const char *restrict from, size_t n)
{
    size_t length = strnlen(from, n);
    memcpy(to, from, length);
    memset(to + length, 0, n - length);
    return to + length;
}

char *strcpy(char *restrict to, const char *restrict from)
{
    stpcpy(to, from);
    return to;
}

char *strncpy(char *restrict to, const char *restrict from, size_t n)
{
    stpncpy(to, from, n);
    return to;
}

char *strcat(char *restrict to, const char *restrict from)
{
    stpcpy(to + strlen(to), from);
    return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t n)
{
    size_t at = strlen(to), length = strnlen(from, n);
    memcpy(to + at, from, length);
    to[at + length] = '\0';
    return to;
}

int strcmp(const char *a, const char *b) { return ___strcmp(a, b); }

int strncmp(const char *a, const char *b, size_t n) { return __host_strncmp(a, b, n); }
char *strchr(const char *s, int c) { return __host_strchr(s, c); }
char *strrchr(const char *s, int c) { return __host_strrchr(s, c); }
char *index(const char *s, int c) { return strchr(s, c); }
char *rindex(const char *s, int c) { return strrchr(s, c); }

char *strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    char *copy = malloc(n);
    return copy ? memcpy(copy, s, n) : NULL;
}

char *strndup(const char *s, size_t n)
{
    size_t length = strnlen(s, n);
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    copy[length] = '\0';
    return memcpy(copy, s, length);
}

/* The C and POSIX locales collate by bytes. */
int strcoll(const char *a, const char *b) { return strcmp(a, b); }

size_t strxfrm(char *restrict to, const char *restrict from, size_t n)
{
    size_t length = strlen(from);
    if (length < n)
        memcpy(to, from, length + 1);
    return length;
}
