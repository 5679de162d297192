/* image_write.c -- see image_write.h. */
#include "rootfs-tools/wpar/image_write.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "runtime/cleanup.h"

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

int image_write(struct creation *c, const char *directory, const char *image, struct error *err)
{
    return strcmp(image, "-") == 0 ? write_image(c, directory, STDOUT_FILENO, "standard output", err)
                                   : write_file(c, directory, image, err);
}
