/* re_comp.c -- BSD's one compiled pattern [IBM's manual: re_comp]. */
#include <regex.h>
#include <stdlib.h>

static regex_t pattern;
static int compiled;

char *re_comp(const char *text)
{
    static char why[128];
    if (!text || !*text)
        return compiled ? NULL : "No previous regular expression";
    if (compiled)
        regfree(&pattern);
    int error = regcomp(&pattern, text, REG_NOSUB);
    compiled = error == 0;
    if (!error)
        return NULL;
    regerror(error, &pattern, why, sizeof why);
    return why;
}

int re_exec(const char *text) { return compiled ? regexec(&pattern, text, 0, NULL, 0) == 0 : -1; }
