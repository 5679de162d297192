/* dir_list.c -- see dir_list.h. */
#include "rootfs-tools/backup/dir_list.h"

#include <stdlib.h>
#include <string.h>

int dir_list_add(struct dir_list *d, struct made_directory made)
{
    if (d->count == d->room) {
        size_t room = d->room ? 2 * d->room : 64;
        struct made_directory *bigger = reallocarray(d->list, room, sizeof *bigger);
        if (!bigger)
            return -1;
        d->list = bigger;
        d->room = room;
    }
    made.path = strdup(made.path);
    if (!made.path)
        return -1;
    d->list[d->count++] = made;
    return 0;
}

void dir_list_free(struct dir_list *d)
{
    for (size_t i = 0; i < d->count; i++)
        free(d->list[i].path);
    free(d->list);
    *d = (struct dir_list){ 0 };
}
