/* link_symtab.c -- the symbol table of the output: per object one C_FILE, its csects and their labels.
 *
 * Debuggers and our own backtraces find function names here; nothing at load time needs it. [aix-abi 1, toolchain 5.1]
 */
#include "rootfs-tools/toolchain/link.h"

#include <string.h>

struct writer {
    const struct link *l;
    struct bytes *out, *strings;
    unsigned n;
};

static uint8_t *put_entry(struct writer *w, const char *name, uint64_t value, unsigned section, unsigned type,
                          unsigned storage, unsigned naux)
{
    uint32_t at = 0;
    size_t len = strlen(name);
    if (w->l->is64 ? len > 0 : len > 8) {
        at = (uint32_t)w->strings->n;
        bytes_put(w->strings, name, len + 1);
    }
    uint8_t *e = bytes_add(w->out, 18 * (1 + naux));
    if (w->l->is64) {
        set64(e, value);
        set32(e + 8, at);
    } else {
        if (at)
            set32(e + 4, at);
        else
            memcpy(e, name, len);
        set32(e + 8, value);
    }
    set16(e + 12, section);
    set16(e + 14, type);
    e[16] = (uint8_t)storage;
    e[17] = (uint8_t)naux;
    w->n += 1 + naux;
    return e + 18;
}

static void put_csect_aux(const struct writer *w, uint8_t *aux, uint64_t length, unsigned align, unsigned type,
                          unsigned cls)
{
    set32(aux, (uint32_t)length);
    aux[10] = (uint8_t)(align << 3 | type);
    aux[11] = (uint8_t)cls;
    if (w->l->is64) {
        set32(aux + 12, length >> 32);
        aux[17] = 251; /* _AUX_CSECT */
    }
}

static void put_csect(struct writer *w, struct csect *cs)
{
    cs->symtab_index = w->n;
    unsigned type = cs->is_common || cs->kind == K_BSS ? XTY_CM : XTY_SD;
    uint8_t *aux =
        put_entry(w, cs->name, cs->addr, link_section_number(w->l, cs), 0, cs->storage ? cs->storage : C_HIDEXT, 1);
    put_csect_aux(w, aux, cs->size, cs->align, type, cs->cls);
}

static void put_label(struct writer *w, const struct label *label)
{
    const struct csect *cs = label->cs;
    unsigned type = cs->cls == XMC_PR ? 0x20 : 0; /* a function */
    uint8_t *aux =
        put_entry(w, label->name, cs->addr + label->off, link_section_number(w->l, cs), type, label->storage, 1);
    put_csect_aux(w, aux, cs->symtab_index, 0, XTY_LD, cs->cls);
}

static const char *file_name(const struct object *o)
{
    return o->source_file && *o->source_file ? o->source_file : o->name;
}

static bool has_live_csect(const struct object *o)
{
    for (unsigned i = 0; i < o->ncsects; i++)
        if (o->csects[i]->live)
            return true;
    return false;
}

static void put_object(struct writer *w, const struct object *o, size_t *last_file)
{
    if (!has_live_csect(o))
        return;
    if (*last_file != SIZE_MAX) { /* the value of a C_FILE entry is the index of the next one */
        uint8_t *e = w->out->v + *last_file;
        if (w->l->is64)
            set64(e, w->n);
        else
            set32(e + 8, w->n);
    }
    *last_file = w->out->n;
    put_entry(w, file_name(o), 0, (uint16_t)-2, 0, C_FILE, 0);
    for (unsigned i = 0; i < o->ncsects; i++) {
        struct csect *cs = o->csects[i];
        if (!cs->live || cs->kind == K_DWARF || cs->kind == K_TDATA || cs->kind == K_TBSS)
            continue;
        put_csect(w, cs);
        for (unsigned j = 0; j < o->nlabels; j++)
            if (o->labels[j].cs == cs)
                put_label(w, &o->labels[j]);
    }
}

unsigned link_symbol_table(struct link *l, struct bytes *symbols, struct bytes *strings)
{
    struct writer w = {l, symbols, strings, 0};
    size_t last_file = SIZE_MAX;
    bytes_add(strings, 4);
    for (unsigned i = 0; i < l->nobjects; i++)
        put_object(&w, l->objects[i], &last_file);
    for (unsigned i = 0; i < l->glinks.n; i++)
        put_csect(&w, l->glinks.v[i]);
    if (l->rtinit)
        put_csect(&w, l->rtinit);
    l->anchor->size = 0;
    put_csect(&w, l->anchor);
    set32(strings->v, strings->n);
    return w.n;
}
