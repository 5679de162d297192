/* options.h -- the command line of aixrun, from options.def. */
#ifndef RUNTIME_OPTIONS_H
#define RUNTIME_OPTIONS_H

#include <stdbool.h>
#include <stdio.h>
#include "runtime/error.h"

enum { OPTION_LIST_MAX = 64 };

struct option_list {
    const char *values[OPTION_LIST_MAX + 1];    /* NULL-terminated */
    unsigned count;
};

#define OPTION_TYPE_FLAG     bool
#define OPTION_TYPE_TEXT     const char *
#define OPTION_TYPE_TEXT_MAY const char *
#define OPTION_TYPE_NUMBER   unsigned
#define OPTION_TYPE_LIST     struct option_list

struct options {
#define OPTION(field, long_name, letter, kind, env, value, dflt, code, hand_on, help) OPTION_TYPE_##kind field;
#include "runtime/options.def"
#undef OPTION
    char **args;                /* PROGRAM and its arguments, NULL-terminated; args[0] NULL when none was given */
};

/* From the command line, and from the environment for what it does not say. -1: a wrong option. */
int options_parse(struct options *o, int argc, char **argv, struct error *err);

void options_help(FILE *out);

/* What exec gives to the next aixrun: a NULL-terminated list, allocated. */
char **options_hand_on(const struct options *o);

#endif
