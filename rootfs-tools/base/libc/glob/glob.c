/* glob.c -- the files whose names match a pattern [XSH glob, XCU 2.13.3]: component by component; those without special
 * characters are taken as they are, the others compared with what their directory has. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct walk {
    int flags;
    int (*on_error)(const char *, int);
    char **found;
    size_t n, room;
    char path[PATH_MAX + 1];
};

static int add(struct walk *w, const char *path, bool directory)
{
    if (w->n == w->room) {
        size_t room = w->room ? 2 * w->room : 16;
        char **more = realloc(w->found, room * sizeof *more);
        if (!more)
            return GLOB_NOSPACE;
        w->found = more;
        w->room = room;
    }
    size_t length = strlen(path);
    char *copy = malloc(length + 2);
    if (!copy)
        return GLOB_NOSPACE;
    memcpy(copy, path, length + 1);
    if (directory && (length == 0 || copy[length - 1] != '/'))
        strcpy(copy + length, "/");
    w->found[w->n++] = copy;
    return 0;
}

/* The path is complete: keep it if there is such a file. */
static int keep(struct walk *w)
{
    struct stat st;
    if (lstat(w->path, &st) != 0)
        return 0;
    return add(w, w->path, (w->flags & GLOB_MARK) && stat(w->path, &st) == 0 && S_ISDIR(st.st_mode));
}

static bool special(const char *component, size_t n, int flags)
{
    for (size_t i = 0; i < n; i++) {
        if (component[i] == '\\' && !(flags & GLOB_NOESCAPE))
            i++;
        else if (strchr("*?[", component[i]))
            return true;
    }
    return false;
}

/* Component without its quoting behind the path's first `length` bytes; how long the path is then, 0 if too long. */
static size_t take(struct walk *w, size_t length, const char *component, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (component[i] == '\\' && !(w->flags & GLOB_NOESCAPE) && i + 1 < n)
            i++;
        if (length == PATH_MAX)
            return 0;
        w->path[length++] = component[i];
    }
    w->path[length] = 0;
    return length;
}

static int expand(struct walk *w, size_t length, const char *pattern);

static int expand_in(struct walk *w, DIR *directory, size_t length, const char *component, const char *rest)
{
    int error = 0, flags = FNM_PERIOD | (w->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0);
    for (struct dirent *e; !error && (e = readdir(directory)) != NULL;) {
        size_t n = strlen(e->d_name);
        if (length + n > PATH_MAX || fnmatch(component, e->d_name, flags) != 0)
            continue;
        memcpy(w->path + length, e->d_name, n + 1);
        error = expand(w, length + n, rest);
    }
    w->path[length] = 0;
    return error;
}

/* The directory that the path's first `length` bytes name, without their slashes at the end; *stop: an error ends it
 * all. */
static DIR *open_directory(struct walk *w, size_t length, bool *stop)
{
    size_t end = length;
    while (end > 1 && w->path[end - 1] == '/')
        end--;
    char saved = w->path[end];
    w->path[end] = 0;
    DIR *directory = opendir(length ? w->path : ".");
    *stop = !directory && errno != ENOTDIR && ((w->on_error && w->on_error(w->path, errno)) || (w->flags & GLOB_ERR));
    w->path[end] = saved;
    return directory;
}

static int expand_component(struct walk *w, size_t length, const char *component, size_t n)
{
    bool stop;
    DIR *directory = open_directory(w, length, &stop);
    if (!directory)
        return stop ? GLOB_ABORTED : 0;
    char *copy = strndup(component, n);
    int error = copy ? expand_in(w, directory, length, copy, component + n) : GLOB_NOSPACE;
    free(copy);
    closedir(directory);
    return error;
}

/* The path's first `length` bytes stand for what is before the pattern. */
static int expand(struct walk *w, size_t length, const char *pattern)
{
    w->path[length] = 0;
    while (*pattern) {
        size_t slashes = strspn(pattern, "/"), n = strcspn(pattern + slashes, "/");
        if (slashes > 0 && (length = take(w, length, pattern, slashes)) == 0)
            return 0;
        pattern += slashes;
        if (special(pattern, n, w->flags))
            return expand_component(w, length, pattern, n);
        if (n > 0 && (length = take(w, length, pattern, n)) == 0)
            return 0;
        pattern += n;
    }
    return keep(w);
}

static int by_name(const void *a, const void *b) { return strcoll(*(char *const *)a, *(char *const *)b); }

/* Hand over what was found, behind what g had. */
static int hand_over(struct walk *w, glob_t *g)
{
    size_t offset = w->flags & GLOB_DOOFFS ? g->gl_offs : 0, had = w->flags & GLOB_APPEND ? g->gl_pathc : 0;
    char **all = realloc(w->flags & GLOB_APPEND ? g->gl_pathv : NULL, (offset + had + w->n + 1) * sizeof *all);
    if (!all) {
        while (w->n > 0)
            free(w->found[--w->n]);
        return GLOB_NOSPACE;
    }
    if (had == 0)
        memset(all, 0, offset * sizeof *all);
    if (w->n > 0)
        memcpy(all + offset + had, w->found, w->n * sizeof *all);
    all[offset + had + w->n] = NULL;
    g->gl_pathv = all;
    g->gl_pathc = had + w->n;
    g->gl_offs = offset;
    return 0;
}

int glob(const char *restrict pattern, int flags, int (*on_error)(const char *, int), glob_t *restrict g)
{
    struct walk w = { .flags = flags, .on_error = on_error };
    if (!(flags & GLOB_APPEND)) {
        g->gl_pathc = 0;
        g->gl_pathv = NULL;
    }
    int error = *pattern ? expand(&w, 0, pattern) : 0;
    if (!(flags & GLOB_NOSORT) && w.n > 1)
        qsort(w.found, w.n, sizeof *w.found, by_name);
    if (!error && w.n == 0)
        error = flags & GLOB_NOCHECK ? add(&w, pattern, false) : GLOB_NOMATCH;
    int handed = error == GLOB_NOMATCH && (flags & GLOB_APPEND) ? 0 : hand_over(&w, g);
    free(w.found);
    return handed ? handed : error;
}

void globfree(glob_t *g)
{
    for (size_t i = 0; g->gl_pathv && i < g->gl_pathc; i++)
        free(g->gl_pathv[g->gl_offs + i]);
    free(g->gl_pathv);
    g->gl_pathv = NULL;
    g->gl_pathc = 0;
}
