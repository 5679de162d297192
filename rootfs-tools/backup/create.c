/* create.c -- see create.h. */
#include "rootfs-tools/backup/create.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "rootfs-tools/backup/create_data.h"
#include "rootfs-tools/backup/recorded.h"
#include "runtime/cleanup.h"

static int add_tree(struct creation *c, int directory, struct bff_member *m, size_t length, struct error *err);

static void skip(struct creation *c, const char *name, const char *why)
{
    char text[BFF_NAME_MAX + 200];
    snprintf(text, sizeof text, "%s: %s", name, why);
    c->failed++;
    c->tell(c->context, text);
}

static void from_stat(struct bff_member *m, const struct stat *st)
{
    m->nlink = (uint16_t)(st->st_nlink < UINT16_MAX ? st->st_nlink : UINT16_MAX);
    m->mode = st->st_mode;
    m->uid = st->st_uid;
    m->gid = st->st_gid;
    m->size = S_ISREG(st->st_mode) ? (uint32_t)st->st_size : 0;
    m->dsize = m->size;
    m->packed = false;
    m->acl_size = 0;
    m->atime = (uint32_t)st->st_atime;
    m->mtime = (uint32_t)st->st_mtime;
    m->ctime = (uint32_t)st->st_ctime;
    m->rdev_major = m->rdev_minor = 0;
    if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
        m->rdev_major = major(st->st_rdev);
        m->rdev_minor = minor(st->st_rdev);
    }
}

/* Numbers as AIX's backup gives them: -1, -2 ... for directories, 0 for files of one name; ours for
 * those of several. */
static int number(struct creation *c, struct bff_member *m, const struct stat *st, struct error *err)
{
    m->ino = 0;
    if (S_ISDIR(m->mode)) {
        m->ino = --c->next_directory;
        return 0;
    }
    if (!S_ISREG(m->mode) || st->st_nlink < 2)
        return 0;
    uint32_t low = (uint32_t)st->st_ino, high = (uint32_t)((uint64_t)st->st_ino >> 32) ^ (uint32_t)st->st_dev;
    const struct link_entry *known = link_table_find(&c->links, high, 0, low);
    m->ino = known ? known->size : ++c->next_ino;
    struct link_entry entry = { high, 0, low, m->ino, 0, "" };
    return !known && link_table_add(&c->links, entry) ? error_set(err, ENOMEM, "out of memory") : 0;
}

static int put_member(struct creation *c, struct bff_member *m, const struct stat *st, struct error *err)
{
    recorded_attributes(c->sidecar, m, c->acl);
    if (number(c, m, st, err))
        return -1;
    c->members++;
    if (c->progress)
        c->progress(c->context, c->writer->written);
    return bff_write_member(c->writer, m, err);
}

static int add_file(struct creation *c, int parent, const char *leaf, struct bff_member *m, bool pack, struct error *err)
{
    struct stat st;
    close_fd int fd = openat(parent, leaf, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode))
        return skip(c, m->name, fd < 0 ? strerror(errno) : "changed while the image was made"), 0;
    if ((uint64_t)st.st_size > UINT32_MAX)
        return skip(c, m->name, "left out: the format holds files below 4 GiB"), 0;
    from_stat(m, &st);
    const char *why = NULL;
    struct huffman_code code;
    bool packed = pack && create_plan_packing(fd, m, &code);
    int rc = put_member(c, m, &st, err);
    if (rc == 0)
        rc = create_data(c->writer, fd, packed ? &code : NULL, m->size, &why, err);
    if (why)
        skip(c, m->name, why);
    return rc;
}

static int add_symlink(struct creation *c, int parent, const char *leaf, struct bff_member *m, const struct stat *st,
                       struct error *err)
{
    ssize_t n = readlinkat(parent, leaf, m->target, sizeof m->target);
    if (n <= 0 || n >= (ssize_t)sizeof m->target)
        return skip(c, m->name, n < 0 ? strerror(errno) : "left out: the target is too long"), 0;
    m->target[n] = '\0';
    m->size = m->dsize = (uint32_t)n;
    return put_member(c, m, st, err);
}

static int add_entry(struct creation *c, int parent, const char *leaf, struct bff_member *m, size_t length,
                     struct error *err)
{
    struct stat st;
    if (fstatat(parent, leaf, &st, AT_SYMLINK_NOFOLLOW))
        return skip(c, m->name, strerror(errno)), 0;
    from_stat(m, &st);
    enum create_choice choice = c->choose ? c->choose(c->context, m->name) : CREATE_AS_SET;
    if (choice == CREATE_LEAVE_OUT && !S_ISDIR(st.st_mode))
        return 0;
    if (S_ISREG(st.st_mode))
        return add_file(c, parent, leaf, m, c->pack && choice != CREATE_PLAIN, err);
    if (S_ISLNK(st.st_mode))
        return add_symlink(c, parent, leaf, m, &st, err);
    if (S_ISSOCK(st.st_mode))
        return skip(c, m->name, "left out: a socket"), 0;
    if (!S_ISDIR(st.st_mode))
        return put_member(c, m, &st, err);
    int fd = openat(parent, leaf, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return skip(c, m->name, strerror(errno)), 0;
    if (choice != CREATE_LEAVE_OUT && put_member(c, m, &st, err))
        return close(fd), -1;
    return add_tree(c, fd, m, length, err);
}

static int no_dots(const struct dirent *d)
{
    return strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Below one directory, whose name of `length` bytes stands in m->name and comes back there; takes the descriptor. */
static int add_tree(struct creation *c, int directory, struct bff_member *m, size_t length, struct error *err)
{
    struct dirent **names = NULL;
    int rc = 0, n = scandirat(directory, ".", &names, no_dots, by_bytes);
    if (n < 0)
        skip(c, m->name, strerror(errno));
    for (int i = 0; i < n; i++) {
        size_t slash = m->name[length - 1] != '/', leaf = strlen(names[i]->d_name);
        if (rc == 0 && length + slash + leaf > BFF_NAME_MAX) {
            skip(c, names[i]->d_name, "left out: its path is too long for the format");
        } else if (rc == 0) {
            if (slash)
                m->name[length] = '/';
            memcpy(m->name + length + slash, names[i]->d_name, leaf + 1);
            rc = add_entry(c, directory, names[i]->d_name, m, length + slash + leaf, err);
            m->name[length] = '\0';
        }
        free(names[i]);
    }
    free(names);
    close(directory);
    return rc;
}

/* What an extraction could only record comes back from its sidecar: devices, and NFS4 ACLs as the pseudo members they
 * were. */
static int add_recorded(struct creation *c, struct error *err)
{
    const struct stat none = { 0 };
    const char *name;
    json_t *entry;
    free_ptr struct bff_member *m = calloc(1, sizeof *m);
    if (!m)
        return error_set(err, ENOMEM, "out of memory");
    json_object_foreach(c->sidecar, name, entry) {
        const char *acl = recorded_nfs4_acl(entry);
        *m = (struct bff_member){ .nlink = 1 };
        if (strlen(name) + 2 > BFF_NAME_MAX || (!acl && !recorded_device(entry, m)))
            continue;
        snprintf(m->name, sizeof m->name, "./%s", name);
        m->atime = m->mtime = m->ctime = recorded_time(entry);
        m->mode = acl ? S_IFREG : m->mode;
        m->size = m->dsize = acl ? (uint32_t)strlen(acl) : 0;
        if (put_member(c, m, &none, err) || (acl && m->size && bff_write_data(c->writer, acl, m->size, err)))
            return -1;
    }
    return 0;
}

int create_tree(struct creation *c, const char *directory, struct error *err)
{
    struct stat st;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free_ptr struct bff_member *m = calloc(1, sizeof *m);
    if (fd < 0 || !m || fstat(fd, &st))
        return error_set(err, errno, "%s: %s", directory, strerror(errno));
    strcpy(m->name, "./");
    from_stat(m, &st);
    if (put_member(c, m, &st, err)) {
        close(fd);
        return -1;
    }
    return add_tree(c, fd, m, 2, err) ? -1 : add_recorded(c, err);
}

void create_free(struct creation *c)
{
    link_table_free(&c->links);
    json_decref(c->sidecar);
}
