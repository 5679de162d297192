/* restwparfiles.c -- single files of a backup back into a WPAR, or into a directory [wpar 7]. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/image_restore.h"
#include "rootfs-tools/wpar/session.h"

static const struct cli_option options[] = {
    { 'f', NULL, CLI_VALUE, "IMAGE", "the backup" },
    { 'n', NULL, CLI_VALUE, "NAME", "into this WPAR" },
    { 'd', NULL, CLI_VALUE, "DIR", "into this directory of the host" },
    { 'v', NULL, CLI_FLAG, NULL, "print the names of the files" },
};

static const struct cli_command command = {
    "restwparfiles", "-f IMAGE {-n NAME | -d DIR} [-v] FILE...",
    "Restore files, and directories with all below them, of a backup. Files that are there are replaced.\n",
    options, ARRAY_LEN(options), "ab", 1, -1,
    "environment: WPAR_STATE\nexit status: 0; 1 a file was not found or could not be restored; 2 a wrong command line\n",
};

static int restore(const char *image, const char *directory, const struct cli *c, struct error *err)
{
    char sidecar[PATH_MAX];
    snprintf(sidecar, sizeof sidecar, "%.4000s.restored.json", directory);
    struct image_restore r = { .command = "restwparfiles", .image = image, .directory = directory, .sidecar = sidecar,
                               .names = c->operands, .verbose = cli_has(c, 'v') };
    if (image_restore(&r, err))
        return -1;
    unlink(sidecar);        /* owners of these files are not kept apart: the WPAR's own record stands */
    if (r.lost)
        return error_set(err, EIO, "%s: %" PRIu64 " problems", image, r.lost);
    return r.files ? 0 : error_set(err, ENOENT, "%s: none of the files is in it", image);
}

static int restore_into(const struct cli *c, struct error *err)
{
    struct wpar_session s = { 0 };
    if (cli_has(c, 'd'))
        return restore(cli_value(c, 'f'), cli_value(c, 'd'), c, err);
    if (wpar_session_open(&s, "restwparfiles", cli_value(c, 'n'), err))
        return -1;
    int rc = restore(cli_value(c, 'f'), definition_get(&s.definition, ATTR_general_directory), c, err);
    wpar_session_close(&s);
    return rc;
}

int restwparfiles_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    if (cli_only_one_of(&c, "nd", &err))
        return wpar_fail("restwparfiles", &err), 2;
    if (!cli_has(&c, 'f') || (!cli_has(&c, 'n') && !cli_has(&c, 'd')))
        return error_set(&err, EINVAL, "-f IMAGE and one of -n and -d are needed"), wpar_fail("restwparfiles", &err), 2;
    return restore_into(&c, &err) ? wpar_fail("restwparfiles", &err) : 0;
}
