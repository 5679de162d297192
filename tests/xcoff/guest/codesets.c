/* codesets.c -- iconv: every single and a sample of other characters of some code sets, there and back; broken and cut off input. Expected:
 * the same source natively (glibc); characters that glibc maps otherwise are left out here, so are unconvertible ones, where AIX
 * substitutes. */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

static unsigned sum(const char *s, size_t n)
{
    unsigned h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

/* What `from` makes of the bytes; -1 with the reason when it refuses. */
static int convert(const char *to, const char *from, const char *in, size_t n, char *out, size_t room, size_t *left)
{
    iconv_t c = iconv_open(to, from);
    char *s = (char *)in, *d = out;
    size_t space = room, result;
    if (c == (iconv_t)-1)
        return -2;
    result = iconv(c, &s, &n, &d, &space);
    *left = n;
    iconv_close(c);
    return result == (size_t)-1 ? -1 : (int)(room - space);
}

static void all_bytes(const char *set)
{
    unsigned h = 0;
    int count = 0, round = 0;
    for (int b = 1; b < 256; b++) {
        char in = (char)b, out[8], back[8];
        size_t left;
        int n = convert("UTF-8", set, &in, 1, out, sizeof out, &left);
        if (n <= 0)
            continue;
        h = h * 31 + sum(out, (size_t)n);
        count++;
        round += convert(set, "UTF-8", out, (size_t)n, back, sizeof back, &left) == 1 && back[0] == in;
    }
    printf("%s: %d characters, %08x, %d come back\n", set, count, h, round);
}

static void text(const char *set, const char *utf8)
{
    char out[64], back[64];
    size_t left;
    int n = convert(set, "UTF-8", utf8, strlen(utf8), out, sizeof out, &left);
    printf("%s:", set);
    for (int i = 0; i < n; i++)
        printf(" %02x", (unsigned char)out[i]);
    int m = n > 0 ? convert("UTF-8", set, out, (size_t)n, back, sizeof back, &left) : -1;
    printf(" %d\n", m == (int)strlen(utf8) && memcmp(back, utf8, (size_t)m) == 0);
}

static void refused(const char *from, const char *in, size_t n, size_t room)
{
    char out[64];
    size_t left;
    errno = 0;
    int made = convert("UTF-8", from, in, n, out, room, &left);
    const char *why = errno == EILSEQ ? "EILSEQ" : errno == EINVAL ? "EINVAL" : errno == E2BIG ? "E2BIG" : "-";
    printf("%s %d %s, %zu left\n", from, made, why, left);
}

int main(void)
{
    static const char *const single[] = { "ISO8859-1", "ISO8859-2", "ISO8859-5", "ISO8859-7", "ISO8859-9", "ISO8859-15", "IBM-850",
                                          "IBM-037", "IBM-500", "IBM-1047", "KOI8-R", "CP1252", "IBM-437" };
    static const char japanese[] = "\346\227\245\346\234\254\350\252\236 kana \343\201\213";
    for (unsigned i = 0; i < sizeof single / sizeof *single; i++)
        all_bytes(single[i]);
    text("EUC-JP", japanese);
    text("EUC-JP", "\344\270\202\344\270\204");                         /* of its third set */
    text("SJIS", japanese);
    text("EUC-KR", "\355\225\234\352\265\255\354\226\264");
    text("GBK", "\344\270\255\346\226\207\345\255\227");
    text("BIG5", "\344\270\255\346\226\207\345\255\227\345\212\237");
    text("UTF-16BE", "a\303\244\342\202\254\360\235\204\236");
    text("UTF-16LE", "a\303\244\342\202\254\360\235\204\236");
    text("UCS-4", "a\360\235\204\236");
    refused("UTF-8", "ab\377cd", 5, 64);
    refused("UTF-8", "ab\303", 3, 64);
    refused("UTF-8", "ab\355\240\200", 5, 64);
    refused("UTF-8", "ab\300\200", 4, 64);
    refused("EUC-JP", "a\244", 2, 64);
    refused("EUC-JP", "a\244 ", 3, 64);
    refused("ISO8859-1", "abc\344", 4, 4);
    refused("UTF-16BE", "\0a\334\0", 4, 64);
    refused("UTF-16", "\377\376a\0b\0", 6, 64);
    printf("%d\n", iconv_open("UTF-8", "no such set") == (iconv_t)-1 && errno == EINVAL);
    return 0;
}
