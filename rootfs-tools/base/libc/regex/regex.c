/* regex.c -- regcomp, regexec, regerror, regfree [XSH regcomp]. Bytes in the C locale, characters where the locale is
 * UTF-8 when the expression is compiled. */
#include "program.h"
#include "locale_state.h"

#include <stdlib.h>
#include <string.h>

int regcomp(regex_t *restrict re, const char *restrict pattern, int flags)
{
    struct program *p = calloc(1, sizeof *p);
    memset(re, 0, sizeof *re);
    if (!p)
        return REG_ESPACE;
    p->utf8 = __libc_utf8 != 0;
    p->fold = (flags & REG_ICASE) != 0;
    p->newline = (flags & REG_NEWLINE) != 0;
    int error = __regex_parse(p, pattern, pattern + strlen(pattern), (flags & REG_EXTENDED) != 0, &re->re_erroff);
    if (!error)
        error = __regex_compile(p);
    if (error) {
        __regex_release(p);
        free(p);
        return error;
    }
    re->re_comp = p;
    re->re_cflags = flags;
    re->re_nsub = (size_t)p->groups;
    return 0;
}

void regfree(regex_t *re)
{
    if (!re->re_comp)
        return;
    __regex_release(re->re_comp);
    free(re->re_comp);
    re->re_comp = NULL;
}

int regexec(const regex_t *restrict re, const char *restrict string, size_t n, regmatch_t *restrict wanted, int flags)
{
    const struct program *p = re->re_comp;
    if (!p)
        return REG_BADPAT;
    if (re->re_cflags & REG_NOSUB)
        n = 0;
    struct subject s = { string, string + strlen(string), flags };
    regmatch_t *match = malloc(((size_t)p->groups + 1) * sizeof *match);
    if (!match)
        return REG_ESPACE;
    int error = p->back_references ? __regex_backtrack(p, &s, match) : __regex_span(p, &s, n == 0, match);
    if (!error && !p->back_references && n > 1 && p->groups > 0)
        error = __regex_groups(p, &s, match);
    for (size_t k = 0; !error && k < n; k++)
        wanted[k] = k <= (size_t)p->groups ? match[k] : (regmatch_t){ -1, -1 };
    free(match);
    return error;
}

size_t regerror(int error, const regex_t *restrict re, char *restrict buffer, size_t size)
{
    static const char *const texts[] = {
        "no error",
        "no match",
        "not a regular expression",
        "unknown collating element",
        "unknown character class",
        "backslash at the end",
        "no such group to refer to",
        "[ without ]",
        "parentheses do not match",
        "braces do not match",
        "not a repetition count between braces",
        "range ends before it begins",
        "out of memory, or too complex",
        "repetition of nothing",
        "invalid multibyte character",
        "^ is not at the beginning",
        "$ is not at the end",
        "not implemented",
    };
    const char *text = error >= 0 && error < (int)(sizeof texts / sizeof *texts) ? texts[error] : "unknown error";
    size_t length = strlen(text) + 1;
    if (size > 0) {
        size_t shown = length <= size ? length - 1 : size - 1;
        memcpy(buffer, text, shown);
        buffer[shown] = 0;
    }
    return length;
}
