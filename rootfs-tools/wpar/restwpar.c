/* restwpar.c -- make a WPAR again from a backup [wpar 7]. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/image_facts.h"
#include "rootfs-tools/wpar/mkwpar.h"

static const struct cli_option options[] = {
    { 'f', NULL, CLI_VALUE, "IMAGE", "the backup: an image of savewpar" },
    { 'n', NULL, CLI_VALUE, "NAME", "name; default that in the backup" },
    { 'd', NULL, CLI_VALUE, "DIR", "its file tree; default that in the backup or, with -n, /wpars/NAME" },
    { 'h', NULL, CLI_VALUE, "HOST", "its host name; default that in the backup" },
    { 'w', NULL, CLI_VALUE, "FILE", "specification file in place of the one in the backup" },
    { 'A', NULL, CLI_FLAG, NULL, "to be started at boot" },
    { 'a', NULL, CLI_FLAG, NULL, "resolve conflicts of directory, host name and addresses" },
    { 'r', NULL, CLI_FLAG, NULL, "copy this machine's name resolution files into it" },
    { 's', NULL, CLI_FLAG, NULL, "start it when it is made" },
    { 'F', NULL, CLI_FLAG, NULL, "take what can be read of a damaged image" },
    { 'C', NULL, CLI_FLAG, NULL, "accepted: every backup of a workload partition fits here" },
    { 'i', NULL, CLI_VALUE, "FILE", "accepted: image.data in place of the one in the backup" },
    { 'b', NULL, CLI_VALUE, "BLOCKS", "accepted: how much is read at a time" },
    { 'B', NULL, CLI_VALUE, "FILE", "accepted: device exports file" },
    { 'v', NULL, CLI_FLAG, NULL, "print the names of the files" },
};

static const struct cli_command command = {
    "restwpar", "-f IMAGE [-n NAME] [-d DIR] [-h HOST] [-w FILE] [-a] [-A] [-r] [-s] [-F] [-v]",
    "Make a workload partition from a backup that savewpar made.\n",
    options, ARRAY_LEN(options), "kKMSU", 0, 0,
    "environment: WPAR_STATE\nexit status: 0; 1 it could not be made, and nothing is left; 2 a wrong command line\n",
};

static int read_specification(struct definition *d, const struct cli *c, const char *image, struct error *err)
{
    struct image_facts f;
    if (cli_has(c, 'w'))
        return definition_read(d, cli_value(c, 'w'), err);
    if (image_facts_read(&f, image, true, err))
        return -1;
    int rc = f.specification ? definition_read_text(d, f.specification, "the backup's specification", err)
                             : error_set(err, EINVAL, "%s: not a backup of a workload partition (no specification in it; "
                                                      "mkwpar -C -B restores a mksysb)", image);
    image_facts_free(&f);
    return rc;
}

/* What the backup says, less what is the original's alone. */
static int take_flags(struct definition *d, const struct cli *c, struct error *err)
{
    const char *name = cli_value(c, 'n'), *directory = cli_value(c, 'd'), *host = cli_value(c, 'h');
    bool other = name && strcmp(name, definition_get(d, ATTR_general_name)) != 0;
    return definition_set(d, ATTR_general_uuid, NULL, err) || (other && definition_set(d, ATTR_general_directory, NULL, err)) ||
           (name && definition_set(d, ATTR_general_name, name, err)) ||
           (directory && definition_set(d, ATTR_general_directory, directory, err)) ||
           (host && definition_set(d, ATTR_general_hostname, host, err)) ||
           (cli_has(c, 'A') && definition_set(d, ATTR_general_auto, "yes", err));
}

/* A backup's specification decides what of this machine the WPAR gets and runs: whoever restores it shall see that. */
static void tell_access(const struct definition *d)
{
    const struct record *r;
    const char *script = definition_get(d, ATTR_general_script);
    if (*script)
        fprintf(stderr, "restwpar: the specification runs %s of this machine at start and stop\n", script);
    for (size_t from = 0; (r = definition_next(d, STANZA_mount, &from));)
        if (*record_get(r, ATTR_mount_dev))
            fprintf(stderr, "restwpar: the specification mounts %s of this machine at %s (%s)\n", record_get(r, ATTR_mount_dev),
                    record_get(r, ATTR_mount_directory), record_get(r, ATTR_mount_mountopts));
}

static int restore(struct new_wpar *n, const struct cli *c, struct error *err)
{
    struct store s;
    if (store_open(&s, err) || read_specification(&n->definition, c, n->image, err) || take_flags(&n->definition, c, err))
        return -1;
    tell_access(&n->definition);
    return new_wpar_defaults(n, &s, err) || new_wpar_make(n, err);
}

int restwpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    struct new_wpar n = { .command = "restwpar", .image = cli_value(&c, 'f'), .resolve = cli_has(&c, 'a'), .force = cli_has(&c, 'F'),
                          .copy_resolution = cli_has(&c, 'r'), .verbose = cli_has(&c, 'v') };
    if (!n.image)
        return error_set(&err, EINVAL, "-f IMAGE is missing: there is no tape drive"), wpar_fail("restwpar", &err), 2;
    int status = restore(&n, &c, &err) ? wpar_fail("restwpar", &err) : new_wpar_tell(&n, cli_has(&c, 's'));
    definition_free(&n.definition);
    return status;
}
