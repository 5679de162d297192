/* pathparts.c -- the last part of a path and what is before it [POSIX basename, dirname]. Both may change the text.
 */
#include <libgen.h>
#include <string.h>

static char dot[] = ".", slash[] = "/";

static void strip(char *path, size_t *n)
{
    while (*n > 1 && path[*n - 1] == '/')
        (*n)--;
}

char *basename(char *path)
{
    if (!path || !*path)
        return strcpy(dot, ".");
    size_t n = strlen(path);
    strip(path, &n);
    if (n == 1 && path[0] == '/')
        return strcpy(slash, "/");
    path[n] = 0;
    char *last = strrchr(path, '/');
    return last ? last + 1 : path;
}

char *dirname(char *path)
{
    if (!path || !*path)
        return strcpy(dot, ".");
    size_t n = strlen(path);
    strip(path, &n);
    while (n > 0 && path[n - 1] != '/')
        n--;
    if (n == 0)
        return strcpy(dot, ".");
    strip(path, &n);
    path[n] = 0;
    return path;
}
