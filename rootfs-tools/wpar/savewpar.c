/* savewpar.c -- back a WPAR up: its file tree, image.data and specification as a backup-by-name image [wpar 7, backup-format 11]. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "rootfs-tools/backup/sidecar.h"
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/exclude_list.h"
#include "rootfs-tools/wpar/guest_file.h"
#include "rootfs-tools/wpar/image_data.h"
#include "rootfs-tools/wpar/image_session.h"
#include "rootfs-tools/wpar/image_write.h"
#include "rootfs-tools/wpar/session.h"
#include "runtime/cleanup.h"

static const struct cli_option options[] = {
    { 'f', NULL, CLI_VALUE, "IMAGE", "the file to write; - for standard output" },
    { 'i', NULL, CLI_FLAG, NULL, "make image.data anew first" },
    { 'e', NULL, CLI_FLAG, NULL, "leave out what /etc/exclude.NAME names: grep patterns on names such as ./tmp/x" },
    { 'p', NULL, CLI_FLAG, NULL, "do not pack files" },
    { 'P', NULL, CLI_FLAG, NULL, "do not pack what /etc/exclude_packing.NAME names" },
    { 'v', NULL, CLI_FLAG, NULL, "print the names of the files" },
    { 'a', NULL, CLI_FLAG, NULL, "accepted: extended attributes are not saved" },
    { 'A', NULL, CLI_FLAG, NULL, "accepted: there is no DMAPI" },
    { 'B', NULL, CLI_FLAG, NULL, "accepted: mounted file systems are not saved" },
    { 'N', NULL, CLI_FLAG, NULL, "accepted: there is no NFS" },
    { 'X', NULL, CLI_FLAG, NULL, "accepted: /tmp is not expanded" },
    { 'Z', NULL, CLI_FLAG, NULL, "accepted: there are no encrypted files" },
    { 'b', NULL, CLI_VALUE, "BLOCKS", "accepted: how much is written at a time" },
};

static const struct cli_command command = {
    "savewpar", "-f IMAGE [-i] [-e] [-p | -P] [-v] NAME",
    "Back a workload partition up into an image file, from which restwpar makes it again. It may be active.\n",
    options, ARRAY_LEN(options), "mTV", 1, 1,
    "environment: WPAR_STATE, SOURCE_DATE_EPOCH (the date of the image)\n"
    "exit status: 0; 1 no image was made, or files are missing in it (a line each); 2 a wrong command line\n",
};

struct saving {
    bool verbose;
    struct exclude_list excluded, unpacked;
    struct image_progress progress;
};

static void tell(void *context, const char *text)
{
    struct saving *s = context;
    progress_clear(&s->progress);
    fputs("savewpar: ", stderr);
    print_plain(stderr, text);
    putc('\n', stderr);
}

static void show(void *context, uint64_t written) { progress_show(&((struct saving *)context)->progress, written); }

/* What belongs to the running system, not to its image. */
static bool is_of_the_run(const char *name)
{
    static const char *const trees[] = { "./dev/", "./proc/" };
    for (size_t i = 0; i < ARRAY_LEN(trees); i++)
        if (strncmp(name, trees[i], strlen(trees[i])) == 0)
            return true;
    return false;
}

static enum create_choice choose(void *context, const char *name)
{
    struct saving *s = context;
    if (is_of_the_run(name) || exclude_list_has(&s->excluded, name))
        return CREATE_LEAVE_OUT;
    if (s->verbose) {
        progress_clear(&s->progress);
        print_plain(stderr, name);
        putc('\n', stderr);
    }
    return exclude_list_has(&s->unpacked, name) ? CREATE_PLAIN : CREATE_AS_SET;
}

static int read_list(struct exclude_list *l, const char *kind, const char *name, struct error *err)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "/etc/%s.%s", kind, name);
    return exclude_list_read(l, path, err);
}

/* image.data and the specification, which go into the image with the tree. */
static int write_facts(const struct wpar_session *w, bool anew, struct error *err)
{
    const char *directory = definition_get(&w->definition, ATTR_general_directory);
    free_ptr char *specification = definition_text(&w->definition, true), *old = guest_file_read(directory, "image.data");
    free_ptr char *data = anew || !old ? image_data_text(&w->definition, err) : NULL;
    if (!specification || ((anew || !old) && !data))
        return specification ? -1 : error_set(err, ENOMEM, "out of memory");
    if (data && guest_file_write(directory, "image.data", data, err))
        return -1;
    return guest_file_write(directory, ".savewpar_dir/wpar.spec", specification, err);
}

static int write_image(struct saving *s, const struct wpar_session *w, const char *image, bool pack, struct error *err)
{
    char sidecar[PATH_MAX];
    struct creation c = { .tell = tell, .progress = show, .choose = choose, .context = s, .pack = pack };
    store_path(sidecar, w->store.definitions, w->name, ".image.json");
    if (access(sidecar, F_OK) == 0 && !(c.sidecar = sidecar_load(sidecar, err)))
        return -1;
    progress_begin(&s->progress, 0);
    int rc = image_write(&c, definition_get(&w->definition, ATTR_general_directory), image, err);
    progress_clear(&s->progress);
    if (rc == 0 && c.failed)
        rc = error_set(err, EIO, "%s: %" PRIu64 " files are missing in it", image, c.failed);
    create_free(&c);
    return rc;
}

static int save(struct wpar_session *w, const struct cli *c, struct error *err)
{
    struct saving s = { .verbose = cli_has(c, 'v') };
    const char *type = definition_get(&w->definition, ATTR_general_type);
    if (strcmp(type, "S") != 0)
        return error_set(err, EINVAL, "%s is an application workload partition: it has no files of its own", w->name);
    int rc = (cli_has(c, 'e') && read_list(&s.excluded, "exclude", w->name, err)) ||
             (cli_has(c, 'P') && read_list(&s.unpacked, "exclude_packing", w->name, err)) || write_facts(w, cli_has(c, 'i'), err) ||
             write_image(&s, w, cli_value(c, 'f'), !cli_has(c, 'p'), err);
    exclude_list_free(&s.excluded);
    exclude_list_free(&s.unpacked);
    return rc ? -1 : 0;
}

int savewpar_main(int argc, char **argv)
{
    struct error err;
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    if (rc >= 0)
        return rc;
    if (!cli_has(&c, 'f'))
        return error_set(&err, EINVAL, "-f IMAGE is missing: there is no tape drive"), wpar_fail("savewpar", &err), 2;
    if (cli_only_one_of(&c, "pP", &err))
        return wpar_fail("savewpar", &err), 2;
    return wpar_session_run(&c, save);
}
