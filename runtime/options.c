/* options.c -- the command line of aixrun, from options.def. */
#include "runtime/options.h"

#include <errno.h>
#include <getopt.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum option_kind { KIND_FLAG, KIND_TEXT, KIND_TEXT_MAY, KIND_NUMBER, KIND_LIST };

struct option_row {
    const char *name, *env, *value, *help;
    size_t offset;
    unsigned number;
    enum option_kind kind;
    char letter;
    bool hand_on;
};

static const struct option_row rows[] = {
#define OPTION(field, long_name, l, k, e, v, dflt, code, hand, h)                                                   \
    { .name = long_name, .env = e, .value = v, .help = h, .offset = offsetof(struct options, field), .number = dflt,         \
      .kind = KIND_##k, .letter = l, .hand_on = hand },
#include "runtime/options.def"
#undef OPTION
};
enum { ROWS = ARRAY_LEN(rows), LONG_BASE = 256 };

static void *field_of(const struct options *o, const struct option_row *row) { return (char *)o + row->offset; }

static int set_number(unsigned *to, const char *name, const char *text, struct error *err)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);

    if (end == text || *end || n > UINT32_MAX)
        return error_set(err, EINVAL, "--%s needs a number, not \"%s\"", name, text);
    *to = (unsigned)n;
    return 0;
}

static int set_field(struct options *o, const struct option_row *row, const char *text, struct error *err)
{
    void *field = field_of(o, row);
    struct option_list *list = field;

    switch (row->kind) {
    case KIND_FLAG:
        *(bool *)field = true;
        return 0;
    case KIND_TEXT:
    case KIND_TEXT_MAY:
        *(const char **)field = text ? text : "";
        return 0;
    case KIND_NUMBER:
        return set_number(field, row->name, text, err);
    case KIND_LIST:
        if (list->count == OPTION_LIST_MAX)
            return error_set(err, E2BIG, "more than %d times --%s", OPTION_LIST_MAX, row->name);
        list->values[list->count++] = text;
        return 0;
    }
    return 0;
}

/* Defaults, and what the environment says. A flag's variable says no when it is empty or "0". */
static int from_environment(struct options *o, struct error *err)
{
    for (unsigned i = 0; i < ROWS; i++) {
        const char *text = rows[i].env[0] ? getenv(rows[i].env) : NULL;
        if (rows[i].kind == KIND_NUMBER)
            *(unsigned *)field_of(o, &rows[i]) = rows[i].number;
        if (!text || !*text || (rows[i].kind == KIND_FLAG && !strcmp(text, "0")))
            continue;
        if (set_field(o, &rows[i], text, err))
            return error_wrap(err, "%s", rows[i].env);
    }
    return 0;
}

static int has_value(enum option_kind kind)
{
    return kind == KIND_FLAG ? no_argument : kind == KIND_TEXT_MAY ? optional_argument : required_argument;
}

static void make_tables(struct option *longs, char *letters)
{
    *letters++ = '+';       /* the program's own options are not ours */
    *letters++ = ':';
    for (unsigned i = 0; i < ROWS; i++) {
        longs[i] = (struct option){ .name = rows[i].name, .has_arg = has_value(rows[i].kind), .val = (int)(LONG_BASE + i) };
        if (!rows[i].letter)
            continue;
        *letters++ = rows[i].letter;
        for (int n = has_value(rows[i].kind); n > 0; n--)
            *letters++ = ':';
    }
    longs[ROWS] = (struct option){ 0 };
    *letters = 0;
}

static const struct option_row *row_of(int c)
{
    if (c >= LONG_BASE)
        return &rows[c - LONG_BASE];
    for (unsigned i = 0; i < ROWS; i++)
        if (rows[i].letter == c)
            return &rows[i];
    return NULL;
}

int options_parse(struct options *o, int argc, char **argv, struct error *err)
{
    struct option longs[ROWS + 1];
    char letters[3 * ROWS + 3];
    int c;

    memset(o, 0, sizeof *o);
    if (from_environment(o, err))
        return -1;
    make_tables(longs, letters);
    opterr = 0;
    while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
        const struct option_row *row = row_of(c);
        if (c == ':')
            return error_set(err, EINVAL, "%s needs a value", argv[optind - 1]);
        if (!row)
            return error_set(err, EINVAL, "no such option: %s", argv[optind - 1]);
        if (set_field(o, row, optarg, err))
            return -1;
    }
    o->args = argv + optind;
    return 0;
}

void options_help(FILE *out)
{
    fputs("Usage: aixrun [OPTION...] [--] PROGRAM [ARGUMENT...]\n"
          "Run a program for AIX 5.2 or 5.3, 32-bit or 64-bit.\n\n", out);
    for (unsigned i = 0; i < ROWS; i++) {
        const struct option_row *r = &rows[i];
        const char *form = r->kind == KIND_FLAG ? "" : r->kind == KIND_TEXT_MAY ? "[=" : "=";
        char left[64];
        if (r->letter)
            snprintf(left, sizeof left, "  -%c, --%s%s%s%s", r->letter, r->name, form, r->value, *form == '[' ? "]" : "");
        else
            snprintf(left, sizeof left, "      --%s%s%s%s", r->name, form, r->value, *form == '[' ? "]" : "");
        fprintf(out, "%-34s %s%s%s%s\n", left, r->help, *r->env ? " [" : "", r->env, *r->env ? "]" : "");
    }
    fputs("\nThe exit status is the program's; 126 when it cannot be executed, 127 when it is not found, 125 for a wrong option.\n"
          "A program killed by a signal makes aixrun die of the same signal.\n", out);
}

static char *spell(const struct options *o, const struct option_row *row)
{
    void *field = field_of(o, row);
    char *text = NULL;
    int n = 0;

    switch (row->kind) {
    case KIND_FLAG:
        n = *(bool *)field ? asprintf(&text, "--%s", row->name) : 0;
        break;
    case KIND_TEXT:
    case KIND_TEXT_MAY:
        n = *(char **)field ? asprintf(&text, "--%s=%s", row->name, *(char **)field) : 0;
        break;
    case KIND_NUMBER:
        n = asprintf(&text, "--%s=%u", row->name, *(unsigned *)field);
        break;
    case KIND_LIST:
        break;
    }
    return n < 0 ? NULL : text;
}

char **options_hand_on(const struct options *o)
{
    char **list = calloc(ROWS + 1, sizeof *list);
    unsigned n = 0;

    for (unsigned i = 0; list && i < ROWS; i++) {
        char *text = rows[i].hand_on ? spell(o, &rows[i]) : NULL;
        if (text)
            list[n++] = text;
    }
    return list;
}
