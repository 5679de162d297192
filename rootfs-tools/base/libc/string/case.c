/* case.c -- comparison without regard to case; the first set bit. */
#include <ctype.h>
#include <strings.h>

int strncasecmp(const char *a, const char *b, size_t n)
{
    for (; n > 0; n--, a++, b++) {
        int x = tolower((unsigned char)*a), y = tolower((unsigned char)*b);
        if (x != y || !x)
            return x - y;
    }
    return 0;
}

int strcasecmp(const char *a, const char *b) { return strncasecmp(a, b, (size_t)-1); }

int ffs(int v)
{
    for (int i = 0; i < 32; i++)
        if (v >> i & 1)
            return i + 1;
    return 0;
}
