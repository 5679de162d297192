/* ftw.c -- ftw, nftw: a function called for every file of a tree [XSH ftw, nftw]. A directory's names are read before
 * any of them is visited, so that none stays open; one that is reached through itself is left out. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct above {
    const struct above *next;
    dev_t device;
    ino_t inode;
};

struct walk {
    int (*plain)(const char *, const struct stat *, int);
    int (*full)(const char *, const struct stat *, int, struct FTW *);
    int flags, start;
    dev_t device;
    char path[PATH_MAX + 1];
};

static int visit(struct walk *w, size_t length, struct FTW where, const struct above *above);

/* Names one behind the other, each ended by a zero, the last by two; NULL with errno. */
static char *names_in(const char *path)
{
    DIR *directory = opendir(path);
    char *names = malloc(1);
    size_t used = 0;
    for (struct dirent *e; directory && names && (e = readdir(directory)) != NULL;) {
        size_t n = strlen(e->d_name) + 1;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        char *more = realloc(names, used + n + 1);
        if (!more)
            free(names);
        names = more;
        if (names)
            memcpy(names + used, e->d_name, n);
        used += n;
    }
    if (names && directory) {
        names[used] = '\0';
    } else {
        free(names);
        names = NULL;
    }
    if (directory)
        closedir(directory);
    return names;
}

/* In the directory of the file, if so wanted. */
static int report(struct walk *w, const struct stat *st, int type, struct FTW where)
{
    if (w->plain)
        return w->plain(w->path, st, type == FTW_SLN ? FTW_NS : type);
    if (w->flags & FTW_CHDIR) {
        char saved = w->path[where.base];
        w->path[where.base] = '\0';
        int moved = where.base > 0 ? chdir(w->path) : 0;
        w->path[where.base] = saved;
        if (moved != 0)
            return -1;
    }
    int result = w->full(w->path, st, type, &where);
    if ((w->flags & FTW_CHDIR) && fchdir(w->start) != 0)
        return -1;
    return result;
}

static int visit_names(struct walk *w, const char *names, size_t length, struct FTW where, const struct above *above)
{
    int result = 0;
    size_t slash = length > 0 && w->path[length - 1] == '/' ? 0 : 1;
    where.base = (int)(length + slash);
    where.level++;
    for (size_t n; result == 0 && *names; names += n + 1) {
        n = strlen(names);
        if (length + slash + n > PATH_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        w->path[length] = '/';
        memcpy(w->path + length + slash, names, n + 1);
        result = visit(w, length + slash + n, where, above);
        w->path[length] = '\0';
    }
    return result;
}

static int visit_directory(struct walk *w, const struct stat *st, size_t length, struct FTW where,
                           const struct above *above)
{
    struct above here = { above, st->st_dev, st->st_ino };
    for (const struct above *a = above; a; a = a->next)
        if (a->device == st->st_dev && a->inode == st->st_ino)
            return 0;
    char *names = names_in(w->path);
    if (!names)
        return errno == EACCES ? report(w, st, FTW_DNR, where) : -1;
    int result = w->flags & FTW_DEPTH ? 0 : report(w, st, FTW_D, where);
    if (result == 0)
        result = visit_names(w, names, length, where, &here);
    free(names);
    return result == 0 && (w->flags & FTW_DEPTH) ? report(w, st, FTW_DP, where) : result;
}

/* The path is `length` long. */
static int visit(struct walk *w, size_t length, struct FTW where, const struct above *above)
{
    struct stat st;
    if ((w->flags & FTW_PHYS ? lstat : stat)(w->path, &st) != 0) {
        int error = errno;
        if (lstat(w->path, &st) == 0 && S_ISLNK(st.st_mode))
            return report(w, &st, FTW_SLN, where);
        errno = error;
        return error == EACCES ? report(w, &st, FTW_NS, where) : -1;
    }
    if (where.level == 0)
        w->device = st.st_dev;
    if ((w->flags & FTW_MOUNT) && st.st_dev != w->device)
        return 0;
    if (S_ISDIR(st.st_mode))
        return visit_directory(w, &st, length, where, above);
    return report(w, &st, S_ISLNK(st.st_mode) ? FTW_SL : FTW_F, where);
}

static int walk_tree(struct walk *w, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    if (length > PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(w->path, path, length);
    w->path[length] = '\0';
    const char *slash = strrchr(w->path, '/');
    struct FTW where = { slash && length > 1 ? (int)(slash + 1 - w->path) : 0, 0 };
    return visit(w, length, where, NULL);
}

int ftw(const char *path, int (*function)(const char *, const struct stat *, int), int descriptors)
{
    struct walk w = { .plain = function };
    return walk_tree(&w, path);
}

int nftw(const char *path, int (*function)(const char *, const struct stat *, int, struct FTW *), int descriptors,
         int flags)
{
    struct walk w = { .full = function, .flags = flags, .start = -1 };
    if ((flags & FTW_CHDIR) && (w.start = open(".", O_RDONLY)) < 0)
        return -1;
    int result = walk_tree(&w, path);
    if (w.start >= 0)
        close(w.start);
    return result;
}
