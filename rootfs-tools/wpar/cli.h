/* cli.h -- command lines as IBM's WPAR commands have them: letters, attribute lists (-N address=... netmask=...), long options of ours.
 *
 * A command declares a table of its options; parsing, --help and the usage line come from it.
 */
#ifndef ROOTFS_TOOLS_CLI_H
#define ROOTFS_TOOLS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"

enum cli_kind {
    CLI_FLAG,
    CLI_VALUE,
    CLI_OPTIONAL,       /* takes the next word unless that is an option too */
    CLI_LIST,           /* takes the words that belong to its stanza (definition_is_list_word) */
};

struct cli_option {
    char letter;                /* 0: has only a long name */
    const char *name;           /* long name without "--"; NULL: has only a letter */
    enum cli_kind kind;
    const char *argument;       /* what --help calls its value */
    const char *help;
};

struct cli_command {
    const char *name;
    const char *synopsis;       /* behind the name */
    const char *about;          /* a line or two that end with a newline */
    const struct cli_option *options;
    size_t option_count;
    const char *refused;        /* IBM's letters that are not supported */
    int operands_min, operands_max;     /* max -1: any number */
    const char *notes;          /* environment and exit status, as lines; NULL: none */
};

enum { CLI_USES_MAX = 64 };

struct cli {
    const struct cli_command *command;
    struct cli_use {
        const struct cli_option *option;
        char **words;           /* its value, or the words of its list */
        size_t count;
    } uses[CLI_USES_MAX];
    size_t use_count;
    char **operands;
    int operand_count;
};

/* -1: go on; else the exit status: 0 when --help or --version was answered, 2 for a wrong command line, which is told. */
int cli_begin(struct cli *c, const struct cli_command *command, int argc, char **argv);

bool cli_has(const struct cli *c, char letter);
bool cli_has_long(const struct cli *c, const char *name);
const char *cli_value(const struct cli *c, char letter);            /* NULL when absent; the last one counts */
const char *cli_long_value(const struct cli *c, const char *name);

/* More than one of these letters: -1 and the reason. */
int cli_only_one_of(const struct cli *c, const char *letters, struct error *err);

#endif
