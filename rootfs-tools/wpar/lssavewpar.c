/* lssavewpar.c -- what is in a backup of a WPAR [wpar 7]. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/image_facts.h"
#include "rootfs-tools/wpar/image_session.h"
#include "rootfs-tools/wpar/session.h"
#include "rootfs-tools/wpar/stanza.h"

static const struct cli_option options[] = {
    { 'f', NULL, CLI_VALUE, "IMAGE", "the backup" },
    { 'l', NULL, CLI_FLAG, NULL, "date, level and size" },
    { 'M', NULL, CLI_FLAG, NULL, "file systems that its specification mounts" },
    { 'N', NULL, CLI_FLAG, NULL, "NFS file systems: there are none" },
    { 'c', NULL, CLI_FLAG, NULL, "delimited by colons" },
    { 'V', NULL, CLI_FLAG, NULL, "read everything and report damage" },
    { 'a', NULL, CLI_FLAG, NULL, "accepted" },
    { 'b', NULL, CLI_VALUE, "BLOCKS", "accepted: how much is read at a time" },
};

static const struct cli_command command = {
    "lssavewpar", "-f IMAGE [-l | -M | -N | -V] [-c]",
    "List the files of a backup that savewpar made, or facts about it.\n",
    options, ARRAY_LEN(options), "DL", 0, 0, "exit status: 0; 1 it cannot be read, or is damaged; 2 a wrong command line\n",
};

struct facts { char date[100], uname[200], level[40], maintenance[40]; uint64_t blocks; };

static int take_line(void *context, const char *stanza, const char *attribute, const char *value, struct error *err)
{
    struct facts *f = context;
    const struct { const char *name; char *to; size_t size; } wanted[] = {
        { "DATE_TIME", f->date, sizeof f->date },
        { "UNAME_INFO", f->uname, sizeof f->uname },
        { "OSLEVEL", f->level, sizeof f->level },
        { "OSLEVEL_R", f->maintenance, sizeof f->maintenance },
    };
    for (size_t i = 0; attribute && i < ARRAY_LEN(wanted); i++)
        if (strcmp(wanted[i].name, attribute) == 0)
            snprintf(wanted[i].to, wanted[i].size, "%s", value);
    if (attribute && strcmp(stanza, "fs_data") == 0 && strcmp(attribute, "FS_MIN_SIZE") == 0)
        sscanf(value, "%" SCNu64, &f->blocks);
    return 0;
}

/* Labels as lsmksysb -l has them. */
static int print_facts(const char *image, bool delimited, struct error *err)
{
    struct image_facts f;
    struct facts facts = { 0 };
    struct error none;
    if (image_facts_read(&f, image, false, err))
        return -1;
    if (f.image_data)
        stanza_parse(f.image_data, image, take_line, &facts, &none);
    if (delimited)
        printf("#date:uname:oslevel:maintenance:size_mb\n%s:%s:%s:%s:%" PRIu64 "\n", facts.date, facts.uname, facts.level,
               facts.maintenance, facts.blocks / 2048);
    else
        printf("BACKUP DATE AND TIME:   %s\nUNAME INFO:             %s\nBACKUP OSLEVEL:         %s\nMAINTENANCE LEVEL:      %s\n"
               "BACKUP SIZE (MB):       %" PRIu64 "\n",
               facts.date, facts.uname, facts.level, facts.maintenance, facts.blocks / 2048);
    image_facts_free(&f);
    return 0;
}

static int print_mounts(const char *image, bool delimited, struct error *err)
{
    struct image_facts f;
    struct definition d = { 0 };
    const struct record *r;
    if (image_facts_read(&f, image, true, err))
        return -1;
    int rc = f.specification ? definition_read_text(&d, f.specification, "the backup's specification", err)
                             : error_set(err, EINVAL, "%s: not a backup of a workload partition", image);
    if (rc == 0 && delimited)
        puts("#mountpoint:device:options");
    for (size_t from = 0; rc == 0 && (r = definition_next(&d, STANZA_mount, &from));)
        printf("%s%s%s%s%s\n", record_get(r, ATTR_mount_directory), delimited ? ":" : " ", record_get(r, ATTR_mount_dev),
               delimited ? ":" : " ", record_get(r, ATTR_mount_mountopts));
    definition_free(&d);
    image_facts_free(&f);
    return rc;
}

int lssavewpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    const char *image = cli_value(&c, 'f');
    if (!image)
        return error_set(&err, EINVAL, "-f IMAGE is missing: there is no tape drive"), wpar_fail("lssavewpar", &err), 2;
    if (cli_only_one_of(&c, "lMNV", &err))
        return wpar_fail("lssavewpar", &err), 2;
    struct image_options o = { .verb = "ls", .image = image };
    if (cli_has(&c, 'V'))
        return image_verify(&o) ? 1 : 0;
    if (cli_has(&c, 'N'))
        return 0;
    if (!cli_has(&c, 'l') && !cli_has(&c, 'M'))
        return image_ls(&o) ? 1 : 0;
    rc = cli_has(&c, 'l') ? print_facts(image, cli_has(&c, 'c'), &err) : print_mounts(image, cli_has(&c, 'c'), &err);
    return rc ? wpar_fail("lssavewpar", &err) : 0;
}
