/* dynamic_load.c -- modules while the program runs [aix-abi 2.6].
 */
#include "loader/dynamic_load.h"

#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader/bind.h"
#include "loader/link.h"
#include "loader/map.h"
#include "loader/module.h"
#include "runtime/be.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread char error_text[1000];
static __thread bool error_waiting;

void dynload_after_fork(void) { lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER; }

static PRINTF_LIKE(1, 2) void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error_text, sizeof error_text, format, args);
    va_end(args);
    error_waiting = true;
}

const char *dynload_error(void)
{
    if (!error_waiting)
        return NULL;
    error_waiting = false;
    return error_text;
}

static bool in_segment(const struct segment *s, gva address) { return address >= s->lo && address < s->hi; }

static struct module *module_holding(gva address)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (in_segment(&m->text_map, address) || in_segment(&m->data_map, address))
            return m;
    return NULL;
}

const char *module_at(gva address, gva *origin)
{
    const struct module *m = module_holding(address);
    if (!m)
        return NULL;
    *origin = m->text_origin;
    return m->name;
}

static struct module *by_handle(gva handle)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (m->index == handle && !m->closed)
            return m;
    return NULL;
}

/* "dir/lib.a(shr.o)" into dir, lib.a and shr.o. -1 when it does not fit. */
static int split_name(const char *path, char *file, char *member, size_t size)
{
    size_t length = strlen(path);
    const char *open = strrchr(path, '(');
    member[0] = 0;
    if (length >= size)
        return -1;
    memcpy(file, path, length + 1);
    if (open && open != path && path[length - 1] == ')') {
        file[open - path] = 0;
        size_t member_length = (size_t)(path + length - 1 - (open + 1));
        memcpy(member, open + 1, member_length);
        member[member_length] = 0;
    }
    return 0;
}

/* The new modules of a group become global together with the one that was asked for. */
static void make_global(struct module *first)
{
    for (struct module *m = first; m; m = m->next)
        m->global = true;
}

static struct module *open_file(const char *path, uint32_t mode, gva caller, const char *libpath, struct error *err)
{
    char file[PATH_MAX], member[PATH_MAX];
    struct module_file found;
    const struct module *importer = module_holding(caller);
    const char *own = importer && importer->image.nimports ? importer->image.imports[0].path : NULL;
    const char *program = loader.program->image.nimports ? loader.program->image.imports[0].path : NULL;

    if (split_name(path, file, member, sizeof file) < 0) {
        error_set(err, ENAMETOOLONG, "name too long");
        return NULL;
    }
    if (find_module(&loader.search, libpath, own, program, "", file, member, loader.is64, &found, err) < 0) {
        error_wrap(err, "%s", path);
        return NULL;
    }
    struct module *m = module_same_file(&found);
    if (m) {
        module_file_close(&found);
    } else {
        m = module_add(&found, err);
        if (!m || link_modules(m, 0, libpath, err) < 0)
            return NULL;
        if (!(mode & RTLD_AIX_NOAUTODEFER) && bind_deferred(err) < 0)
            return NULL;
    }
    if (mode & RTLD_AIX_GLOBAL)
        make_global(m);
    m->open_count++;
    return m;
}

gva dynload_open(const char *path, uint32_t mode, gva caller)
{
    struct error err;
    if (!path)
        return loader.program->index;
    pthread_mutex_lock(&lock);
    const struct module *m = open_file(path, mode, caller, NULL, &err);
    if (!m)
        fail("%s", err.text);
    gva handle = m ? m->index : 0;
    pthread_mutex_unlock(&lock);
    return handle;
}

static bool lookup_global(struct module *from, const char *name, gva *address)
{
    for (struct module *m = from; m; m = m->next)
        if (m->global && !m->closed && bind_lookup(m, name, (uint32_t)strlen(name), address))
            return true;
    return false;
}

/* The module itself, then what it depends on, nearest first. */
static bool lookup_below(struct module *m, const char *name, gva *address)
{
    if (bind_lookup(m, name, (uint32_t)strlen(name), address))
        return true;
    if (m->visited)
        return false;
    m->visited = true;
    for (uint32_t i = 0; i < m->image.nimports; i++)
        if (m->imports[i].module && lookup_below(m->imports[i].module, name, address))
            return true;
    return false;
}

static void clear_visited(void)
{
    for (struct module *m = loader.modules; m; m = m->next)
        m->visited = false;
}

enum { HANDLE_DEFAULT = -1, HANDLE_MYSELF = -2, HANDLE_NEXT = -3 };

static bool lookup_handle(gva handle, const char *name, gva caller, gva *address)
{
    int64_t h = loader.is64 ? (int64_t)handle : (int32_t)handle;
    struct module *mine = module_holding(caller), *m;
    clear_visited();
    switch (h) {
    case HANDLE_DEFAULT: return lookup_global(loader.modules, name, address);
    case HANDLE_MYSELF: return mine && lookup_below(mine, name, address);
    case HANDLE_NEXT: return mine && lookup_global(mine->next, name, address);
    }
    m = by_handle(handle);
    if (m && m->is_program)     /* dlopen(NULL): everything that is global */
        return lookup_global(loader.modules, name, address);
    return m && lookup_below(m, name, address);
}

gva dynload_symbol(gva handle, const char *name, gva caller)
{
    gva address = 0;
    pthread_mutex_lock(&lock);
    if (!lookup_handle(handle, name, caller, &address)) {
        address = 0;
        fail("symbol %s not found", name);
    }
    pthread_mutex_unlock(&lock);
    return address;
}

static bool has_fini_due(const struct module *m) { return m->init_done && !m->fini_done && module_rtinit(m); }

/* Modules nobody needs: gone at once, or kept as closed until their fini functions were handed out. */
static void sweep(void)
{
    module_mark_needed();
    for (struct module *m = loader.modules, *next; m; m = next) {
        next = m->next;
        if (m->needed)
            continue;
        m->closed = true;
        if (has_fini_due(m))
            continue;
        unmap_module(m);
        module_free(m);
    }
}

static int give_back(struct module *m)
{
    if (!m || (m->open_count == 0 && !m->at_start))
        return -1;
    if (m->open_count == 0)
        return 0;
    m->open_count--;
    sweep();
    return 0;
}

int dynload_close(gva handle)
{
    pthread_mutex_lock(&lock);
    int r = give_back(by_handle(handle));
    if (r < 0)
        fail("dlclose: no such handle");
    pthread_mutex_unlock(&lock);
    return r;
}

static gva entry_of(const struct module *m)
{
    gva entry = m->image.aux.entry;
    if (entry == 0 || entry == UINT64_MAX)
        return m->data_start;
    return loader.is64 ? entry + m->data_delta : (uint32_t)(entry + m->data_delta);
}

enum { L_NOAUTODEFER = 1 };

gva dynload_load(const char *path, uint32_t flags, const char *libpath, int *error)
{
    struct error err;
    pthread_mutex_lock(&lock);
    uint32_t mode = RTLD_AIX_GLOBAL | (flags & L_NOAUTODEFER ? RTLD_AIX_NOAUTODEFER : 0);
    const struct module *m = open_file(path, mode, 0, libpath, &err);
    if (!m) {
        fail("%s", err.text);
        *error = err.code;
    }
    gva entry = m ? entry_of(m) : 0;
    pthread_mutex_unlock(&lock);
    return entry;
}

static struct module *loaded_with_entry(gva entry)
{
    for (struct module *m = loader.modules; m; m = m->next)
        if (!m->closed && m->open_count && entry_of(m) == entry)
            return m;
    return NULL;
}

int dynload_unload(gva entry)
{
    pthread_mutex_lock(&lock);
    int r = give_back(loaded_with_entry(entry));
    pthread_mutex_unlock(&lock);
    return r;
}

/* Depth first: a module's libraries before it; `visited` also ends circles. */
static struct module *next_to_init(struct module *m)
{
    if (m->visited)
        return NULL;
    m->visited = true;
    for (uint32_t i = 0; i < m->image.nimports; i++) {
        struct module *below = m->imports[i].module ? next_to_init(m->imports[i].module) : NULL;
        if (below)
            return below;
    }
    return !m->init_done && !m->closed && m->bound ? m : NULL;
}

static unsigned init_counter;

static struct module *take_init(void)
{
    struct module *m = NULL;
    clear_visited();
    for (struct module *root = loader.modules; root && !m; root = root->next)
        m = next_to_init(root);
    if (m) {
        m->init_done = true;
        m->init_order = ++init_counter;
    }
    return m;
}

gva dynload_next_init(void)
{
    gva rtinit = 0;
    const struct module *m;
    pthread_mutex_lock(&lock);
    do {
        m = take_init();
        rtinit = m ? module_rtinit(m) : 0;
    } while (m && !rtinit);
    pthread_mutex_unlock(&lock);
    return rtinit;
}

static struct module *last_initialised(bool closed_only)
{
    struct module *last = NULL;
    for (struct module *m = loader.modules; m; m = m->next)
        if (has_fini_due(m) && (m->closed || !closed_only) && (!last || m->init_order > last->init_order))
            last = m;
    return last;
}

/* A closed module handed out last time has run its functions by now. */
gva dynload_next_fini(bool closed_only)
{
    pthread_mutex_lock(&lock);
    sweep();
    struct module *m = last_initialised(closed_only);
    gva rtinit = m ? module_rtinit(m) : 0;
    if (m)
        m->fini_done = true;
    pthread_mutex_unlock(&lock);
    return rtinit;
}

static void describe(struct dynload_record *r, const struct module *m)
{
    *r = (struct dynload_record){ m->text_origin, m->data_start, m->data_end - m->data_start, m->index, module_rtinit(m) != 0 };
}

int dynload_take_init(struct dynload_record *records, int max)
{
    const struct module *m;
    int n = 0;
    pthread_mutex_lock(&lock);
    while (n < max && (m = take_init()))
        describe(&records[n++], m);
    pthread_mutex_unlock(&lock);
    return n;
}

int dynload_take_fini(struct dynload_record *records, int max)
{
    struct module *m;
    int n = 0;
    pthread_mutex_lock(&lock);
    while (n < max && (m = last_initialised(false))) {
        m->fini_done = true;
        describe(&records[n++], m);
    }
    pthread_mutex_unlock(&lock);
    return n;
}

int dynload_take_unload(gva entry, struct dynload_record *records, int max)
{
    int n = 0;
    pthread_mutex_lock(&lock);
    struct module *of = loaded_with_entry(entry);
    if (of) {
        of->open_count--;
        module_mark_needed();
        of->open_count++;
    }
    for (struct module *m = loader.modules; of && m && n < max; m = m->next)
        if (!m->needed && has_fini_due(m)) {
            m->fini_done = true;
            describe(&records[n++], m);
        }
    pthread_mutex_unlock(&lock);
    return of ? n : -1;
}

gva dynload_symbol_in(gva data, const char *name)
{
    gva address = 0;
    pthread_mutex_lock(&lock);
    for (struct module *m = loader.modules; m; m = m->next)
        if (m->data_start == data && !m->closed && !bind_lookup(m, name, (uint32_t)strlen(name), &address))
            address = 0;
    pthread_mutex_unlock(&lock);
    return address;
}

gva dynload_symbol_global(const char *name, gva *data)
{
    gva address = 0;
    pthread_mutex_lock(&lock);
    for (struct module *m = loader.modules; m && !address; m = m->next)
        if (!m->closed && bind_lookup(m, name, (uint32_t)strlen(name), &address))
            *data = m->data_start;
    pthread_mutex_unlock(&lock);
    return address;
}

/* ld_info records [aix-abi 2.6]: fixed part, then path NUL member NUL. */
struct ld_info32 { be32 next, fd, textorg, textsize, dataorg, datasize; };
struct ld_info64 { be32 next, flags; be64 fd, textorg, textsize, dataorg, datasize; };
_Static_assert(sizeof(struct ld_info32) == 24, "[aix-abi 2.6]");
_Static_assert(sizeof(struct ld_info64) == 48, "[aix-abi 2.6]");

static uint64_t record_size(const struct module *m)
{
    uint64_t fixed = loader.is64 ? sizeof(struct ld_info64) : sizeof(struct ld_info32);
    return (fixed + strlen(m->file.path) + strlen(m->file.member) + 2 + 7) & ~7ull;
}

static void put_record(uint8_t *at, const struct module *m, uint64_t next)
{
    uint64_t text_size = m->text_map.hi > m->text_origin ? m->text_map.hi - m->text_origin : 0;
    memset(at, 0, record_size(m));
    if (loader.is64) {
        struct ld_info64 *r = (void *)at;
        be_put(&r->next, (int64_t)next);
        be_put(&r->textorg, (int64_t)m->text_origin);
        be_put(&r->textsize, (int64_t)text_size);
        be_put(&r->dataorg, (int64_t)m->data_start);
        be_put(&r->datasize, (int64_t)(m->data_end - m->data_start));
        at += sizeof *r;
    } else {
        struct ld_info32 *r = (void *)at;
        be_put(&r->next, (int64_t)next);
        be_put(&r->textorg, (int64_t)(uint32_t)m->text_origin);
        be_put(&r->textsize, (int64_t)text_size);
        be_put(&r->dataorg, (int64_t)m->data_start);
        be_put(&r->datasize, (int64_t)(m->data_end - m->data_start));
        at += sizeof *r;
    }
    strcpy((char *)at, m->file.path);
    strcpy((char *)at + strlen(m->file.path) + 1, m->file.member);
}

const char *dynload_libpath(void)
{
    const struct xcoff_image *x = &loader.program->image;
    return loader.search.libpath ? loader.search.libpath : x->nimports ? x->imports[0].path : "";
}

int dynload_getinfo(uint8_t *buffer, uint64_t size)
{
    uint64_t used = 0;
    int r = 0;
    pthread_mutex_lock(&lock);
    for (const struct module *m = loader.modules; m; m = m->next) {
        uint64_t length = record_size(m);
        if (length > size - used) {
            r = -ENOMEM;
            break;
        }
        put_record(buffer + used, m, m->next ? length : 0);
        used += length;
    }
    pthread_mutex_unlock(&lock);
    return r;
}
