/* active_wpar.c -- see active_wpar.h. */
#include "rootfs-tools/wpar/active_wpar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/cleanup.h"

/* Take the lock on the file that has the name now: the holder before us removes it while it still holds it. */
static int take_lock(const char *path)
{
    for (;;) {
        int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return -1;
        struct stat held, named;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino)
            return fd;
        int busy = errno == EWOULDBLOCK;
        close(fd);
        if (busy)
            return errno = EBUSY, -1;
    }
}

static int write_file(const char *dir, const char *name, const char *text)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    close_file FILE *f = fopen(path, "we");
    return f && fputs(text, f) >= 0 && fflush(f) == 0 ? 0 : -1;
}

int active_wpar_begin(struct active_wpar *w, const char *run, const struct wpar_spec *spec, struct error *err)
{
    const char *name = spec->name;
    if (snprintf(w->bundle, PATH_MAX, "%s/%s", run, name) >= PATH_MAX - 16)
        return error_set(err, ENAMETOOLONG, "%s: path too long", run);
    snprintf(w->lock_path, PATH_MAX, "%s/%s.lock", run, name);
    snprintf(w->oci_state, PATH_MAX, "%s/oci", run);
    w->lock = take_lock(w->lock_path);
    if (w->lock < 0 && errno == EBUSY)
        return error_set(err, EBUSY, "a WPAR named '%s' is active already", name);
    if (w->lock < 0)
        return error_set(err, errno, "%s: %s", w->lock_path, strerror(errno));
    if ((mkdir(w->bundle, 0700) && errno != EEXIST) || (mkdir(w->oci_state, 0700) && errno != EEXIST))
        error_set(err, errno, "%s: %s", w->bundle, strerror(errno));
    else if (rootfs_begin(&w->rootfs, spec, w->bundle, err) == 0)
        return 0;
    active_wpar_end(w);
    return -1;
}

int active_wpar_configure(struct active_wpar *w, const char *config, struct error *err)
{
    if (write_file(w->bundle, "config.json", config))
        return error_set(err, errno, "%s: %s", w->bundle, strerror(errno));
    return 0;
}

void active_wpar_end(struct active_wpar *w)
{
    char config[PATH_MAX + 16];
    snprintf(config, sizeof config, "%s/config.json", w->bundle);
    unlink(config);
    rootfs_end(&w->rootfs);
    rmdir(w->bundle);
    rmdir(w->oci_state);        /* fails while other WPARs are active, as it should */
    unlink(w->lock_path);
    close(w->lock);
}
