/* exclude_list.c -- see exclude_list.h. */
#include "rootfs-tools/wpar/exclude_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "rootfs-tools/wpar/stanza.h"
#include "runtime/cleanup.h"

static int add_pattern(struct exclude_list *l, const char *line, struct error *err)
{
    regex_t *bigger = realloc(l->patterns, (l->count + 1) * sizeof *bigger);
    if (!bigger)
        return error_set(err, ENOMEM, "out of memory");
    l->patterns = bigger;
    if (regcomp(&l->patterns[l->count], line, REG_NOSUB))
        return error_set(err, EINVAL, "'%s' is not a pattern", line);
    l->count++;
    return 0;
}

int exclude_list_read(struct exclude_list *l, const char *path, struct error *err)
{
    *l = (struct exclude_list){ 0 };
    free_ptr char *text = stanza_read_file(path, err);
    char *rest = text;
    for (char *line; text && (line = strsep(&rest, "\n"));) {
        if (*line && add_pattern(l, line, err)) {
            exclude_list_free(l);
            return error_wrap(err, "%s", path);
        }
    }
    return text ? 0 : -1;
}

bool exclude_list_has(const struct exclude_list *l, const char *name)
{
    for (size_t i = 0; i < l->count; i++)
        if (regexec(&l->patterns[i], name, 0, NULL, 0) == 0)
            return true;
    return false;
}

void exclude_list_free(struct exclude_list *l)
{
    while (l->count > 0)
        regfree(&l->patterns[--l->count]);
    free(l->patterns);
    l->patterns = NULL;
}
