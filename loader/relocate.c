/* relocate.c -- loader relocations [aix-abi 1.6].
 *
 * The place of a relocation is given by its section number, never by searching for the address: text and data of many
 * libraries are both linked at 0 and overlap. Words hold linked values already, so nearly all work is to add one
 * number; all of 807,993 relocations measured are full-word R_POS, which has a path of its own.
 */
#include "loader/relocate.h"

#include <errno.h>
#include <string.h>

#include "loader/reloc_name.h"
#include "loader/tls.h"
#include "loader/xcoff.h"
#include "runtime/address_space.h"

enum compute {
    COMPUTE_INVALID,
    COMPUTE_POS,
    COMPUTE_NEG,
    COMPUTE_REL,
    COMPUTE_NONE,
    COMPUTE_TLS,
    COMPUTE_TLSM,
    COMPUTE_TLSML,
    COMPUTE_LINK
};

static const enum compute kinds[256] = {
#define RELOC(number, name, compute) [number] = COMPUTE_##compute,
#include "loader/reloc.def"
#undef RELOC
};

enum { SIZE_SIGNED = 0x80, SIZE_LENGTH = 0x3f };

struct field { uint8_t *at; unsigned bits, bytes; bool is_signed; };

static uint64_t field_get(const struct field *f)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < f->bytes; i++)
        v = v << 8 | f->at[i];
    return f->bits == 64 ? v : v & ((1ull << f->bits) - 1);
}

/* Fields narrower than their bytes keep the bits above. */
static void field_put(const struct field *f, uint64_t v)
{
    uint64_t mask = f->bits == 64 ? ~0ull : (1ull << f->bits) - 1, old = 0;
    for (unsigned i = 0; i < f->bytes; i++)
        old = old << 8 | f->at[i];
    v = (old & ~mask) | (v & mask);
    for (unsigned i = f->bytes; i-- > 0; v >>= 8)
        f->at[i] = (uint8_t)v;
}

/* A full word wraps as the hardware does; a narrower field must hold the value: signed fields as a signed number,
 * others as signed or unsigned. */
static bool fits(const struct field *f, int64_t v)
{
    unsigned word = loader.is64 ? 64 : 32;
    if (f->bits >= word)
        return true;
    int64_t half = 1ll << (f->bits - 1);
    return v >= -half && v < (f->is_signed ? half : 2 * half);
}

static int64_t field_value(const struct field *f)
{
    uint64_t v = field_get(f);
    unsigned shift = 64 - f->bits;
    return f->is_signed ? (int64_t)(v << shift) >> shift : (int64_t)v;
}

static const struct xcoff_section *reloc_section(const struct module *m, const struct xcoff_reloc *r)
{
    return &m->image.sections[r->rsecnm - 1];
}

static uint8_t *reloc_place(const struct module *m, const struct xcoff_reloc *r)
{
    const struct xcoff_section *s = reloc_section(m, r);
    if (s == m->image.tdata)
        return tls_field(m, r->vaddr);
    return g2h(r->vaddr + (s == m->image.text ? m->text_delta : m->data_delta));
}

/* S of reloc.def. */
static gva symbol_add(const struct module *m, int32_t symndx)
{
    if (symndx >= XREL_FIRST_SYMBOL)
        return m->symbol_add[symndx - XREL_FIRST_SYMBOL];
    return symndx == XREL_TEXT ? m->text_delta : m->data_delta;
}

static int refuse(const struct module *m, const struct xcoff_reloc *r, const char *why, struct error *err)
{
    return error_set(err, ENOEXEC, "%s: relocation %s (0x%02x) at 0x%llx: %s", m->name, reloc_name(r->type), r->type,
                     (unsigned long long)r->vaddr, why);
}

/* Offset of a thread-local variable. The field holds the variable's linked address when the symbol is a section, the
 * addend otherwise. */
static int tls_value(const struct module *m, const struct xcoff_reloc *r, int64_t field, int64_t *out,
                     struct error *err)
{
    if (!tls_used(m))
        return refuse(m, r, "the module has no thread-local sections", err);
    if (r->symndx < 0) {
        *out = tls_offset(m, (uint64_t)field);
        return 0;
    }
    const struct xcoff_symbol *s =
        r->symndx >= XREL_FIRST_SYMBOL ? &m->image.symbols[r->symndx - XREL_FIRST_SYMBOL] : NULL;
    if (!s || (s->smtype & XL_IMPORT) || (s->smclas != XMC_TL && s->smclas != XMC_UL))
        return refuse(m, r, "thread-local variables of other modules are not supported", err);
    *out = tls_offset(m, s->value);
    return 0;
}

enum { PAIRED = 1, AGAIN = 2 };     /* another relocation has the same place; the place was relocated before */

static int compute(const struct module *m, const struct xcoff_reloc *r, int how, int64_t field, int64_t *out,
                   struct error *err)
{
    int64_t S = r->symndx >= 0 ? (int64_t)symbol_add(m, r->symndx) : 0;
    int64_t P = reloc_section(m, r) == m->image.text ? (int64_t)m->text_delta : (int64_t)m->data_delta;
    if (how & AGAIN)
        P = 0;
    switch (kinds[r->type]) {
    case COMPUTE_POS: *out = field + S; break;
    case COMPUTE_NEG: *out = field - S; break;
    case COMPUTE_REL: *out = field + S - P; break;
    case COMPUTE_NONE: *out = field; break;
    case COMPUTE_TLS: return tls_value(m, r, field, out, err);
    case COMPUTE_TLSM:
    case COMPUTE_TLSML: *out = m->index; break;
    case COMPUTE_LINK: return refuse(m, r, "only a linker can do this one", err);
    case COMPUTE_INVALID: return refuse(m, r, "no such type", err);
    }
    return 0;
}

/* Half of an R_POS, R_NEG pair need not fit: the difference does. */
static int relocate_slowly(struct module *m, const struct xcoff_reloc *r, int how, struct error *err)
{
    unsigned bits = (r->size & SIZE_LENGTH) + 1u;
    struct field f = { reloc_place(m, r), bits, (bits + 7) / 8, (r->size & SIZE_SIGNED) != 0 };
    int64_t v;
    if (r->symndx < 0 && kinds[r->type] != COMPUTE_TLS)
        return refuse(m, r, "a thread-local section in an ordinary relocation", err);
    if (compute(m, r, how, field_value(&f), &v, err) < 0)
        return -1;
    if (!loader.is64)           /* addresses wrap at 32 bits */
        v = (int32_t)v;
    if (!(how & PAIRED) && !fits(&f, v))
        return refuse(m, r, "the value does not fit", err);
    field_put(&f, (uint64_t)v);
    return 0;
}

static void add32(uint8_t *at, uint32_t add)
{
    be32 w;
    memcpy(&w, at, sizeof w);
    be_put(&w, (uint32_t)(be_get(w) + add));
    memcpy(at, &w, sizeof w);
}

static void add64(uint8_t *at, uint64_t add)
{
    be64 w;
    memcpy(&w, at, sizeof w);
    be_put(&w, (int64_t)(be_get(w) + add));
    memcpy(at, &w, sizeof w);
}

enum { R_POS = 0, FULL32 = 0x1f, FULL64 = 0x3f };

static int relocate_one(struct module *m, const struct xcoff_reloc *r, int how, struct error *err)
{
    if (r->type == R_POS && r->symndx >= 0 && (r->size & SIZE_LENGTH) == (loader.is64 ? FULL64 : FULL32)) {
        gva add = symbol_add(m, r->symndx);
        if (add == 0)
            return 0;           /* leaves pages of programs at their linked addresses shared */
        uint8_t *at = reloc_place(m, r);
        if (loader.is64)
            add64(at, add);
        else
            add32(at, (uint32_t)add);
        return 0;
    }
    return relocate_slowly(m, r, how, err);
}

static bool same_place(const struct xcoff_reloc *a, const struct xcoff_reloc *b)
{
    return a->vaddr == b->vaddr && a->rsecnm == b->rsecnm;
}

int relocate_module(struct module *m, struct error *err)
{
    struct xcoff_reloc before = { 0 }, r = { 0 }, after = { 0 };
    uint32_t n = m->image.nrelocs;
    if (n)
        after = xcoff_reloc(&m->image, 0);
    for (uint32_t i = 0; i < n; i++, before = r) {
        r = after;
        after = i + 1 < n ? xcoff_reloc(&m->image, i + 1) : (struct xcoff_reloc){ 0 };
        bool paired = same_place(&r, &after) || same_place(&r, &before);
        if (relocate_one(m, &r, paired ? PAIRED : 0, err) < 0)
            return -1;
    }
    return 0;
}

/* The symbol added 0 until now, so applying its relocations adds what is new. */
int relocate_symbol(struct module *m, uint32_t symbol, struct error *err)
{
    for (uint32_t i = 0; i < m->image.nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(&m->image, i);
        if (r.symndx == (int64_t)symbol + XREL_FIRST_SYMBOL && reloc_section(m, &r) != m->image.text &&
            relocate_one(m, &r, AGAIN, err) < 0)
            return -1;
    }
    return 0;
}

bool relocates_address(const struct module *m, uint64_t vaddr)
{
    for (uint32_t i = 0; i < m->image.nrelocs; i++) {
        struct xcoff_reloc r = xcoff_reloc(&m->image, i);
        if (r.vaddr == vaddr && reloc_section(m, &r) == m->image.data_section)
            return true;
    }
    return false;
}
