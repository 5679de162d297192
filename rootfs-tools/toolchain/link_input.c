/* link_input.c -- XCOFF objects and <bigaf> archives: files become csects, names and relocations.
 *
 * Every length and index of the file is checked against the file before it is used; a damaged one is an error that
 * names it.
 */
#include "rootfs-tools/toolchain/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct section {
    uint64_t vaddr, size, data, relocs, nrelocs;
    uint32_t flags;
};

struct reader {
    struct link *l;
    struct object *o;
    bool is64;
    unsigned nsections;
    struct section *sections;
    uint64_t symbols, nsyms;
    const char *strings;
    uint64_t strings_len;
};

static bool inside(const struct object *o, uint64_t at, uint64_t n) { return at <= o->len && n <= o->len - at; }

static bool damaged(struct reader *r, const char *what)
{
    link_error(r->l, "%s: damaged XCOFF object: %s", r->o->name, what);
    return false;
}

static bool read_sections(struct reader *r)
{
    const uint8_t *b = r->o->bytes;
    unsigned header = r->is64 ? 24 : 20, each = r->is64 ? 72 : 40;
    uint64_t at = header + get16(b + 16);
    r->nsections = get16(b + 2);
    if (!inside(r->o, at, (uint64_t)r->nsections * each))
        return damaged(r, "section headers outside the file");
    r->sections = link_alloc((r->nsections + 1) * sizeof *r->sections);
    for (unsigned i = 0; i < r->nsections; i++, at += each) {
        const uint8_t *h = b + at;
        struct section *s = &r->sections[i];
        if (r->is64)
            *s = (struct section){get64(h + 16), get64(h + 24), get64(h + 32),
                                  get64(h + 40), get32(h + 56), get32(h + 64)};
        else
            *s = (struct section){get32(h + 12), get32(h + 16), get32(h + 20),
                                  get32(h + 24), get16(h + 32), get32(h + 36)};
        bool has_data = s->flags & (STYP_TEXT | STYP_DATA | STYP_TDATA | STYP_DWARF);
        if (has_data && !inside(r->o, s->data, s->size))
            return damaged(r, "section contents outside the file");
    }
    for (unsigned i = 0; !r->is64 && i < r->nsections; i++) { /* .ovrflo carries a count that does not fit 16 bits */
        const uint8_t *h = b + header + get16(b + 16) + i * each;
        unsigned whose = get16(h + 32);
        if ((r->sections[i].flags & 0xffff) == STYP_OVRFLO && whose >= 1 && whose <= r->nsections)
            r->sections[whose - 1].nrelocs = get32(h + 8);
    }
    return true;
}

static bool read_tables(struct reader *r)
{
    const uint8_t *b = r->o->bytes;
    r->symbols = r->is64 ? get64(b + 8) : get32(b + 8);
    r->nsyms = r->is64 ? get32(b + 20) : get32(b + 12);
    if (!inside(r->o, r->symbols, r->nsyms * 18))
        return damaged(r, "symbol table outside the file");
    uint64_t strings = r->symbols + r->nsyms * 18;
    r->strings = "";
    if (r->nsyms && inside(r->o, strings, 4)) {
        r->strings_len = get32(b + strings);
        if (!inside(r->o, strings, r->strings_len) || (r->strings_len > 4 && b[strings + r->strings_len - 1] != 0))
            return damaged(r, "string table outside the file");
        r->strings = (const char *)b + strings;
    }
    return true;
}

static const char *string_at(struct reader *r, uint32_t off)
{
    if (off == 0)
        return "";
    if (off < 4 || off >= r->strings_len) {
        damaged(r, "name outside the string table");
        return "";
    }
    return r->strings + off;
}

static const char *symbol_name(struct reader *r, const uint8_t *e)
{
    if (r->is64)
        return string_at(r, get32(e + 8));
    if (get32(e) == 0)
        return string_at(r, get32(e + 4));
    return link_strndup((const char *)e, strnlen((const char *)e, 8));
}

static int kind_of_class(uint8_t cls)
{
    switch (cls) {
    case XMC_PR:
    case XMC_RO:
    case XMC_DB:
    case XMC_GL:
    case XMC_XO:
    case XMC_TI:
    case XMC_TB:
        return K_TEXT;
    case XMC_RW:
    case XMC_DS:
    case XMC_UA:
    case XMC_TC:
    case XMC_TC0:
    case XMC_TD:
    case XMC_TE:
        return K_DATA;
    case XMC_BS:
    case XMC_UC:
        return K_BSS;
    case XMC_TL:
        return K_TDATA;
    case XMC_UL:
        return K_TBSS;
    default:
        return -1;
    }
}

static void add_csect(struct object *o, struct csect *cs)
{
    cs->obj = o;
    LINK_APPEND(o->csects, o->ncsects, o->csects_cap, cs);
}

static struct csect *read_csect(struct reader *r, const uint8_t *e, unsigned type, uint8_t cls, unsigned align,
                                uint64_t size, uint64_t value, int scn)
{
    int kind = kind_of_class(cls);
    if (kind < 0 || scn < 1 || (unsigned)scn > r->nsections) {
        link_error(r->l, "%s: csect %s: storage class %u, section %d", r->o->name, symbol_name(r, e), cls, scn);
        return NULL;
    }
    const struct section *s = &r->sections[scn - 1];
    if ((type == XTY_CM && kind == K_DATA) || (s->flags & STYP_BSS))
        kind = K_BSS;
    struct csect *cs = link_alloc(sizeof *cs);
    *cs = (struct csect){.name = symbol_name(r, e),
                         .cls = cls,
                         .align = (uint8_t)align,
                         .kind = (uint8_t)kind,
                         .size = size,
                         .old_va = value,
                         .is_common = type == XTY_CM};
    if (kind != K_BSS && kind != K_TBSS) {
        if (value < s->vaddr || size > s->size || value - s->vaddr > s->size - size) {
            damaged(r, "csect outside its section");
            return NULL;
        }
        cs->data = link_alloc(size);
        memcpy(cs->data, r->o->bytes + s->data + (value - s->vaddr), size);
    }
    add_csect(r->o, cs);
    return cs;
}

static void define_name(struct reader *r, const char *name, struct csect *cs, uint64_t off, unsigned storage,
                        unsigned visibility)
{
    struct symbol *s = link_symbol(r->l, name);
    link_define(r->l, s, cs, off, storage == C_WEAKEXT);
    s->hidden |= visibility == 1 || visibility == VISIBILITY_HIDDEN;
    if (visibility == VISIBILITY_EXPORTED)
        link_export(r->l, name, storage == C_WEAKEXT);
}

static void read_undefined(struct reader *r, const char *name, struct ref *ref, bool weak)
{
    struct symbol *s = link_symbol(r->l, name);
    s->weak_ref = weak && (!s->wanted || s->weak_ref);
    s->wanted = true;
    ref->global = s;
}

static void read_symbol(struct reader *r, uint32_t i, const uint8_t *e, const uint8_t *aux)
{
    uint64_t value = r->is64 ? get64(e) : get32(e + 8);
    int scn = (int16_t)get16(e + 12);
    unsigned storage = e[16], visibility = get16(e + 14) >> 12 & 7, type = aux[10] & 7, align = aux[10] >> 3;
    uint8_t cls = aux[11];
    uint64_t length = r->is64 ? get32(aux) | (uint64_t)get32(aux + 12) << 32 : get32(aux);
    bool global = storage == C_EXT || storage == C_WEAKEXT;
    struct ref *ref = link_alloc(sizeof *ref);
    r->o->refs[i] = ref;
    if (type == XTY_ER) {
        read_undefined(r, symbol_name(r, e), ref, storage == C_WEAKEXT);
        return;
    }
    ref->value = value;
    if (type == XTY_LD) {
        const struct ref *owner = length < r->nsyms ? r->o->refs[length] : NULL;
        if (!owner || !owner->cs) {
            damaged(r, "label without a csect");
            return;
        }
        ref->cs = owner->cs;
        ref->off = value - owner->cs->old_va;
        struct label label = {ref->cs, symbol_name(r, e), ref->off, (uint8_t)storage};
        LINK_APPEND(r->o->labels, r->o->nlabels, r->o->labels_cap, label);
    } else {
        ref->cs = read_csect(r, e, type, cls, align, length, value, scn);
        if (!ref->cs)
            return;
        ref->cs->storage = (uint8_t)storage;
    }
    /* Of several weak or common definitions all objects must use the one chosen: such names go through the table. */
    if (global) {
        define_name(r, symbol_name(r, e), ref->cs, ref->off, storage, visibility);
        if (ref->cs->cls != XMC_TC && (storage == C_WEAKEXT || ref->cs->is_common))
            ref->global = link_symbol(r->l, symbol_name(r, e));
    }
}

static void read_dwarf_section(struct reader *r, unsigned scn)
{
    const struct section *s = &r->sections[scn];
    struct csect *cs = link_alloc(sizeof *cs);
    *cs = (struct csect){
        .name = "", .kind = K_DWARF, .dwarf = s->flags & 0xffff0000, .size = s->size, .old_va = s->vaddr};
    cs->data = link_alloc(s->size);
    memcpy(cs->data, r->o->bytes + s->data, s->size);
    add_csect(r->o, cs);
}

static struct csect *dwarf_csect(const struct object *o, uint32_t subtype)
{
    for (unsigned i = 0; i < o->ncsects; i++)
        if (o->csects[i]->kind == K_DWARF && o->csects[i]->dwarf == subtype)
            return o->csects[i];
    return NULL;
}

static void read_other_symbol(struct reader *r, uint32_t i, const uint8_t *e)
{
    int scn = (int16_t)get16(e + 12);
    if (e[16] == C_DWARF && scn >= 1 && (unsigned)scn <= r->nsections) {
        struct ref *ref = link_alloc(sizeof *ref);
        ref->cs = dwarf_csect(r->o, r->sections[scn - 1].flags & 0xffff0000);
        ref->value = ref->cs ? ref->cs->old_va : 0;
        r->o->refs[i] = ref;
    } else if (e[16] == C_FILE) {
        const char *name = symbol_name(r, e);
        if (strcmp(name, ".file") == 0 && e[17] && i + 1 < r->nsyms) {
            const uint8_t *aux = e + 18;
            name = get32(aux) == 0 ? string_at(r, get32(aux + 4))
                                   : link_strndup((const char *)aux, strnlen((const char *)aux, 14));
        }
        r->o->source_file = name;
    }
}

static bool read_symbols(struct reader *r)
{
    r->o->nsyms = (uint32_t)r->nsyms;
    r->o->refs = link_alloc((r->nsyms + 1) * sizeof *r->o->refs);
    for (uint64_t i = 0; i < r->nsyms;) {
        const uint8_t *e = r->o->bytes + r->symbols + 18 * i;
        unsigned storage = e[16], naux = e[17];
        if (i + naux >= r->nsyms)
            return damaged(r, "auxiliary entries outside the symbol table");
        if ((storage == C_EXT || storage == C_HIDEXT || storage == C_WEAKEXT) && naux)
            read_symbol(r, (uint32_t)i, e, e + 18 * naux);
        else
            read_other_symbol(r, (uint32_t)i, e);
        i += 1 + naux;
    }
    return true;
}

static int compare_csects(const void *a, const void *b)
{
    const struct csect *x = *(struct csect *const *)a, *y = *(struct csect *const *)b;
    if (x->old_va != y->old_va)
        return x->old_va < y->old_va ? -1 : 1;
    return x->size < y->size ? -1 : x->size > y->size;
}

/* The csect of a section that holds an address. */
static struct csect *csect_at(struct csect **v, unsigned n, uint64_t va)
{
    unsigned low = 0, high = n;
    while (low < high) {
        unsigned mid = (low + high) / 2;
        if (v[mid]->old_va <= va)
            low = mid + 1;
        else
            high = mid;
    }
    return low && va - v[low - 1]->old_va < v[low - 1]->size ? v[low - 1] : NULL;
}

static bool section_holds(const struct section *s, const struct csect *cs)
{
    if (cs->kind == K_DWARF || (s->flags & STYP_DWARF))
        return cs->kind == K_DWARF && (s->flags & STYP_DWARF) && cs->dwarf == (s->flags & 0xffff0000);
    unsigned flag = cs->kind == K_TEXT    ? STYP_TEXT
                    : cs->kind == K_DATA  ? STYP_DATA
                    : cs->kind == K_TDATA ? STYP_TDATA
                                          : 0;
    return cs->data && (s->flags & flag) && cs->old_va >= s->vaddr && cs->old_va + cs->size <= s->vaddr + s->size;
}

static bool read_relocs(struct reader *r, const struct section *s)
{
    unsigned each = r->is64 ? 14 : 10, n = 0;
    if (!s->nrelocs)
        return true;
    if (!inside(r->o, s->relocs, s->nrelocs * each))
        return damaged(r, "relocations outside the file");
    struct csect **v = link_alloc((r->o->ncsects + 1) * sizeof *v);
    for (unsigned i = 0; i < r->o->ncsects; i++)
        if (section_holds(s, r->o->csects[i]))
            v[n++] = r->o->csects[i];
    qsort(v, n, sizeof *v, compare_csects);
    for (uint64_t i = 0; i < s->nrelocs; i++) {
        const uint8_t *e = r->o->bytes + s->relocs + i * each;
        uint64_t va = r->is64 ? get64(e) : get32(e);
        uint32_t sym = get32(e + (r->is64 ? 8 : 4));
        struct csect *cs = csect_at(v, n, va);
        if (!cs || sym >= r->nsyms || !r->o->refs[sym])
            return damaged(r, "relocation without a csect or symbol");
        struct reloc reloc = {va - cs->old_va, r->o->refs[sym], e[each - 2], e[each - 1]};
        if (reloc.type != R_REF && reloc.off + ((reloc.size & 0x3f) + 8u) / 8 > cs->size)
            return damaged(r, "relocation across the end of its csect");
        LINK_APPEND(cs->relocs, cs->nrelocs, cs->relocs_cap, reloc);
    }
    return true;
}

static void read_object(struct link *l, const char *name, const uint8_t *bytes, size_t len, bool from_archive)
{
    struct object *o = link_alloc(sizeof *o);
    *o = (struct object){.name = name, .bytes = bytes, .len = len, .from_archive = from_archive};
    struct reader r = {.l = l, .o = o, .is64 = get16(bytes) == 0x1f7};
    if (len < 24) {
        damaged(&r, "too short");
        return;
    }
    if (!read_sections(&r) || !read_tables(&r))
        return;
    for (unsigned i = 0; i < r.nsections; i++)
        if (r.sections[i].flags & STYP_DWARF)
            read_dwarf_section(&r, i);
    if (!read_symbols(&r))
        return;
    for (unsigned i = 0; i < r.nsections; i++)
        if (!(r.sections[i].flags & STYP_OVRFLO) && !read_relocs(&r, &r.sections[i]))
            return;
    LINK_APPEND(l->objects, l->nobjects, l->objects_cap, o);
}

void link_load_member(struct link *l, struct lazy_member *m) { read_object(l, m->name, m->bytes, m->len, true); }

/* The global names of a static member, without linking it. */
static void offer_member(struct link *l, const char *name, const uint8_t *bytes, size_t len)
{
    struct object o = {.name = name, .bytes = bytes, .len = len};
    struct reader r = {.l = l, .o = &o, .is64 = get16(bytes) == 0x1f7};
    struct lazy_member *m = link_alloc(sizeof *m);
    *m = (struct lazy_member){name, bytes, len, false};
    if (!read_tables(&r))
        return;
    for (uint64_t i = 0; i < r.nsyms;) {
        const uint8_t *e = bytes + r.symbols + 18 * i;
        unsigned storage = e[16], naux = e[17];
        if (i + naux >= r.nsyms)
            break;
        if ((storage == C_EXT || storage == C_WEAKEXT) && naux && (e[18 * naux + 10] & 7) != XTY_ER)
            link_offer_lazy(l, symbol_name(&r, e), m);
        i += 1 + naux;
    }
}

static bool right_width(struct link *l, const uint8_t *bytes, bool decide)
{
    bool is64 = get16(bytes) == 0x1f7;
    if (!l->width_known && decide) {
        l->is64 = is64;
        l->width_known = true;
    }
    return is64 == l->is64;
}

static uint64_t decimal(const uint8_t *p, unsigned width)
{
    char text[24] = {0};
    memcpy(text, p, width);
    return strtoull(text, NULL, 10);
}

static void add_member(struct link *l, const char *path, const char *member, const uint8_t *bytes, size_t len,
                       bool by_name)
{
    if (len < 24 || (get16(bytes) != 0x1df && get16(bytes) != 0x1f7) || !right_width(l, bytes, false))
        return;
    unsigned flags = get16(bytes + 18);
    if (flags & F_SHROBJ) {
        if (!(flags & F_LOADONLY))
            link_add_shared(l, path, member, bytes, len, by_name);
    } else {
        offer_member(l, link_format("%s(%s)", path, member), bytes, len);
    }
}

static void add_archive(struct link *l, const char *path, const uint8_t *b, size_t len, bool by_name)
{
    uint64_t at = len >= 128 ? decimal(b + 68, 20) : 0, last = len >= 128 ? decimal(b + 88, 20) : 0;
    for (size_t guard = len / 112 + 1; at && guard; guard--) {
        if (at > len || len - at < 114) {
            link_error(l, "%s: damaged archive: member header outside the file", path);
            return;
        }
        uint64_t size = decimal(b + at, 20), next = decimal(b + at + 20, 20), namlen = decimal(b + at + 108, 4);
        uint64_t data = at + 112 + round_up(namlen, 2) + 2;
        if (data > len || size > len - data) {
            link_error(l, "%s: damaged archive: member outside the file", path);
            return;
        }
        add_member(l, path, link_strndup((const char *)b + at + 112, namlen), b + data, size, by_name);
        if (at == last)
            break;
        at = next;
    }
}

void link_add_file(struct link *l, const char *path, bool by_name)
{
    size_t len = 0;
    const uint8_t *b = link_read_file(l, path, &len);
    if (!b)
        return;
    if (len >= 8 && memcmp(b, "<bigaf>\n", 8) == 0) {
        add_archive(l, path, b, len, by_name);
    } else if (len >= 2 && b[0] == '#' && b[1] == '!') {
        link_read_imports(l, path, b, len);
    } else if (len < 24 || (get16(b) != 0x1df && get16(b) != 0x1f7)) {
        link_error(l, "%s: neither an XCOFF object, nor a big archive, nor an import file", path);
    } else if (!right_width(l, b, true)) {
        link_error(l, "%s: a %d-bit object in a %d-bit link", path, l->is64 ? 32 : 64, l->is64 ? 64 : 32);
    } else if (get16(b + 18) & F_SHROBJ) {
        link_add_shared(l, path, "", b, len, by_name);
    } else if (get16(b + 18) & F_EXEC) {
        link_error(l, "%s: a program cannot be linked again", path);
    } else {
        read_object(l, path, b, len, false);
    }
}

void link_add_library(struct link *l, const char *name)
{
    static const char *const suffixes[] = {"so", "a"};
    for (unsigned i = 0; i < l->nlib_dirs; i++)
        for (unsigned j = l->rtl ? 0 : 1; j < 2; j++) {
            const char *path = link_format("%s/lib%s.%s", l->lib_dirs[i], name, suffixes[j]);
            if (access(path, R_OK) == 0) {
                link_add_file(l, path, true);
                return;
            }
        }
    link_error(l, "cannot find -l%s", name);
}
