/* iso.c -- the mksysb image inside an ISO, by libarchive; see container.h. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <strings.h>
#include <string.h>
#include "rootfs-tools/backup/container.h"

static const char image_path[] = "usr/sys/inst.images/mksysb_image";

static ssize_t iso_read(void *context, void *to, size_t n)
{
    struct archive *a = context;
    ssize_t got = archive_read_data(a, to, n);
    if (got < 0)
        errno = archive_errno(a) ? archive_errno(a) : EIO;
    return got;
}

static void iso_close(void *context) { archive_read_free(context); }

/* Plain ISO names are in capitals; Rock Ridge and Joliet ones as mkcd gave them. */
static bool is_image(const char *path)
{
    return path && strcasecmp(path, image_path) == 0;
}

int iso_open(struct image_source *s, const char *name, struct error *err)
{
    struct archive *a = archive_read_new();
    struct archive_entry *e;
    if (!a)
        return error_set(err, ENOMEM, "%s: out of memory", name);
    archive_read_support_format_iso9660(a);
    int rc = archive_read_open_filename(a, name, 1 << 16);
    while (rc == ARCHIVE_OK && (rc = archive_read_next_header(a, &e)) == ARCHIVE_OK &&
           !is_image(archive_entry_pathname(e)))
        ;
    if (rc != ARCHIVE_OK) {
        if (rc == ARCHIVE_EOF)
            error_set(err, ENOENT, "%s: an ISO without %s", name, image_path);
        else
            error_set(err, EIO, "%s: %s", name, archive_error_string(a) ? archive_error_string(a) : "cannot be read");
        archive_read_free(a);
        return -1;
    }
    struct source_backend back = { iso_read, NULL, NULL, iso_close, a };
    return source_open_backend(s, name, back, (uint64_t)archive_entry_size(e), err);
}
