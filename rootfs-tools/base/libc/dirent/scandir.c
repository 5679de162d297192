/* scandir.c -- a whole directory, selected and sorted.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

int alphasort(const void *a, const void *b)
{
    return strcmp((*(const struct dirent *const *)a)->d_name, (*(const struct dirent *const *)b)->d_name);
}

static struct dirent *copy(const struct dirent *entry)
{
    struct dirent *own = malloc(entry->d_reclen);

    return own ? memcpy(own, entry, entry->d_reclen) : NULL;
}

static int add(struct dirent ***list, size_t *n, size_t *room, struct dirent *entry)
{
    if (*n == *room) {
        struct dirent **more = realloc(*list, (*room ? 2 * *room : 32) * sizeof **list);
        if (!more)
            return -1;
        *list = more;
        *room = *room ? 2 * *room : 32;
    }
    (*list)[*n] = copy(entry);
    if (!(*list)[*n])
        return -1;
    (*n)++;
    return 0;
}

int scandir(const char *path, struct dirent ***result, int (*select)(const struct dirent *),
            int (*compare)(const void *, const void *))
{
    struct dirent **list = NULL, *entry;
    size_t n = 0, room = 0;
    DIR *dir = opendir(path);

    if (!dir)
        return -1;
    while ((entry = readdir(dir))) {
        if (select && !select(entry))
            continue;
        if (add(&list, &n, &room, entry) < 0) {
            while (n)
                free(list[--n]);
            free(list);
            closedir(dir);
            errno = ENOMEM;
            return -1;
        }
    }
    closedir(dir);
    if (compare && n > 1)
        qsort(list, n, sizeof *list, compare);
    *result = list ? list : malloc(sizeof *list);
    return (int)n;
}
