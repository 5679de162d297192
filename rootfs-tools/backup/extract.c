/* extract.c -- see extract.h. */
#include "rootfs-tools/backup/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "rootfs-tools/backup/extract_data.h"
#include "runtime/cleanup.h"

enum { ACL_TEXT_MAX = 65536 };

int extract_default_limits(const char *directory, struct extract_limits *limits, struct error *err)
{
    struct statvfs fs;
    if (statvfs(directory, &fs))
        return error_set(err, errno, "%s: %s", directory, strerror(errno));
    limits->bytes = (uint64_t)fs.f_bavail * fs.f_frsize / 20 * 19;
    limits->members = fs.f_files ? (uint64_t)fs.f_favail / 20 * 19 : UINT32_MAX;
    return 0;
}

int extract_begin(struct extraction *x, const char *directory, const char *sidecar_path, struct error *err)
{
    x->as_root = geteuid() == 0;
    sidecar_begin(&x->sidecar, sidecar_path);
    if (tree_open(&x->tree, directory, err) || (!x->as_root && sidecar_open(&x->sidecar, err))) {
        sidecar_abandon(&x->sidecar);
        tree_close(&x->tree);
        return -1;
    }
    umask(0);
    return 0;
}

/* One member could not be made: told; the rest goes on, unless the file system itself has failed. */
static int member_failed(struct extraction *x, const struct error *why, struct error *err)
{
    static const int fatal[] = { ENOSPC, EDQUOT, EROFS, EIO, ENOMEM, EMFILE, ENFILE };
    for (size_t i = 0; i < ARRAY_LEN(fatal); i++)
        if (why->code == fatal[i]) {
            *err = *why;
            return -1;
        }
    x->counts.failed++;
    x->tell(x->context, why->text);
    return 0;
}

static int cannot(const struct bff_member *m, struct error *err)
{
    return error_set(err, errno, "%s: %s", m->name, strerror(errno));
}

/* Modes as this user may set them. */
static mode_t allowed_mode(const struct extraction *x, uint32_t mode)
{
    return mode & (x->as_root ? 07777 : 01777);
}

static int record(struct extraction *x, const struct bff_member *m, const char *path, const char *nfs4_acl,
                  struct error *err)
{
    return sidecar_add(&x->sidecar, m, path, nfs4_acl, err);
}

/* Everything an ordinary user extracts is recorded; root's only when the file system cannot hold all of it. */
static int record_owner(struct extraction *x, const struct bff_member *m, const char *path, bool owner_set,
                        struct error *err)
{
    bool acl = m->mode & BFF_MODE_EXTENDED_ACL;
    return x->as_root && owner_set && !acl ? 0 : record(x, m, path, NULL, err);
}

/* In a user namespace some ids are not mapped: that is recorded, not an error. */
static bool set_owner(const struct extraction *x, int parent, const char *leaf, const struct bff_member *m)
{
    return x->as_root && fchownat(parent, leaf, m->uid, m->gid, AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH) == 0;
}

static void times_of(uint32_t atime, uint32_t mtime, struct timespec times[2])
{
    times[0] = (struct timespec){ .tv_sec = atime };
    times[1] = (struct timespec){ .tv_sec = mtime };
}

static void set_times_at(int parent, const char *leaf, const struct bff_member *m)
{
    struct timespec times[2];
    times_of(m->atime, m->mtime, times);
    utimensat(parent, leaf, times, AT_SYMLINK_NOFOLLOW);
}

static int create_file(int parent, const char *leaf)
{
    enum { flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC };
    int fd = openat(parent, leaf, flags, 0600);
    if (fd < 0 && errno == EEXIST && tree_remove(parent, leaf) == 0)
        fd = openat(parent, leaf, flags, 0600);
    return fd;
}

static int make_file(struct extraction *x, struct bff_reader *r, int parent, const char *leaf, const char *path,
                     struct error *err)
{
    const struct bff_member *m = &r->member;
    struct timespec times[2];
    close_fd int fd = create_file(parent, leaf);
    if (fd < 0)
        return cannot(m, err);
    int64_t n = extract_data(r, fd, err);
    if (n < 0 && err->code != EBADMSG)
        return -1;
    x->counts.bytes += n > 0 ? (uint64_t)n : 0;
    bool owned = x->as_root && fchown(fd, m->uid, m->gid) == 0;
    times_of(m->atime, m->mtime, times);
    if (fchmod(fd, allowed_mode(x, m->mode)) || futimens(fd, times))
        return cannot(m, err);
    if (n < 0)
        return -1;
    x->counts.files++;
    return record_owner(x, m, path, owned, err);
}

/* A further name of a file that was already made. 1: done; 0: it has to be made for itself. */
static int make_link(struct extraction *x, const struct bff_member *m, const struct link_entry *first, const char *path)
{
    struct error none;
    const char *leaf, *first_leaf;
    int parent = tree_parent(&x->tree, first->path, &first_leaf, &none);
    close_fd int from = parent < 0 ? -1 : fcntl(parent, F_DUPFD_CLOEXEC, 0);
    int to = from < 0 ? -1 : tree_parent(&x->tree, path, &leaf, &none);
    if (to < 0)
        return 0;
    int rc = linkat(from, first_leaf, to, leaf, 0);
    if (rc && errno == EEXIST && tree_remove(to, leaf) == 0)
        rc = linkat(from, first_leaf, to, leaf, 0);
    x->counts.links += rc == 0;
    return rc == 0;
}

/* Links may repeat the data or leave them out [backup-format 13.2]. Repeated data must be those of the first name to be
 * one file. */
static int file_or_link(struct extraction *x, struct bff_reader *r, const char *path, struct error *err)
{
    const char *leaf;
    const struct bff_member *m = &r->member;
    bool several = m->nlink > 1 && m->ino != 0;
    const struct link_entry *first = several ? link_table_find(&x->links, m->dev_major, m->dev_minor, m->ino) : NULL;
    if (first && strcmp(first->path, path) != 0 &&
        (!m->has_data || (first->size == m->size && first->mtime == m->mtime)) && make_link(x, m, first, path))
        return x->as_root ? 0 : record(x, m, path, NULL, err);
    if (!m->has_data && m->size > 0)
        return error_set(err, EBADMSG, "%s: the image holds no data for it%s", m->name,
                         m->nlink > 1 ? " (a further link)" : "");
    int parent = tree_parent(&x->tree, path, &leaf, err);
    if (parent < 0 || make_file(x, r, parent, leaf, path, err))
        return -1;
    struct link_entry entry = { m->dev_major, m->dev_minor, m->ino, m->size, m->mtime, (char *)path };
    return several && !first && link_table_add(&x->links, entry) ? error_set(err, ENOMEM, "out of memory") : 0;
}

static int make_directory(struct extraction *x, const struct bff_member *m, int parent, const char *leaf,
                          const char *path, struct error *err)
{
    struct stat st;
    int rc = *leaf ? mkdirat(parent, leaf, 0700) : 0;
    if (rc && errno == EEXIST && fstatat(parent, leaf, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        if (!S_ISDIR(st.st_mode))
            rc = unlinkat(parent, leaf, 0) ? -1 : mkdirat(parent, leaf, 0700);
        else
            rc = x->as_root ? 0 : fchmodat(parent, leaf, st.st_mode | 0700, 0);
    }
    if (rc)
        return cannot(m, err);
    bool owned = set_owner(x, parent, leaf, m);
    struct made_directory made = { (char *)path, allowed_mode(x, m->mode), m->atime, m->mtime };
    if (dir_list_add(&x->directories, made))
        return error_set(err, ENOMEM, "out of memory");
    x->counts.directories++;
    return record_owner(x, m, path, owned, err);
}

static int make_symlink(struct extraction *x, const struct bff_member *m, int parent, const char *leaf,
                        const char *path, struct error *err)
{
    int rc = symlinkat(m->target, parent, leaf);
    if (rc && errno == EEXIST && tree_remove(parent, leaf) == 0)
        rc = symlinkat(m->target, parent, leaf);
    if (rc)
        return cannot(m, err);
    bool owned = set_owner(x, parent, leaf, m);
    set_times_at(parent, leaf, m);
    x->counts.symlinks++;
    return record_owner(x, m, path, owned, err);
}

static int make_fifo(struct extraction *x, const struct bff_member *m, int parent, const char *leaf, const char *path,
                     struct error *err)
{
    int rc = mkfifoat(parent, leaf, m->mode & 0777);
    if (rc && errno == EEXIST && tree_remove(parent, leaf) == 0)
        rc = mkfifoat(parent, leaf, m->mode & 0777);
    if (rc)
        return cannot(m, err);
    bool owned = set_owner(x, parent, leaf, m);
    set_times_at(parent, leaf, m);
    x->counts.fifos++;
    return record_owner(x, m, path, owned, err);
}

static int record_nfs4_acl(struct extraction *x, struct bff_reader *r, const char *path, struct error *err)
{
    char text[ACL_TEXT_MAX + 1];
    const uint8_t *p;
    size_t have = 0;
    ssize_t n;
    while ((n = bff_data(r, &p, err)) > 0) {
        if (have + (size_t)n > ACL_TEXT_MAX)
            return error_set(err, EBADMSG, "%s: too long for an ACL", r->member.name);
        memcpy(text + have, p, (size_t)n);
        have += (size_t)n;
    }
    if (n < 0)
        return -1;
    text[have] = '\0';
    x->counts.acls++;
    return record(x, &r->member, path, text, err);
}

static int make_member(struct extraction *x, struct bff_reader *r, const char *path, struct error *err)
{
    const struct bff_member *m = &r->member;
    const char *leaf;
    if (bff_is_nfs4_acl(m))
        return record_nfs4_acl(x, r, path, err);
    if (!*path && !S_ISDIR(m->mode))
        return error_set(err, EINVAL, "%s: refused: the directory itself is no directory in the image", m->name);
    if (S_ISREG(m->mode))
        return file_or_link(x, r, path, err);
    if (S_ISCHR(m->mode) || S_ISBLK(m->mode) || S_ISSOCK(m->mode)) {
        x->counts.recorded++;
        return record(x, m, path, NULL, err);
    }
    int parent = tree_parent(&x->tree, path, &leaf, err);
    if (parent < 0)
        return -1;
    switch (m->mode & S_IFMT) {
    case S_IFDIR: return make_directory(x, m, parent, leaf, path, err);
    case S_IFLNK: return make_symlink(x, m, parent, leaf, path, err);
    case S_IFIFO: return make_fifo(x, m, parent, leaf, path, err);
    default:
        return error_set(err, EINVAL, "%s: refused: no type of file (mode %o)", m->name, m->mode);
    }
}

/* What is recorded takes room too: it counts. */
static int within_limits(const struct extraction *x, uint64_t due, struct error *err)
{
    const struct extract_counts *c = &x->counts;
    uint64_t members = c->files + c->directories + c->symlinks + c->links + c->fifos + c->recorded + c->acls;
    uint64_t bytes = c->bytes + sidecar_size(&x->sidecar);
    if (members >= x->limits.members)
        return error_set(err, EFBIG, "more than %" PRIu64 " members: stopped (--max-members)", x->limits.members);
    if (due > x->limits.bytes || bytes > x->limits.bytes - due)
        return error_set(err, EFBIG, "more than %" PRIu64 " bytes: stopped (--max-bytes)", x->limits.bytes);
    return 0;
}

int extract_member(struct extraction *x, struct bff_reader *r, struct error *err)
{
    char path[BFF_NAME_MAX + 1];
    struct error why;
    if (within_limits(x, r->bytes_due, err))
        return -1;
    if (tree_clean_name(r->member.name, path, &why) || make_member(x, r, path, &why))
        return member_failed(x, &why, err);
    return 0;
}

static int finish_directory(struct extraction *x, const struct made_directory *d, struct error *err)
{
    struct timespec times[2];
    close_fd int fd = tree_open_directory(&x->tree, d->path);
    times_of(d->atime, d->mtime, times);
    if (fd < 0 || fchmod(fd, d->mode) || futimens(fd, times))
        return error_set(err, errno, "%s: %s", *d->path ? d->path : ".", strerror(errno));
    return 0;
}

int extract_end(struct extraction *x, struct error *err)
{
    struct error why;
    int rc = 0;
    for (size_t i = x->directories.count; i-- > 0 && rc == 0; )
        if (finish_directory(x, &x->directories.list[i], &why))
            rc = member_failed(x, &why, err);
    if (rc)
        sidecar_abandon(&x->sidecar);
    else
        rc = sidecar_commit(&x->sidecar, err);
    dir_list_free(&x->directories);
    link_table_free(&x->links);
    tree_close(&x->tree);
    return rc;
}
