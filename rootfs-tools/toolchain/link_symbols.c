/* link_symbols.c -- names: definitions, imports, archive members on demand, and what is reachable.
 *
 * A function `foo` is two names: `foo`, its descriptor, and `.foo`, its code [aix-abi 1.8]. Modules export descriptors,
 * calls name code: a call of an undefined `.foo` whose `foo` is imported goes through a glink stub.
 */
#include "rootfs-tools/toolchain/link.h"

#include <stdlib.h>
#include <string.h>

static uint32_t hash_name(const char *s)
{
    uint32_t h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (uint8_t)*s) * 16777619u;
    return h;
}

static struct symbol **find_place(struct symbol **table, unsigned size, const char *name, uint32_t hash)
{
    unsigned i = hash & (size - 1);
    while (table[i] && (table[i]->hash != hash || strcmp(table[i]->name, name) != 0))
        i = (i + 1) & (size - 1);
    return &table[i];
}

static void grow_table(struct link *l)
{
    unsigned size = l->table_size ? l->table_size * 2 : 4096;
    struct symbol **bigger = link_alloc(size * sizeof *bigger);
    for (unsigned i = 0; i < l->nsymbols; i++)
        *find_place(bigger, size, l->symbols[i]->name, l->symbols[i]->hash) = l->symbols[i];
    free(l->table);
    l->table = bigger;
    l->table_size = size;
}

struct symbol *link_find(const struct link *l, const char *name)
{
    return l->table_size ? *find_place(l->table, l->table_size, name, hash_name(name)) : NULL;
}

struct symbol *link_symbol(struct link *l, const char *name)
{
    if (l->nsymbols * 2 >= l->table_size)
        grow_table(l);
    uint32_t hash = hash_name(name);
    struct symbol **place = find_place(l->table, l->table_size, name, hash);
    if (!*place) {
        struct symbol *s = link_alloc(sizeof *s);
        s->name = name;
        s->hash = hash;
        *place = s;
        LINK_APPEND(l->symbols, l->nsymbols, l->symbols_cap, s);
    }
    return *place;
}

/* The object, and what it was compiled from: its own name may be that of a temporary file. */
static const char *file_of(const struct csect *cs)
{
    const struct object *o = cs ? cs->obj : NULL;
    if (!o)
        return "(linker)";
    return o->source_file && *o->source_file ? link_format("%s (%s)", o->name, o->source_file) : o->name;
}

/* C's tentative definitions arrive as commons: the largest one stays, initialised data beats them all. */
void link_define(struct link *l, struct symbol *s, struct csect *cs, uint64_t off, bool weak)
{
    struct csect *old = s->def;
    bool replace = !old || (s->weak && !weak);
    if (old && !replace && !weak && old->kind == K_BSS)
        replace = cs->kind != K_BSS || cs->size > old->size;
    else if (old && !replace && !weak && cs->kind != K_BSS)
        link_error(l, "duplicate definition of %s: %s and %s", s->name, file_of(old), file_of(cs));
    if (replace) {
        s->def = cs;
        s->off = off;
        s->weak = weak;
    }
}

static const struct symbol *code_or_descriptor(const struct link *l, const char *name)
{
    return name[0] == '.' ? link_find(l, name + 1) : NULL;
}

void link_offer_import(struct link *l, const char *name, struct module_id *from, uint8_t cls, uint64_t fixed)
{
    struct symbol *s = link_symbol(l, name);
    if (s->imported || s->lazy)
        return;
    s->imported = true;
    s->module = from;
    s->import_class = cls;
    s->fixed_address = fixed;
}

void link_offer_lazy(struct link *l, const char *name, struct lazy_member *m)
{
    struct symbol *s = link_symbol(l, name);
    const struct symbol *descriptor = code_or_descriptor(l, name);
    if (s->imported || s->lazy || (descriptor && descriptor->imported))
        return;
    s->lazy = m;
}

void link_export(struct link *l, const char *name, bool weak)
{
    struct symbol *s = link_symbol(l, name);
    s->export_weak |= weak;
    s->wanted = true;
    if (s->exported)
        return;
    s->exported = true;
    LINK_APPEND(l->exports, l->nexports, l->exports_cap, s);
}

void link_pull_members(struct link *l)
{
    /* Members append to the list while it is walked; a pulled member may need a name seen earlier. */
    for (bool again = true; again;) {
        again = false;
        for (unsigned i = 0; i < l->nsymbols; i++) {
            struct symbol *s = l->symbols[i];
            if (s->def || !s->wanted || !s->lazy || s->lazy->pulled)
                continue;
            s->lazy->pulled = again = true;
            link_load_member(l, s->lazy);
        }
    }
}

/* -bexpall leaves names with a leading underscore out, -bexpfull does not; neither exports what came from archives. */
void link_export_all(struct link *l)
{
    unsigned n = l->nsymbols;
    for (unsigned i = 0; i < n; i++) {
        struct symbol *s = l->symbols[i];
        if (!s->def || s->hidden || s->name[0] == '.' || !s->name[0] || s->def->cls == XMC_TC || s->def->cls == XMC_TC0)
            continue;
        if ((s->name[0] == '_' && !l->expfull) || (s->def->obj && s->def->obj->from_archive))
            continue;
        link_export(l, s->name, s->weak);
    }
}

void link_use_import(struct link *l, struct symbol *s)
{
    s->import_used = true;
    if (s->module->index >= 0)
        return;
    s->module->index = (int)l->nused_modules;
    LINK_APPEND(l->used_modules, l->nused_modules, l->used_modules_cap, s->module);
}

struct target link_target(struct link *l, const struct ref *to)
{
    if (!to->global)
        return (struct target){T_PLACE, to->cs->cls == XMC_TC0 ? l->anchor : to->cs, to->off, NULL};
    struct symbol *s = to->global;
    if (s->def)
        return (struct target){T_PLACE, s->def, s->off, s};
    if (s->imported)
        return (struct target){s->import_class == XMC_XO ? T_FIXED : T_IMPORT, NULL, 0, s};
    struct symbol *descriptor = s->name[0] == '.' ? link_find(l, s->name + 1) : NULL;
    if (descriptor && descriptor->imported && !descriptor->def)
        return (struct target){descriptor->import_class == XMC_XO ? T_FIXED : T_GLINK, NULL, 0, descriptor};
    return (struct target){T_NOTHING, NULL, 0, s};
}

uint64_t link_target_address(const struct target *t)
{
    if (t->kind == T_PLACE)
        return (t->cs->merged ? t->cs->merged : t->cs)->addr + t->off;
    if (t->kind == T_GLINK)
        return t->sym->glink->addr;
    return t->kind == T_FIXED ? t->sym->fixed_address : 0;
}

/* ---- reachability */

static void report_undefined(struct link *l, struct symbol *s, const struct csect *from)
{
    if (s->reported || s->weak_ref)
        return;
    s->reported = true;
    if (from)
        link_error(l, "undefined symbol %s, referenced in %s%s%s", s->name, file_of(from), from->name[0] ? " by " : "",
                   from->name);
    else
        link_error(l, "undefined symbol %s, named on the command line or in an export file", s->name);
}

/* -berok: what nobody defines is left to be bound at run time: deferred, or over all modules under run-time linking. */
static struct symbol *defer_undefined(struct link *l, struct symbol *s)
{
    struct symbol *target = s->name[0] == '.' ? link_symbol(l, s->name + 1) : s;
    target->lazy = NULL;
    link_offer_import(l, target->name, l->rtl ? &l->runtime : &l->deferred, s->name[0] == '.' ? XMC_DS : XMC_UA, 0);
    return target;
}

static void mark_csect(struct csect_list *work, struct csect *cs)
{
    if (cs->live)
        return;
    cs->live = true;
    LINK_APPEND(work->v, work->n, work->cap, cs);
}

static void mark_target(struct link *l, struct csect_list *work, const struct ref *to, const struct csect *from)
{
    struct target t = link_target(l, to);
    if (t.kind == T_NOTHING && l->undefined_ok && !t.sym->weak_ref) {
        defer_undefined(l, t.sym);
        t = link_target(l, to);
    }
    if (t.kind == T_PLACE) {
        if (t.cs != l->anchor)
            mark_csect(work, t.cs);
    } else if (t.kind == T_NOTHING) {
        report_undefined(l, t.sym, from);
    } else {
        link_use_import(l, t.sym);
        if (t.kind == T_GLINK && !t.sym->glink)
            t.sym->glink = l->anchor; /* wanted; the stub itself is made by the layout */
    }
}

static void mark_name(struct link *l, struct csect_list *work, const char *name)
{
    struct ref to = {.global = link_symbol(l, name)};
    mark_target(l, work, &to, NULL);
}

static void mark_everything(struct link *l, struct csect_list *work)
{
    for (unsigned i = 0; i < l->nobjects; i++)
        for (unsigned j = 0; j < l->objects[i]->ncsects; j++)
            if (l->objects[i]->csects[j]->kind != K_DWARF && l->objects[i]->csects[j]->cls != XMC_TC0)
                mark_csect(work, l->objects[i]->csects[j]);
}

void link_mark(struct link *l)
{
    struct csect_list work = {0};
    if (!l->gc)
        mark_everything(l, &work);
    if (!l->noentry)
        mark_name(l, &work, l->entry);
    for (unsigned i = 0; i < l->nexports; i++)
        mark_name(l, &work, l->exports[i]->name);
    for (unsigned i = 0; i < l->ninits; i++)
        mark_name(l, &work, l->inits[i].name);
    for (unsigned i = 0; i < l->nfinis; i++)
        mark_name(l, &work, l->finis[i].name);
    if (l->rtl)
        mark_name(l, &work, "__rtld");
    while (work.n) {
        struct csect *cs = work.v[--work.n];
        for (unsigned i = 0; i < cs->nrelocs; i++)
            mark_target(l, &work, cs->relocs[i].to, cs);
    }
}
