/* startwpar.c -- start a system WPAR [wpar 5]. */
#include <stdio.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/startwpar.h"

static const struct cli_option options[] = {
    { 'a', NULL, CLI_FLAG, NULL, "accepted: conflicts were resolved when the WPAR was made" },
    { '1', NULL, CLI_FLAG, NULL, "only load it: everything is set up, no process is started" },
    { '2', NULL, CLI_FLAG, NULL, "start the processes of a loaded one" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
    { 0, "interpret", CLI_FLAG, NULL, "no translation: no translator is started" },
};

static const struct cli_command command = {
    "startwpar", "[-v] [-1 | -2] NAME",
    "Start a system workload partition: its file systems, addresses and limits are set up, and its init started.\n"
    "What init and its programs print goes to the partition's log.\n",
    options, ARRAY_LEN(options), "meIR", 1, 1,
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path), VWPAR_CACHE (translation cache)\n"
    "exit status: 0; 1 it could not be started, and nothing is left of the attempt; 2 a wrong command line\n",
};

static int start(struct wpar_session *s, const struct cli *c, struct error *err)
{
    struct start_options o = { .loaded_only = cli_has(c, '1'), .interpret = cli_has_long(c, "interpret") };
    wpar_say(s, "Starting workload partition '%s'.", s->name);
    return wpar_start(s, &o, err);
}

int startwpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    if (cli_only_one_of(&c, "12", &err))
        return wpar_fail("startwpar", &err), 2;
    return wpar_session_run(&c, start);
}
