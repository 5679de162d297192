/* image_create.c -- `wpar image create`. */
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "rootfs-tools/backup/create.h"
#include "rootfs-tools/backup/sidecar.h"
#include "rootfs-tools/wpar/image_session.h"
#include "runtime/cleanup.h"

static void tell(void *context, const char *text)
{
    progress_clear(context);
    fputs("wpar image create: ", stderr);
    print_plain(stderr, text);
    putc('\n', stderr);
}

static void show(void *context, uint64_t written) { progress_show(context, written); }

/* SOURCE_DATE_EPOCH makes images that are the same byte for byte. */
static uint32_t image_date(void)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    return fixed ? (uint32_t)strtoul(fixed, NULL, 10) : (uint32_t)time(NULL);
}

static const char *user_name(void)
{
    const struct passwd *pw = getpwuid(geteuid());
    return pw ? pw->pw_name : "unknown";
}

static int write_image(struct creation *c, const char *directory, int fd, const char *name, struct error *err)
{
    struct bff_writer w;
    c->writer = &w;
    int rc = bff_write_begin(&w, fd, name, image_date(), user_name(), err);
    if (rc == 0)
        rc = create_tree(c, directory, err);
    if (rc == 0)
        rc = bff_write_end(&w, err);
    bff_write_free(&w);
    return rc;
}

/* Under a temporary name until it is whole. */
static int write_file(struct creation *c, const char *directory, const char *name, struct error *err)
{
    free_ptr char *temporary = NULL;
    if (asprintf(&temporary, "%s.new", name) < 0)
        return error_set(err, ENOMEM, "out of memory");
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return error_set(err, errno, "%s: %s", name, strerror(errno));
    int rc = write_image(c, directory, fd, name, err);
    if (rc == 0 && (fsync(fd) && errno != EINVAL))
        rc = error_set(err, errno, "%s: %s", name, strerror(errno));
    close(fd);
    if (rc == 0 && rename(temporary, name))
        rc = error_set(err, errno, "%s: %s", name, strerror(errno));
    if (rc)
        unlink(temporary);
    return rc;
}

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
        rc = strcmp(o->image, "-") == 0 ? write_image(&c, directory, STDOUT_FILENO, "standard output", &err)
                                        : write_file(&c, directory, o->image, &err);
    progress_clear(&progress);
    create_free(&c);
    if (rc)
        tell(&progress, err.text);
    return rc ? IMAGE_FAILED : c.failed ? IMAGE_INCOMPLETE : IMAGE_GOOD;
}
