/* search.c -- spans, sub-strings, tokens. */
#include <string.h>

struct byte_set { unsigned long bits[256 / (8 * sizeof(long))]; };

static struct byte_set set_of(const char *s)
{
    struct byte_set set = { { 0 } };
    for (; *s; s++)
        set.bits[(unsigned char)*s / (8 * sizeof(long))] |= 1ul << (unsigned char)*s % (8 * sizeof(long));
    return set;
}

static int in_set(const struct byte_set *set, char c)
{
    return set->bits[(unsigned char)c / (8 * sizeof(long))] >> (unsigned char)c % (8 * sizeof(long)) & 1;
}

size_t strspn(const char *s, const char *accept)
{
    struct byte_set set = set_of(accept);
    size_t n = 0;
    while (s[n] && in_set(&set, s[n]))
        n++;
    return n;
}

size_t strcspn(const char *s, const char *reject)
{
    struct byte_set set = set_of(reject);
    size_t n = 0;
    while (s[n] && !in_set(&set, s[n]))
        n++;
    return n;
}

char *strpbrk(const char *s, const char *accept)
{
    s += strcspn(s, accept);
    return *s ? (char *)s : NULL;
}

/* Two-way would be linear; this is quadratic only for patterns that nearly match everywhere. */
char *strstr(const char *s, const char *what)
{
    size_t n = strlen(what);
    if (n == 0)
        return (char *)s;
    for (; (s = strchr(s, what[0])); s++)
        if (strncmp(s, what, n) == 0)
            return (char *)s;
    return NULL;
}

char *strtok_r(char *restrict s, const char *restrict separators, char **restrict rest)
{
    if (!s)
        s = *rest;
    s += strspn(s, separators);
    if (!*s) {
        *rest = s;
        return NULL;
    }
    char *end = s + strcspn(s, separators);
    if (*end)
        *end++ = '\0';
    *rest = end;
    return s;
}

char *strtok(char *restrict s, const char *restrict separators)
{
    static char empty[1], *rest = empty;
    return strtok_r(s, separators, &rest);
}

char *strsep(char **s, const char *separators)
{
    char *token = *s;
    if (!token)
        return NULL;
    char *end = token + strcspn(token, separators);
    *s = *end ? end + 1 : NULL;
    *end = '\0';
    return token;
}
