/* image_create.c -- `wpar image create`. */
#include <stdio.h>
#include "rootfs-tools/backup/create.h"
#include "rootfs-tools/backup/sidecar.h"
#include "rootfs-tools/wpar/image_session.h"
#include "rootfs-tools/wpar/image_write.h"

static void tell(void *context, const char *text)
{
    progress_clear(context);
    fputs("wpar image create: ", stderr);
    print_plain(stderr, text);
    putc('\n', stderr);
}

static void show(void *context, uint64_t written) { progress_show(context, written); }

int image_create(const struct image_options *o)
{
    struct error err = { 0 };
    struct image_progress progress;
    struct creation c = { .tell = tell, .progress = show, .context = &progress, .pack = o->pack };
    const char *directory = o->directory ? o->directory : ".";
    progress_begin(&progress, 0);
    int rc = 0;
    if (o->sidecar && !(c.sidecar = sidecar_load(o->sidecar, &err)))
        rc = -1;
    if (rc == 0)
        rc = image_write(&c, directory, o->image, &err);
    progress_clear(&progress);
    create_free(&c);
    if (rc)
        tell(&progress, err.text);
    return rc ? IMAGE_FAILED : c.failed ? IMAGE_INCOMPLETE : IMAGE_GOOD;
}
