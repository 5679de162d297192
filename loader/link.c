/* link.c -- the steps from a named file to a module that can run, for a whole group of modules at once.
 */
#include "loader/link.h"

#include <errno.h>
#include <stdlib.h>

#include "loader/bind.h"
#include "loader/map.h"
#include "loader/relocate.h"
#include "loader/tls.h"

static void discard_from(struct module *first)
{
    while (first) {
        struct module *next = first->next;
        unmap_module(first);
        module_free(first);
        first = next;
    }
}

static int report(const struct misses *misses, struct error *err)
{
    if (misses->dropped)
        return error_set(err, ENOEXEC, "%s; and %u more", misses->text, misses->dropped);
    return error_set(err, ENOEXEC, "%s", misses->text);
}

static int map_one(struct module *m, gva large_base, struct error *err)
{
    if (tls_used(m) && !m->is_program)
        return error_set(err, ENOEXEC, "%s: thread-local storage of libraries is not supported", m->name);
    if (map_module(m, m->is_program ? large_base : 0, err) < 0)
        return -1;
    return m->is_program ? tls_make_first(m, err) : 0;
}

static int relocate_one(struct module *m, struct error *err)
{
    return relocate_module(m, err) < 0 || map_seal_text(m, err) < 0 ? -1 : 0;
}

/* Modules are found breadth first: the list grows while it is walked. */
static int link_steps(struct module *first, gva large_base, const char *extra_path, struct misses *misses,
                      struct error *err)
{
    for (struct module *m = first; m; m = m->next)
        if (bind_dependencies(m, extra_path, misses, err) < 0)
            return -1;
    for (struct module *m = first; m; m = m->next)
        if (map_one(m, large_base, err) < 0)
            return -1;
    for (struct module *m = first; m; m = m->next)
        bind_symbols(m, misses);
    if (misses->count)
        return report(misses, err);
    for (struct module *m = first; m; m = m->next)
        if (relocate_one(m, err) < 0)
            return -1;
    return 0;
}

int link_modules(struct module *first, gva large_base, const char *extra_path, struct error *err)
{
    struct misses *misses = calloc(1, sizeof *misses);
    if (!misses)
        return error_set(err, ENOMEM, "no memory");
    int r = link_steps(first, large_base, extra_path, misses, err);
    free(misses);
    if (r < 0)
        discard_from(first);
    return r;
}
