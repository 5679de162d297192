/* exclude_list.h -- /etc/exclude.NAME and /etc/exclude_packing.NAME: grep patterns on names such as ./tmp/x, one a line [wpar 7]. */
#ifndef ROOTFS_TOOLS_EXCLUDE_LIST_H
#define ROOTFS_TOOLS_EXCLUDE_LIST_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include "runtime/error.h"

struct exclude_list {
    regex_t *patterns;
    size_t count;
};

/* Empty lines mean nothing. A pattern that is none is an error that names its line. */
int exclude_list_read(struct exclude_list *l, const char *path, struct error *err);
bool exclude_list_has(const struct exclude_list *l, const char *name);
void exclude_list_free(struct exclude_list *l);

#endif
