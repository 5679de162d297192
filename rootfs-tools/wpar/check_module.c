/* check_module.c -- see check_module.h. */
#include "rootfs-tools/wpar/check_module.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "loader/xcoff.h"

static int compare(const void *a, const void *b)
{
    const struct xcoff_symbol *x = *(const struct xcoff_symbol *const *)a, *y = *(const struct xcoff_symbol *const *)b;
    size_t least = x->name_length < y->name_length ? x->name_length : y->name_length;
    int order = memcmp(x->name, y->name, least);
    return order ? order : (x->name_length > y->name_length) - (x->name_length < y->name_length);
}

static int sort_exports(struct checked_module *m, struct error *err)
{
    m->exports = calloc(m->image.nsymbols + 1, sizeof *m->exports);
    m->needs = calloc(m->image.nimports + 1, sizeof *m->needs);
    if (!m->exports || !m->needs)
        return error_set(err, ENOMEM, "out of memory");
    for (uint32_t i = 0; i < m->image.nsymbols; i++)
        if (m->image.symbols[i].smtype & XL_EXPORT)
            m->exports[m->export_count++] = &m->image.symbols[i];
    if (m->export_count)
        qsort(m->exports, m->export_count, sizeof *m->exports, compare);
    return 0;
}

static struct checked_module *find_known(const struct checked_modules *all, const struct module_file *f)
{
    for (size_t i = 0; i < all->count; i++) {
        const struct module_file *k = &all->list[i]->file;
        if (k->dev == f->dev && k->ino == f->ino && k->offset == f->offset)
            return all->list[i];
    }
    return NULL;
}

static void free_module(struct checked_module *m)
{
    json_decref(m->cannot);
    json_decref(m->remarks);
    free(m->exports);
    free(m->needs);
    xcoff_free(&m->image);
    module_file_close(&m->file);
    free(m);
}

struct checked_module *check_module_add(struct checked_modules *all, struct module_file *file, bool is64, struct error *err)
{
    struct checked_module *known = find_known(all, file), **bigger, *m;
    if (known) {
        module_file_close(file);
        return known;
    }
    bigger = realloc(all->list, (all->count + 1) * sizeof *bigger);
    all->list = bigger ? bigger : all->list;
    m = bigger ? calloc(1, sizeof *m) : NULL;
    if (!m)
        return module_file_close(file), error_set(err, ENOMEM, "out of memory"), NULL;
    *m = (struct checked_module){ .file = *file, .is64 = is64, .cannot = json_array(), .remarks = json_array() };
    if (xcoff_read(&m->image, file->bytes + file->offset, file->size, err) || sort_exports(m, err)) {
        free_module(m);
        return NULL;
    }
    return all->list[all->count++] = m;
}

bool check_module_exports(const struct checked_module *m, const struct xcoff_symbol *s)
{
    return m->export_count && bsearch(&s, m->exports, m->export_count, sizeof *m->exports, compare);
}

void check_modules_free(struct checked_modules *all)
{
    while (all->count > 0)
        free_module(all->list[--all->count]);
    free(all->list);
}
