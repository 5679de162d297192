/* link_output.c -- loader section, headers, and the file itself.
 *
 * Header fields are those AIX's own linker writes [aix-abi 1.1-1.5, toolchain 2.5]: version stamp 1, cputype 0, section
 * numbers 1 .text, 2 .data, 3 .bss, 4 .loader, then thread-local and debugging sections when there are any.
 */
#include "rootfs-tools/toolchain/link.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

uint8_t *bytes_add(struct bytes *b, size_t n)
{
    if (b->n + n > b->cap) {
        b->cap = b->cap * 2 + n + 256;
        b->v = realloc(b->v, b->cap);
        if (!b->v) {
            fputs("xcoff_link: out of memory\n", stderr);
            exit(3);
        }
    }
    memset(b->v + b->n, 0, n);
    b->n += n;
    return b->v + b->n - n;
}

void bytes_put(struct bytes *b, const void *data, size_t n)
{
    if (n)
        memcpy(bytes_add(b, n), data, n);
}

static void put_string(struct bytes *b, const char *s) { bytes_put(b, s, strlen(s) + 1); }

/* ---- sections */

unsigned link_dwarf_pieces(const struct link *l, uint32_t *subtypes)
{
    unsigned n = 0;
    for (unsigned i = 0; i < l->section[K_DWARF].n; i++) {
        uint32_t subtype = l->section[K_DWARF].v[i]->dwarf;
        unsigned k = 0;
        while (k < n && subtypes[k] != subtype)
            k++;
        if (k == n && n < 16)
            subtypes[n++] = subtype;
    }
    return n;
}

static bool has_tls(const struct link *l) { return l->section[K_TDATA].n || l->section[K_TBSS].n; }

unsigned link_section_number(const struct link *l, const struct csect *cs)
{
    uint32_t subtypes[16];
    switch (cs->kind) {
    case K_TDATA:
        return 5;
    case K_TBSS:
        return 6;
    case K_DWARF:
        for (unsigned n = link_dwarf_pieces(l, subtypes), i = 0; i < n; i++)
            if (subtypes[i] == cs->dwarf)
                return 5 + 2 * has_tls(l) + i;
        return 0;
    default:
        return cs->kind + 1u;
    }
}

static unsigned section_count(const struct link *l)
{
    uint32_t subtypes[16];
    unsigned dwarf = 0;
    for (unsigned i = 0; !l->strip && i < l->nobjects; i++) /* asked before the layout fills the lists */
        for (unsigned j = 0; j < l->objects[i]->ncsects; j++) {
            const struct csect *cs = l->objects[i]->csects[j];
            unsigned k = 0;
            while (k < dwarf && subtypes[k] != cs->dwarf)
                k++;
            if (cs->kind == K_DWARF && k == dwarf && dwarf < 16)
                subtypes[dwarf++] = cs->dwarf;
        }
    bool tls = false;
    for (unsigned i = 0; i < l->nobjects; i++)
        for (unsigned j = 0; j < l->objects[i]->ncsects; j++) {
            const struct csect *cs = l->objects[i]->csects[j];
            tls |= cs->live && (cs->kind == K_TDATA || cs->kind == K_TBSS);
        }
    return 4 + 2 * tls + dwarf;
}

uint64_t link_header_size(const struct link *l)
{
    return l->is64 ? 24 + 120 + 72ull * section_count(l) : 20 + 72 + 40ull * section_count(l);
}

/* ---- loader section */

static uint64_t symbol_address(const struct symbol *s) { return s->def ? s->def->addr + s->off : s->fixed_address; }

static void put_loader_symbol(const struct link *l, struct bytes *out, struct bytes *strings, const struct symbol *s)
{
    uint8_t *e = bytes_add(out, 24);
    size_t len = strlen(s->name);
    uint64_t value = symbol_address(s);
    if (l->is64 || len > 8) {
        size_t at = strings->n + 2;
        set16(bytes_add(strings, 2), len + 1);
        put_string(strings, s->name);
        set32(e + (l->is64 ? 8 : 4), at);
    } else {
        memcpy(e, s->name, len);
    }
    if (l->is64)
        set64(e, value);
    else
        set32(e + 8, value);
    bool entry = !l->noentry && strcmp(s->name, l->entry) == 0;
    unsigned weak = s->weak || s->export_weak ? L_WEAK : 0;
    if (s->def) {
        unsigned type = s->def->is_common ? XTY_CM : s->off ? XTY_LD : XTY_SD;
        e[14] = (uint8_t)(type | weak | (s->exported ? L_EXPORT : 0) | (entry ? L_ENTRY : 0));
        e[15] = s->def->cls;
        set16(e + 12, link_section_number(l, s->def));
    } else {
        e[14] = (uint8_t)(XTY_ER | L_IMPORT | weak | (s->exported ? L_EXPORT : 0));
        e[15] = s->glink && s->import_class == XMC_UA ? XMC_DS : s->import_class;
        set32(e + 16, (uint32_t)s->module->index);
    }
}

static void put_loader_reloc(const struct link *l, struct bytes *out, const struct loader_reloc *r)
{
    uint8_t *e = bytes_add(out, l->is64 ? 16 : 12);
    if (l->is64) {
        set64(e, r->vaddr);
        set16(e + 8, r->type);
        set16(e + 10, r->section);
        set32(e + 12, r->symndx);
    } else {
        set32(e, r->vaddr);
        set32(e + 4, r->symndx);
        set16(e + 8, r->type);
        set16(e + 10, r->section);
    }
}

static void put_import_files(const struct link *l, struct bytes *out)
{
    put_string(out, l->libpath);
    put_string(out, "");
    put_string(out, "");
    for (unsigned i = 1; i < l->nused_modules; i++) {
        put_string(out, l->used_modules[i]->path);
        put_string(out, l->used_modules[i]->base);
        put_string(out, l->used_modules[i]->member);
    }
}

static struct bytes loader_section(const struct link *l, struct symbol **symbols, unsigned count)
{
    struct bytes out = {0}, strings = {0};
    size_t header = l->is64 ? 56 : 32;
    bytes_add(&out, header);
    for (unsigned i = 0; i < count; i++)
        put_loader_symbol(l, &out, &strings, symbols[i]);
    size_t relocs_at = out.n;
    for (unsigned i = 0; i < l->nrelocs; i++)
        put_loader_reloc(l, &out, &l->relocs[i]);
    size_t imports_at = out.n;
    put_import_files(l, &out);
    size_t strings_at = strings.n ? out.n : 0, imports_len = out.n - imports_at;
    bytes_put(&out, strings.v, strings.n);
    uint8_t *h = out.v;
    set32(h, l->is64 ? 2 : 1);
    set32(h + 4, count);
    set32(h + 8, l->nrelocs);
    set32(h + 12, imports_len);
    set32(h + 16, l->nused_modules);
    set32(h + (l->is64 ? 20 : 24), strings.n);
    if (l->is64) {
        set64(h + 24, imports_at);
        set64(h + 32, strings_at);
        set64(h + 40, header);
        set64(h + 48, relocs_at);
    } else {
        set32(h + 20, imports_at);
        set32(h + 28, strings_at);
    }
    return out;
}

/* ---- headers */

struct header_facts {
    uint64_t symbols_at, entry;
    unsigned nsymbols;
};

static void put_file_header(const struct link *l, struct bytes *out, const struct header_facts *f)
{
    uint8_t *h = bytes_add(out, l->is64 ? 24 : 20);
    unsigned flags = F_EXEC | F_DYNLOAD | (l->shared ? F_SHROBJ : 0) | (l->dsa ? F_DSA : 0);
    set16(h, l->is64 ? 0x1f7 : 0x1df);
    set16(h + 2, section_count(l));
    set16(h + 16, l->is64 ? 120 : 72);
    set16(h + 18, flags);
    if (l->is64) {
        set64(h + 8, f->symbols_at);
        set32(h + 20, f->nsymbols);
    } else {
        set32(h + 8, f->symbols_at);
        set32(h + 12, f->nsymbols);
    }
}

static unsigned log2_alignment(const struct csect_list *list, unsigned least)
{
    for (unsigned i = 0; i < list->n; i++)
        if (list->v[i]->align > least)
            least = list->v[i]->align;
    return least;
}

static void put_aux_header(const struct link *l, struct bytes *out, const struct header_facts *f)
{
    uint8_t *h = bytes_add(out, l->is64 ? 120 : 72);
    uint64_t text = l->end[K_TEXT] - l->start[K_TEXT], data = l->end[K_DATA] - l->start[K_DATA],
             bss = l->end[K_BSS] - l->start[K_BSS];
    set16(h, 0x10b);
    set16(h + 2, 1);
    set16(h + 32, l->noentry ? 0 : 2);
    set16(h + 34, 1);
    set16(h + 36, 2);
    set16(h + 38, 2);
    set16(h + 40, 4);
    set16(h + 42, 3);
    set16(h + 44, log2_alignment(&l->section[K_TEXT], 5));
    set16(h + 46, log2_alignment(&l->section[K_DATA], 3));
    memcpy(h + 48, l->modtype, 2);
    if (l->is64) {
        set64(h + 8, l->start[K_TEXT]);
        set64(h + 16, l->start[K_DATA]);
        set64(h + 24, l->toc);
        set64(h + 56, text);
        set64(h + 64, data);
        set64(h + 72, bss);
        set64(h + 80, f->entry);
        set64(h + 88, l->maxstack);
        set64(h + 96, l->maxdata);
    } else {
        set32(h + 4, text);
        set32(h + 8, data);
        set32(h + 12, bss);
        set32(h + 16, f->entry);
        set32(h + 20, l->start[K_TEXT]);
        set32(h + 24, l->start[K_DATA]);
        set32(h + 28, l->toc);
        set32(h + 52, l->maxstack);
        set32(h + 56, l->maxdata);
    }
    if (has_tls(l)) {
        set16(h + (l->is64 ? 104 : 68), 5);
        set16(h + (l->is64 ? 106 : 70), 6);
    }
}

static void put_section(const struct link *l, struct bytes *out, const char *name, uint64_t va, uint64_t size,
                        uint64_t at, uint32_t flags)
{
    uint8_t *h = bytes_add(out, l->is64 ? 72 : 40);
    memcpy(h, name, strnlen(name, 8));
    if (l->is64) {
        set64(h + 8, va);
        set64(h + 16, va);
        set64(h + 24, size);
        set64(h + 32, at);
        set32(h + 64, flags);
    } else {
        set32(h + 8, va);
        set32(h + 12, va);
        set32(h + 16, size);
        set32(h + 20, at);
        set32(h + 36, flags);
    }
}

static const char *dwarf_name(uint32_t subtype)
{
    static const char *const names[] = {"",         ".dwinfo", ".dwline",  ".dwpbnms", ".dwpbtyp", ".dwarnge",
                                        ".dwabrev", ".dwstr",  ".dwrnges", ".dwloc",   ".dwframe", ".dwmac"};
    unsigned i = subtype >> 16;
    return i < sizeof names / sizeof *names ? names[i] : ".dw";
}

static uint64_t dwarf_size(const struct link *l, uint32_t subtype)
{
    uint64_t n = 0;
    for (unsigned i = 0; i < l->section[K_DWARF].n; i++)
        if (l->section[K_DWARF].v[i]->dwarf == subtype)
            n += l->section[K_DWARF].v[i]->size;
    return n;
}

static void put_sections(const struct link *l, struct bytes *out, uint64_t loader_at, uint64_t loader_size,
                         uint64_t after)
{
    uint32_t subtypes[16];
    put_section(l, out, ".text", l->start[K_TEXT], l->end[K_TEXT] - l->start[K_TEXT], l->file_offset[K_TEXT],
                STYP_TEXT);
    put_section(l, out, ".data", l->start[K_DATA], l->end[K_DATA] - l->start[K_DATA], l->file_offset[K_DATA],
                STYP_DATA);
    put_section(l, out, ".bss", l->start[K_BSS], l->end[K_BSS] - l->start[K_BSS], 0, STYP_BSS);
    put_section(l, out, ".loader", 0, loader_size, loader_at, STYP_LOADER);
    if (has_tls(l)) {
        put_section(l, out, ".tdata", 0, l->end[K_TDATA], after, STYP_TDATA);
        put_section(l, out, ".tbss", l->start[K_TBSS], l->end[K_TBSS] - l->start[K_TBSS], 0, STYP_TBSS);
        after += l->end[K_TDATA];
    }
    for (unsigned n = link_dwarf_pieces(l, subtypes), i = 0; i < n; i++) {
        put_section(l, out, dwarf_name(subtypes[i]), 0, dwarf_size(l, subtypes[i]), after, subtypes[i] | STYP_DWARF);
        after += dwarf_size(l, subtypes[i]);
    }
}

/* ---- the file */

static void pad_to(struct bytes *out, uint64_t at)
{
    if (at > out->n)
        bytes_add(out, at - out->n);
}

static void put_contents(const struct link *l, struct bytes *out, enum kind k)
{
    pad_to(out, l->file_offset[k]);
    uint64_t base = out->n;
    bytes_add(out, l->end[k] - l->start[k]);
    for (unsigned i = 0; i < l->section[k].n; i++) {
        const struct csect *cs = l->section[k].v[i];
        memcpy(out->v + base + (cs->addr - l->start[k]), cs->data, cs->size);
    }
}

static void put_dwarf(const struct link *l, struct bytes *out)
{
    uint32_t subtypes[16];
    for (unsigned n = link_dwarf_pieces(l, subtypes), k = 0; k < n; k++)
        for (unsigned i = 0; i < l->section[K_DWARF].n; i++)
            if (l->section[K_DWARF].v[i]->dwarf == subtypes[k])
                bytes_put(out, l->section[K_DWARF].v[i]->data, l->section[K_DWARF].v[i]->size);
}

/* Written beside the target and renamed, so that a program that is running is not changed under its feet. */
static void write_file(struct link *l, const struct bytes *out)
{
    char *temporary = link_format("%s.%ld", l->output, (long)getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0777);
    size_t done = 0;
    ssize_t n = 0;
    while (fd >= 0 && done < out->n && (n = write(fd, out->v + done, out->n - done)) > 0)
        done += (size_t)n;
    if (fd < 0 || n < 0 || close(fd) != 0 || rename(temporary, l->output) != 0) {
        link_error(l, "%s: %s", l->output, strerror(errno));
        unlink(temporary);
    }
}

void link_write(struct link *l, struct symbol **loader_symbols, unsigned count)
{
    struct bytes out = {0}, symbols = {0}, strings = {0}, loader = loader_section(l, loader_symbols, count);
    uint64_t data_end = l->file_offset[K_DATA] + l->end[K_DATA] - l->start[K_DATA];
    uint64_t loader_at = round_up(data_end, 8), after = round_up(loader_at + loader.n, 8),
             end = after + l->end[K_TDATA];
    uint32_t subtypes[16];
    for (unsigned n = link_dwarf_pieces(l, subtypes), i = 0; i < n; i++)
        end += dwarf_size(l, subtypes[i]);
    struct header_facts f = {.entry = l->is64 ? UINT64_MAX : UINT32_MAX};
    if (!l->noentry)
        f.entry = symbol_address(link_symbol(l, l->entry));
    if (!l->strip) {
        f.nsymbols = link_symbol_table(l, &symbols, &strings);
        f.symbols_at = round_up(end, 4);
    }
    put_file_header(l, &out, &f);
    put_aux_header(l, &out, &f);
    put_sections(l, &out, loader_at, loader.n, after);
    put_contents(l, &out, K_TEXT);
    put_contents(l, &out, K_DATA);
    pad_to(&out, loader_at);
    bytes_put(&out, loader.v, loader.n);
    pad_to(&out, after);
    l->file_offset[K_TDATA] = after;
    put_contents(l, &out, K_TDATA);
    put_dwarf(l, &out);
    if (f.nsymbols) {
        pad_to(&out, f.symbols_at);
        bytes_put(&out, symbols.v, symbols.n);
        bytes_put(&out, strings.v, strings.n);
    }
    write_file(l, &out);
}
