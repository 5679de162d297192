/* lswpar_print.c -- see lswpar_print.h. */
#include "rootfs-tools/wpar/lswpar_print.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/inittab.h"

enum { FIELDS_MAX = 32, COLUMN_GAP = 2 };

/* A comma-separated list as attributes; -1 names the unknown one. */
static int parse_fields(const struct view *view, const char *fields, enum attribute *out, size_t *count, struct error *err)
{
    *count = 0;
    for (const char *p = fields; *p; p += *p == ',') {
        size_t n = strcspn(p, ",");
        enum attribute a = field_find(view->stanza, p, n);
        if (a == ATTRIBUTE_COUNT || *count == FIELDS_MAX)
            return error_set(err, EINVAL, "-a: unknown field '%.*s'", (int)n, p);
        out[(*count)++] = a;
        p += n;
    }
    return 0;
}

int fields_check(const struct view *view, const char *fields, struct error *err)
{
    enum attribute list[FIELDS_MAX];
    size_t count;
    return parse_fields(view, fields, list, &count, err);
}

/* The lines of a WPAR in a view: its records of the stanza; one line when the stanza does not repeat. */
static bool next_line(const struct listed *w, enum stanza_id stanza, size_t *from, const struct record **r)
{
    bool first = *from == 0;
    *r = definition_next(&w->definition, stanza, from);
    if (!*r && first && !stanzas[stanza].repeats)
        return *from = (size_t)-1, true;
    return *r;
}

void print_delimited(const struct listed *wpars, size_t count, const struct view *view, const char *fields, const char *delimiter,
                     bool header)
{
    enum attribute list[FIELDS_MAX];
    size_t n;
    struct error none;
    parse_fields(view, fields, list, &n, &none);
    for (size_t f = 0; header && f < n; f++)
        printf("%s%s%s", f ? delimiter : "#", attributes[list[f]].field, f + 1 == n ? "\n" : "");
    for (size_t i = 0; i < count; i++) {
        const struct record *r;
        for (size_t from = 0; next_line(&wpars[i], view->stanza, &from, &r);)
            for (size_t f = 0; f < n; f++)
                printf("%s%s%s", f ? delimiter : "", field_value(&wpars[i], r, list[f]), f + 1 == n ? "\n" : "");
    }
}

/* A cell, or its heading (w NULL): that of the key of a table without the WPARs' names, a device's, is "Name". */
static const char *cell(const enum attribute *list, size_t f, const struct listed *w, const struct record *r)
{
    if (w)
        return field_value(w, r, list[f]);
    return f == 0 && list[0] == ATTR_device_devname ? "Name" : attributes[list[f]].heading;
}

static void print_row(const enum attribute *list, size_t n, const size_t *width, const struct listed *w, const struct record *r)
{
    for (size_t f = 0; f < n; f++) {
        const char *text = cell(list, f, w, r);
        if (f + 1 < n)
            printf("%-*s", (int)(width[f] + COLUMN_GAP), text);
        else
            printf("%s\n", text);
    }
}

static void print_rule(size_t length)
{
    while (length-- > 0)
        putchar('-');
    putchar('\n');
}

static void measure(const enum attribute *list, size_t n, size_t *width, const struct listed *w, const struct record *r)
{
    for (size_t f = 0; f < n; f++) {
        size_t length = strlen(cell(list, f, w, r));
        width[f] = length > width[f] ? length : width[f];
    }
}

void print_table(const struct listed *wpars, size_t count, const struct view *view, const char *fields, bool header)
{
    enum attribute list[FIELDS_MAX];
    size_t n, width[FIELDS_MAX] = { 0 }, total = 0;
    struct error none;
    const struct record *r;
    parse_fields(view, fields, list, &n, &none);
    if (header)
        measure(list, n, width, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        for (size_t from = 0; next_line(&wpars[i], view->stanza, &from, &r);)
            measure(list, n, width, &wpars[i], r);
    for (size_t f = 0; f < n; f++)
        total += width[f] + (f + 1 < n ? COLUMN_GAP : 0);
    if (header && count) {
        print_row(list, n, width, NULL, NULL);
        print_rule(total);
    }
    for (size_t i = 0; i < count; i++)
        for (size_t from = 0; next_line(&wpars[i], view->stanza, &from, &r);)
            print_row(list, n, width, &wpars[i], r);
}

enum { RULE = 65, LABEL = 25, RESOURCE_LABEL = 36 };

static void print_label(const char *label, const char *value, int width)
{
    if (*value)
        printf("%s:%*s%s\n", label, width - 1 - (int)strlen(label), "", value);
    else
        printf("%s:\n", label);
}

static void print_labels(const struct listed *w, const struct view *view, const char *fields, int width)
{
    enum attribute list[FIELDS_MAX];
    size_t n;
    struct error none;
    parse_fields(view, fields, list, &n, &none);
    for (size_t f = 0; f < n; f++)
        print_label(attributes[list[f]].heading, field_value(w, NULL, list[f]), width);
}

static void print_general(const struct listed *w)
{
    bool versioned = strcmp(definition_get(&w->definition, ATTR_general_ostype), "0") != 0;
    print_labels(w, view_of('G'), "type,rootvgwpar,owner,hostname,routing,vipwpar,directory,script,auto", LABEL);
    print_labels(w, view_of('G'), "privateusr,checkpointable,application", LABEL);
    if (versioned)
        print_labels(w, view_of('G'), "ostype", LABEL);
    print_labels(w, view_of('G'), "uuid", LABEL);
}

/* The view's table without the name, under a rule. */
static void print_block(const struct listed *w, char letter)
{
    const struct view *view = view_of(letter);
    enum attribute list[FIELDS_MAX];
    size_t n, width[FIELDS_MAX] = { 0 };
    struct error none;
    const struct record *r;
    parse_fields(view, strchr(view->columns, ',') + 1, list, &n, &none);
    measure(list, n, width, NULL, NULL);
    for (size_t from = 0; next_line(w, view->stanza, &from, &r);)
        measure(list, n, width, w, r);
    print_row(list, n, width, NULL, NULL);
    print_rule(RULE);
    for (size_t from = 0; next_line(w, view->stanza, &from, &r);)
        print_row(list, n, width, w, r);
}

static void print_resources(const struct listed *w)
{
    print_labels(w, view_of('R'), strchr(strchr(view_of('R')->fields, ',') + 1, ',') + 1, RESOURCE_LABEL);
}

static void print_security(const struct listed *w) { print_labels(w, view_of('S'), "privs", 14); }

static void print_copy_controls(const struct listed *w) { print_labels(w, view_of('T'), "preserve_private,preserve_wpars", LABEL); }

static void print_operation(const struct listed *w)
{
    printf("Operation:    %s\nProcess ID:\nStart Time:\n", w->state.letter == 'T' ? "in progress" : "none");
}

static void print_network(const struct listed *w)   { print_block(w, 'N'); }
static void print_routes(const struct listed *w)    { print_block(w, 'I'); }
static void print_mounts(const struct listed *w)    { print_block(w, 'M'); }
static void print_devices(const struct listed *w)   { print_block(w, 'D'); }

static const struct { const char *title; void (*print)(const struct listed *w); char letter; } blocks[] = {
    { "GENERAL",               print_general,       'G' },
    { "NETWORK",               print_network,       0 },
    { "USER-SPECIFIED ROUTES", print_routes,        0 },
    { "FILE SYSTEMS",          print_mounts,        0 },
    { "RESOURCE CONTROLS",     print_resources,     'R' },
    { "OPERATION",             print_operation,     0 },
    { "SECURITY SETTINGS",     print_security,      'S' },
    { "DEVICE EXPORTS",        print_devices,       0 },
    { "COPY CONTROLS",         print_copy_controls, 'T' },
};

static void print_heading(const struct listed *w)
{
    static const char rule[] = "=================================================================";
    printf("%s\n%s - %s\n%s\n", rule, w->name, state_name(w->state.letter), rule);
}

void print_paragraph(const struct listed *w, const struct view *view)
{
    bool all = view->letter == 'L';
    print_heading(w);
    for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
        if (all ? blocks[i].letter == 'T' : blocks[i].letter != view->letter)
            continue;
        if (all)
            printf("%s\n", blocks[i].title);
        blocks[i].print(w);
        putchar('\n');
    }
}

static json_t *record_object(const struct listed *w, const struct record *r, enum stanza_id stanza)
{
    json_t *object = json_object();
    for (enum attribute a = 0; a < ATTRIBUTE_COUNT; a++)
        if (attributes[a].stanza == stanza && attributes[a].field[0] && !json_object_get(object, attributes[a].field))
            json_object_set_new(object, attributes[a].field, json_string(field_value(w, r, a)));
    return object;
}

static json_t *wpar_object(const struct listed *w)
{
    json_t *object = record_object(w, NULL, STANZA_general);
    for (enum stanza_id s = STANZA_general + 1; s < STANZA_COUNT; s++) {
        const struct record *r;
        json_t *lines = stanzas[s].repeats ? json_array() : NULL;
        for (size_t from = 0; lines && (r = definition_next(&w->definition, s, &from));)
            json_array_append_new(lines, record_object(w, r, s));
        json_object_set_new(object, stanzas[s].name, lines ? lines : record_object(w, NULL, s));
    }
    return object;
}

void print_json(const struct listed *wpars, size_t count)
{
    json_t *all = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(all, wpar_object(&wpars[i]));
    json_dumpf(all, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(all);
}

void print_overlay(void)
{
    for (size_t i = 0; i < inittab_rule_count; i++)
        printf("%-28s %s\n", inittab_rules[i].program, inittab_rules[i].reason);
#define WORD_NATIVE  "native"
#define WORD_BUILTIN "builtin"
#define WORD_BRIDGE  "bridge"
#define LIBRARY(archive, in_52, in_53, without, why)                                                             \
    printf("%-28s in a 5.2 image %s, in 5.3 %s, where it is missing %s; %s\n", "/usr/lib/" archive, WORD_##in_52, WORD_##in_53, \
           WORD_##without, why);
#include "loader/libraries.def"
#undef LIBRARY
}
