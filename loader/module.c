/* module.c -- the list of loaded modules, their export tables and who needs whom.
 */
#include "loader/module.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/xcoff.h"

struct loader_state loader;

static uint32_t hash_name(const char *name, uint32_t length)
{
    uint32_t h = 2166136261u;       /* FNV-1a */
    for (uint32_t i = 0; i < length; i++)
        h = (h ^ (uint8_t)name[i]) * 16777619u;
    return h;
}

static bool same_name(const struct xcoff_symbol *s, const char *name, uint32_t length)
{
    return s->name_length == length && memcmp(s->name, name, length) == 0;
}

int64_t module_export(const struct module *m, const char *name, uint32_t length)
{
    if (!m->export_slots)
        return -1;
    for (uint32_t at = hash_name(name, length);; at++) {
        uint32_t slot = m->export_slots[at & m->export_mask];
        if (slot == 0)
            return -1;
        if (same_name(&m->image.symbols[slot - 1], name, length))
            return slot - 1;
    }
}

/* At most half full; of two exports of one name the first counts. */
static int build_export_hash(struct module *m, struct error *err)
{
    uint32_t exports = 0, room = 2;
    for (uint32_t i = 0; i < m->image.nsymbols; i++)
        exports += (m->image.symbols[i].smtype & XL_EXPORT) != 0;
    while (room < 2 * exports)
        room *= 2;
    m->export_slots = calloc(room, sizeof *m->export_slots);
    if (!m->export_slots)
        return error_set(err, ENOMEM, "no memory for exports");
    m->export_mask = room - 1;
    for (uint32_t i = 0; i < m->image.nsymbols; i++) {
        const struct xcoff_symbol *s = &m->image.symbols[i];
        if (!(s->smtype & XL_EXPORT) || module_export(m, s->name, s->name_length) >= 0)
            continue;
        uint32_t at = hash_name(s->name, s->name_length);
        while (m->export_slots[at & m->export_mask])
            at++;
        m->export_slots[at & m->export_mask] = i + 1;
    }
    return 0;
}

gva module_symbol_address(const struct module *m, const struct xcoff_symbol *s)
{
    gva delta = 0;
    if (s->scnum > 0)
        delta = &m->image.sections[s->scnum - 1] == m->image.text ? m->text_delta : m->data_delta;
    gva address = s->value + delta;
    return loader.is64 ? address : (uint32_t)address;
}

/* It ought to be the first loader symbol, and not every linker marks it exported. */
gva module_rtinit(const struct module *m)
{
    for (uint32_t i = 0; i < m->image.nsymbols; i++) {
        const struct xcoff_symbol *s = &m->image.symbols[i];
        if (same_name(s, "__rtinit", 8) && !(s->smtype & XL_IMPORT) && s->scnum > 0)
            return module_symbol_address(m, s);
    }
    return 0;
}

static char *full_name(const struct module_file *f)
{
    char *name = NULL;
    int n = f->member[0] ? asprintf(&name, "%s(%s)", f->path, f->member) : asprintf(&name, "%s", f->path);
    return n < 0 ? NULL : name;
}

static void append(struct module *m)
{
    struct module **end = &loader.modules;
    while (*end)
        end = &(*end)->next;
    *end = m;
    m->index = ++loader.last_index;
    loader.count++;
}

static void release(struct module *m)
{
    xcoff_free(&m->image);
    module_file_close(&m->file);
    free(m->name);
    free(m->imports);
    free(m->symbol_add);
    free(m->unbound);
    free(m->export_slots);
    free(m);
}

struct module *module_add(struct module_file *file, struct error *err)
{
    struct module *m = calloc(1, sizeof *m);
    if (!m) {
        module_file_close(file);
        error_set(err, ENOMEM, "no memory for a module");
        return NULL;
    }
    m->file = *file;
    m->name = full_name(file);
    *file = (struct module_file){ .fd = -1 };
    if (xcoff_read(&m->image, m->file.bytes + m->file.offset, m->file.size, err) < 0)
        goto fail;
    if (!m->image.has_loader) {
        error_set(err, ENOEXEC, "no loader section: an object that was not linked");
        goto fail;
    }
    m->imports = calloc(m->image.nimports + 1, sizeof *m->imports);
    m->symbol_add = calloc(m->image.nsymbols + 1, sizeof *m->symbol_add);
    m->unbound = calloc(m->image.nsymbols + 1, sizeof *m->unbound);
    if (!m->name || !m->imports || !m->symbol_add || !m->unbound) {
        error_set(err, ENOMEM, "no memory for a module");
        goto fail;
    }
    if (build_export_hash(m, err) < 0)
        goto fail;
    append(m);
    return m;
fail:
    error_wrap(err, "%s", m->name ? m->name : "module");
    release(m);
    return NULL;
}

struct module *module_same_file(const struct module_file *f)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (m->file.dev == f->dev && m->file.ino == f->ino && m->file.offset == f->offset && !m->closed)
            return m;
    return NULL;
}

void module_free(struct module *m)
{
    struct module **at = &loader.modules;
    while (*at && *at != m)
        at = &(*at)->next;
    if (*at) {
        *at = m->next;
        loader.count--;
    }
    release(m);
}

static void mark(struct module *m)
{
    if (m->needed)
        return;
    m->needed = true;
    for (uint32_t i = 0; i < m->image.nimports; i++)
        if (m->imports[i].module)
            mark(m->imports[i].module);
}

void module_mark_needed(void)
{
    for (struct module *m = loader.modules; m; m = m->next)
        m->needed = false;
    for (struct module *m = loader.modules; m; m = m->next)
        if (m->at_start || m->pinned || m->open_count)
            mark(m);
}
