/* new_wpar.c -- making a system WPAR (mkwpar.h): check, note the job, make the tree, write the definition. */
#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/conflicts.h"
#include "rootfs-tools/wpar/definition_flags.h"
#include "rootfs-tools/wpar/image_facts.h"
#include "rootfs-tools/wpar/image_restore.h"
#include "rootfs-tools/wpar/job.h"
#include "rootfs-tools/wpar/mkwpar.h"
#include "rootfs-tools/wpar/wpar_spec.h"
#include "rootfs-tools/wpar/wpar_tree.h"
#include "runtime/cleanup.h"

static int default_to(struct definition *d, enum attribute a, const char *value, struct error *err)
{
    return *definition_get(d, a) ? 0 : definition_set(d, a, value, err);
}

int new_wpar_defaults(struct new_wpar *n, const struct store *s, struct error *err)
{
    struct definition *d = &n->definition;
    const char *name = definition_get(d, ATTR_general_name);
    const struct passwd *pw = getpwuid(geteuid());
    char directory[PATH_MAX], uuid[37];
    if (!*name)
        return error_set(err, EINVAL, "-n NAME is missing");
    store_path(directory, s->trees, name, "");
    new_uuid(uuid);
    return default_to(d, ATTR_general_directory, directory, err) || default_to(d, ATTR_general_hostname, name, err) ||
           default_to(d, ATTR_general_uuid, uuid, err) || definition_set(d, ATTR_general_owner, pw ? pw->pw_name : "root", err) ||
           definition_set(d, ATTR_general_preserve, n->keep ? "yes" : NULL, err);
}

/* Which AIX is in the image? */
static int check_image(struct new_wpar *n, struct error *err)
{
    struct image_facts f;
    struct definition *d = &n->definition;
    if (strcmp(n->image, "-") == 0)
        return error_set(err, EINVAL, "-B -: the image is read twice, so it must be a file");
    if (image_facts_read(&f, n->image, false, err))
        return -1;
    const char *ostype = ostype_of(f.version, f.release);
    int rc = 0;
    if (n->versioned && !f.version && !*definition_get(d, ATTR_general_level))
        rc = error_set(err, EINVAL, "%s: no level in it (image.data is missing or says none); name it with --level", n->image);
    else if (n->versioned && f.version && !ostype)
        rc = error_set(err, EINVAL, "%s: AIX %d.%d; a versioned workload partition needs 5.2 or 5.3", n->image, f.version, f.release);
    else if (!n->versioned && ostype && !f.specification && strcmp(definition_get(d, ATTR_general_ostype), "0") == 0)
        rc = error_set(err, EINVAL, "%s: AIX %s: -C is needed for a versioned workload partition", n->image, f.level);
    if (rc == 0 && (n->versioned || !f.specification))      /* a system with software of its own */
        rc = definition_set(d, ATTR_general_privateusr, "yes", err);
    if (rc == 0 && n->versioned && ostype)
        rc = definition_set(d, ATTR_general_ostype, ostype, err) || definition_set(d, ATTR_general_level, f.level, err);
    image_facts_free(&f);
    return rc ? -1 : 0;
}

static int level_given(struct new_wpar *n, struct error *err)
{
    const char *level = definition_get(&n->definition, ATTR_general_level);
    int version = 0, release = 0;
    if (!n->versioned || strcmp(definition_get(&n->definition, ATTR_general_ostype), "0") != 0)
        return 0;
    if (sscanf(level, "%1d.%1d", &version, &release) != 2 && sscanf(level, "%1d%1d", &version, &release) != 2)
        return error_set(err, EINVAL, "--level %s: must be like 5.3 or 5300-12", level);
    const char *ostype = ostype_of(version, release);
    return ostype ? definition_set(&n->definition, ATTR_general_ostype, ostype, err)
                  : error_set(err, EINVAL, "--level %s: a versioned workload partition needs 5.2 or 5.3", level);
}

static int check(struct new_wpar *n, const struct store *s, struct error *err)
{
    const char *name = definition_get(&n->definition, ATTR_general_name);
    struct wpar_spec spec = { 0 };
    if (store_has(s, name, ".cf"))
        return error_set(err, EEXIST, "a workload partition called %s exists already", name);
    if (n->image && (check_image(n, err) || level_given(n, err)))
        return -1;
    if (conflicts_check(s, &n->definition, n->command, name, n->resolve, !n->keep, err))
        return -1;
    struct definition trial = { 0 };        /* the host directories of -M; the tree itself is not there yet */
    int rc = definition_copy_settings(&trial, &n->definition, err) || definition_set(&trial, ATTR_general_type, "A", err) ||
             wpar_spec_from(&spec, &trial, err);
    wpar_spec_free(&spec);
    definition_free(&trial);
    return rc ? -1 : 0;
}

static int restore(struct new_wpar *n, const struct store *s, const char *directory, struct error *err)
{
    char sidecar[PATH_MAX];
    store_path(sidecar, s->definitions, definition_get(&n->definition, ATTR_general_name), ".image.json");
    struct image_restore r = { .command = n->command, .image = n->image, .directory = directory, .sidecar = sidecar,
                               .verbose = n->verbose };
    if (install_make_directories(directory, 0755, err) || image_restore(&r, err))
        return -1;
    if (r.lost && !n->force)
        return error_set(err, EIO, "%s: incomplete (%" PRIu64 " problems; -F takes what is there)", n->image, r.lost);
    return 0;
}

static int make_tree(struct new_wpar *n, const struct store *s, struct error *err)
{
    const char *directory = definition_get(&n->definition, ATTR_general_directory);
    struct install_paths paths;
    int rc = 0;
    if (n->image)
        rc = restore(n, s, directory, err);
    else if (!n->keep)
        rc = install_paths_find(&paths, err) ||
             wpar_tree_from_base(directory, paths.rootfs, definition_is(&n->definition, ATTR_general_privateusr), err);
    return rc || (n->copy_resolution && wpar_tree_copy_resolution(directory, err)) ? -1 : 0;
}

static int make_noted(struct new_wpar *n, const struct store *s, struct error *err)
{
    struct job job = { .kind = JOB_CREATE };
    struct error later;
    const char *name = definition_get(&n->definition, ATTR_general_name);
    snprintf(job.name, sizeof job.name, "%s", name);
    if (!n->keep)
        snprintf(job.directory, sizeof job.directory, "%s", definition_get(&n->definition, ATTR_general_directory));
    job.was_there = access(job.directory, F_OK) == 0;
    if (job_begin(s, &job, err))
        return -1;
    int rc = make_tree(n, s, err) || store_write(s, name, &n->definition, err);
    if (job_finish(s, &job, &later) && rc == 0)
        return *err = later, -1;
    return rc ? -1 : 0;
}

int new_wpar_make(struct new_wpar *n, struct error *err)
{
    struct wpar_session s = { 0 };
    if (wpar_session_lock(&s, n->command, definition_get(&n->definition, ATTR_general_name), err))
        return -1;
    int rc = s.state.letter != 'D' ? error_set(err, EEXIST, "a workload partition called %s is active", s.name)
                                   : check(n, &s.store, err) || make_noted(n, &s.store, err);
    wpar_session_close(&s);
    return rc ? -1 : 0;
}

void new_wpar_translate(const struct new_wpar *n, const char *programs)
{
    enum { WORDS = 3 };
    free_ptr char *list = strdup(programs);
    size_t most = strlen(programs) + 2;
    free_ptr char **argv = calloc(WORDS + most, sizeof *argv);
    char *rest;
    int argc = 0;

    if (!list || !argv)
        return;
    argv[argc++] = "translate";
    argv[argc++] = "--root";
    argv[argc++] = (char *)definition_get(&n->definition, ATTR_general_directory);
    for (char *path = strtok_r(list, ",", &rest); path; path = strtok_r(NULL, ",", &rest))
        argv[argc++] = path;
    if (translate_main(argc, argv))
        fprintf(stderr, "%s: not everything is translated; what is missing will be when it runs\n", n->command);
}

int new_wpar_tell(const struct new_wpar *n, bool start)
{
    const char *name = definition_get(&n->definition, ATTR_general_name);
    printf("Workload partition %s created successfully.\n", name);
    if (start) {
        fflush(stdout);
        return startwpar_main(n->verbose ? 3 : 2, n->verbose ? (char *[]){ "startwpar", "-v", (char *)name, NULL }
                                                              : (char *[]){ "startwpar", (char *)name, NULL });
    }
    printf("%s: 0960-390 To start the workload partition, execute the following as root: startwpar [-v] %s\n", n->command, name);
    return 0;
}
