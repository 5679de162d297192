/* link_files.c -- import and export files, and shared modules read for what they export.
 *
 * Import file:  `#! path/base(member)` says where the following names come from (`#!` alone: deferred; `#! .` the main
 * program; `#! ..` any module at run time); `name [keyword | 0xADDRESS]` is one name: syscall keywords make it a system
 * call, an address makes it fixed-address code. Export file: `name [weak]`. `#32`, `#64` limit what follows to one
 * width, `#` alone ends that; `*` starts a comment, as `# text` does.
 */
#include "rootfs-tools/toolchain/link.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool same(const char *a, const char *b) { return strcmp(a, b) == 0; }

struct module_id *link_module(struct link *l, const char *path, const char *base, const char *member)
{
    for (struct module_id *m = l->modules; m; m = m->next)
        if (same(m->path, path) && same(m->base, base) && same(m->member, member))
            return m;
    struct module_id *m = link_alloc(sizeof *m);
    *m = (struct module_id){path, base, member, -1, l->modules};
    l->modules = m;
    return m;
}

/* `/opt/lib/libx.a(shr.o)` in its three parts; "/" stays the directory of /unix. */
static struct module_id *parse_module(struct link *l, const char *text)
{
    if (!*text)
        return &l->deferred;
    size_t len = strlen(text);
    const char *member = "", *open = strchr(text, '(');
    if (open && text[len - 1] == ')') {
        member = link_strndup(open + 1, len - (size_t)(open - text) - 2);
        len = (size_t)(open - text);
    }
    const char *whole = link_strndup(text, len), *slash = strrchr(whole, '/');
    if (!slash)
        return link_module(l, "", whole, member);
    size_t directory = slash == whole ? 1 : (size_t)(slash - whole);
    return link_module(l, link_strndup(whole, directory), slash + 1, member);
}

struct line_reader {
    const char *at, *end;
    unsigned width;
};

/* The next line that concerns this width, trimmed, in a fresh string; NULL at the end. `#!` lines are handed out,
 * comments not. */
static char *next_line(struct link *l, struct line_reader *r)
{
    while (r->at < r->end) {
        const char *stop = memchr(r->at, '\n', (size_t)(r->end - r->at));
        stop = stop ? stop : r->end;
        const char *from = r->at, *to = stop;
        r->at = stop < r->end ? stop + 1 : stop;
        while (from < to && isspace((unsigned char)*from))
            from++;
        while (to > from && isspace((unsigned char)to[-1]))
            to--;
        if (from == to || *from == '*')
            continue;
        char *line = link_strndup(from, (size_t)(to - from));
        if (line[0] == '#' && line[1] != '!') {
            const char *word = line + 1;
            while (isspace((unsigned char)*word))
                word++;
            if (same(word, "32") || same(word, "64") || !*word)
                r->width = (unsigned)atoi(word);
            continue;
        }
        if (line[0] == '#' || !r->width || (r->width == 64) == l->is64)
            return line;
    }
    return NULL;
}

/* Cut the first word off; the rest, trimmed on its left. */
static char *split_word(char *line)
{
    while (*line && !isspace((unsigned char)*line))
        line++;
    if (*line)
        *line++ = 0;
    while (isspace((unsigned char)*line))
        line++;
    return line;
}

void link_read_imports(struct link *l, const char *path, const uint8_t *bytes, size_t len)
{
    struct line_reader r = {(const char *)bytes, (const char *)bytes + len, 0};
    struct module_id *from = &l->deferred;
    for (char *line; (line = next_line(l, &r));) {
        if (line[0] == '#') {
            char *name = line + 2;
            while (isspace((unsigned char)*name))
                name++;
            from = parse_module(l, name);
            continue;
        }
        const char *keyword = split_word(line);
        uint8_t cls = XMC_UA;
        uint64_t fixed = 0;
        if (isdigit((unsigned char)*keyword)) {
            fixed = strtoull(keyword, NULL, 0);
            cls = XMC_XO;
        } else if (strncmp(keyword, "syscall", 7) == 0 || strncmp(keyword, "svc", 3) == 0) {
            cls = XMC_SV3264;
        } else if (*keyword && !same(keyword, "weak") && !same(keyword, "symbolic") && !same(keyword, "exist")) {
            link_error(l, "%s: %s: unknown keyword %s", path, line, keyword);
        }
        link_offer_import(l, line, from, cls, fixed);
    }
}

void link_read_exports(struct link *l, const char *path)
{
    size_t len = 0;
    const uint8_t *bytes = link_read_file(l, path, &len);
    if (!bytes)
        return;
    struct line_reader r = {(const char *)bytes, (const char *)bytes + len, 0};
    for (char *line; (line = next_line(l, &r));) {
        if (line[0] == '#')
            continue;
        const char *keyword = split_word(line);
        link_export(l, line, same(keyword, "weak"));
    }
}

/* ---- shared modules */

static const uint8_t *loader_section(struct link *l, const char *name, const uint8_t *b, size_t len, uint64_t *size)
{
    bool is64 = get16(b) == 0x1f7;
    uint64_t at = (is64 ? 24u : 20u) + get16(b + 16), each = is64 ? 72 : 40;
    for (unsigned n = get16(b + 2); n && at + each <= len; n--, at += each) {
        const uint8_t *h = b + at;
        uint32_t flags = get32(h + (is64 ? 64 : 36));
        uint64_t where = is64 ? get64(h + 32) : get32(h + 20);
        *size = is64 ? get64(h + 24) : get32(h + 16);
        if ((flags & 0xffff) != STYP_LOADER)
            continue;
        if (where <= len && *size <= len - where && *size >= (is64 ? 56 : 32))
            return b + where;
        break;
    }
    link_error(l, "%s: shared object without a usable loader section", name);
    return NULL;
}

static const char *loader_symbol_name(const uint8_t *s, bool is64, const uint8_t *strings, uint64_t strings_len)
{
    if (!is64 && get32(s) != 0)
        return link_strndup((const char *)s, strnlen((const char *)s, 8));
    uint64_t off = get32(s + (is64 ? 8 : 4));
    return off < strings_len
               ? link_strndup((const char *)strings + off, strnlen((const char *)strings + off, strings_len - off))
               : "";
}

void link_add_shared(struct link *l, const char *path, const char *member, const uint8_t *bytes, size_t len,
                     bool by_name)
{
    bool is64 = get16(bytes) == 0x1f7;
    uint64_t size, strings_at, strings_len, symbols_at;
    const uint8_t *s = loader_section(l, path, bytes, len, &size);
    if (!s)
        return;
    uint32_t nsyms = get32(s + 4);
    strings_len = is64 ? get32(s + 20) : get32(s + 24);
    strings_at = is64 ? get64(s + 32) : get32(s + 28);
    symbols_at = is64 ? get64(s + 40) : 32;
    if (symbols_at > size || (size - symbols_at) / 24 < nsyms || strings_at > size || strings_len > size - strings_at) {
        link_error(l, "%s: damaged loader section", path);
        return;
    }
    const char *slash = strrchr(path, '/');
    struct module_id *from = link_module(l, "", slash ? slash + 1 : path, member);
    if (slash && l->ipath && !by_name)
        from = link_module(l, link_strndup(path, slash == path ? 1 : (size_t)(slash - path)), slash + 1, member);
    for (uint32_t i = 0; i < nsyms; i++) {
        const uint8_t *e = s + symbols_at + 24 * i;
        uint8_t type = e[14], cls = e[15];
        const char *name = loader_symbol_name(e, is64, s + strings_at, strings_len);
        if (!(type & L_EXPORT) || same(name, "__rtinit"))
            continue;
        uint64_t fixed = cls == XMC_XO ? (is64 ? get64(e) : get32(e + 8)) : 0;
        if (cls == XMC_SV || cls == XMC_SV64 || cls == XMC_SV3264)
            cls = XMC_DS;
        link_offer_import(l, name, from, cls, fixed);
    }
}
