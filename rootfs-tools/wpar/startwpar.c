/* startwpar.c -- start a system WPAR [wpar 5]. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/startwpar.h"

static const struct cli_option options[] = {
    { 'a', NULL, CLI_FLAG, NULL, "accepted: conflicts were resolved when the WPAR was made" },
    { '1', NULL, CLI_FLAG, NULL, "only load it: everything is set up, no process is started" },
    { 'm', NULL, CLI_FLAG, NULL, "maintenance mode: as -1, in state M" },
    { '2', NULL, CLI_FLAG, NULL, "start the processes of a loaded one, or of one in maintenance mode" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
    { 0, "auto", CLI_FLAG, NULL, "every WPAR that is to be started at boot (mkwpar -A) and is not active" },
    { 0, "unit", CLI_FLAG, NULL, "print a systemd unit that does so at boot, and stops them at shutdown" },
    { 0, "interpret", CLI_FLAG, NULL, "no translation: no translator is started" },
};

static const struct cli_command command = {
    "startwpar", "[-v] [-1 | -2 | -m] NAME\n       startwpar --auto [-v]\n       startwpar --unit",
    "Start a system workload partition: its file systems, addresses and limits are set up, and its init started.\n"
    "What init and its programs print goes to the partition's log.\n",
    options, ARRAY_LEN(options), "eIR", 0, 1,
    "environment: WPAR_STATE, WPAR_RUNTIME (runc, crun or a path), VWPAR_CACHE (translation cache)\n"
    "exit status: 0; 1 it could not be started, and nothing is left of the attempt; 2 a wrong command line\n",
};

static int start(struct wpar_session *s, const struct cli *c, struct error *err)
{
    struct start_options o = { .stay = cli_has(c, '1') ? 'L' : cli_has(c, 'm') ? 'M' : 0, .interpret = cli_has_long(c, "interpret") };
    wpar_say(s, "Starting workload partition '%s'.", s->name);
    return wpar_start(s, &o, err);
}

/* /etc/rc.wpars' work. What one fails with does not keep the others. */
static int start_all(const struct cli *c)
{
    struct error err;
    struct store s;
    char **names;
    size_t count;
    int failed = 0;
    if (store_open(&s, &err) || store_names(&s, &names, &count, &err))
        return wpar_fail("startwpar", &err);
    for (size_t i = 0; i < count; i++) {
        struct definition d = { 0 };
        struct active_state state;
        struct cli one = *c;
        active_state_read(&s, names[i], &state);
        one.operands = &names[i];
        if (state.letter == 'D' && store_read(&s, names[i], &d, &err) == 0 && definition_is(&d, ATTR_general_auto))
            failed |= wpar_session_run(&one, start);
        definition_free(&d);
    }
    store_free_names(names, count);
    return failed;
}

/* The commands by their own path; stopping is left to each WPAR's init. */
static int print_unit(void)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    printf("[Unit]\nDescription=AIX workload partitions\nAfter=local-fs.target network-online.target\nWants=network-online.target\n\n"
           "[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=%s startwpar --auto\n"
           "ExecStop=/bin/sh -c 'for w in $(%s lswpar -q -s A -t S -c -a name); do %s stopwpar $w; done'\nTimeoutStopSec=infinity\n\n"
           "[Install]\nWantedBy=multi-user.target\n", path, path, path);
    return 0;
}

int startwpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    if (cli_only_one_of(&c, "12m", &err))
        return wpar_fail("startwpar", &err), 2;
    if (cli_has_long(&c, "unit"))
        return print_unit();
    if (cli_has_long(&c, "auto"))
        return start_all(&c);
    if (!c.operand_count)
        return error_set(&err, EINVAL, "the name of a workload partition is missing"), wpar_fail("startwpar", &err), 2;
    return wpar_session_run(&c, start);
}
