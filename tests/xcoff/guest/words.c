/* words.c -- crypt, encrypt, wordexp, fmtmsg, getdate, asprintf. Expected: the same source natively (cc words.c -lcrypt), the crypt
 * answers of libxcrypt among it. */
#define _GNU_SOURCE
#include <crypt.h>
#include <errno.h>
#include <fmtmsg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wordexp.h>

static void passwords(void)
{
    static const char *const tries[][2] = {
        { "secret", "ab" }, { "", ".." }, { "longer than eight", "zZ" }, { "longer tdifferent", "zZ" }, { "\303\244\377", "9/" },
    };
    for (unsigned i = 0; i < sizeof tries / sizeof *tries; i++)
        printf("%s\n", crypt(tries[i][0], tries[i][1]));
    errno = 0;
    const char *bad = crypt("x", "!!");
    printf("%d\n", (!bad || *bad == '*') && errno == EINVAL);
}

#ifdef _AIX
#define DES(key, block, way) (setkey(key), encrypt(block, way))
#else                           /* withdrawn from headers elsewhere: the block below is FIPS 46-3's worked example */
#define DES(key, block, way) memcpy(block, way ? plain : cipher, 64)
#endif

static void block_cipher(void)
{
    static const unsigned char k[8] = { 0x13, 0x34, 0x57, 0x79, 0x9B, 0xBC, 0xDF, 0xF1 };
    static const unsigned char p[8] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF };
    static const unsigned char c[8] = { 0x85, 0xE8, 0x13, 0x54, 0x0F, 0x0A, 0xB4, 0x05 };
    char key[64], plain[64], cipher[64], block[64];
    for (int i = 0; i < 64; i++) {
        key[i] = k[i / 8] >> (7 - i % 8) & 1;
        plain[i] = p[i / 8] >> (7 - i % 8) & 1;
        cipher[i] = c[i / 8] >> (7 - i % 8) & 1;
    }
    memcpy(block, plain, 64);
    DES(key, block, 0);
    printf("enciphered %d\n", memcmp(block, cipher, 64) == 0);
    DES(key, block, 1);
    printf("deciphered %d\n", memcmp(block, plain, 64) == 0);
}

static void show_words(const char *text, int flags)
{
    static const char *const reasons[] = { [WRDE_BADCHAR] = "bad character", [WRDE_BADVAL] = "bad value", [WRDE_CMDSUB] = "command",
                                           [WRDE_NOSPACE] = "no space", [WRDE_SYNTAX] = "syntax" };
    wordexp_t w;
    int why = wordexp(text, &w, flags);
    printf("%s:", text);
    if (why)
        printf(" %s", reasons[why]);
    for (size_t i = 0; !why && i < w.we_wordc; i++)
        printf(" <%s>", w.we_wordv[i]);
    printf("\n");
    if (!why)
        wordfree(&w);
}

/* What is found before a shell is asked: there need not be one here. */
static void words(void)
{
    show_words("$(echo x)", WRDE_NOCMD);
    show_words("a|b", 0);
    show_words("a; b", 0);
    show_words("\"open", 0);
    show_words("x `echo z`", WRDE_NOCMD);
    show_words("x)", 0);
    show_words("$((1 + ", 0);
}

static void dates(void)
{
    char name[32];
    snprintf(name, sizeof name, "templates.%d", (int)getpid());
    FILE *f = fopen(name, "w");
    fputs("%m/%d/%y %H:%M:%S\n%d.%m.%Y\n%H:%M %d.%m.%Y\n", f);
    fclose(f);
    unsetenv("DATEMSK");
    printf("%d", getdate("1.1.2000") == NULL && getdate_err == 1);
    setenv("DATEMSK", name, 1);
    setenv("TZ", "UTC0", 1);
    struct tm *t = getdate("02/29/96 12:34:56");
    printf(" %s", t ? asctime(t) : "none\n");
    t = getdate("17:05 3.4.2007");
    printf("%s", t ? asctime(t) : "none\n");
    t = getdate("what");
    printf("%d %d\n", t == NULL, getdate_err);
    t = getdate("30.02.2001");
    printf("%d %d\n", t == NULL, getdate_err);
    remove(name);
}

int main(void)
{
    char *text;
    passwords();
    block_cipher();
    words();
    dates();
    fflush(stdout);
    dup2(1, 2);
    int n = asprintf(&text, "%s-%d-%5.2f", "abc", 42, 3.14159);
    printf("%d %s\n", n, text);
    free(text);
    fflush(stdout);
    dprintf(1, "%08.3f|%-6s|\n", -2.5, "dp");
    fmtmsg(MM_PRINT, "UTIL:cat", MM_ERROR, "invalid option", "refer to the manual", "cat:001");
    unsetenv("MSGVERB");
    fmtmsg(MM_PRINT, MM_NULLLBL, MM_WARNING, "only text", MM_NULLACT, MM_NULLTAG);
    setenv("MSGVERB", "text:action", 1);
    return 0;
}
