/* getopt_long.c -- long options, after the GNU library's manual ("Getopt Long Options"): words that are no options are moved behind all
 * options, unless the letters begin with '+' or POSIXLY_CORRECT is set; '-' gives them back as arguments of option 1; "x::" is a letter
 * with an argument that only stands in the same word; names may be shortened as long as they are unambiguous.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum order { PERMUTE, STOP, RETURN };

static struct {
    const char *inside;         /* rest of a word of several letters */
    int from, to;               /* words [from, to) were passed over; options that follow go before them */
} state;

static int is_option(const char *word) { return word[0] == '-' && word[1]; }

static void reverse(char **v, int from, int to)
{
    for (to--; from < to; from++, to--) {
        char *word = v[from];
        v[from] = v[to];
        v[to] = word;
    }
}

/* [from, to) [to, optind) become [options] [passed over]. */
static void move_passed_over(char *const *argv)
{
    char **v = (char **)argv;
    if (state.from < state.to && state.to < optind) {
        reverse(v, state.from, state.to);
        reverse(v, state.to, optind);
        reverse(v, state.from, optind);
    }
    state.from += optind - state.to;
    state.to = optind;
}

static int finish(char *const *argv)
{
    move_passed_over(argv);
    optind = state.from;
    return -1;
}

static void complain(const char *program, const char *letters, const char *text, const char *name, int length)
{
    if (opterr && *letters != ':')
        fprintf(stderr, "%s: %s '%.*s'\n", program, text, length, name);
}

/* The option that `name` is or begins as no other does; -1 none, -2 several. */
static int find_long(const struct option *options, const char *name, size_t length)
{
    int found = -1;
    for (int i = 0; options[i].name; i++) {
        if (strncmp(options[i].name, name, length) != 0)
            continue;
        if (options[i].name[length] == '\0')
            return i;
        if (found >= 0 && (options[found].has_arg != options[i].has_arg || options[found].flag != options[i].flag ||
                           options[found].val != options[i].val))
            return -2;
        if (found < 0)
            found = i;
    }
    for (int i = 0; found >= 0 && options[i].name; i++)         /* an exact name may follow what began alike */
        if (strncmp(options[i].name, name, length) == 0 && options[i].name[length] == '\0')
            return i;
    return found;
}

static int take_long(int argc, char *const *argv, const char *letters, const struct option *options, int *index, int dashes)
{
    const char *word = argv[optind++], *name = word + dashes, *value = strchr(name, '=');
    int length = (int)(value ? (size_t)(value - name) : strlen(name)), i = find_long(options, name, (size_t)length);
    optarg = NULL;
    optopt = 0;
    if (i < 0) {
        complain(argv[0], letters, i == -1 ? "unrecognized option" : "ambiguous option", word, dashes + length);
        return '?';
    }
    const struct option *o = &options[i];
    optopt = o->val;
    if (value && o->has_arg == no_argument) {
        complain(argv[0], letters, "argument not allowed for option", word, dashes + length);
        return '?';
    }
    if (value)
        optarg = (char *)value + 1;
    else if (o->has_arg == required_argument && optind < argc)
        optarg = argv[optind++];
    else if (o->has_arg == required_argument) {
        complain(argv[0], letters, "option requires an argument", word, dashes + length);
        return *letters == ':' ? ':' : '?';
    }
    if (index)
        *index = i;
    if (!o->flag)
        return o->val;
    *o->flag = o->val;
    return 0;
}

static int take_letter(int argc, char *const *argv, const char *letters, const struct option *options, int *index)
{
    int letter = (unsigned char)*state.inside++;
    const char *found = letter == ':' || letter == ';' ? NULL : strchr(letters, letter);
    const char *rest = state.inside;
    if (!*rest) {
        state.inside = NULL;
        optind++;
    }
    optarg = NULL;
    optopt = letter;
    if (!found) {
        complain(argv[0], letters, "invalid option --", (char[]){ (char)letter, '\0' }, 1);
        return '?';
    }
    int long_by_letter = letter == 'W' && found[1] == ';' && options;
    if (found[1] != ':' && !long_by_letter)
        return letter;
    if (*rest) {
        state.inside = NULL;
        optarg = (char *)rest;
        optind++;
    } else if (found[2] != ':' || long_by_letter) {
        if (optind >= argc) {
            complain(argv[0], letters, "option requires an argument --", (char[]){ (char)letter, '\0' }, 1);
            return *letters == ':' ? ':' : '?';
        }
        optarg = argv[optind++];
    }
    if (!long_by_letter)
        return letter;
    optind--;                                           /* -W name: the word that the argument stands in, or is */
    return take_long(argc, argv, letters, options, index, (int)(optarg - argv[optind]));
}

static int next_word(int argc, char *const *argv, enum order order)
{
    move_passed_over(argv);
    if (order == PERMUTE) {
        while (optind < argc && !is_option(argv[optind]))
            optind++;
        state.to = optind;
    }
    return optind < argc;
}

static int getopt_any(int argc, char *const *argv, const char *letters, const struct option *options, int *index, int only)
{
    enum order order = *letters == '-' ? RETURN : *letters == '+' || getenv("POSIXLY_CORRECT") ? STOP : PERMUTE;
    letters += *letters == '-' || *letters == '+';
    if (optind == 0 || (optind == 1 && !state.inside && state.from > 1)) {      /* a new list of words */
        optind = 1;
        state.inside = NULL;
        state.from = state.to = 1;
    }
    if (state.to == 0)
        state.from = state.to = optind;
    if (state.inside && *state.inside)
        return take_letter(argc, argv, letters, options, index);
    if (!next_word(argc, argv, order))
        return finish(argv);
    const char *word = argv[optind];
    if (strcmp(word, "--") == 0) {
        optind++;
        return finish(argv);
    }
    if (!is_option(word)) {
        if (order == STOP)
            return finish(argv);
        optarg = argv[optind++];
        return 1;
    }
    if (options && word[1] == '-')
        return take_long(argc, argv, letters, options, index, 2);
    if (options && only && (word[2] || !strchr(letters, word[1])) &&
        (find_long(options, word + 1, strcspn(word + 1, "=")) != -1 || !strchr(letters, word[1])))
        return take_long(argc, argv, letters, options, index, 1);
    state.inside = word + 1;
    return take_letter(argc, argv, letters, options, index);
}

int getopt_long(int argc, char *const *argv, const char *letters, const struct option *options, int *index)
{
    return getopt_any(argc, argv, letters, options, index, 0);
}

int getopt_long_only(int argc, char *const *argv, const char *letters, const struct option *options, int *index)
{
    return getopt_any(argc, argv, letters, options, index, 1);
}
