/* realpath.c -- the path without links, "." and "..".
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS = 20, SIZE = PATH_MAX + 1 };

static void drop_last(char *out)
{
    char *slash = strrchr(out, '/');

    if (slash)
        slash[slash == out] = 0;
}

static int append(char *out, const char *name, size_t n)
{
    size_t length = strlen(out);

    if (length + n + 2 > SIZE) {
        errno = ENAMETOOLONG;
        return -1;
    }
    if (length > 1)
        out[length++] = '/';
    memcpy(out + length, name, n);
    out[length + n] = 0;
    return 0;
}

/* `out` names a link: put its text in front of what is left and go back to its folder. */
static int follow(char *out, char *rest)
{
    char text[SIZE];
    ssize_t n = readlink(out, text, sizeof text - 1);

    if (n < 0)
        return -1;
    if ((size_t)n + strlen(rest) + 2 > SIZE) {
        errno = ENAMETOOLONG;
        return -1;
    }
    text[n] = 0;
    drop_last(out);
    if (text[0] == '/')
        strcpy(out, "/");
    text[n] = '/';
    strcpy(text + n + 1, rest);
    strcpy(rest, text);
    return 0;
}

static int resolve(const char *path, char *out)
{
    char rest[SIZE], name[NAME_MAX + 1];
    struct stat st;
    int links = 0;

    strcpy(rest, path);
    for (;;) {
        char *at = rest + strspn(rest, "/");
        size_t n = strcspn(at, "/");
        if (n == 0)
            return 0;
        if (n > NAME_MAX) {
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(name, at, n);
        name[n] = 0;
        memmove(rest, at + n, strlen(at + n) + 1);
        if (strcmp(name, ".") == 0)
            continue;
        if (strcmp(name, "..") == 0) {
            drop_last(out);
            continue;
        }
        if (append(out, name, n) < 0 || lstat(out, &st) < 0)
            return -1;
        if (S_ISLNK(st.st_mode)) {
            if (++links > LINKS) {
                errno = ELOOP;
                return -1;
            }
            if (follow(out, rest) < 0)
                return -1;
        } else if (!S_ISDIR(st.st_mode) && rest[strspn(rest, "/")]) {
            errno = ENOTDIR;
            return -1;
        }
    }
}

/* The buffer has PATH_MAX + 1 bytes; NULL asks for one from malloc (later levels of AIX). */
char *realpath(const char *restrict path, char *restrict resolved)
{
    char *own = NULL;

    if (!path || !*path || strlen(path) >= SIZE) {
        errno = !path ? EINVAL : *path ? ENAMETOOLONG : ENOENT;
        return NULL;
    }
    if (!resolved && !(resolved = own = malloc(SIZE)))
        return NULL;
    strcpy(resolved, "/");
    if ((path[0] == '/' || getcwd(resolved, SIZE)) && resolve(path, resolved) == 0)
        return resolved;
    free(own);
    return NULL;
}
