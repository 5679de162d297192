/* mkwpardata.c -- write image.data of a WPAR [wpar 7]. */
#include <stdio.h>
#include "rootfs-tools/wpar/command.h"
#include "rootfs-tools/wpar/guest_file.h"
#include "rootfs-tools/wpar/image_data.h"
#include "rootfs-tools/wpar/install_paths.h"
#include "rootfs-tools/wpar/session.h"
#include "runtime/cleanup.h"

static const struct cli_option options[] = {
    { 'X', NULL, CLI_FLAG, NULL, "accepted: /tmp is not expanded" },
};

static const struct cli_command command = {
    "mkwpardata", "NAME",
    "Write image.data of a workload partition, what its backups say of it, to /tmp/wpardata/NAME/image.data and into its file tree.\n",
    options, ARRAY_LEN(options), "m", 1, 1, "environment: WPAR_STATE\nexit status: 0; 1 it could not be written; 2 a wrong command line\n",
};

static int write_data(struct wpar_session *s, const struct cli *c, struct error *err)
{
    char path[PATH_MAX];
    free_ptr char *text = image_data_text(&s->definition, err);
    store_path(path, s->store.data, s->name, "");
    if (!text || install_make_directories(s->store.data, 0700, err) || install_check_own(s->store.data, err) ||
        install_make_directories(path, 0700, err) || install_check_own(path, err))
        return -1;
    store_path(path, s->store.data, s->name, "/image.data");
    return store_write_file(path, text, err) ||
           guest_file_write(definition_get(&s->definition, ATTR_general_directory), "image.data", text, err);
}

int mkwpardata_main(int argc, char **argv)
{
    struct cli c;
    int rc = cli_begin(&c, &command, argc, argv);
    return rc >= 0 ? rc : wpar_session_run(&c, write_data);
}
