/* mkwpar_check.c -- see mkwpar_check.h. Two kinds of findings: "left out" can be lived with or changed, "cannot run" cannot [wpar 14.2]. */
#include "rootfs-tools/wpar/mkwpar_check.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/check_tree.h"
#include "rootfs-tools/wpar/guest_file.h"
#include "rootfs-tools/wpar/image_facts.h"
#include "rootfs-tools/wpar/image_restore.h"
#include "rootfs-tools/wpar/inittab.h"
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/remove_tree.h"
#include "rootfs-tools/wpar/store.h"
#include "runtime/cleanup.h"

enum { SOMETHING_CANNOT = 3 };

struct check {
    const char *what;
    char directory[PATH_MAX];           /* the tree */
    char temporary[PATH_MAX];           /* removed afterwards; "": none */
    struct image_facts facts;
    struct tree_report report;
    json_t *services;                   /* entries of inittab that are left out */
};

static int restore_image(struct check *c, struct error *err)
{
    char sidecar[PATH_MAX];
    const char *tmp = getenv("TMPDIR");
    snprintf(c->temporary, sizeof c->temporary, "%.3900s/vwpar-check-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(c->temporary))
        return error_set(err, errno, "%s: %s", c->temporary, strerror(errno));
    snprintf(c->directory, sizeof c->directory, "%.4000s/tree", c->temporary);
    snprintf(sidecar, sizeof sidecar, "%.4000s/tree.json", c->temporary);
    struct image_restore r = { .command = "mkwpar --check", .image = c->what, .directory = c->directory, .sidecar = sidecar };
    return install_make_directories(c->directory, 0755, err) || image_restore(&r, err) ? -1 : 0;
}

static void read_level(struct check *c)
{
    c->facts.image_data = guest_file_read(c->directory, "image.data");
    if (c->facts.image_data)
        image_facts_level(&c->facts, c->facts.image_data);
}

static void read_services(struct check *c)
{
    struct inittab table;
    char path[PATH_MAX];
    free_ptr char *text = guest_file_read(c->directory, "etc/inittab");     /* also says that it is a plain file of the tree */
    snprintf(path, sizeof path, "%.4000s/etc/inittab", c->directory);
    c->services = json_array();
    if (!text || inittab_read(&table, path))
        return;
    for (size_t i = 0; i < table.count; i++) {
        const struct inittab_entry *e = &table.entries[i];
        json_t *entry = e->reason ? json_pack("{s:s, s:s, s:s}", "id", e->id, "command", e->command, "reason", e->reason) : NULL;
        if (entry)
            json_array_append_new(c->services, entry);
    }
    inittab_free(&table);
}

static int write_template(const struct check *c, const char *path, struct error *err)
{
    struct definition d = { 0 };
    const char *ostype = ostype_of(c->facts.version, c->facts.release);
    int rc = definition_set(&d, ATTR_general_privateusr, "yes", err) ||
             (ostype && definition_set(&d, ATTR_general_ostype, ostype, err)) ||
             (ostype && definition_set(&d, ATTR_general_level, c->facts.level, err)) ||
             store_write_specification(&d, path, err);
    definition_free(&d);
    return rc ? -1 : 0;
}

static void print_json(const struct check *c)
{
    json_t *counts = json_object();
    for (size_t v = 0; v < ARRAY_LEN(verdict_names); v++)
        json_object_set_new(counts, verdict_names[v], json_integer((json_int_t)c->report.counts[v]));
    json_t *all = json_pack("{s:s, s:s, s:o, s:O, s:O}", "checked", c->what, "level", c->facts.level, "counts", counts, "modules",
                            c->report.modules, "services_left_out", c->services);
    json_dumpf(all, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(all);
}

static void print_reasons(const json_t *module, const char *list)
{
    size_t i;
    json_t *reason;
    json_array_foreach(json_object_get(module, list), i, reason)
        printf("    %s\n", json_string_value(reason));
}

static void print_module(const json_t *module, bool verbose)
{
    const char *verdict = json_string_value(json_object_get(module, "verdict"));
    const char *member = json_string_value(json_object_get(module, "member"));
    bool cannot = strcmp(verdict, verdict_names[VERDICT_CANNOT]) == 0;
    if (!cannot && !verbose)
        return;
    printf("%s%s%s%s (%d-bit %s): %s\n", json_string_value(json_object_get(module, "path")), *member ? "(" : "", member,
           *member ? ")" : "", (int)json_integer_value(json_object_get(module, "width")),
           json_string_value(json_object_get(module, "kind")), verdict);
    print_reasons(module, "cannot");
    if (verbose)
        print_reasons(module, "remarks");
}

static void print_text(const struct check *c, bool verbose)
{
    size_t i;
    json_t *entry;
    printf("%s: AIX %s\n", c->what, *c->facts.level ? c->facts.level : "of unknown level");
    json_array_foreach(c->report.modules, i, entry)
        print_module(entry, verbose);
    json_array_foreach(c->services, i, entry)
        printf("inittab: %s: %s: left out: %s\n", json_string_value(json_object_get(entry, "id")),
               json_string_value(json_object_get(entry, "command")), json_string_value(json_object_get(entry, "reason")));
    printf("%zu programs and libraries: %zu run, %zu run with remarks, %zu cannot run\n", json_array_size(c->report.modules),
           c->report.counts[VERDICT_RUNS], c->report.counts[VERDICT_REMARKS], c->report.counts[VERDICT_CANNOT]);
}

static int run(struct check *c, const char *specification, struct error *err)
{
    struct install_paths paths;
    struct stat st;
    if (install_paths_find(&paths, err))
        return -1;
    if (stat(c->what, &st))
        return error_set(err, errno, "%s: %s", c->what, strerror(errno));
    if (S_ISDIR(st.st_mode) ? !realpath(c->what, c->directory) : restore_image(c, err))
        return S_ISDIR(st.st_mode) ? error_set(err, errno, "%s: %s", c->what, strerror(errno)) : -1;
    read_level(c);
    read_services(c);
    if (check_tree(&c->report, c->directory, paths.base, err))
        return -1;
    return specification ? write_template(c, specification, err) : 0;
}

int mkwpar_check(const char *what, bool json, bool verbose, const char *specification, struct error *err)
{
    struct check c = { .what = what };
    struct error none;
    int rc = run(&c, specification, err);
    if (rc == 0 && json)
        print_json(&c);
    else if (rc == 0)
        print_text(&c, verbose);
    if (rc == 0 && c.report.counts[VERDICT_CANNOT])
        rc = SOMETHING_CANNOT;
    json_decref(c.report.modules);
    json_decref(c.services);
    image_facts_free(&c.facts);
    if (c.temporary[0])
        remove_tree(c.temporary, &none);
    return rc;
}
