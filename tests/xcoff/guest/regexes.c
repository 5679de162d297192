/* regexes.c -- regcomp, regexec, regerror, regfree. Expected: the same source with the host's C library (glibc 2.36),
 * which is why no row is here of what glibc is known to do otherwise than POSIX says: an earlier group's length before
 * a later one's, ^ after a newline that was matched, ^ and empty passes within repetitions, groups of earlier passes.
 * Answers to those, and to patterns that make matchers run for ever, are in the source: checked there, not printed. */
#define _GNU_SOURCE
#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *error_name(int e)
{
    static const struct {
        int code;
        const char *name;
    } names[] = {
        { 0, "ok" },
        { REG_NOMATCH, "NOMATCH" },
        { REG_BADPAT, "BADPAT" },
        { REG_ECOLLATE, "ECOLLATE" },
        { REG_ECTYPE, "ECTYPE" },
        { REG_EESCAPE, "EESCAPE" },
        { REG_ESUBREG, "ESUBREG" },
        { REG_EBRACK, "EBRACK" },
        { REG_EPAREN, "EPAREN" },
        { REG_EBRACE, "EBRACE" },
        { REG_BADBR, "BADBR" },
        { REG_ERANGE, "ERANGE" },
        { REG_ESPACE, "ESPACE" },
        { REG_BADRPT, "BADRPT" },
#ifdef REG_ERPAREN
        { REG_ERPAREN, "EPAREN" },
#endif
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == e)
            return names[i].name;
    return "?";
}

/* E extended, I any case, N newlines, S no subexpressions; b not at the line's beginning, e not at its end. */
static int flag(const char *flags, char letter, int value) { return strchr(flags, letter) ? value : 0; }

static void answer(char *out, const char *flags, const char *pattern, const char *string)
{
    regex_t re;
    regmatch_t m[10];
    int error = regcomp(&re, pattern,
                        flag(flags, 'E', REG_EXTENDED) | flag(flags, 'I', REG_ICASE) | flag(flags, 'N', REG_NEWLINE) |
                            flag(flags, 'S', REG_NOSUB));
    if (error) {
        strcpy(out, error_name(error));
        return;
    }
    memset(m, 0x55, sizeof m);
    error = regexec(&re, string, 10, m, flag(flags, 'b', REG_NOTBOL) | flag(flags, 'e', REG_NOTEOL));
    if (error || strchr(flags, 'S'))
        strcpy(out, error_name(error));
    else
        for (size_t i = 0; i <= re.re_nsub && i < 10; i++)
            out += m[i].rm_so < 0 ? sprintf(out, "(?)") : sprintf(out, "(%ld,%ld)", (long)m[i].rm_so, (long)m[i].rm_eo);
    regfree(&re);
}

static const char *shown(const char *s)
{
    static char text[2][200];
    static int turn;
    char *to = text[turn ^= 1];
    for (; *s; s++) {
        if (*s == '\n')
            *to++ = '\\';
        *to++ = *s == '\n' ? 'n' : *s;
    }
    *to = 0;
    return text[turn];
}

struct row {
    const char *flags, *pattern, *string;
};

static const struct row rows[] = {
    /* characters, any character, quoting */
    { "", "abc", "xabcy" },
    { "", "abc", "xaby" },
    { "", "", "abc" },
    { "E", "", "" },
    { "", "a.c", "abca\nc" },
    { "N", "a.c", "a\nc" },
    { "", "a.c", "a\nc" },
    { "", "a\\.c", "abca.c" },
    { "E", "a\\*c", "a*c" },
    { "", "a\\*c", "a*c" },
    { "E", "\\(a\\)", "(a)" },
    { "", "(a)", "x(a)" },
    { "", "a+b?", "aaba+b?" },
    { "", "a|b", "a|b" },
    { "", "a{1}", "a{1}" },
    { "E", "a\\|b", "a|b" },
    { "E", "a\\{1}", "a{1}" },
    { "E", "[.]\\.", "a..b" },
    { "", "\\", "" },
    { "E", "a\\", "" },
    { "E", "\\^a\\$", "^a$" },
    { "", "a]b}", "a]b}" },
    { "E", "a]b", "a]b" },
    { "", "\\[x\\]", "[x]" },
    { "E", "abcdefghij", "abcdefghiabcdefghij" },
    { "", "aaab", "aaaaaaab" },
    { "E", "\\\\", "a\\b" },
    { "", "a\\\\b", "a\\b" },
    /* anchors */
    { "", "^ab", "abab" },
    { "", "^ab", "cab" },
    { "", "ab$", "abab" },
    { "", "^$", "" },
    { "", "^$", "a" },
    { "", "a^b", "a^b" },
    { "", "a$b", "a$b" },
    { "", "^*a", "*a" },
    { "", "*a", "*a" },
    { "", "\\(*a\\)", "*a" },
    { "", "\\(^a\\)", "ba" },
    { "", "\\(^a\\)", "ab" },
    { "", "\\(a$\\)", "ba" },
    { "b", "^a", "a" },
    { "e", "a$", "a" },
    { "b", "a", "a" },
    { "E", "^^a$$", "a" },
    { "E", "a^b", "a^b" },
    { "E", "(^a|b)c", "acbc" },
    { "E", "(^|b)c", "abc" },
    { "E", "a($|b)", "ab" },
    { "E", "^a|b$", "cab" },
    { "N", "^b", "a\nb" },
    { "N", "a$", "a\nb" },
    { "", "^b", "a\nb" },
    { "Nb", "^b", "b\nb" },
    { "Ne", "a$", "a\na" },
    { "N", "^$", "a\n\nb" },
    { "EN", "a[^x]b", "a\nb" },
    { "EN", "a[^x\n]?b", "a\nb" },
    { "E", "a[^x]b", "a\nb" },
    { "EN", "a\nb", "a\nb" },
    { "EN", "^(.*)$", "one\ntwo" },
    { "E", "^(.*)$", "one\ntwo" },
    { "EN", "[a\n]+", "xa\na" },
    /* repetition */
    { "", "ab*c", "ac" },
    { "", "ab*c", "xabbbc" },
    { "E", "ab+c", "acabc" },
    { "E", "ab?c", "abbcabc" },
    { "E", "a*", "baa" },
    { "E", "a+", "baa" },
    { "", "a\\{2\\}", "baaa" },
    { "", "a\\{2,\\}", "baaaa" },
    { "", "a\\{1,2\\}b", "aaab" },
    { "E", "a{2}", "aaa" },
    { "E", "a{0}b", "ab" },
    { "E", "a{0,1}b", "aab" },
    { "E", "a{2,3}", "aaaa" },
    { "E", "(ab){2}", "abababa" },
    { "E", "(ab){2,}c", "ababababc" },
    { "E", "(a|b){3}", "abba" },
    { "E", ".*c", "abcabcab" },
    { "E", "[ab]*c", "abxabc" },
    { "E", "(a*)(a*)", "aaa" },
    { "E", "(a*)(a+)", "aaa" },
    { "E", "(a?)(a{0,2})(a*)", "aaaaa" },
    { "", "\\(ab\\)*c", "abababc" },
    { "", "\\(a\\{1,2\\}\\)\\{2\\}", "aaaa" },
    { "E", "a{1,255}b", "aaab" },
    { "E", "(a{2}){2}", "aaaaa" },
    { "E", "x{1}{2}", "xxx" },
    { "E", "a**b", "aab" },
    { "E", "(a+)+b", "aaab" },
    { "E", "a?{2}b", "aab" },
    { "E", "*a", "" },
    { "E", "+a", "" },
    { "E", "?", "" },
    { "E", "a|*b", "" },
    { "E", "(*a)", "" },
    { "E", "(+)", "" },
    { "E", "{1}a", "" },
    { "", "\\{1\\}", "" },
    { "E", "a{2,1}", "" },
    { "E", "a{1", "" },
    { "E", "a{1,", "" },
    { "E", "a{1a}", "" },
    { "", "a\\{1", "" },
    { "", "a\\{1a\\}", "" },
    { "", "a\\{2,1\\}", "" },
    { "", "a\\{x\\}", "" },
    /* alternatives, groups */
    { "E", "ab|cd", "xcdab" },
    { "E", "a|ab|abc", "abcd" },
    { "E", "(ab|a)(bcd|c)(d*)", "abcd" },
    { "E", "(a)(b)?(c)", "ac" },
    { "E", "((a)(b)?)+", "a" },
    { "E", "((a)|(b))c", "bc" },
    { "E", "(a|b)*c|(a|ab)*c", "abc" },
    { "E", "(a|b)*", "abab" },
    { "E", "(week|wee)(knights|night)", "weeknights" },
    { "E", "(xy|x)(yz|z)?(.*)", "xyzw" },
    { "E", "(a(b(c(d))))", "abcd" },
    { "E", "a()b", "ab" },
    { "E", "(|a)b", "ab" },
    { "E", "(a|)b", "b" },
    { "E", "a||b", "b" },
    { "E", "()", "" },
    { "E", "(a*)*", "b" },
    { "E", "(a*)+", "b" },
    { "E", "(a*|b)*", "aabb" },
    { "E", "(a+|b)*", "aabb" },
    { "E", "(a+|b){0,}", "ab" },
    { "E", "(a+|b)?", "ab" },
    { "", "\\(a*\\)*", "aaa" },
    { "E", "(([a-z]+)_?)+", "one_two_three" },
    { "E", "([^,]*),([^,]*),([^,]*)", "a,,bcd,e" },
    { "E", "^([0-9]+)\\.([0-9]+)(\\.([0-9]+))?$", "10.25" },
    { "E", "^([0-9]+)\\.([0-9]+)(\\.([0-9]+))?$", "10.25.3" },
    { "E", "(.*)(.)", "abc" },
    { "E", "(.)(.*)", "abc" },
    { "E", "(.*)b(.*)", "abcb" },
    { "E", "(a|b)?c", "c" },
    { "E", "x(a|b)?c", "xbc" },
    { "E", "a*(a|aa)", "aaaa" },
    { "E", "a*(a|b)(aa|b)?", "aaab" },
    { "E", "(ab*)(b*)", "abbb" },
    { "E", "(ab*)(b+)", "abbb" },
    { "E", "((ab)*c|ab)(c*)", "ababcc" },
    { "E", "(a)(b)(c)(d)(e)(f)(g)(h)(i)", "abcdefghi" },
    { "E", "(a", "" },
    { "E", "a)", "" },
    { "", "\\(a", "" },
    { "", "a\\)", "" },
    { "E", "(a))", "" },
    { "ES", "(a)b", "ab" },
    { "ES", "(a)b", "ac" },
    { "E", "(a|b", "" },
    { "E", "http://([^/:]+)(:([0-9]+))?(/.*)?", "see http://h.org:80/x/y" },
    { "E", "^[ \t]*([A-Za-z_]+)[ \t]*=[ \t]*(.*)$", "  key = value of it" },
    /* bracket expressions */
    { "", "[abc]", "xc" },
    { "", "[^abc]", "abcx" },
    { "", "[a-c]x", "bx" },
    { "", "[]a]*", "]a]" },
    { "", "[^]a]", "]ab" },
    { "", "[a-]", "-" },
    { "", "[-a]", "-" },
    { "", "[%--]", "," },
    { "", "[--/]", "." },
    { "", "[a\\]]", "\\]" },
    { "", "[\\]x", "\\x" },
    { "", "[*.[]", "[" },
    { "", "[[:digit:]]*", "12a" },
    { "E", "[[:alpha:]_][[:alnum:]_]*", "9a_1 b" },
    { "", "[^[:space:]]*", "ab c" },
    { "E", "[[:upper:]][[:lower:]]+", "aXyz" },
    { "E", "[[:xdigit:]]+", "xyzBEEF" },
    { "E", "[[:punct:]]+", "a!?b" },
    { "E", "[[:blank:][:digit:]]+", "a 1\t2b" },
    { "E", "[[:cntrl:]]", "a\tb" },
    { "E", "[[:print:]]+", "\tab\t" },
    { "", "[[=a=]b]*", "abc" },
    { "", "[[.a.]-c]*", "abcd" },
    { "", "[[.-.]x]*", "-x" },
    { "", "[b-a]", "" },
    { "", "[a", "" },
    { "", "[]", "" },
    { "", "[^]", "" },
    { "", "[[:foo:]]", "" },
    { "", "[[:alpha:]", "" },
    { "", "[[.xy.]]", "" },
    { "", "[a-[=c=]]", "" },
    { "E", "[a-c]{2}[^x]", "abz" },
    { "E", "[[]x]", "[x]" },
    { "E", "[a-z]+[0-9]", "ab1" },
    /* any case */
    { "I", "abc", "xAbC" },
    { "EI", "[a-c]+", "xABCd" },
    { "EI", "[^a]b", "AbCB" },
    { "EI", "[[:upper:]]+", "abC" },
    { "I", "Z", "z" },
    { "EI", "(ab)+C", "aBAbc" },
    { "I", "\\(a\\)\\1", "xaA" },
    /* back references */
    { "", "\\(a*\\)b\\1", "aabaa" },
    { "", "\\(a*\\)b\\1", "aaba" },
    { "", "\\(.\\)\\1", "abccd" },
    { "", "^\\(.*\\)\\1$", "abcabc" },
    { "", "^\\(.*\\)\\1$", "abcab" },
    { "", "\\(a\\)\\(b\\)\\2\\1", "xabba" },
    { "", "\\(\\(a\\)b\\)\\2", "aba" },
    { "", "\\(a\\)\\{2\\}\\1", "aaa" },
    { "", "\\([a-c]\\)x\\1\\1", "axabxbb" },
    { "", "\\([ab]*\\)c\\1d", "abcbabcabd" },
    { "", "\\(a*\\)\\1", "aaaaa" },
    { "", "\\1", "" },
    { "", "\\(a\\)\\2", "" },
    { "", "\\(a\\1\\)", "" },
    { "", "\\([a-z]*\\) \\1", "the the cat" },
    { "", "\\(.\\)\\(.\\)\\2\\1", "noon otto" },
};

static const struct row utf8_rows[] = {
    { "", ".", "\u00e9x" },
    { "E", "^.{3}$", "a\u00e9\u4e00" },
    { "E", "[^a]", "\u00e9" },
    { "EI", "\u00c9t\u00e9", "\u00e9T\u00c9" },
    { "E", "([[:alpha:]]+)", "1\u00e9\u00df2" },
    { "E", "\u00e9{2}", "\u00e9\u00e9\u00e9" },
    { "E", "(.)(.*)", "\u4e00\u4e8c\u4e09" },
    { "", "\\(.\\)\\1", "a\u00e9\u00e9" },
    { "E", "[a\u00e9]|\u4e00", "x\u4e00" },
    { "E", "[[:upper:]][[:lower:]]", "\u00c9\u00e9" },
};

static void show(const struct row *rows, size_t n)
{
    char out[200];
    for (size_t i = 0; i < n; i++) {
        answer(out, rows[i].flags, rows[i].pattern, rows[i].string);
        printf("%s /%s/ '%s' %s\n", rows[i].flags, shown(rows[i].pattern), shown(rows[i].string), out);
    }
}

struct rule {
    struct row row;
    const char *answer;
};

/* The rules of POSIX where glibc has others [XBD 9.1, 9.3.6, 9.4.9; XSH regcomp]. */
static const struct rule rules[] = {
    { { "E", "(a|ab)(c|bcd)(d*)", "abcd" }, "(0,4)(0,2)(2,3)(3,4)" }, /* the first group is as long as it can be */
    { { "E", "(foo|foobar)(bar|rab)?", "foobar" }, "(0,6)(0,6)(?)" },
    { { "E", "(.|..)(.|..)", "abc" }, "(0,3)(0,2)(2,3)" },
    { { "E", "a.^", "a\nb" }, "NOMATCH" }, /* ^ only at the beginning without REG_NEWLINE */
    { { "E", "(^a|b){2}", "ab" }, "(0,2)(1,2)" },
    { { "E", "((a)|(b))*", "ab" }, "(0,2)(1,2)(?)(1,2)" }, /* groups tell of the last pass */
    { { "E", "((a)|b)*", "ab" }, "(0,2)(1,2)(?)" },
    { { "E", "(a*){2}", "a" }, "(0,1)(1,1)" }, /* a pass that the count demands may be empty */
    { { "", "\\(a*\\)\\{2,\\}\\1b", "b" }, "(0,1)(0,0)" },
    { { "E", "(^)*a", "a" }, "(0,1)(0,0)" }, /* an empty pass that is the only one counts */
    { { "I", "[X-z]", "a" }, "(0,1)" },
    { { "E", "a{256}", "" }, "BADBR" }, /* RE_DUP_MAX is 255 */
};

/* By Unicode's numbers; glibc 2.36 refuses them in C.UTF-8. */
static const struct rule utf8_rules[] = {
    { { "E", "[\u00e0-\u00ef]+", "x\u00e8\u00e9y" }, "(1,5)" },
    { { "EI", "[\u0391-\u0393]+", "\u03b1\u03b2\u03b3" }, "(0,6)" },
    { { "E", "[[=\u00e9=]]", "\u00e9" }, "(0,2)" },
};

static void check(const struct rule *rule, size_t n)
{
#ifdef _AIX
    char out[200];
    for (size_t i = 0; i < n; i++) {
        answer(out, rule[i].row.flags, rule[i].row.pattern, rule[i].row.string);
        if (strcmp(out, rule[i].answer) != 0)
            printf("/%s/ '%s': %s, not %s\n", rule[i].row.pattern, shown(rule[i].row.string), out, rule[i].answer);
    }
#endif
}

/* What makes other matchers run for ever ends soon, with an answer or REG_ESPACE. */
static void hostile(void)
{
#ifdef _AIX
    static const struct { const char *flags, *pattern; int length; const char *answer;
    } traps[] = {
        { "E", "(a*)*b", 2000, "NOMATCH" },
        { "E", "(a|aa)*b", 2000, "NOMATCH" },
        { "E", "((((((a+)+)+)+)+)+)+b", 500, "NOMATCH" },
        { "E", "((a{0,255}){0,255}){0,255}", 9, "ESPACE" },
        { "E", "a?{30}a{30}", 30, "(0,30)" },
        { "", "\\(a*\\)*\\(a*\\)*\\1\\2\\1b", 3000, "ESPACE" },
        { "E", "(x+x+)+y|(a?){50}", 50, "(0,50)(?)(49,50)" },
    };
    static char text[4096], out[200], deep[4096];
    for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) {
        memset(text, 'a', (size_t)traps[i].length);
        text[traps[i].length] = 0;
        answer(out, traps[i].flags, traps[i].pattern, text);
        if (strcmp(out, traps[i].answer) != 0)
            printf("%s: %s, not %s\n", traps[i].pattern, out, traps[i].answer);
    }
    memset(deep, '(', 2000);
    answer(out, "E", deep, "");
    printf("deep: %s\n", out);
    memset(deep + 1, '?', 3000);
    deep[0] = 'a';
    answer(out, "E", deep, "");
    printf("long: %s\n", out);
#else
    puts("deep: ESPACE\nlong: ESPACE");
#endif
}

static void texts(void)
{
    regex_t re;
    char all[200], part[5];
    int error = regcomp(&re, "[", 0);
    size_t need = regerror(error, &re, all, sizeof all), same = regerror(error, &re, NULL, 0);
    printf("%d %d ", need == strlen(all) + 1, need == same);
    regerror(error, &re, part, sizeof part);
    printf("%d %d\n", strlen(part) == 4, strncmp(part, all, 4) == 0);
}

static void few_matches(void)
{
    regex_t re;
    regmatch_t m[2] = { { -7, -7 }, { -7, -7 } };
    printf("%d ", regcomp(&re, "(a)(b)", REG_EXTENDED));
    printf("%d ", regexec(&re, "ab", 1, m, 0));
    printf("%ld %ld %ld %d ", (long)m[0].rm_so, (long)m[0].rm_eo, (long)m[1].rm_so, (int)re.re_nsub);
    printf("%d\n", regexec(&re, "ab", 0, NULL, 0));
    regfree(&re);
}

int main(void)
{
    show(rows, sizeof rows / sizeof *rows);
    texts();
    few_matches();
    check(rules, sizeof rules / sizeof *rules);
    hostile();
    if (!setlocale(LC_ALL, "C.UTF-8"))
        return 1;
    show(utf8_rows, sizeof utf8_rows / sizeof *utf8_rows);
    check(utf8_rules, sizeof utf8_rules / sizeof *utf8_rules);
    return 0;
}
