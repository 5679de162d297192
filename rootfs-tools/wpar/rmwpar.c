/* rmwpar.c -- remove a WPAR: its definition and, unless kept, its file tree [wpar 5]. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/job.h"
#include "rootfs-tools/wpar/startwpar.h"

static const struct cli_option options[] = {
    { 's', NULL, CLI_FLAG, NULL, "stop it first" },
    { 'F', NULL, CLI_FLAG, NULL, "stop it by force when needed, and go on when that fails" },
    { 'p', NULL, CLI_FLAG, NULL, "keep its file tree, for mkwpar -p" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
};

static const struct cli_command command = {
    "rmwpar", "[-F] [-p] [-s] [-v] NAME",
    "Remove a workload partition. A file tree that was there before the partition (mkwpar -p) is kept.\n",
    options, ARRAY_LEN(options), "", 1, 1,
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path)\n"
    "exit status: 0; 1 it could not be removed, or does not exist; 2 a wrong command line\n",
};

static int stop_first(struct wpar_session *s, bool stop, bool force, struct error *err)
{
    struct stop_options o = { .hard = true, .force = force, .timeout = 60 };
    if (s->state.letter == 'D')
        return 0;
    if (!stop && !force)
        return error_set(err, EBUSY, "workload partition %s is active (-s stops it first)", s->name);
    return wpar_stop(s, &o, err);
}

/* The tree itself goes only when it is the WPAR's own. */
static bool keeps_tree(const struct wpar_session *s, bool asked)
{
    const char *directory = definition_get(&s->definition, ATTR_general_directory);
    bool foreign = definition_is(&s->definition, ATTR_general_preserve);
    if (foreign && !asked)
        printf("rmwpar: %s was there before the workload partition and is kept\n", directory);
    return asked || foreign || strcmp(directory, "/") == 0;
}

static int remove_wpar(struct wpar_session *s, bool keep, struct error *err)
{
    struct job job = { .kind = JOB_REMOVE };
    if (!store_has(&s->store, s->name, ".cf"))
        return 0;       /* an application WPAR that is stopped is gone */
    snprintf(job.name, sizeof job.name, "%s", s->name);
    if (!keeps_tree(s, keep))
        snprintf(job.directory, sizeof job.directory, "%s", definition_get(&s->definition, ATTR_general_directory));
    if (*job.directory)
        wpar_say(s, "rmwpar: Removing file tree %s.", job.directory);
    return job_begin(&s->store, &job, err) || job_finish(&s->store, &job, err) ? -1 : 0;
}

static int stop_and_remove(struct wpar_session *s, const struct cli *c, struct error *err)
{
    bool force = cli_has(c, 'F');
    int rc = stop_first(s, cli_has(c, 's'), force, err);
    if (rc && force && s->state.letter != 'B') {
        wpar_fail("rmwpar", err);
        rc = 0;
    }
    return rc || remove_wpar(s, cli_has(c, 'p'), err);
}

int rmwpar_main(int argc, char **argv)
{
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    return rc >= 0 ? rc : wpar_session_run(&c, stop_and_remove);
}
