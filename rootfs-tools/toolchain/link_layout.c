/* link_layout.c -- what the linker makes itself (TOC entries, glink stubs, __rtinit) and where everything goes.
 *
 *   file:    headers | .text | .data | .loader | .dw* | symbols
 *   memory:  text at base + its file offset, so that the file can be mapped from offset 0; data likewise at its base;
 *            the TOC at the end of .data, stubs' entries first; .bss directly after .data. [aix-abi 1.4]
 */
#include "rootfs-tools/toolchain/link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void list_add(struct csect_list *list, struct csect *cs) { LINK_APPEND(list->v, list->n, list->cap, cs); }

static struct csect *make_csect(const char *name, uint8_t cls, uint8_t kind, uint8_t align, uint64_t size)
{
    struct csect *cs = link_alloc(sizeof *cs);
    *cs = (struct csect){
        .name = name, .cls = cls, .kind = kind, .align = align, .size = size, .live = true, .storage = C_HIDEXT};
    cs->data = link_alloc(size);
    return cs;
}

static void add_reloc(const struct link *l, struct csect *cs, uint64_t off, struct symbol *to)
{
    struct ref *ref = link_alloc(sizeof *ref);
    ref->global = to;
    struct reloc r = {off, ref, l->is64 ? 63 : 31, R_POS};
    LINK_APPEND(cs->relocs, cs->nrelocs, cs->relocs_cap, r);
}

/* ---- __rtinit [aix-abi 1.7] */

/* clang names constructors __sinit<priority>_..., destructors __sterm<priority>_...; the priority is hexadecimal. */
void link_collect_constructors(struct link *l)
{
    for (unsigned i = 0; i < l->nsymbols; i++) {
        const struct symbol *s = l->symbols[i];
        bool init = strncmp(s->name, "__sinit", 7) == 0, fini = strncmp(s->name, "__sterm", 7) == 0;
        if (!s->def || (!init && !fini))
            continue;
        struct init_function f = {s->name, (unsigned)strtoul(link_strndup(s->name + 7, 8), NULL, 16)};
        struct init_function **list = init ? &l->inits : &l->finis;
        unsigned *n = init ? &l->ninits : &l->nfinis;
        *list = realloc(*list, (*n + 1) * sizeof **list);
        (*list)[(*n)++] = f;
    }
}

static int by_priority(const void *a, const void *b)
{
    const struct init_function *x = a, *y = b;
    if (x->priority != y->priority)
        return x->priority < y->priority ? -1 : 1;
    return strcmp(x->name, y->name);
}

static int by_priority_down(const void *a, const void *b) { return by_priority(b, a); }

/* {function, offset of its name, flags} each, a zero function ends the list. */
static void fill_init_array(const struct link *l, struct csect *cs, uint64_t at, const struct init_function *v,
                            unsigned n, uint64_t *names)
{
    unsigned word = pointer_size(l), each = l->is64 ? 16 : 12;
    for (unsigned i = 0; i < n; i++, at += each) {
        add_reloc(l, cs, at, link_find(l, v[i].name));
        set32(cs->data + at + word, *names);
        strcpy((char *)cs->data + *names, v[i].name);
        *names += strlen(v[i].name) + 1;
    }
}

void link_build_rtinit(struct link *l)
{
    if (!l->ninits && !l->nfinis && !l->rtl)
        return;
    if (l->ninits)
        qsort(l->inits, l->ninits, sizeof *l->inits, by_priority);
    if (l->nfinis)
        qsort(l->finis, l->nfinis, sizeof *l->finis, by_priority_down);
    uint64_t each = l->is64 ? 16 : 12, head = l->is64 ? 0x18 : 0x10, text = 0;
    for (unsigned i = 0; i < l->ninits; i++)
        text += strlen(l->inits[i].name) + 1;
    for (unsigned i = 0; i < l->nfinis; i++)
        text += strlen(l->finis[i].name) + 1;
    uint64_t init_at = head, fini_at = init_at + (l->ninits + 1) * each, names = fini_at + (l->nfinis + 1) * each;
    struct csect *cs = make_csect("__rtinit", XMC_RW, K_DATA, 3, round_up(names + text, 8));
    unsigned word = pointer_size(l);
    if (l->rtl)
        add_reloc(l, cs, 0, link_symbol(l, "__rtld"));
    set32(cs->data + word, l->ninits ? init_at : 0);
    set32(cs->data + word + 4, l->nfinis ? fini_at : 0);
    set32(cs->data + word + 8, each);
    fill_init_array(l, cs, init_at, l->inits, l->ninits, &names);
    fill_init_array(l, cs, fini_at, l->finis, l->nfinis, &names);
    cs->storage = C_EXT;
    l->rtinit = cs;
}

/* ---- TOC and glink */

struct toc_key {
    const void *what;
    uint64_t off, addend;
    struct csect *cs;
};

static bool toc_entry_key(struct link *l, const struct csect *cs, struct toc_key *key, struct symbol **import)
{
    if (cs->cls != XMC_TC || cs->nrelocs != 1 || cs->size != pointer_size(l) || cs->relocs[0].type != R_POS)
        return false;
    struct target t = link_target(l, cs->relocs[0].to);
    uint64_t content = l->is64 ? get64(cs->data) : get32(cs->data);
    *key = (struct toc_key){t.kind == T_PLACE ? (void *)t.cs : (void *)t.sym, t.off, content - cs->relocs[0].to->value,
                            NULL};
    *import = t.kind == T_IMPORT && key->addend == 0 ? t.sym : NULL;
    return t.kind == T_PLACE || t.kind == T_IMPORT;
}

static struct toc_key *toc_place(struct toc_key *table, size_t size, const struct toc_key *key)
{
    uint64_t h = ((uintptr_t)key->what >> 4) * 0x9e3779b97f4a7c15u + key->off * 31 + key->addend * 1031;
    size_t i = (h >> 20) & (size - 1);
    while (table[i].cs && (table[i].what != key->what || table[i].off != key->off || table[i].addend != key->addend))
        i = (i + 1) & (size - 1);
    return &table[i];
}

/* Of equal TOC entries of several objects one is kept; entries of imports serve the stubs too. */
static void merge_toc(struct link *l, struct csect **v, unsigned n)
{
    size_t size = 64;
    while (size < 2 * (size_t)n)
        size *= 2;
    struct toc_key *table = link_alloc(size * sizeof *table);
    for (unsigned i = 0; i < n; i++) {
        struct toc_key key, *place;
        struct symbol *import;
        if (!toc_entry_key(l, v[i], &key, &import))
            continue;
        place = toc_place(table, size, &key);
        if (place->cs) {
            v[i]->merged = place->cs;
            v[i]->live = false;
            continue;
        }
        *place = key;
        place->cs = v[i];
        if (import)
            import->slot = v[i];
    }
}

/* The words of a stub; the first one's displacement is filled in when addresses are known. */
static const uint32_t glink32[] = {0x81820000, 0x90410014, 0x800c0000, 0x804c0004, 0x7c0903a6,
                                   0x4e800420, 0,          0x000c8000, 0};
static const uint32_t glink64[] = {0xe9820000, 0xf8410028, 0xe80c0000, 0xe84c0008, 0x7c0903a6,
                                   0x4e800420, 0,          0x000ca000, 0,          0x18};

static void make_glink(struct link *l, struct symbol *s)
{
    const uint32_t *words = l->is64 ? glink64 : glink32;
    unsigned n = l->is64 ? 10 : 9;
    struct csect *cs = make_csect(link_format(".%s", s->name), XMC_GL, K_TEXT, 2, 4 * n);
    for (unsigned i = 0; i < n; i++)
        set32(cs->data + 4 * i, words[i]);
    s->glink = cs;
    list_add(&l->section[K_TEXT], cs);
    list_add(&l->glinks, cs);
    if (!s->slot) {
        s->slot = make_csect(s->name, XMC_TC, K_DATA, l->is64 ? 3 : 2, pointer_size(l));
        add_reloc(l, s->slot, 0, s);
    }
}

/* ---- order and addresses */

static int text_rank(const struct csect *cs) { return cs->cls == XMC_PR ? 0 : cs->cls == XMC_GL ? 2 : 1; }

static void place(struct csect_list *list, uint64_t *at)
{
    for (unsigned i = 0; i < list->n; i++) {
        *at = round_up(*at, 1ull << list->v[i]->align);
        list->v[i]->addr = *at;
        *at += list->v[i]->size;
    }
}

static uint64_t greatest_alignment(const struct csect_list *list, unsigned least)
{
    for (unsigned i = 0; i < list->n; i++)
        if (list->v[i]->align > least)
            least = list->v[i]->align;
    return 1ull << least;
}

static bool is_toc(const struct csect *cs)
{
    return cs->kind == K_DATA && (cs->cls == XMC_TC || cs->cls == XMC_TD || cs->cls == XMC_TE);
}

static void each_csect(struct link *l, struct csect_list *out, bool (*wanted)(const struct csect *))
{
    for (unsigned i = 0; i < l->nobjects; i++)
        for (unsigned j = 0; j < l->objects[i]->ncsects; j++)
            if (wanted(l->objects[i]->csects[j]))
                list_add(out, l->objects[i]->csects[j]);
}

static bool is_code(const struct csect *cs) { return cs->live && cs->kind == K_TEXT && text_rank(cs) == 0; }
static bool is_const(const struct csect *cs) { return cs->live && cs->kind == K_TEXT && text_rank(cs) == 1; }
static bool is_stub(const struct csect *cs) { return cs->live && cs->kind == K_TEXT && text_rank(cs) == 2; }
static bool is_data(const struct csect *cs) { return cs->live && cs->kind == K_DATA && !is_toc(cs); }
static bool is_bss(const struct csect *cs) { return cs->live && cs->kind == K_BSS; }
static bool is_tdata(const struct csect *cs) { return cs->live && cs->kind == K_TDATA; }
static bool is_tbss(const struct csect *cs) { return cs->live && cs->kind == K_TBSS; }
static bool is_dwarf(const struct csect *cs) { return cs->kind == K_DWARF; }
static bool is_small_toc(const struct csect *cs) { return cs->live && is_toc(cs) && cs->cls != XMC_TE; }
static bool is_large_toc(const struct csect *cs) { return cs->live && is_toc(cs) && cs->cls == XMC_TE; }

static void fill_sections(struct link *l, struct csect_list *toc)
{
    each_csect(l, toc, is_small_toc);
    each_csect(l, toc, is_large_toc);
    merge_toc(l, toc->v, toc->n);
    each_csect(l, &l->section[K_TEXT], is_code);
    each_csect(l, &l->section[K_TEXT], is_const);
    each_csect(l, &l->section[K_TEXT], is_stub);
    each_csect(l, &l->section[K_DATA], is_data);
    each_csect(l, &l->section[K_BSS], is_bss);
    each_csect(l, &l->section[K_TDATA], is_tdata);
    each_csect(l, &l->section[K_TBSS], is_tbss);
    if (!l->strip)
        each_csect(l, &l->section[K_DWARF], is_dwarf);
    if (l->rtinit)
        list_add(&l->section[K_DATA], l->rtinit);
}

/* Stubs' own entries come first, so that 16 bits always reach them. */
static void place_toc(struct link *l, const struct csect_list *toc, uint64_t *at)
{
    struct csect_list kept = {0};
    for (unsigned i = 0; i < l->glinks.n; i++) {
        struct csect *slot = link_find(l, l->glinks.v[i]->name + 1)->slot;
        if (!slot->obj)
            list_add(&kept, slot);
    }
    for (unsigned i = 0; i < toc->n; i++)
        if (toc->v[i]->live)
            list_add(&kept, toc->v[i]);
    uint64_t start = *at;
    place(&kept, at);
    l->toc = start + (*at - start > 0x8000 ? 0x8000 : 0);
    l->anchor->addr = l->toc;
    for (unsigned i = 0; i < kept.n; i++)
        list_add(&l->section[K_DATA], kept.v[i]);
}

static void place_dwarf(struct link *l)
{
    uint32_t subtypes[16];
    unsigned n = link_dwarf_pieces(l, subtypes);
    for (unsigned k = 0; k < n; k++) {
        uint64_t at = 0;
        for (unsigned i = 0; i < l->section[K_DWARF].n; i++) {
            struct csect *cs = l->section[K_DWARF].v[i];
            if (cs->dwarf != subtypes[k])
                continue;
            cs->addr = at;
            at += cs->size;
        }
    }
}

static void place_tls(struct link *l)
{
    uint64_t at = 0;
    place(&l->section[K_TDATA], &at);
    l->end[K_TDATA] = at = round_up(at, 8);
    l->start[K_TBSS] = at = round_up(at, greatest_alignment(&l->section[K_TBSS], 3));
    place(&l->section[K_TBSS], &at);
    l->end[K_TBSS] = round_up(at, 8);
}

void link_layout(struct link *l, uint64_t header_size)
{
    struct csect_list toc = {0};
    fill_sections(l, &toc);
    for (unsigned i = 0; i < l->nsymbols; i++)
        if (l->symbols[i]->glink)
            make_glink(l, l->symbols[i]);

    uint64_t at = round_up(header_size, greatest_alignment(&l->section[K_TEXT], 5));
    l->file_offset[K_TEXT] = at;
    l->start[K_TEXT] = l->text_base + at;
    l->end[K_TEXT] = l->start[K_TEXT];
    place(&l->section[K_TEXT], &l->end[K_TEXT]);
    l->end[K_TEXT] = round_up(l->end[K_TEXT], 4);

    at += l->end[K_TEXT] - l->start[K_TEXT];
    uint64_t align = greatest_alignment(&l->section[K_DATA], 3);
    at = round_up(at, align > 4096 ? 4096 : align);
    l->file_offset[K_DATA] = at;
    l->start[K_DATA] = l->data_base + at;
    l->end[K_DATA] = l->start[K_DATA];
    place(&l->section[K_DATA], &l->end[K_DATA]);
    l->end[K_DATA] = round_up(l->end[K_DATA], 8);
    place_toc(l, &toc, &l->end[K_DATA]);
    l->end[K_DATA] = round_up(l->end[K_DATA], 8);

    l->start[K_BSS] = l->end[K_BSS] = l->end[K_DATA];
    place(&l->section[K_BSS], &l->end[K_BSS]);
    l->end[K_BSS] = round_up(l->end[K_BSS], 8);
    place_tls(l);
    place_dwarf(l);
}
