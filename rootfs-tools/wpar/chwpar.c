/* chwpar.c -- change the settings of a WPAR, or set them back to their defaults [wpar 6]. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/conflicts.h"
#include "rootfs-tools/wpar/definition_flags.h"
#include "rootfs-tools/wpar/job.h"
#include "rootfs-tools/wpar/oci_runtime.h"
#include "rootfs-tools/wpar/resources.h"
#include "rootfs-tools/wpar/session.h"

/* The value flags take none behind -K, which comes first. */
#define OPTIONS(VALUE) { \
    { 'K', NULL, CLI_FLAG, NULL, "first: take away what the other flags name, or set it back to its default" }, \
    { 'n', NULL, CLI_VALUE, "NAME", "another name; not while it is active" }, \
    { 'd', NULL, CLI_VALUE, "DIR", "move its file tree to DIR; not while it is active" }, \
    { 'h', NULL, CLI_VALUE, "HOST", "its host name" }, \
    { 'A', NULL, CLI_FLAG, NULL, "to be started at boot; with -K: not" }, \
    { 'R', NULL, CLI_LIST, "attr=value...", "resource controls; those of an active one change at once. With -K: names" }, \
    { 'M', NULL, CLI_LIST, "attr=value...", "a file system, told from the others by directory=" }, \
    { 'N', NULL, CLI_LIST, "attr=value...", "an address, told from the others by address= or address6=" }, \
    { 'i', NULL, CLI_FLAG, NULL, "routes of its own" }, \
    { 'I', NULL, CLI_LIST, "attr=value...", "a route, told from the others by rtdest=" }, \
    { 'S', NULL, CLI_LIST, "attr=value...", "privileges: privs[+|-]=LIST secfile=FILE" }, \
    { 'D', NULL, CLI_LIST, "attr=value...", "a device, told from the others by devname=" }, \
    { 'u', NULL, VALUE, "SCRIPT", "start and stop script" }, \
    { 'H', NULL, VALUE, "ARCH", "processor level" }, \
    { 'U', NULL, CLI_OPTIONAL, "[UUID]", "its UUID; a new one without a value" }, \
    { 'c', NULL, CLI_FLAG, NULL, "checkpointable" }, \
    { 'x', NULL, CLI_FLAG, NULL, "cross-WPAR IPC; kept and shown" }, \
    { 'a', NULL, CLI_FLAG, NULL, "resolve conflicts of host name and addresses" }, \
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" }, \
}

static const struct cli_option change_options[] = OPTIONS(CLI_VALUE);
static const struct cli_option remove_options[] = OPTIONS(CLI_FLAG);

#define COMMAND(TABLE) { \
    "chwpar", "[OPTION...] NAME\n       chwpar -K [OPTION...] NAME", \
    "Change the settings of a workload partition. Of an active one resource controls change at once, the rest when it starts next.\n", \
    TABLE, ARRAY_LEN(TABLE), "bBFPX", 1, 1, \
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path)\n" \
    "exit status: 0; 1 nothing is changed; 2 a wrong command line\n", \
}

static const struct cli_command change_command = COMMAND(change_options);
static const struct cli_command remove_command = COMMAND(remove_options);

static int check_inactive(const struct wpar_session *s, const struct cli *c, struct error *err)
{
    for (const char *p = "nd"; *p; p++)
        if (cli_has(c, *p) && s->state.letter != 'D')
            return error_set(err, EBUSY, "-%c: workload partition %s is active", *p, s->name);
    if (cli_has(c, 'K') && (cli_has(c, 'n') || cli_has(c, 'd') || cli_has(c, 'h')))
        return error_set(err, EINVAL, "-K: name, directory and host name cannot be taken away");
    return 0;
}

static int move_tree(struct wpar_session *s, const char *old, struct error *err)
{
    struct job job = { .kind = JOB_MOVE };
    struct error later;
    const char *to = definition_get(&s->definition, ATTR_general_directory);
    snprintf(job.name, sizeof job.name, "%s", s->name);
    snprintf(job.directory, sizeof job.directory, "%s", old);
    snprintf(job.to, sizeof job.to, "%s", to);
    if (job_begin(&s->store, &job, err))
        return -1;
    int rc = rename(old, to) ? error_set(err, errno, "%s: it cannot be moved to %s: %s", old, to, strerror(errno))
                             : store_write(&s->store, s->name, &s->definition, err);
    if (job_finish(&s->store, &job, &later) && rc == 0)
        return *err = later, -1;
    return rc;
}

/* The new name is locked too. */
static int change_name(struct wpar_session *s, struct error *err)
{
    struct job job = { .kind = JOB_RENAME };
    struct wpar_session other = { 0 };
    struct error later;
    const char *to = definition_get(&s->definition, ATTR_general_name);
    if (wpar_session_lock(&other, s->command, to, err))
        return -1;
    snprintf(job.name, sizeof job.name, "%s", s->name);
    snprintf(job.to, sizeof job.to, "%s", to);
    int rc = store_has(&s->store, to, ".cf") ? error_set(err, EEXIST, "a workload partition called %s exists already", to)
                                             : job_begin(&s->store, &job, err);
    if (rc == 0) {
        rc = store_write(&s->store, to, &s->definition, err);
        if (job_finish(&s->store, &job, &later) && rc == 0)
            rc = (*err = later, -1);
    }
    wpar_session_close(&other);
    return rc;
}

/* Limits hold for root's WPARs alone: cgroups of version 1 cannot be handed to users [isolation B6]. */
static int change_limits(const struct wpar_session *s, struct error *err)
{
    struct oci oci;
    if (geteuid() != 0)
        return 0;
    if (oci_open(&oci, s->store.run, s->name, err))
        return -1;
    json_t *resources = resources_json(&s->definition);
    int rc = json_object_size(resources) ? oci_update(&oci, resources, err) : 0;
    json_decref(resources);
    return rc;
}

static int store_changes(struct wpar_session *s, const struct cli *c, const char *old_directory, struct error *err)
{
    if (cli_has(c, 'd') && strcmp(old_directory, definition_get(&s->definition, ATTR_general_directory)) != 0)
        return move_tree(s, old_directory, err);
    if (cli_has(c, 'n') && strcmp(s->name, definition_get(&s->definition, ATTR_general_name)) != 0)
        return change_name(s, err);
    return store_write(&s->store, s->name, &s->definition, err);
}

static int change(struct wpar_session *s, const struct cli *c, struct error *err)
{
    char old_directory[PATH_MAX];
    bool moves = cli_has(c, 'd'), limits = cli_has(c, 'R') && s->state.letter == 'A';
    snprintf(old_directory, sizeof old_directory, "%s", definition_get(&s->definition, ATTR_general_directory));
    if (strcmp(definition_get(&s->definition, ATTR_general_type), "A") == 0)
        return error_set(err, EINVAL, "%s is an application workload partition, which goes when it ends", s->name);
    if (moves && cli_has(c, 'n'))
        return error_set(err, EINVAL, "-n and -d cannot go together");
    if (check_inactive(s, c, err) || definition_from_flags(&s->definition, c, cli_has(c, 'K'), err))
        return -1;
    if (conflicts_check(&s->store, &s->definition, "chwpar", s->name, cli_has(c, 'a'), moves, err))
        return -1;
    if ((limits && change_limits(s, err)) || store_changes(s, c, old_directory, err))
        return -1;
    if (s->state.letter == 'A' && !(limits && c->use_count == 1))
        wpar_say(s, "chwpar: what is not a resource control takes effect when %s starts next.", s->name);
    return 0;
}

int chwpar_main(int argc, char **argv)
{
    struct cli c;
    bool removes = argc > 1 && strncmp(argv[1], "-K", 2) == 0;
    int rc = cli_begin(&c, removes ? &remove_command : &change_command, argc, argv);
    return rc >= 0 ? rc : wpar_session_run(&c, change);
}
