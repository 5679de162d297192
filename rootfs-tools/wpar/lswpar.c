/* lswpar.c -- list WPARs: tables, paragraphs, delimited lines, JSON [wpar 4]. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/job.h"
#include "rootfs-tools/wpar/lswpar_print.h"
#include "rootfs-tools/wpar/lswpar_ps.h"
#include "rootfs-tools/wpar/session.h"
#include "runtime/cleanup.h"

static const struct cli_option options[] = {
    { 'G', NULL, CLI_FLAG, NULL, "general settings" },
    { 'N', NULL, CLI_FLAG, NULL, "addresses" },
    { 'I', NULL, CLI_FLAG, NULL, "routes" },
    { 'M', NULL, CLI_FLAG, NULL, "file systems" },
    { 'D', NULL, CLI_FLAG, NULL, "devices" },
    { 'X', NULL, CLI_FLAG, NULL, "kernel extensions" },
    { 'R', NULL, CLI_FLAG, NULL, "resource controls" },
    { 'S', NULL, CLI_FLAG, NULL, "privileges" },
    { 'T', NULL, CLI_FLAG, NULL, "controls of system copies" },
    { 'b', NULL, CLI_FLAG, NULL, "boot sets: there are none; names, states and types" },
    { 'L', NULL, CLI_FLAG, NULL, "everything, as paragraphs" },
    { 'a', NULL, CLI_VALUE, "FIELD,...", "these fields only, in this order" },
    { 'c', NULL, CLI_FLAG, NULL, "delimited by colons, behind a line #name:..." },
    { 'd', NULL, CLI_VALUE, "DELIM", "delimited by DELIM" },
    { 'q', NULL, CLI_FLAG, NULL, "no header" },
    { 's', NULL, CLI_VALUE, "STATE", "only WPARs in one of these states: letters D, A, L, M, P, T, B" },
    { 't', NULL, CLI_VALUE, "TYPE", "only WPARs of one of these types: letters S, A" },
    { 0, "json", CLI_FLAG, NULL, "a JSON array: every field of every WPAR" },
    { 0, "ps", CLI_FLAG, NULL, "the processes of active WPARs, with their names" },
    { 0, "overlay", CLI_FLAG, NULL, "what of an image is replaced: programs, libraries" },
};

static const struct cli_command command = {
    "lswpar",
    "[-G | -N | -I | -M | -D | -X | -R | -S | -T | -b | -L] [-c | -d DELIM] [-a FIELD,...] [-q] [-s STATE] [-t TYPE] [NAME...]\n"
    "       lswpar --json [-s STATE] [-t TYPE] [NAME...]\n       lswpar --ps [-q] [NAME...]\n"
    "       lswpar --overlay",
    "List workload partitions.\n",
    options, ARRAY_LEN(options), "", 0, -1,
    "environment: WPAR_STATE\nexit status: 0; 1 a WPAR does not exist or cannot be read; 2 a wrong command line\n",
};

struct listing {
    struct store store;
    struct listed *wpars;
    size_t count;
    int failed;
};

/* Is a command at work on it? What an interrupted one left is put right. A listing does not fail for it. */
static bool is_in_work(const struct store *s, const char *name)
{
    struct error why;
    if (!store_has(s, name, ".job"))
        return false;
    int lock = store_lock(s, name, &why);
    if (lock < 0)
        return true;
    if (job_recover(s, name, "lswpar", &why))
        wpar_fail("lswpar", &why);
    store_unlock(s, name, lock);
    return store_has(s, name, ".job");
}

/* The file tree as a line of its own among the file systems; first, so that it is set before the definition is read. */
static int add_root_mount(struct definition *d, const char *directory, struct error *err)
{
    char *words[] = { "directory=/", NULL };
    if (asprintf(&words[1], "dev=%s", directory) < 0)
        return error_set(err, ENOMEM, "out of memory");
    int rc = definition_apply(d, STANZA_mount, words, 2, false, err);
    free(words[1]);
    return rc;
}

/* An application WPAR has the mounts it was given alone. */
static void set_root_mount(struct definition *d)
{
    struct error none;
    char *root = "directory=/";
    if (strcmp(definition_get(d, ATTR_general_type), "A") == 0)
        definition_apply(d, STANZA_mount, &root, 1, true, &none);
    else
        add_root_mount(d, definition_get(d, ATTR_general_directory), &none);
}

/* T: a command is at work on it that has noted a job. */
static void add(struct listing *l, const char *name, bool asked_for)
{
    struct error err;
    struct listed w = { 0 };
    bool in_work = is_in_work(&l->store, name);
    active_state_read(&l->store, name, &w.state);
    if (add_root_mount(&w.definition, "/", &err) || store_read(&l->store, name, &w.definition, &err)) {
        if (!in_work && (asked_for || err.code != ENOENT))
            l->failed = wpar_fail("lswpar", &err);
        definition_free(&w.definition);
        if (!in_work || definition_set(&w.definition, ATTR_general_name, name, &err))
            return;
    }
    if (in_work)
        w.state.letter = 'T';
    bool ended = w.state.letter == 'D' && strcmp(definition_get(&w.definition, ATTR_general_type), "A") == 0 && !in_work;
    if (ended && asked_for) {
        error_set(&err, ENOENT, "Could not find a workload partition called %s.", name);
        l->failed = wpar_fail("lswpar", &err);
    }
    if (ended)
        return definition_free(&w.definition);
    set_root_mount(&w.definition);
    w.name = strdup(name);
    l->wpars[l->count++] = w;
}

static int collect(struct listing *l, char **names, size_t count, struct error *err)
{
    char **all = names;
    size_t n = count;
    if (store_open(&l->store, err) || (!count && store_names(&l->store, &all, &n, err)))
        return -1;
    l->wpars = calloc(n + 1, sizeof *l->wpars);
    for (size_t i = 0; l->wpars && i < n; i++)
        add(l, all[i], count > 0);
    if (!count)
        store_free_names(all, n);
    return l->wpars ? 0 : error_set(err, ENOMEM, "out of memory");
}

/* Keep those whose state and type are among the letters. */
static void filter(struct listing *l, const char *states, const char *types)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct listed *w = &l->wpars[i];
        char type = definition_get(&w->definition, ATTR_general_type)[0];
        if ((!states || strchr(states, w->state.letter)) && (!types || strchr(types, type))) {
            l->wpars[kept++] = *w;
            continue;
        }
        definition_free(&w->definition);
        free(w->name);
    }
    l->count = kept;
}

static void release(struct listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        definition_free(&l->wpars[i].definition);
        free(l->wpars[i].name);
    }
    free(l->wpars);
}

static int check_letters(const struct cli *c, char option, const char *known, struct error *err)
{
    const char *given = cli_value(c, option);
    return !given || (*given && strspn(given, known) == strlen(given))
               ? 0
               : error_set(err, EINVAL, "-%c %s: letters of %s are expected", option, given, known);
}

static const struct view *choose_view(const struct cli *c)
{
    for (const char *p = "GNIMDXRSTbL"; *p; p++)
        if (cli_has(c, *p))
            return view_of(*p);
    return view_of(0);
}

static int check(const struct cli *c, const struct view *view, struct error *err)
{
    bool delimited = cli_has(c, 'c') || cli_has(c, 'd');
    if (cli_only_one_of(c, "GNIMDXRSTbL", err) || cli_only_one_of(c, "cd", err) || check_letters(c, 's', "DALPTBFM", err) ||
        check_letters(c, 't', "SA", err))
        return -1;
    if (view->letter == 'L' && (delimited || cli_has(c, 'a')))
        return error_set(err, EINVAL, "-L goes with neither -c, -d nor -a");
    if (cli_has(c, 'a') && !view->columns && !delimited)
        return error_set(err, EINVAL, "-a and -%c need -c or -d", view->letter);
    return cli_has(c, 'a') ? fields_check(view, cli_value(c, 'a'), err) : 0;
}

static void print(const struct listing *l, const struct cli *c, const struct view *view)
{
    const char *fields = cli_value(c, 'a'), *delimiter = cli_has(c, 'c') ? ":" : cli_value(c, 'd');
    bool header = !cli_has(c, 'q');
    if (cli_has_long(c, "ps"))
        print_processes(l->wpars, l->count, header);
    else if (cli_has_long(c, "json"))
        print_json(l->wpars, l->count);
    else if (delimiter)
        print_delimited(l->wpars, l->count, view, fields ? fields : view->fields, delimiter, header);
    else if (view->columns)
        print_table(l->wpars, l->count, view, fields ? fields : view->columns, header);
    else
        for (size_t i = 0; i < l->count; i++)
            print_paragraph(&l->wpars[i], view);
}

int lswpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    struct listing l = { 0 };
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    const struct view *view = choose_view(&c);
    if (check(&c, view, &err))
        return wpar_fail("lswpar", &err), 2;
    if (cli_has_long(&c, "overlay"))
        return print_overlay(), 0;
    if (collect(&l, c.operands, (size_t)c.operand_count, &err))
        return wpar_fail("lswpar", &err);
    filter(&l, cli_value(&c, 's'), cli_value(&c, 't'));
    print(&l, &c, view);
    release(&l);
    return l.failed;
}
