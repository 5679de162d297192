/* strings_all.c -- string, memory and character functions at their edges. Expected: the same source natively (clang). */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static int sign(int v) { return (v > 0) - (v < 0); }

static void classes(void)
{
    int (*const of[])(int) = { isalnum, isalpha, isblank, iscntrl, isdigit, isgraph,
                               islower, isprint, ispunct, isspace, isupper, isxdigit };
    for (unsigned i = 0; i < sizeof of / sizeof *of; i++) {
        unsigned sum = 0, count = 0;
        for (int c = -1; c < 128; c++)
            if (of[i](c)) {
                sum = sum * 31 + (unsigned)c;
                count++;
            }
        printf("%u:%08x ", count, sum);
    }
    printf("%d %d %c%c\n", isascii(127) && !isascii(128), toascii(0xC1), toupper('q'), tolower('Q'));
}

static void memory(void)
{
    for (int align = 0; align < 8; align++)
        for (int n = 0; n < 70; n += 7) {
            char a[100], b[100];
            memset(a, 'a', sizeof a);
            memset(b, 'b', sizeof b);
            memcpy(a + align, b, (size_t)n);
            memmove(a + align + 3, a + align, (size_t)n);
            bcopy(a, b + align, (size_t)n);
            bzero(a + align, (size_t)n / 2);
            swab(b + align, a + 80, 6);
            if (n == 35)
                printf("%d%d%d ", memchr(b, 'a', sizeof b) != NULL, sign(memcmp(a, b, sizeof a)), bcmp(b, b, 10));
        }
    char to[20] = "....................";
    printf("%d %.20s\n", (int)((char *)memccpy(to, "hello, world", ',', 12) - to), to);
    printf("%d %d %d\n", memccpy(to, "abc", 'x', 3) == NULL, ffs(0), ffs(0x500));
}

static void searching(void)
{
    const char *s = "the quick brown fox";
    printf("%d %d %d %d\n", (int)(strchr(s, 'q') - s), (int)(strrchr(s, 'o') - s), strchr(s, 'z') == NULL, (int)(strchr(s, 0) - s));
    printf("%d %d %d\n", (int)(index(s, 'b') - s), (int)(rindex(s, 'x') - s), (int)(strstr(s, "brown") - s));
    printf("%d %d %d %d\n", strstr(s, "cow") == NULL, strstr(s, "") == s, (int)(strpbrk(s, "xyzk") - s), strpbrk(s, "XY") == NULL);
    printf("%zu %zu %zu %zu\n", strspn(s, "the "), strcspn(s, "q"), strspn(s, ""), strcspn(s, ""));
    printf("%zu %zu %zu\n", strlen(s), strnlen(s, 5), strnlen(s, 100));
}

static void comparing(void)
{
    static const char *const pairs[][2] = { { "", "" }, { "a", "" }, { "abc", "abd" }, { "abc", "ab" }, { "ABC", "abc" }, { "\377", "a" } };
    for (unsigned i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const char *a = pairs[i][0], *b = pairs[i][1];
        printf("%d%d%d%d%d%d ", sign(strcmp(a, b)), sign(strncmp(a, b, 2)), sign(strcasecmp(a, b)), sign(strncasecmp(a, b, 2)),
               sign(strcoll(a, b)), sign(memcmp(a, b, 1)));
    }
    char x[10], y[10];
    printf("%zu %d\n", strxfrm(x, "abc", sizeof x), sign(strcmp(x, (strxfrm(y, "abd", sizeof y), y))));
}

static void building(void)
{
    char t[32] = "", *rest, *s;
    strcat(strcpy(t, "one"), "two");
    strncat(t, "three", 2);
    printf("%s", t);
    memset(t, 'x', sizeof t);
    strncpy(t, "pad", 6);
    printf(" %d%d%d", t[3], t[5], t[6]);
    printf(" %d", (int)(stpcpy(t, "stp") - t));
    printf(" %d %s", (int)(stpncpy(t, "abcdef", 4) - t), strndup(t, 2));
    printf(" %s\n", s = strdup("copy"));
    free(s);
    strcpy(t, ",,a,,b;c");
    for (s = strtok(t, ",;"); s; s = strtok(NULL, ",;"))
        printf("<%s>", s);
    strcpy(t, "x y  z");
    for (s = strtok_r(t, " ", &rest); s; s = strtok_r(NULL, " ", &rest))
        printf("[%s]", s);
    strcpy(t, "k=v==w");
    rest = t;
    while ((s = strsep(&rest, "=")))
        printf("{%s}", s);
    printf("\n");
}

int main(void)
{
    classes();
    memory();
    searching();
    comparing();
    building();
    return 0;
}
