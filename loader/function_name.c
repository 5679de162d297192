/* function_name.c -- which function an address lies in: the nearest one that begins at or before it.
 *
 * A traceback table tells where its function ends; a symbol does not, so that code without a table of its own counts for the named
 * function before it, as in every debugger.
 */
#include "loader/function_name.h"

#include <string.h>
#include "loader/code_entries.h"

struct search {
    gva pc, start;
    const char *name;
    size_t length;
};

/* Csects that hold several functions are no functions. */
static bool is_csect(const char *name, size_t length) { return length == 5 && memcmp(name, ".text", 5) == 0; }

static void consider(void *context, gva start, gva end, const char *name, size_t length)
{
    struct search *s = context;

    if (!name || is_csect(name, length))
        length = 0;
    if (start > s->pc || start < s->start || (end && s->pc >= end) || (!end && !length))
        return;
    if (start == s->start && s->length)
        return;
    s->start = start;
    s->name = name;
    s->length = length;
}

static const struct module *module_of_text(gva pc)
{
    gva lo, hi;

    for (const struct module *m = loader.modules; m; m = m->next) {
        code_text(m, &lo, &hi);
        if (pc >= lo && pc < hi)
            return m;
    }
    return NULL;
}

void function_at(gva pc, struct function_place *place)
{
    struct search s = { .pc = pc };

    *place = (struct function_place){ .module = module_of_text(pc) };
    if (!place->module)
        return;
    code_functions(place->module, consider, &s);
    place->start = s.start;
    if (s.length && s.name[0] == '.')
        s.name++, s.length--;
    if (s.length > sizeof place->name - 1)
        s.length = sizeof place->name - 1;
    memcpy(place->name, s.name ? s.name : "", s.length);
}
