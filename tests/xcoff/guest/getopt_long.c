/* getopt_long.c -- long options: permutation, '+' and '-', abbreviations, optional arguments, errors, a second list of words. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

static int flag;
static const struct option options[] = {
    { "all", no_argument, NULL, 'a' },         { "block-size", required_argument, NULL, 'B' },
    { "color", optional_argument, NULL, 'C' }, { "colour", optional_argument, NULL, 'C' },
    { "flag", no_argument, &flag, 7 },         { "all-of-it", no_argument, NULL, 'A' },
    { "bare", no_argument, NULL, 'b' },        { NULL, 0, NULL, 0 },
};

static void run(const char *title, int only, const char *letters, const char **words)
{
    int argc = 0, c, index = -1;
    while (words[argc])
        argc++;
    optind = 0;
    flag = 0;
    printf("%s:", title);
    while ((c = (only ? getopt_long_only : getopt_long)(argc, (char *const *)words, letters, options, &index)) != -1) {
        if (c == 0)
            printf(" [0 flag=%d]", flag);
        else if (c == 1 || c == '?' || c == ':')
            printf(" [%d", c), printf(" %s]", c == 1 ? optarg : "");
        else
            printf(" [%c %s]", c, optarg ? optarg : "-");
    }
    printf(" | optind %d:", optind);
    for (int i = optind; i < argc; i++)
        printf(" %s", words[i]);
    printf("\n");
}

#define WORDS(...) (const char *[]){ "prog", __VA_ARGS__, NULL }

int main(void)
{
    opterr = 0;
    run("permute", 0, "ab:c::", WORDS("one", "-a", "two", "-b", "value", "three", "--all", "--", "-a", "four"));
    run("stop", 0, "+ab:", WORDS("-a", "one", "-b", "value"));
    run("return", 0, "-ab:", WORDS("one", "-a", "two", "--color", "three"));
    run("cluster", 0, "ab:c::", WORDS("-aab", "value", "-c", "x", "-cjoined", "-bjoined"));
    run("equals", 0, "a", WORDS("--block-size=1024", "--block-size", "2048", "--color=always", "--color", "auto"));
    run("short names", 0, "a", WORDS("--col", "--bl", "5", "--all-o", "--all", "--fl"));
    run("ambiguous", 0, "a", WORDS("--b", "--colo=x", "rest"));
    run("unknown", 0, "a", WORDS("--nothing", "-x", "-a", "rest"));
    run("not allowed", 0, "a", WORDS("--all=1", "rest"));
    run("missing", 0, "a", WORDS("rest", "--block-size"));
    run("missing, colon", 0, ":b:", WORDS("-b"));
    run("only", 1, "ab:", WORDS("-all", "-a", "-flag", "-block-size", "9", "-b", "x", "rest"));
    setenv("POSIXLY_CORRECT", "1", 1);
    run("posix", 0, "ab:", WORDS("-a", "one", "-b", "value"));
    return 0;
}
