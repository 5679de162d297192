/* check_tree.c -- see check_tree.h. What a name is looked for in, and when it is missing, are the loader's rules [aix-abi 2.6, 3.5]. */
#include "rootfs-tools/wpar/check_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "loader/big_archive.h"
#include "loader/xcoff.h"
#include "rootfs-tools/wpar/check_module.h"
#include "rootfs-tools/wpar/kernel_services.h"
#include "runtime/cleanup.h"

enum { DEEPEST = 64 };

const char *const verdict_names[3] = { "runs", "runs with remarks", "cannot run" };

static PRINTF_LIKE(2, 3) void add_text(json_t *list, const char *format, ...)
{
    char text[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    json_t *entry = json_string(text);
    json_array_append_new(list, entry ? entry : json_string("(a name that is not text)"));
}

static bool is_used(const struct checked_module *m, uint32_t number)
{
    for (uint32_t i = 0; i < m->image.nsymbols; i++)
        if ((m->image.symbols[i].smtype & XL_IMPORT) && m->image.symbols[i].ifile == number)
            return true;
    return false;
}

static void find_needs(struct checked_modules *all, struct checked_module *m)
{
    for (uint32_t i = 1; i < m->image.nimports; i++) {
        const struct xcoff_import_file *f = &m->image.imports[i];
        struct module_file file;
        struct error why;
        char name[300];
        if (xcoff_import_is_kernel(f) || strcmp(f->base, "..") == 0 || strcmp(f->base, ".") == 0 || !f->base[0])
            continue;
        const char *own = m->image.imports[0].path;
        if (find_module(&all->search, NULL, own, own, f->path, f->base, f->member, m->is64, &file, &why) == 0)
            m->needs[i] = check_module_add(all, &file, m->is64, &why);
        if (m->needs[i] || !is_used(m, i))
            continue;
        xcoff_import_name(f, name, sizeof name);
        add_text(m->cannot, why.code == ENOENT ? "library %s is missing" : "library %s cannot be used", name);
    }
}

static void check_service(struct checked_module *m, const struct xcoff_symbol *s)
{
    const char *why;
    int length = (int)s->name_length;
    switch (kernel_service_find(s->name, s->name_length, &why)) {
    case SERVICE_FULL:
        break;
    case SERVICE_PARTIAL:
        add_text(m->remarks, "kernel service %.*s: %s", length, s->name, why ? why : "in part");
        break;
    case SERVICE_ABSENT:
        add_text(m->remarks, "kernel service %.*s is absent: %s", length, s->name, why ? why : "a call fails");
        break;
    case SERVICE_UNKNOWN:
        add_text(m->remarks, "kernel service %.*s is unknown: a call fails with ENOSYS", length, s->name);
        break;
    }
}

static void check_import(struct checked_module *m, const struct xcoff_symbol *s)
{
    const struct checked_module *from = s->ifile < m->image.nimports ? m->needs[s->ifile] : NULL;
    if (s->ifile < m->image.nimports && xcoff_import_is_kernel(&m->image.imports[s->ifile]))
        return check_service(m, s);
    if (from && !(s->smtype & XL_WEAK) && !check_module_exports(from, s))
        add_text(m->cannot, "symbol %.*s is not in %s%s%s%s", (int)s->name_length, s->name, from->file.path,
                 from->file.member[0] ? "(" : "", from->file.member, from->file.member[0] ? ")" : "");
}

/* A library's own shortcomings are those of whoever needs it. */
static void judge(struct checked_modules *all, struct checked_module *m, unsigned depth)
{
    if (m->imports_checked || m->in_work || depth > DEEPEST)
        return;
    m->in_work = true;
    find_needs(all, m);
    for (uint32_t i = 0; i < m->image.nsymbols; i++)
        if (m->image.symbols[i].smtype & XL_IMPORT)
            check_import(m, &m->image.symbols[i]);
    for (uint32_t i = 1; i < m->image.nimports; i++) {
        if (!m->needs[i])
            continue;
        judge(all, m->needs[i], depth + 1);
        if (m->needs[i]->verdict == VERDICT_CANNOT)
            add_text(m->cannot, "%s, which it needs, cannot run", m->needs[i]->file.path);
    }
    m->verdict = json_array_size(m->cannot) ? VERDICT_CANNOT : json_array_size(m->remarks) ? VERDICT_REMARKS : VERDICT_RUNS;
    m->imports_checked = true;
    m->in_work = false;
}

static const char *kind_of(const struct checked_module *m)
{
    static const char drivers[] = "/usr/lib/drivers/";
    if (strncmp(m->file.path, drivers, strlen(drivers)) == 0)
        return "kernel extension";
    return m->image.flags & XF_SHROBJ ? "library" : "program";
}

static void report_module(struct tree_report *report, struct checked_module *m)
{
    const char *kind = kind_of(m);
    if (strcmp(kind, "kernel extension") == 0) {
        json_array_clear(m->remarks);
        json_array_clear(m->cannot);
        add_text(m->cannot, "a kernel extension: there is no AIX kernel that could load it");
        m->verdict = VERDICT_CANNOT;
    }
    json_t *path = json_string(m->file.path);
    report->counts[m->verdict]++;
    json_array_append_new(report->modules,
                          json_pack("{s:o, s:s, s:s, s:i, s:s, s:O, s:O}", "path", path ? path : json_string("?"), "member",
                                    m->file.member, "kind", kind, "width", m->is64 ? 64 : 32, "verdict", verdict_names[m->verdict],
                                    "cannot", m->cannot, "remarks", m->remarks));
}

static bool json_is_text(const char *text)
{
    json_t *string = json_string(text);
    bool good = string;
    json_decref(string);
    return good;
}

static void check_one(struct checked_modules *all, struct tree_report *report, struct module_file *file, bool is64)
{
    struct error why;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", json_is_text(file->path) ? file->path : "(a name that is not text)");
    struct checked_module *m = check_module_add(all, file, is64, &why);
    if (!m) {
        report->counts[VERDICT_CANNOT]++;
        json_array_append_new(report->modules,
                              json_pack("{s:s, s:s, s:s, s:i, s:s, s:[s], s:[]}", "path", path, "member", "", "kind", "program", "width",
                                        is64 ? 64 : 32, "verdict", verdict_names[VERDICT_CANNOT], "cannot", why.text, "remarks"));
        return;
    }
    if (m->in_tree || !m->image.has_loader)
        return;             /* another name of a file that is reported already; an object for the linker */
    m->in_tree = true;
    judge(all, m, 0);
    report_module(report, m);
}

static void check_archive(struct checked_modules *all, struct tree_report *report, const char *host, const char *guest,
                          const uint8_t *data, uint64_t size)
{
    struct archive ar;
    struct archive_member member;
    struct module_file file;
    struct error why;
    if (archive_open(&ar, data, size, &why))
        return;
    while (archive_next(&ar, &member, &why) > 0) {
        int width = xcoff_width(data + member.offset, member.size);
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)member.name_length, member.name);
        if (width && module_file_open(host, guest, name, width == 64, &file, &why) == 0)
            check_one(all, report, &file, width == 64);
    }
}

/* AIX's own magic numbers; everything else in the tree is passed over. */
static int looks_loadable(const char *path)
{
    uint8_t head[8] = { 0 };
    close_fd int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    return fd >= 0 && read(fd, head, sizeof head) == (ssize_t)sizeof head &&
           (archive_is(head, sizeof head) || xcoff_width(head, sizeof head) || (head[0] == 1 && (head[1] == 0xDF || head[1] == 0xF7)));
}

static void check_file(struct checked_modules *all, struct tree_report *report, const char *host, const char *guest)
{
    struct module_file file;
    struct error why;
    if (!looks_loadable(host))
        return;
    for (int is64 = 0; is64 < 2; is64++)
        if (module_file_open(host, guest, "", is64, &file, &why) == 0) {
            if (!archive_is(file.bytes, file.file_size))
                return check_one(all, report, &file, is64);
            check_archive(all, report, host, guest, file.bytes, file.file_size);
            return module_file_close(&file);
        }
}

int check_tree(struct tree_report *report, const char *root, const char *base, struct error *err)
{
    char *roots[] = { (char *)root, NULL };
    struct checked_modules all = { .search = { .root = (char *)root, .base_dir = (char *)base } };
    *report = (struct tree_report){ .modules = json_array() };
    FTS *walk = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
    if (!walk)
        return error_set(err, errno, "%s: %s", root, strerror(errno));
    for (FTSENT *e; (e = fts_read(walk));)
        if (e->fts_info == FTS_F)
            check_file(&all, report, e->fts_path, e->fts_path + strlen(root));
    fts_close(walk);
    check_modules_free(&all);
    return 0;
}
