/* stopwpar.c -- stop a WPAR, and rebootwpar: stop and start a system WPAR [wpar 5]. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/startwpar.h"

enum { DEFAULT_TIMEOUT = 600, HARD_TIMEOUT = 60 };

static const struct cli_option options[] = {
    { 'h', NULL, CLI_FLAG, NULL, "hard: no shutdown scripts; killed when it has not stopped in 60 seconds" },
    { 'F', NULL, CLI_FLAG, NULL, "kill its processes at once" },
    { 't', NULL, CLI_VALUE, "SECONDS", "how long to wait for it to stop (600)" },
    { 'N', NULL, CLI_FLAG, NULL, "wait for any time" },
    { 'r', NULL, CLI_FLAG, NULL, "start it again afterwards" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
};

static const char notes[] = "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path)\n"
                            "exit status: 0; 1 it has not stopped, or is not active; 2 a wrong command line\n";

static const struct cli_command stop_command = {
    "stopwpar", "[-h | -F] [-r] [-t SECONDS | -N] [-v] NAME",
    "Stop a workload partition: its shutdown scripts run, then its processes get SIGTERM and, after half a minute, SIGKILL.\n"
    "An application workload partition is gone afterwards.\n",
    options, ARRAY_LEN(options), "", 1, 1, notes,
};

static const struct cli_command reboot_command = {
    "rebootwpar", "[-h | -F] [-t SECONDS | -N] [-v] NAME", "Stop and start a system workload partition.\n",
    options, ARRAY_LEN(options), "", 1, 1, notes,
};

static int take_options(const struct cli *c, struct stop_options *o, struct error *err)
{
    const char *seconds = cli_value(c, 't');
    char *end = "";
    if (cli_only_one_of(c, "hF", err) || cli_only_one_of(c, "tN", err))
        return -1;
    *o = (struct stop_options){ cli_has(c, 'h'), cli_has(c, 'F'), cli_has(c, 'h') ? HARD_TIMEOUT : DEFAULT_TIMEOUT };
    if (seconds) {
        long n = strtol(seconds, &end, 10);
        if (end == seconds || *end || n < 0 || n > 1000000)
            return error_set(err, EINVAL, "-t %s: not a number of seconds", seconds);
        o->timeout = (int)n;
    }
    o->timeout = cli_has(c, 'N') ? -1 : o->timeout;
    return 0;
}

static int stop(struct wpar_session *s, const struct cli *c, struct error *err)
{
    struct stop_options o;
    bool again = c->command == &reboot_command || cli_has(c, 'r');
    if (take_options(c, &o, err))
        return -1;
    if (again && strcmp(definition_get(&s->definition, ATTR_general_type), "A") == 0)
        return error_set(err, EINVAL, "%s is an application workload partition: it cannot be started again", s->name);
    wpar_say(s, "Stopping workload partition '%s'.", s->name);
    if (wpar_stop(s, &o, err))
        return -1;
    if (!again)
        return 0;
    wpar_say(s, "Starting workload partition '%s'.", s->name);
    return wpar_start(s, &(struct start_options){ 0 }, err);
}

static int run(const struct cli_command *command, int argc, char **argv)
{
    struct error err;
    struct cli c;
    struct stop_options o;
    int rc = cli_begin(&c, command, argc, argv);
    if (rc >= 0)
        return rc;
    if (take_options(&c, &o, &err))
        return wpar_fail(command->name, &err), 2;
    return wpar_session_run(&c, stop);
}

int stopwpar_main(int argc, char **argv) { return run(&stop_command, argc, argv); }

int rebootwpar_main(int argc, char **argv) { return run(&reboot_command, argc, argv); }
