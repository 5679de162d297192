/* mkwpar.c -- make a system WPAR, or write its specification file [wpar 2]. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/definition_flags.h"
#include "rootfs-tools/wpar/mkwpar.h"
#include "rootfs-tools/wpar/mkwpar_check.h"

static const struct cli_option options[] = {
    { 'n', NULL, CLI_VALUE, "NAME", "name of the WPAR (at most 25 letters, digits, _ - @)" },
    { 'B', NULL, CLI_VALUE, "IMAGE", "restore this backup image: a mksysb, with -C; or one that savewpar made" },
    { 'C', NULL, CLI_FLAG, NULL, "versioned: the image is of AIX 5.2 or 5.3" },
    { 'd', NULL, CLI_VALUE, "DIR", "its file tree; default /wpars/NAME" },
    { 'h', NULL, CLI_VALUE, "HOST", "its host name; default NAME" },
    { 'p', NULL, CLI_OPTIONAL, "[NAME]", "keep what is in the directory: rmwpar -p left it, or it is a root tree of yours" },
    { 'l', NULL, CLI_FLAG, NULL, "a private, writable /usr; without it /usr is the builtin libraries' own" },
    { 'M', NULL, CLI_LIST, "attr=value...", "a file system: directory=PATH dev=HOSTDIR [vfs=namefs|tmpfs] [mountopts=ro|rw]" },
    { 'N', NULL, CLI_LIST, "attr=value...", "an address: address=A netmask=M | address6=A prefixlen=N, [interface=BRIDGE] [broadcast=B]" },
    { 'i', NULL, CLI_FLAG, NULL, "routes of its own" },
    { 'I', NULL, CLI_LIST, "attr=value...", "a route: rtdest=A|default rtgateway=A [rtinterface=I]" },
    { 'R', NULL, CLI_LIST, "attr=value...", "resource controls: CPU=m%-S%,H% memory=m%-S%,H% shares_CPU=N totalProcesses=N ..." },
    { 'S', NULL, CLI_LIST, "attr=value...", "privileges: privs[+|-]=LIST secfile=FILE; kept and shown, without effect" },
    { 'D', NULL, CLI_LIST, "attr=value...", "a device: devname=NAME [devtype=T] [virtualdevice=V]; kept and shown, without effect" },
    { 'X', NULL, CLI_LIST, "attr=value...", "kernel extensions: refused, there is no kernel that could load them" },
    { 'A', NULL, CLI_FLAG, NULL, "to be started at boot" },
    { 's', NULL, CLI_FLAG, NULL, "start it when it is made" },
    { 'a', NULL, CLI_FLAG, NULL, "resolve conflicts of directory, host name and addresses" },
    { 'r', NULL, CLI_FLAG, NULL, "copy this machine's name resolution files into it" },
    { 'u', NULL, CLI_VALUE, "SCRIPT", "run SCRIPT of this machine with start or stop, and the name, when the WPAR starts or stops" },
    { 'c', NULL, CLI_FLAG, NULL, "checkpointable; kept and shown" },
    { 'U', NULL, CLI_OPTIONAL, "[UUID]", "its UUID; default a new one" },
    { 'g', NULL, CLI_VALUE, "VG", "volume group; kept, without effect" },
    { 'H', NULL, CLI_VALUE, "ARCH", "processor level; kept, without effect" },
    { 'b', NULL, CLI_VALUE, "FILE", "device exports file; without effect" },
    { 'L', NULL, CLI_VALUE, "attr=value", "file system layout; without effect: there is one file tree" },
    { 'e', NULL, CLI_VALUE, "NAME", "settings of another WPAR" },
    { 'f', NULL, CLI_VALUE, "FILE", "settings of a specification file" },
    { 'o', NULL, CLI_VALUE, "FILE", "write a specification file" },
    { 'w', NULL, CLI_FLAG, NULL, "with -o: only write it" },
    { 'F', NULL, CLI_FLAG, NULL, "take what can be read of a damaged image" },
    { 'v', NULL, CLI_FLAG, NULL, "say what is done" },
    { 0, "translate", CLI_VALUE, "PATH[,PATH...]", "translate these programs, or all below these directories, of its tree" },
    { 0, "check", CLI_VALUE, "IMAGE|DIR", "make nothing: tell which programs of an image or root tree run here" },
    { 0, "json", CLI_FLAG, NULL, "--check: as a JSON object" },
    { 0, "level", CLI_VALUE, "LEVEL", "level of an image that tells none: 5.2, 5.3, 5300-12 ..." },
};

static const struct cli_command command = {
    "mkwpar",
    "-n NAME [-C -B IMAGE] [OPTION...]\n       mkwpar -w -o FILE [-n NAME] [OPTION...]\n"
    "       mkwpar --check IMAGE|DIR [--json] [-v] [-o FILE]",
    "Make a system workload partition: from a backup image of AIX 5.2 or 5.3, from a root tree, or from the builtin base.\n"
    "Conflicts are found before anything is changed; what was made is removed when a later step fails.\n",
    options, ARRAY_LEN(options), "EkPtTW", 0, 0,
    "environment: WPAR_STATE (directory that etc/wpars, wpars, var/adm/wpars and run/vwpar lie in), VWPAR_CACHE (startwpar),\n"
    "VWPAR_ROOTFS (a base rootfs that /usr and /etc come from)\n"
    "exit status: 0; 1 it could not be made; 2 a wrong command line; 3 --check: something cannot run\n",
};

static int read_settings(struct new_wpar *n, const struct cli *c, const struct store *s, struct error *err)
{
    const char *file = cli_value(c, 'f'), *other = cli_value(c, 'e');
    if (file)
        return definition_read(&n->definition, file, err);
    if (!other)
        return 0;
    struct definition d = { 0 };
    int rc = store_read(s, other, &d, err) || definition_copy_settings(&n->definition, &d, err);
    definition_free(&d);
    return rc;
}

/* "-p NAME" also names the WPAR [wpar 2]. */
static int prepare(struct new_wpar *n, const struct cli *c, const struct store *s, struct error *err)
{
    const char *level = cli_long_value(c, "level"), *kept = cli_value(c, 'p');
    if (cli_only_one_of(c, "ef", err) || cli_only_one_of(c, "Bp", err))
        return -1;
    if (cli_has(c, 'C') && !cli_has(c, 'B'))
        return error_set(err, EINVAL, "-C needs -B IMAGE");
    if (cli_has(c, 'w') && !cli_has(c, 'o'))
        return error_set(err, EINVAL, "-w needs -o FILE");
    if (read_settings(n, c, s, err) || definition_from_flags(&n->definition, c, false, err))
        return -1;
    if (level && definition_set(&n->definition, ATTR_general_level, level, err))
        return -1;
    return kept && !cli_has(c, 'n') ? definition_set(&n->definition, ATTR_general_name, kept, err) : 0;
}

static int make(struct new_wpar *n, const struct cli *c, const struct store *s, struct error *err)
{
    const char *out = cli_value(c, 'o');
    bool only_write = cli_has(c, 'w');
    if (!only_write && new_wpar_defaults(n, s, err))
        return -1;
    if (out && store_write_specification(&n->definition, out, err))
        return -1;
    return only_write ? 0 : new_wpar_make(n, err);
}

/* It is made. */
static int finish(const struct new_wpar *n, const struct cli *c)
{
    const char *programs = cli_long_value(c, "translate");

    if (programs)
        new_wpar_translate(n, programs);
    return new_wpar_tell(n, cli_has(c, 's'));
}

static int check_only(const struct cli *c)
{
    struct error err;
    int status = mkwpar_check(cli_long_value(c, "check"), cli_has_long(c, "json"), cli_has(c, 'v'), cli_value(c, 'o'), &err);
    return status < 0 ? wpar_fail("mkwpar", &err) : status;
}

int mkwpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    struct store s;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    if (cli_has_long(&c, "check"))
        return check_only(&c);
    struct new_wpar n = { .command = "mkwpar", .image = cli_value(&c, 'B'), .versioned = cli_has(&c, 'C'), .keep = cli_has(&c, 'p'),
                          .resolve = cli_has(&c, 'a'), .force = cli_has(&c, 'F'), .copy_resolution = cli_has(&c, 'r'),
                          .verbose = cli_has(&c, 'v') };
    if (store_open(&s, &err) || prepare(&n, &c, &s, &err)) {
        definition_free(&n.definition);
        return wpar_fail("mkwpar", &err), 2;
    }
    int status = make(&n, &c, &s, &err) ? wpar_fail("mkwpar", &err) : cli_has(&c, 'w') ? 0 : finish(&n, &c);
    definition_free(&n.definition);
    return status;
}
