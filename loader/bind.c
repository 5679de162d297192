/* bind.c -- resolve imports [aix-abi 1.5, 1.7, 2.6].
 *
 * Two-level: an import names a file and a symbol, and is looked up in that file's exports, which may pass it on to
 * another module's (re-exports, in chains). Only deferred imports, and all imports under run-time linking, are looked
 * up by name alone over the modules in load order. The storage class of an import is ignored except for XO, a fixed
 * address.
 */
#include "loader/bind.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/relocate.h"
#include "loader/xcoff.h"
#include "runtime/log.h"

enum { LONGEST_REEXPORT_CHAIN = 40, LONGEST_NAME = 4000 };

static PRINTF_LIKE(2, 3) void miss(struct misses *misses, const char *format, ...)
{
    char line[512];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    misses->count++;
    log_line(LOG_ERROR, "loader", "%s", line);
    size_t length = strlen(line) + (misses->used ? 2 : 0);
    if (misses->used + length >= sizeof misses->text) {
        misses->dropped++;
        return;
    }
    misses->used += (size_t)snprintf(misses->text + misses->used, sizeof misses->text - misses->used, "%s%s",
                                     misses->used ? "; " : "", line);
}

/* " (needed by ...)", by its last component; nothing for the program, which heads the text anyway. */
static const char *needed_by(const struct module *m, char *buffer, size_t size)
{
    const char *slash = strrchr(m->name, '/');
    buffer[0] = 0;
    if (!m->is_program)
        snprintf(buffer, size, " (needed by %s)", slash ? slash + 1 : m->name);
    return buffer;
}

static bool import_file_used(const struct module *m, uint32_t number)
{
    for (uint32_t i = 0; i < m->image.nsymbols; i++)
        if ((m->image.symbols[i].smtype & XL_IMPORT) && m->image.symbols[i].ifile == number)
            return true;
    return false;
}

static const char *library_path(const struct module *m)
{
    return m && m->image.nimports ? m->image.imports[0].path : NULL;
}

/* A file no symbol comes from may be missing: build machines leave such entries behind. */
static void library_missing(struct module *m, uint32_t number, const struct error *why, struct misses *misses)
{
    char name[300], by[300];
    const char *slash = strrchr(m->name, '/');

    xcoff_import_name(&m->image.imports[number], name, sizeof name);
    if (!import_file_used(m, number))
        log_line(LOG_WARN, "loader", "library %s not loaded (nothing of it is used by %s): %s", name, m->name,
                 why->text);
    else if (why->code == ENOENT)
        miss(misses, "library %s not found (needed by %s)", name, slash ? slash + 1 : m->name);
    else
        miss(misses, "library %s cannot be used%s: %s", name, needed_by(m, by, sizeof by), why->text);
}

static int load_import(struct module *m, uint32_t number, const char *extra, struct misses *misses, struct error *err)
{
    const struct xcoff_import_file *f = &m->image.imports[number];
    struct import *import = &m->imports[number];
    struct module_file file;
    struct error why;

    if (find_module(&loader.search, extra, library_path(m), library_path(loader.program), f->path, f->base, f->member,
                    loader.is64, &file, &why) < 0) {
        import->kind = IMPORT_MISSING;
        library_missing(m, number, &why, misses);
        return 0;
    }
    struct module *found = module_same_file(&file);
    if (found)
        module_file_close(&file);
    else
        found = module_add(&file, err);
    if (!found)
        return -1;
    *import = (struct import){ IMPORT_MODULE, found };
    return 0;
}

int bind_dependencies(struct module *m, const char *extra, struct misses *misses, struct error *err)
{
    for (uint32_t i = 1; i < m->image.nimports; i++) {
        const struct xcoff_import_file *f = &m->image.imports[i];
        if (xcoff_import_is_kernel(f))
            m->imports[i].kind = IMPORT_KERNEL;
        else if (strcmp(f->base, "..") == 0)
            m->imports[i].kind = IMPORT_DEFERRED;
        else if (strcmp(f->base, ".") == 0)
            m->imports[i].kind = IMPORT_PROGRAM;
        else if (!f->base[0])
            m->imports[i].kind = IMPORT_NONE;
        else if (load_import(m, i, extra, misses, err) < 0)
            return -1;
    }
    return 0;
}

enum found { FOUND, NOT_FOUND, DEFERRED };

static enum found resolve_export(const struct module *m, const char *name, uint32_t length, unsigned depth,
                                 gva *address);

static enum found resolve_kernel(const struct xcoff_symbol *s, gva *address)
{
    char name[LONGEST_NAME];
    bool is_data = false;
    if (!loader.kernel || s->name_length >= sizeof name)
        return NOT_FOUND;
    memcpy(name, s->name, s->name_length);
    name[s->name_length] = 0;
    *address = loader.kernel->lookup(name, loader.is64, &is_data);
    return *address ? FOUND : NOT_FOUND;
}

static enum found resolve_import(const struct module *m, const struct xcoff_symbol *s, unsigned depth, gva *address)
{
    if (s->smclas == XMC_XO && s->value != 0) {
        *address = s->value;
        return FOUND;
    }
    if (s->ifile == 0)
        return DEFERRED;
    const struct import *import = &m->imports[s->ifile];
    switch (import->kind) {
    case IMPORT_MODULE: return resolve_export(import->module, s->name, s->name_length, depth, address);
    case IMPORT_PROGRAM: return resolve_export(loader.program, s->name, s->name_length, depth, address);
    case IMPORT_KERNEL: return resolve_kernel(s, address);
    case IMPORT_DEFERRED: return DEFERRED;
    case IMPORT_NONE:
    case IMPORT_MISSING: break;
    }
    return NOT_FOUND;
}

/* Re-exports may pass a name round in circles; then nobody has it. */
static enum found resolve_export(const struct module *m, const char *name, uint32_t length, unsigned depth,
                                 gva *address)
{
    int64_t i = module_export(m, name, length);
    if (i < 0 || depth > LONGEST_REEXPORT_CHAIN)
        return NOT_FOUND;
    const struct xcoff_symbol *s = &m->image.symbols[i];
    if (s->smtype & XL_IMPORT)
        return resolve_import(m, s, depth + 1, address);
    *address = module_symbol_address(m, s);
    return FOUND;
}

bool bind_lookup(const struct module *m, const char *name, uint32_t length, gva *address)
{
    return resolve_export(m, name, length, 0, address) == FOUND;
}

/* Such a binding is not visible in anybody's import files: the module found stays for good. */
static bool resolve_flat(const struct xcoff_symbol *s, gva *address)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (!m->closed && bind_lookup(m, s->name, s->name_length, address)) {
            m->pinned = true;
            return true;
        }
    return false;
}

/* What the run-time linker rebinds: imports of modules made for it. */
static bool rebinds(const struct module *m, const struct xcoff_symbol *s)
{
    return loader.runtime_linking && s->smclas != XMC_XO && (m->is_program || module_rtinit(m)) &&
           m->imports[s->ifile].kind != IMPORT_KERNEL;
}

static void symbol_missing(const struct module *m, const struct xcoff_symbol *s, struct misses *misses)
{
    char name[300], by[300];
    xcoff_import_name(&m->image.imports[s->ifile], name, sizeof name);
    miss(misses, "symbol %.*s (%s)%s", (int)s->name_length, s->name, name, needed_by(m, by, sizeof by));
}

static void bind_import(struct module *m, uint32_t i, struct misses *misses)
{
    const struct xcoff_symbol *s = &m->image.symbols[i];
    gva address = 0;
    if (rebinds(m, s) && resolve_flat(s, &address)) {
        m->symbol_add[i] = address;
        return;
    }
    enum found found = resolve_import(m, s, 0, &address);
    if (found == DEFERRED && loader.runtime_linking && resolve_flat(s, &address))
        found = FOUND;
    m->symbol_add[i] = found == FOUND ? address : 0;
    m->unbound[i] = found == DEFERRED;
    if (found == NOT_FOUND && !(s->smtype & XL_WEAK))
        symbol_missing(m, s, misses);
}

/* Symbols of our own: words hold their linked addresses, so what is added is the displacement. */
void bind_symbols(struct module *m, struct misses *misses)
{
    for (uint32_t i = 0; i < m->image.nsymbols; i++) {
        const struct xcoff_symbol *s = &m->image.symbols[i];
        if (s->smtype & XL_IMPORT)
            bind_import(m, i, misses);
        else
            m->symbol_add[i] = module_symbol_address(m, s) - s->value;
    }
    m->bound = true;
}

static int bind_deferred_of(struct module *m, struct error *err)
{
    for (uint32_t i = 0; i < m->image.nsymbols; i++) {
        if (!m->unbound[i] || !resolve_flat(&m->image.symbols[i], &m->symbol_add[i]))
            continue;
        m->unbound[i] = false;
        if (relocate_symbol(m, i, err) < 0)
            return -1;
    }
    return 0;
}

int bind_deferred(struct error *err)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (m->bound && bind_deferred_of(m, err) < 0)
            return -1;
    return 0;
}
