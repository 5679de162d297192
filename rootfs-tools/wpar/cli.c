/* cli.c -- see cli.h. */
#include "rootfs-tools/wpar/cli.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/definition.h"

static void print_option(const struct cli_option *o)
{
    char left[60], letter[8] = "";
    if (o->letter)
        snprintf(letter, sizeof letter, "-%c%s", o->letter, o->name ? ", " : "");
    snprintf(left, sizeof left, "%s%s%s%s%s", letter, o->name ? "--" : "", o->name ? o->name : "", o->argument ? " " : "",
             o->argument ? o->argument : "");
    printf("  %-22s %s\n", left, o->help);
}

static void print_help(const struct cli_command *command)
{
    printf("usage: %s %s\n\n%s\n", command->name, command->synopsis, command->about);
    for (size_t i = 0; i < command->option_count; i++)
        print_option(&command->options[i]);
    puts("  --help, --version");
    if (command->notes)
        printf("\n%s", command->notes);
}

static const struct cli_option *find_letter(const struct cli_command *command, char letter)
{
    for (size_t i = 0; letter && i < command->option_count; i++)
        if (command->options[i].letter == letter)
            return &command->options[i];
    return NULL;
}

/* "name" or "name=value". */
static const struct cli_option *find_long(const struct cli_command *command, const char *word)
{
    size_t n = strcspn(word, "=");
    for (size_t i = 0; i < command->option_count; i++) {
        const char *name = command->options[i].name;
        if (name && strlen(name) == n && strncmp(name, word, n) == 0)
            return &command->options[i];
    }
    return NULL;
}

static struct cli_use *add_use(struct cli *c, const struct cli_option *o, struct error *err)
{
    if (c->use_count == CLI_USES_MAX)
        return error_set(err, E2BIG, "more than %d options", CLI_USES_MAX), NULL;
    c->uses[c->use_count] = (struct cli_use){ .option = o };
    return &c->uses[c->use_count++];
}

/* The words behind argv[*i] that are the option's. */
static int take_words(struct cli_use *use, int argc, char **argv, int *i, struct error *err)
{
    const struct cli_option *o = use->option;
    use->words = argv + *i + 1;
    if (o->kind == CLI_LIST) {
        while (*i + 1 < argc && definition_is_list_word(o->letter, argv[*i + 1]))
            use->count++, ++*i;
        if (use->count == 0)
            return error_set(err, EINVAL, "-%c needs attribute=value words that it knows%s%s", o->letter,
                             *i + 1 < argc ? ", not " : "", *i + 1 < argc ? argv[*i + 1] : "");
        return 0;
    }
    bool there = *i + 1 < argc && (o->kind == CLI_VALUE || argv[*i + 1][0] != '-');
    if (!there && o->kind == CLI_VALUE)
        return o->letter ? error_set(err, EINVAL, "-%c needs a value", o->letter)
                         : error_set(err, EINVAL, "--%s needs a value", o->name);
    use->count = there;
    *i += there;
    return 0;
}

static int parse_long(struct cli *c, int argc, char **argv, int *i, struct error *err)
{
    char *word = argv[*i] + 2, *equals = strchr(word, '=');
    const struct cli_option *o = find_long(c->command, word);
    if (!o || (equals && o->kind == CLI_FLAG))
        return error_set(err, EINVAL, "unknown option %s (--help lists them)", argv[*i]);
    struct cli_use *use = add_use(c, o, err);
    if (!use || o->kind == CLI_FLAG)
        return use ? 0 : -1;
    if (!equals)
        return take_words(use, argc, argv, i, err);
    argv[*i] = equals + 1;
    use->words = argv + *i;
    use->count = 1;
    return 0;
}

/* -q, -qc, -n NAME, -nNAME. */
static int parse_letters(struct cli *c, int argc, char **argv, int *i, struct error *err)
{
    int at = *i;
    for (char *p = argv[at] + 1; *p; p++) {
        const struct cli_option *o = find_letter(c->command, *p);
        if (!o && strchr(c->command->refused, *p))
            return error_set(err, ENOTSUP, "option -%c is IBM's but not supported", *p);
        if (!o)
            return error_set(err, EINVAL, "unknown option -%c (--help lists them)", *p);
        struct cli_use *use = add_use(c, o, err);
        if (!use)
            return -1;
        if (o->kind == CLI_FLAG)
            continue;
        if (p[1] == '\0')
            return take_words(use, argc, argv, i, err);
        if (o->kind == CLI_LIST)
            return error_set(err, EINVAL, "white space is needed behind -%c", *p);
        argv[at] = p + 1;
        use->words = argv + at;
        use->count = 1;
        return 0;
    }
    return 0;
}

static int check_operands(const struct cli *c, struct error *err)
{
    if (c->operand_count < c->command->operands_min)
        return error_set(err, EINVAL, "the name of a workload partition is missing");
    if (c->command->operands_max >= 0 && c->operand_count > c->command->operands_max)
        return error_set(err, EINVAL, "one word too many: %s", c->operands[c->command->operands_max]);
    return 0;
}

/* 0; 1 when --help or --version was answered. */
static int parse(struct cli *c, const struct cli_command *command, int argc, char **argv, struct error *err)
{
    int i = 1;
    *c = (struct cli){ .command = command };
    for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
        if (strcmp(argv[i], "--") == 0) {
            i++;
            break;
        }
        if (strcmp(argv[i], "--help") == 0)
            return print_help(command), 1;
        if (strcmp(argv[i], "--version") == 0)
            return printf("%s (vwpar) %s\n", command->name, VWPAR_VERSION), 1;
        if (argv[i][1] == '-' ? parse_long(c, argc, argv, &i, err) : parse_letters(c, argc, argv, &i, err))
            return -1;
    }
    c->operands = argv + i;
    c->operand_count = argc - i;
    return check_operands(c, err);
}

int cli_begin(struct cli *c, const struct cli_command *command, int argc, char **argv)
{
    struct error err;
    int rc = parse(c, command, argc, argv, &err);
    if (rc < 0)
        fprintf(stderr, "%s: %s\n", command->name, err.text);
    return rc < 0 ? 2 : rc ? 0 : -1;
}

static const struct cli_use *last_use(const struct cli *c, char letter, const char *name)
{
    for (size_t i = c->use_count; i > 0; i--) {
        const struct cli_option *o = c->uses[i - 1].option;
        if (letter ? o->letter == letter : o->name && strcmp(o->name, name) == 0)
            return &c->uses[i - 1];
    }
    return NULL;
}

bool cli_has(const struct cli *c, char letter) { return last_use(c, letter, NULL); }
bool cli_has_long(const struct cli *c, const char *name) { return last_use(c, 0, name); }

static const char *value_of(const struct cli_use *use) { return use && use->count ? use->words[0] : NULL; }

const char *cli_value(const struct cli *c, char letter) { return value_of(last_use(c, letter, NULL)); }
const char *cli_long_value(const struct cli *c, const char *name) { return value_of(last_use(c, 0, name)); }

int cli_only_one_of(const struct cli *c, const char *letters, struct error *err)
{
    char met = 0;
    for (const char *p = letters; *p; p++) {
        if (!cli_has(c, *p))
            continue;
        if (met)
            return error_set(err, EINVAL, "-%c and -%c cannot go together", met, *p);
        met = *p;
    }
    return 0;
}
